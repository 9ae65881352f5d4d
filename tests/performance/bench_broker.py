# SPDX-License-Identifier: Apache-2.0
"""How many values a second go through the broker: from `publish` over the link into another process, and inside.

The subscriber is a process of its own with the ordinary asyncio client. The publisher waits whenever the subscriber's
socket is full, so nothing is overwritten: what is counted is what arrived, and the run is refused if one value is
missing. A peer for the in-process figure is a plain dict that is written in the same rounds: the price of the broker.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Policy
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest, OpenProviderStream, PublishValues, Subscribe
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

SIGNALS = 100  # values in one batch
BATCHES = 3000  # of one round
PROVIDED = 500  # batches of one round of the provider over the link, each an answered call
ROUNDS = 5
FOLLOWERS = 3
LIMIT = 60.0  # seconds for one round
PATHS = [f"Vehicle.Powertrain.TractionBattery.Cell{number}.Value" for number in range(SIGNALS)]
END = "Vehicle.End"


class Source:
    """Provides the paths; nothing can be set."""

    name = "bench"

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """See ivi.databroker.broker.Provider."""
        return values


def make_broker() -> tuple[Broker, Source]:
    """A broker whose paths one source provides."""
    entries = [Metadata(path, DataType.FLOAT, EntryType.SENSOR) for path in PATHS]
    broker = Broker(Catalogue([*entries, Metadata(END, DataType.UINT32, EntryType.SENSOR)]))
    return broker, Source()


def batches() -> list[dict[str, Value | None]]:
    """Two batches that differ in every value; publishing them in turn makes every value a change."""
    return [{path: number / 8 + turn for number, path in enumerate(PATHS)} for turn in range(2)]


async def subscriber(socket: str) -> None:
    """Count values until the end mark says which round it was; print its count. Runs in a process of its own."""
    async with LinkClient(Path(socket), DatabrokerAnswer) as client:
        count = 0
        async for event in client.stream(Subscribe([*PATHS, END])):
            if END in event.entries:
                sys.stdout.write(f"{count} {event.entries[END].value}\n")
                sys.stdout.flush()
                count = 0
            else:
                count += len(event.entries)


class Bench:
    """The broker on a socket, and subscriber processes on it."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "databroker.sock"
        self.broker, self.source = make_broker()
        # the benchmark's own provider asks more often than a client may
        policy = Policy(calls_per_s=1e9, burst=1e9)
        self.server = LinkServer(self.socket, (DatabrokerRequest,), Process("databroker").status, policy)
        BrokerServer(self.broker, self.server)
        self.children: list[asyncio.subprocess.Process] = []

    async def start_child(self) -> None:
        """One more subscriber; returns when it has its snapshot."""
        child = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--subscriber", os.fspath(self.socket), stdout=subprocess.PIPE
        )
        self.children.append(child)
        await self.counted(child)

    async def counted(self, child: asyncio.subprocess.Process) -> int:
        """Values that a child has counted up to the next end mark."""
        if child.stdout is None:
            raise SystemExit("the subscriber has no output")
        async with asyncio.timeout(LIMIT):
            return int((await child.stdout.readline()).split()[0])

    async def drained(self) -> None:
        """Wait while a subscriber's socket is full."""
        await asyncio.sleep(0)
        while any(session.paused for session in self.server.sessions):
            await asyncio.sleep(0.0002)

    async def round(self, number: int) -> float:
        """Values a second that reached each subscriber, published inside the broker's process."""
        work = batches()
        started = time.perf_counter()
        for index in range(BATCHES):
            self.broker.publish(self.source, work[index & 1])
            await self.drained()
        self.broker.publish(self.source, {END: number})
        counts = await asyncio.gather(*(self.counted(child) for child in self.children))
        seconds = time.perf_counter() - started
        if any(count != BATCHES * SIGNALS for count in counts):
            raise SystemExit(f"values were lost: {counts} of {BATCHES * SIGNALS}")
        return BATCHES * SIGNALS / seconds

    async def provider_round(self, client: LinkClient) -> float:
        """Values a second that a provider on the link publishes, each batch checked and answered."""
        work = batches()
        started = time.perf_counter()
        for index in range(PROVIDED):
            await client.call(PublishValues(work[index & 1]))
        return PROVIDED * SIGNALS / (time.perf_counter() - started)


async def over_the_link() -> dict[str, float]:
    """Medians of the figures that need the link."""
    with tempfile.TemporaryDirectory(prefix="ivi-") as folder:
        bench = Bench(Path(folder))
        bench.broker.register(bench.source, [*PATHS, END])
        bench.broker.publish(bench.source, {END: 0})
        await bench.server.start()
        try:
            await bench.start_child()
            one = [await bench.round(number + 1) for number in range(ROUNDS)]
            for _ in range(FOLLOWERS - 1):
                await bench.start_child()
            several = [await bench.round(number + 100) for number in range(ROUNDS)]
        finally:
            for child in bench.children:
                child.kill()
                await child.wait()
        bench.broker.unregister(bench.source)
        async with LinkClient(bench.socket, DatabrokerAnswer) as client:
            stream = client.stream(OpenProviderStream(PATHS))
            await anext(aiter(stream))
            provided = [await bench.provider_round(client) for _ in range(ROUNDS)]
        await bench.server.stop()
    return {
        "one": statistics.median(one),
        "several": statistics.median(several),
        "provided": statistics.median(provided),
    }


def in_process() -> tuple[float, float]:
    """Values a second of `publish` with one follower, and how many times longer it takes than writing a dict."""
    broker, source = make_broker()
    broker.register(source, PATHS)
    broker.subscribe(PATHS, 0, lambda _batch: True)
    work = batches()
    plain: dict[str, Value | None] = {}
    pairs = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for index in range(BATCHES):
            broker.publish(source, work[index & 1])
        middle = time.perf_counter()
        for index in range(BATCHES):
            for path, value in work[index & 1].items():
                plain[path] = value  # noqa: PERF403  # one write each, as the broker does
        pairs.append((middle - started, time.perf_counter() - middle))
    return BATCHES * SIGNALS / statistics.median(ours for ours, _ in pairs), statistics.median(
        ours / bare for ours, bare in pairs
    )


def main() -> None:
    """Measure and print the figures."""
    linked = asyncio.run(over_the_link())
    inside, price = in_process()
    method = f"batches of {SIGNALS}, {BATCHES} batches a round, every value changes, median of {ROUNDS} rounds"
    figures = {
        "broker_updates_per_s": {
            "value": round(linked["one"]),
            "unit": "values/s",
            "method": f"publish in the broker to decoded in one subscriber process over the link, none lost: {method}",
        },
        f"broker_updates_per_s_{FOLLOWERS}_subscribers": {
            "value": round(linked["several"]),
            "unit": "values/s",
            "method": f"the same to each of {FOLLOWERS} subscriber processes at once: {method}",
        },
        "broker_provided_per_s": {
            "value": round(linked["provided"]),
            "unit": "values/s",
            "method": f"a provider's PublishValues over the link, types and ranges checked, answered each: "
            f"{PROVIDED} batches of {SIGNALS} a round, client and broker on one loop",
        },
        "broker_in_process_per_s": {
            "value": round(inside),
            "unit": "values/s",
            "method": f"publish with one in-process follower: {method}",
        },
        "broker_publish_vs_dict": {
            "value": round(price, 2),
            "unit": "x",
            "method": f"time of publish with one follower / time of writing the values into a dict: {method}",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--subscriber"]:
        asyncio.run(subscriber(sys.argv[2]))
    else:
        main()
