# SPDX-License-Identifier: Apache-2.0
"""A signed set through a real broker to a car, and its rows back through the outboxes to a fleet end."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from ivi.cloud import wire
from ivi.cloud.campaigns.campaign import parse_campaign
from ivi.cloud.campaigns.part import CampaignsPart
from ivi.cloud.campaigns.signed import sign_campaigns
from ivi.cloud.column_reader import decode_columns, readings
from ivi.cloud.record import decode_record
from ivi.cloud.signal_table import SignalTable
from ivi.cloud.trust import Issuer, Role, Trust
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

WAIT = 40.0  # seconds that anything may take on a busy machine
SPEED = "Vehicle.Speed"
KEY = Ed25519PrivateKey.generate()
TRUST = Trust([Issuer(b"c", Role.CAMPAIGNS, KEY.public_key(), "Data office")])
USE = {"purpose": "diagnostics", "category": "driving", "recipient": "fleet", "retention_days": 30}


class Rig(Protocol):
    """What this test needs of the fixture `rig`."""

    folder: Path
    port: int

    def start(self, name: str) -> None:
        """Start `broker`."""

    def broker_answers(self) -> bool:
        """Whether it takes connections."""

    def log(self, name: str) -> str:
        """What it said."""


class FleetEnd:
    """Acknowledges every row, and keeps what it can read of them."""

    def __init__(self, port: int) -> None:
        self.frames: dict[str, dict[int, bytes]] = {}
        """Bodies by channel and sequence."""
        self.client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self.client.on_message = self._message
        self.client.connect("127.0.0.1", port)
        self.client.subscribe(wire.UPWARD, qos=1)
        self.client.loop_start()

    def _message(self, client: Client, _data: object, message: MQTTMessage) -> None:
        vehicle, levels = wire.parse_upward(message.topic)
        if levels[0] != "t":
            return
        frames = wire.decode_frames(bytes(message.payload))
        channel = wire.rows_class(levels)
        rows = self.frames.setdefault(channel, {})
        if frames[-1].kind is wire.Kind.RECORD:
            rows |= {frame.seq: frame.body for frame in frames}
            frame = frames[-1]
            upto = next(seq - 1 for seq in range(1, 1 << 30) if seq not in rows)
            client.publish(wire.ack_topic(vehicle, channel), wire.encode(wire.Ack(frame.stream, upto)), 1, retain=True)

    def speeds(self, campaign: str) -> list[object]:
        """Values of one campaign, read with the tables that came up."""
        tables: dict[bytes, SignalTable] = {}
        values: list[object] = []
        for body in self._bodies(3):
            record = decode_record(body)
            if record.kind == "signals":
                table = SignalTable.from_record(record.data)
                tables[table.hash] = table
        for body in self._bodies(2):
            batch = decode_columns(body)
            if batch.campaign == campaign and batch.table in tables:
                values += [value for one in readings(batch, tables[batch.table]) for value in one.values]
        return values

    def _bodies(self, encoding: int) -> list[bytes]:
        rows = [dict(rows) for rows in list(self.frames.values())]
        return [body for found in rows for body in found.values() if body[:1] == bytes((encoding,))]

    def close(self) -> None:
        """Hang up."""
        self.client.disconnect()
        self.client.loop_stop()


class Sensors:
    """Provides the speed."""

    name = "test"

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """There are no actuators."""
        return values


@contextlib.asynccontextmanager
async def car(folder: Path, port: int) -> AsyncIterator[tuple[Broker, Sensors, UplinkService]]:
    """A databroker and an uplink with the part of campaigns, between start and stop."""
    broker, sensors = Broker(Catalogue([Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR, scale=0.01)])), Sensors()
    broker.register(sensors, {SPEED})
    server = LinkServer(folder / "databroker.sock", (DatabrokerRequest,), Process("databroker").status)
    BrokerServer(broker, server)
    await server.start()
    process, client = Process("cloud"), LinkClient(folder / "databroker.sock", DatabrokerAnswer)
    part = CampaignsPart(process, client, trust=TRUST, state=folder)
    uplink = UplinkService(process, client, broker=f"127.0.0.1:{port}", vehicle_id="car-1", state=folder, parts=[part])
    await uplink.start()
    try:
        yield broker, sensors, uplink
    finally:
        await uplink.stop()
        await client.close()
        await server.stop()


async def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds."""
    try:
        async with asyncio.timeout(WAIT):
            while not condition():  # the outside has no event to wait for
                await asyncio.sleep(0.02)
    except TimeoutError:
        pytest.fail(f"not within {WAIT:g} s: {what}")


@pytest.fixture
def fleet(rig: Rig) -> Iterator[FleetEnd]:
    """A broker and a fleet end."""
    rig.start("broker")
    deadline = time.monotonic() + WAIT
    while not rig.broker_answers():
        assert time.monotonic() < deadline, rig.log("broker")
        time.sleep(0.05)  # a process that begins has no event for us
    end = FleetEnd(rig.port)
    yield end
    end.close()


def test_what_the_fleet_asks_for_comes_up(rig: Rig, fleet: FleetEnd) -> None:
    """Also after a restart of the car, and what was collected before it is not lost."""
    asked = {"id": "speed", "signals": [SPEED], "use": USE, "on_change": {}, "priority": 9}
    message = sign_campaigns(
        [parse_campaign(asked)],
        vehicle="car-1",
        version=1,
        expires_ms=int(time.time() * 1000) + 3_600_000,
        kid=b"c",
        key=KEY,
    )
    fleet.client.publish(wire.down_topic("car-1", "policy"), message, 1, retain=True).wait_for_publish(WAIT)

    async def play() -> None:
        async with car(rig.folder, rig.port) as (broker, sensors, uplink):
            running = uplink.status_numbers
            broker.publish(sensors, {SPEED: 1.0})
            await until(lambda: 1.0 in fleet.speeds("speed"), f"the first value: {running()}")
            for number in range(2, 200):
                broker.publish(sensors, {SPEED: number / 100})
                await asyncio.sleep(0)
            await until(lambda: 1.99 in fleet.speeds("speed"), "the last of many values")
            broker.publish(sensors, {SPEED: 77.0})
            await asyncio.sleep(0.1)  # it is collected, and its row is not made yet
        async with car(rig.folder, rig.port) as (broker, sensors, _):
            await until(lambda: 77.0 in fleet.speeds("speed"), "the value from before the restart")
            broker.publish(sensors, {SPEED: 88.0})
            await until(lambda: 88.0 in fleet.speeds("speed"), "a value after the restart")

    asyncio.run(play())
    assert set(fleet.frames) >= {"telemetry.diagnostics", "events"}
    assert fleet.speeds("speed")[:2] == [1.0, 0.02]
