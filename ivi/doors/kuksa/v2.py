# SPDX-License-Identifier: Apache-2.0
"""kuksa.val.v2.VAL: every RPC of the service, answered from the databroker."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing

from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val

import ivi
from ivi.doors.kuksa import convert
from ivi.doors.kuksa.provider import ProviderStream
from ivi.doors.kuksa.rpc import Method
from ivi.doors.leaves import Leaf, Leaves
from ivi.doors.scopes import Permissions
from ivi.doors.vehicle import Vehicle, paths_of
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError
from ivi.model.signal import Datapoint, Value

SERVICE = "kuksa.val.v2.VAL"
NAME = "ivi"
MAX_BUFFER = 1000  # messages, Kuksa's MAX_BUFFER_SIZE
MAX_SIGNALS = 5000  # in one request; the link takes no more


class ServiceV2:
    """The service on one address."""

    def __init__(self, vehicle: Vehicle) -> None:
        self._vehicle = vehicle

    def methods(self) -> dict[str, Method]:
        """The table of RPCs."""
        return {
            "GetValue": Method(val.GetValueRequest, val.GetValueResponse, unary=self._get_value),
            "GetValues": Method(val.GetValuesRequest, val.GetValuesResponse, unary=self._get_values),
            "ListMetadata": Method(val.ListMetadataRequest, val.ListMetadataResponse, unary=self._list_metadata),
            "Actuate": Method(val.ActuateRequest, val.ActuateResponse, unary=self._actuate),
            "ActuateStream": Method(val.ActuateRequest, val.ActuateResponse, collector=self._actuate_stream),
            "BatchActuate": Method(val.BatchActuateRequest, val.BatchActuateResponse, unary=self._batch_actuate),
            "PublishValue": Method(val.PublishValueRequest, val.PublishValueResponse, unary=self._publish_value),
            "GetServerInfo": Method(val.GetServerInfoRequest, val.GetServerInfoResponse, unary=self._info),
            "Subscribe": Method(val.SubscribeRequest, val.SubscribeResponse, reader=self._subscribe),
            "SubscribeById": Method(val.SubscribeByIdRequest, val.SubscribeByIdResponse, reader=self._subscribe_by_id),
            "OpenProviderStream": Method(
                val.OpenProviderStreamRequest,
                val.OpenProviderStreamResponse,
                talk=lambda requests, permissions, write: ProviderStream(self._vehicle, permissions, write).run(
                    requests
                ),
            ),
        }

    async def _info(self, _request: val.GetServerInfoRequest, _permissions: Permissions) -> val.GetServerInfoResponse:
        return val.GetServerInfoResponse(name=NAME, version=ivi.__version__)

    # -- reading ------------------------------------------------------------------------------------------------------
    async def _get_value(self, request: val.GetValueRequest, permissions: Permissions) -> val.GetValueResponse:
        leaf = find(await self._vehicle.leaves(), request.signal_id)
        permissions.need_read(leaf.path)
        values = await self._vehicle.values([leaf.path])
        return val.GetValueResponse(data_point=convert.to_v2(leaf, values.get(leaf.path)))

    async def _get_values(self, request: val.GetValuesRequest, permissions: Permissions) -> val.GetValuesResponse:
        leaves = await self._vehicle.leaves()
        wanted = _readable((find(leaves, signal) for signal in request.signal_ids), permissions)
        values = await self._vehicle.values(paths_of(wanted))
        return val.GetValuesResponse(data_points=[convert.to_v2(leaf, values.get(leaf.path)) for leaf in wanted])

    async def _list_metadata(self, request: val.ListMetadataRequest, permissions: Permissions) -> object:
        found = (await self._vehicle.leaves()).under(request.root)
        shown = [leaf for leaf in found if permissions.can_read(leaf.path)]
        if not shown:
            raise PermissionDeniedError(f"nothing under {request.root} may be read by this client")
        return val.ListMetadataResponse(metadata=[convert.metadata_v2(leaf) for leaf in shown])

    async def _subscribe(self, request: val.SubscribeRequest, permissions: Permissions) -> AsyncGenerator[object]:
        leaves = await self._vehicle.leaves()
        wanted = _readable((leaves.find(path) for path in request.signal_paths), permissions)
        async with aclosing(self._updates(request, wanted, permissions)) as updates:
            async for entries in updates:
                answer = val.SubscribeResponse()
                for path, datapoint in entries.items():
                    convert.fill_v2(answer.entries[path], leaves.by_path[path], datapoint)
                yield answer

    async def _subscribe_by_id(
        self, request: val.SubscribeByIdRequest, permissions: Permissions
    ) -> AsyncGenerator[object]:
        leaves = await self._vehicle.leaves()
        wanted = _readable((leaves.find_id(number) for number in request.signal_ids), permissions)
        async with aclosing(self._updates(request, wanted, permissions)) as updates:
            async for entries in updates:
                answer = val.SubscribeByIdResponse()
                for path, datapoint in entries.items():
                    leaf = leaves.by_path[path]
                    convert.fill_v2(answer.entries[leaf.id], leaf, datapoint)
                yield answer

    async def _updates(
        self, request: val.SubscribeRequest | val.SubscribeByIdRequest, wanted: list[Leaf], permissions: Permissions
    ) -> AsyncGenerator[dict[str, Datapoint | None]]:
        """All current values in the first message, None for those that have none; then what changes."""
        if request.buffer_size > MAX_BUFFER:
            raise InvalidArgumentError(
                f"buffer_size of {request.buffer_size} is too large", hint=f"at most {MAX_BUFFER}"
            )
        paths = paths_of(wanted)
        interval = request.filter.min_sample_interval.interval_ms
        until = permissions.deadline(request.filter.duration_ms / 1000 or None)
        updates = self._vehicle.follow(paths, request.buffer_size, 1000 / interval if interval else 0.0, until)
        async with aclosing(updates):
            started = False
            async for entries in updates:
                yield dict(entries) if started else {path: entries.get(path) for path in paths}
                started = True
        permissions.need_valid()

    # -- acting -------------------------------------------------------------------------------------------------------
    async def _actuate(self, request: val.ActuateRequest, permissions: Permissions) -> val.ActuateResponse:
        await self._vehicle.actuate(await self._targets([request], permissions))
        return val.ActuateResponse()

    async def _actuate_stream(self, requests: AsyncIterator[object], permissions: Permissions) -> val.ActuateResponse:
        async for request in requests:
            permissions.need_valid()
            await self._vehicle.actuate(await self._targets([request], permissions))
        return val.ActuateResponse()

    async def _batch_actuate(
        self, request: val.BatchActuateRequest, permissions: Permissions
    ) -> val.BatchActuateResponse:
        if not request.actuate_requests:
            raise InvalidArgumentError("the request names no signal")
        await self._vehicle.actuate(await self._targets(request.actuate_requests, permissions))
        return val.BatchActuateResponse()

    async def _targets(self, requests: Iterable[val.ActuateRequest], permissions: Permissions) -> dict[Leaf, Value]:
        leaves = await self._vehicle.leaves()
        targets: dict[Leaf, Value] = {}
        for request in requests:
            leaf = find(leaves, request.signal_id)
            permissions.need_actuate(leaf.path)
            targets[leaf] = convert.take(request.value, leaf)
        return targets

    async def _publish_value(
        self, request: val.PublishValueRequest, permissions: Permissions
    ) -> val.PublishValueResponse:
        leaf = find(await self._vehicle.leaves(), request.signal_id)
        permissions.need_provide(leaf.path, actuation=False)
        point = request.data_point
        value = convert.take(point.value, leaf) if point.value.WhichOneof("typed_value") else None
        await self._vehicle.claims.publish_in_passing(leaf.path, value)
        return val.PublishValueResponse()


def find(leaves: Leaves, signal: types.SignalID) -> Leaf:
    """The leaf that a SignalID names. Raises InvalidArgumentError, NotFoundError."""
    match signal.WhichOneof("signal"):
        case "path":
            return leaves.find(signal.path)
        case "id":
            return leaves.find_id(signal.id)
        case _:
            raise InvalidArgumentError("the request names no signal", hint="give a path or an id")


def _readable(wanted: Iterable[Leaf], permissions: Permissions) -> list[Leaf]:
    found = list(wanted)
    if not found or len(found) > MAX_SIGNALS:
        raise InvalidArgumentError(f"the request names {len(found)} signals", hint=f"1 to {MAX_SIGNALS}")
    for leaf in found:
        permissions.need_read(leaf.path)
    return found
