# SPDX-License-Identifier: Apache-2.0
"""The peers' encodings of the same samples, from the field numbers that they publish.

AWS IoT FleetWise: messages VehicleData and CapturedSignal of the edge agent's vehicle_data.proto (repository
aws/aws-iot-fleetwise-edge, interfaces/protobuf/schemas/edgeToCloud), compressed with snappy, which is its own setting.
Sparkplug B: Payload and Metric of the Eclipse Sparkplug specification 3.0, chapter 6.4, with aliases in place of names.
JSON: one message for each sample with path, value and time, as a VISS server sends them.
"""

import json
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from payload_traffic import BEGIN, Trace

_FIELD = descriptor_pb2.FieldDescriptorProto
_EPOCH = 1_790_000_000_000 + BEGIN * 1000  # ms

type Sample = tuple[int, int, float]
"""Milliseconds since the batch began, number of the signal, value."""


def in_order(batch: list[Trace]) -> list[Sample]:
    """The samples of a batch as they came, in VSS units."""
    rows = [
        (time, number, raw * trace.scale + trace.offset)
        for number, trace in enumerate(batch)
        for time, raw in zip(trace.times, trace.raw, strict=True)
    ]
    return sorted(rows)


def _pool() -> descriptor_pool.DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(name="peers.proto", package="peers", syntax="proto3")
    captured = file.message_type.add(name="CapturedSignal")
    _add(captured, relative_time_ms=(1, _FIELD.TYPE_SINT64), signal_id=(2, _FIELD.TYPE_UINT32))
    captured.oneof_decl.add(name="SignalValue")
    captured.field.add(name="double_value", number=3, type=_FIELD.TYPE_DOUBLE, label=1, oneof_index=0)
    vehicle = file.message_type.add(name="VehicleData")
    _add(vehicle, campaign_sync_id=(1, _FIELD.TYPE_STRING), decoder_sync_id=(2, _FIELD.TYPE_STRING))
    _add(vehicle, collection_event_id=(3, _FIELD.TYPE_UINT32), collection_event_time_ms_epoch=(4, _FIELD.TYPE_UINT64))
    vehicle.field.add(
        name="captured_signals", number=5, type=_FIELD.TYPE_MESSAGE, type_name=".peers.CapturedSignal", label=3
    )
    metric = file.message_type.add(name="Metric")
    _add(metric, alias=(2, _FIELD.TYPE_UINT64), timestamp=(3, _FIELD.TYPE_UINT64), datatype=(4, _FIELD.TYPE_UINT32))
    metric.oneof_decl.add(name="value")
    metric.field.add(name="double_value", number=13, type=_FIELD.TYPE_DOUBLE, label=1, oneof_index=0)
    payload = file.message_type.add(name="Payload")
    _add(payload, timestamp=(1, _FIELD.TYPE_UINT64), seq=(3, _FIELD.TYPE_UINT64))
    payload.field.add(name="metrics", number=2, type=_FIELD.TYPE_MESSAGE, type_name=".peers.Metric", label=3)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool


def _add(message: Any, **fields: tuple[int, Any]) -> None:  # noqa: ANN401  # protobuf's descriptors have no types here
    for name, (number, kind) in fields.items():
        message.field.add(name=name, number=number, type=kind, label=1)


_POOL = _pool()
_VEHICLE_DATA = message_factory.GetMessageClass(_POOL.FindMessageTypeByName("peers.VehicleData"))
_PAYLOAD = message_factory.GetMessageClass(_POOL.FindMessageTypeByName("peers.Payload"))


def fleetwise(samples: list[Sample]) -> bytes:
    """One VehicleData, not compressed."""
    data = _VEHICLE_DATA(
        campaign_sync_id="drive", decoder_sync_id="car", collection_event_id=1, collection_event_time_ms_epoch=_EPOCH
    )
    captured = data.captured_signals
    for time, number, value in samples:
        captured.add(relative_time_ms=time, signal_id=number, double_value=value)
    made: bytes = data.SerializeToString()
    return made


def sparkplug(samples: list[Sample]) -> bytes:
    """One Payload; only the alias names a metric, its data type was told at birth."""
    payload = _PAYLOAD(timestamp=_EPOCH, seq=1)
    metrics = payload.metrics
    for time, number, value in samples:
        metrics.add(alias=number, timestamp=_EPOCH + time, double_value=value)
    made: bytes = payload.SerializeToString()
    return made


def json_messages(samples: list[Sample], paths: list[str]) -> list[bytes]:
    """One message for each sample."""
    return [
        json.dumps(
            {
                "action": "subscription",
                "subscriptionId": "5f3a",
                "data": {"path": paths[number], "dp": {"value": f"{value:.6g}", "ts": _EPOCH + time}},
            },
            separators=(",", ":"),
        ).encode()
        for time, number, value in samples
    ]
