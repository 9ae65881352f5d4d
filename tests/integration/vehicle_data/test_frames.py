# SPDX-License-Identifier: Apache-2.0
"""Bad frames are counted and harm nothing; silent messages go stale; error frames tell of the controller."""

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import can
import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.databroker import Actuate, DatabrokerAnswer, GetValues, Values
from ivi.model.errors import UnavailableError
from ivi.model.signal import Value
from simulator.bus import IviBus
from simulator.bus.record import BRS, EFF, ERR, FD, RTR

if TYPE_CHECKING:
    from tests.integration.vehicle_data.conftest import Databroker

type Start = Callable[..., subprocess.Popen[str]]
type Broker = Callable[..., Databroker]

SPEED, DOOR = "Vehicle.A.Speed", "Vehicle.A.Door"


@pytest.fixture
def bus(serve: Start) -> Iterator[IviBus]:
    """The bus that the databroker reads, joined by the test."""
    serve()
    with IviBus("can0") as joined:
        yield joined


@pytest.fixture
def running(broker: Broker, bus: IviBus) -> "Databroker":
    assert bus.dropped == 0
    found = broker("a=ivi:can0")
    found.until(lambda it: it.bus("a").counters["opened"] == 1)
    return found


def motion(speed: float) -> bytes:
    return round(speed * 100).to_bytes(2, "little") + bytes(6)


def value(path: str) -> Value | None:
    async def ask() -> Value | None:
        async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
            values: Values = await client.call(GetValues([path]))
        return values.entries[path].value if path in values.entries else None

    return asyncio.run(ask())


def test_bad_frames_are_counted_and_harmless(bus: IviBus, running: "Databroker") -> None:
    bus.send_batch(
        [
            (0, 0x100, 8, 0, motion(50)),
            (0, 0x101, 8, 0, b"\x01" + bytes(7)),  # 4 bytes in the DBC
            (0, 0x100, 1, 0, b"\xff"),  # too short
            (0, 0x100, 0, 0, b""),
            (0, 0x100 | RTR, 8, 0, b""),
            (0, ERR | 0x04, 8, 0, bytes(8)),
            (0, 0x101, 12, FD | BRS, bytes(12)),  # FD where the DBC says classic, and too long
            (0, 0x123, 8, 0, bytes(8)),
            (0, 0x100 | EFF, 8, 0, motion(99)),  # the same number as an extended id is another id
            (0, 0x100, 255, 0, b"\xff" * 64),  # a length that no frame has
            (0, 0x100, 8, 0, motion(60)),
        ]
    )
    running.until(lambda it: it.bus("a").counters["received"] == 11)
    counters = running.bus("a").counters
    expected = {"unknown": 2, "undecodable": 2, "overlong": 3, "error_frames": 1, "remote_frames": 1}
    assert {name: counters[name] for name in expected} == expected
    assert counters["fd_unexpected"] == 1
    assert counters["dropped"] == 0
    assert value(SPEED) == 60.0
    assert value(DOOR) is False
    assert running.bus("a").state == "ok"


def test_a_silent_message_goes_stale_and_comes_back_with_the_same_value(bus: IviBus, running: "Databroker") -> None:
    bus.send_batch([(0, 0x100, 8, 0, motion(50)), (0, 0x101, 4, 0, b"\x01\0\0\0")])
    running.until(lambda it: it.health(SPEED).signals[0].stale)
    assert value(SPEED) is None
    running.until(lambda it: it.health(DOOR).signals[0].stale)  # five cycles are less than the least time of 1 s
    assert value(DOOR) is None

    def returned(_: object) -> bool:
        bus.send_batch([(0, 0x100, 8, 0, motion(50))])
        return value(SPEED) == 50.0

    running.until(returned)
    signal = running.health(SPEED).signals[0]
    assert (signal.bus, signal.message, signal.timeout_s) == ("a", "Motion", 0.4)
    assert signal.timeouts >= 1
    assert running.bus("a").counters["timeouts"] >= 2


def test_error_frames_tell_of_the_controller(bus: IviBus, running: "Databroker") -> None:
    def error(classes: int, detail: int) -> None:
        bus.send_batch([(0, ERR | classes, 8, 0, bytes([0, detail, 0, 0, 0, 0, 0, 0]))])

    error(0x04, 0x20)
    running.until(lambda it: it.bus("a").state == "error-passive")
    error(0x40, 0)
    running.until(lambda it: it.bus("a").state == "bus-off")
    assert [problem.what for problem in running.status().problems] == ["The CAN bus a is bus-off"]
    error(0x100, 0)
    running.until(lambda it: it.bus("a").state == "ok" and not it.status().problems)


def test_a_command_leaves_on_the_bus_and_a_dead_bus_says_so_at_once(bus: IviBus, running: "Databroker") -> None:
    async def set_temperature() -> None:
        async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
            await client.call(Actuate("Vehicle.A.Temperature", 21.5), 5.0)

    started = time.monotonic()
    with pytest.raises(Exception, match="did not confirm"):  # nobody in this car obeys
        asyncio.run(set_temperature())
    message = bus.recv(5)
    assert message is not None
    assert (message.arbitration_id, message.data[0]) == (512, 43)
    assert isinstance(message, can.Message)
    assert time.monotonic() - started < 10


def test_commands_on_a_bus_that_is_away(broker: Broker) -> None:
    running = broker("a=ivi:can0")
    assert running.bus("a").state == "away"

    async def set_temperature() -> None:
        async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
            await client.call(Actuate("Vehicle.A.Temperature", 21.5), 5.0)

    started = time.monotonic()
    with pytest.raises(UnavailableError, match="the CAN bus a is away"):
        asyncio.run(set_temperature())
    assert time.monotonic() - started < 5
