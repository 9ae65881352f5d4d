# SPDX-License-Identifier: Apache-2.0
"""A batch over two buses is sent as one, or not at all."""

import asyncio
import subprocess
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import BatchActuate, DatabrokerAnswer, Done
from ivi.model.errors import InvalidArgumentError, UnavailableError
from ivi.model.signal import Value
from simulator.bus import IviBus

if TYPE_CHECKING:
    from tests.integration.vehicle_data.conftest import Databroker

DEADLINE = 30.0  # s
LEFT, RIGHT = "Vehicle.A.Temperature", "Vehicle.B.Temperature"
COMMAND = 0x200

type Start = Callable[..., subprocess.Popen[str]]
type Broker = Callable[..., Databroker]


def set_all(values: dict[str, Value]) -> Done:
    from ivi.daemon.paths import socket_path  # noqa: PLC0415  # the fixture has set the folder by now

    async def send() -> Done:
        async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
            done: Done = await client.call(BatchActuate(values, confirm=False), 5.0)
            return done

    return asyncio.run(send())


def commands(bus: IviBus, count: int) -> list[int]:
    """First bytes of the commands that arrive until there are `count`, or for a moment when none is expected."""
    found: list[int] = []
    give_up = time.monotonic() + (DEADLINE if count else 0.5)
    while len(found) < max(count, 1) and time.monotonic() < give_up:
        message = bus.recv(0.05)
        if message is not None and message.arbitration_id == COMMAND:
            found.append(message.data[0])
    return found


def test_a_batch_over_two_buses_is_sent_as_one_or_not_at_all(broker: Broker, serve: Start) -> None:
    serve("can0")
    running = broker("a=ivi:can0", "b=ivi:can1")
    running.until(lambda it: it.bus("a").counters["opened"] == 1 and it.bus("b").state == "away")
    with IviBus("can0") as left:
        with pytest.raises(UnavailableError, match="the CAN bus b is away"):
            set_all({LEFT: 20.0, RIGHT: 21.0})
        with pytest.raises(InvalidArgumentError, match="out of the signal's range"):
            set_all({LEFT: 20.0, RIGHT: 500.0})
        assert commands(left, 0) == []
        set_all({LEFT: 22.0})
        assert commands(left, 1) == [44]
        serve("can1")
        running.until(lambda it: it.bus("b").counters["opened"] == 1)
        with IviBus("can1") as right:
            set_all({LEFT: 20.0, RIGHT: 21.0})
            assert (commands(left, 1), commands(right, 1)) == ([40], [42])
