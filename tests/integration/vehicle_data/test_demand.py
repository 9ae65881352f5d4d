# SPDX-License-Identifier: Apache-2.0
"""The databroker process decodes what is followed, and still answers for what is not."""

import asyncio
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, GetValues, Subscribe, Values
from ivi.model.signal import Datapoint
from simulator.bus import IviBus

if TYPE_CHECKING:
    from tests.integration.vehicle_data.conftest import Databroker

DEADLINE = 30.0  # s
BEAT, SPEED = "Vehicle.A.Beat", "Vehicle.A.Speed"

type Start = Callable[..., subprocess.Popen[str]]
type Broker = Callable[..., Databroker]


async def ask(*paths: str) -> dict[str, Datapoint]:
    from ivi.daemon.paths import socket_path  # noqa: PLC0415  # the fixture has set the folder by now

    async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client:
        values: Values = await client.call(GetValues(list(paths)), 5.0)
        return values.entries


async def last_of_stream(path: str, wanted: float) -> list[object]:
    """Values of a path from the snapshot on, until `wanted` came."""
    from ivi.daemon.paths import socket_path  # noqa: PLC0415  # as above

    seen: list[object] = []
    async with LinkClient(socket_path("databroker"), DatabrokerAnswer) as client, asyncio.timeout(DEADLINE):
        async for event in client.stream(Subscribe([path])):
            seen += [point.value for point in event.entries.values()]
            if wanted in seen:
                return seen
    return seen


def put(bus: IviBus, *beats: int) -> None:
    bus.send_batch([(0, 0x100, 8, 0, (beat << 16).to_bytes(8, "little")) for beat in beats])


def test_what_is_not_followed_is_not_decoded_but_known(broker: Broker, serve: Start) -> None:
    """A message that came three times and never again: its last value is the current one for whoever comes."""
    serve()
    running = broker("a=ivi:can0")
    running.until(lambda it: it.bus("a").counters["opened"] == 1)
    with IviBus("can0") as bus:
        put(bus, 1, 2, 7)
        running.until(lambda it: it.bus("a").counters["received"] == 3)
        assert running.bus("a").counters["paths_decoded"] == 0
        assert asyncio.run(ask(BEAT))[BEAT].value == 7
        assert asyncio.run(last_of_stream(BEAT, 7)) == [7]
        running.until(lambda it: it.bus("a").counters["paths_decoded"] == 1)
        put(bus, 8)
        running.until(lambda it: it.bus("a").counters["paths_decoded"] == 0)  # some seconds after the stream's end
        put(bus, 9)
        running.until(lambda it: it.bus("a").counters["received"] == 5)
        running.until(lambda it: it.bus("a").counters["stale"] == 1)  # the speed's message counts as gone
        assert asyncio.run(ask(SPEED, BEAT))[BEAT].value == 9


def test_followed_while_frames_rush_by(broker: Broker, serve: Start, send: Start) -> None:
    """Followers that come and go during 5,000 frames a second all end with the last value."""
    serve()
    running = broker("a=ivi:can0")
    running.until(lambda it: it.bus("a").counters["opened"] == 1)
    sender = send("can0", 5000, 2, 0x100)
    last = 0.01 * (2 * 5000 - 1)  # the sender's last number is the payload

    async def follow() -> list[list[object]]:
        followers = []
        for _ in range(20):
            followers.append(asyncio.create_task(last_of_stream(SPEED, last)))
            await asyncio.sleep(0.05)
        leaving = followers[::2]
        for follower in leaving:
            follower.cancel()
        await asyncio.gather(*leaving, return_exceptions=True)
        return list(await asyncio.gather(*followers[1::2]))

    for seen in asyncio.run(follow()):
        assert seen[-1] == last
        assert seen == sorted(seen, key=float)  # type: ignore[arg-type]  # numbers: nothing old after something new
    assert sender.communicate(timeout=DEADLINE)[0].strip() == "10000"
    assert running.bus("a").counters["dropped"] == 0
