# SPDX-License-Identifier: Apache-2.0
"""How many values a second a Kuksa provider gets into the databroker through the door, in batches of 100.

Three real processes: this client (raw grpc, messages made beforehand, so that the server is what is measured), the
doors, and the databroker, which checks every value and sends it to one subscriber on the link. Each round writes its
batches on one OpenProviderStream and ends when the subscriber has the last one's values. Every batch changes every
value, and at the end the databroker must have counted as many published values as were sent.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, Subscribe
from ivi.model.errors import IviError
from ivi.model.status import GetStatus, ProcessStatus

try:
    import grpc
    from kuksa.val.v2 import types_pb2 as types
    from kuksa.val.v2 import val_pb2 as val
except ImportError:
    sys.stderr.write("bench_kuksa: the extra kuksa is not installed\n")
    print("{}")
    raise SystemExit(0) from None

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = 100
BATCHES = 400  # per round
ROUNDS = 7
KINDS = 16  # prepared batches that are sent in turn; neighbours differ in every value
LAST = -2.0  # value of a round's last batch
START_LIMIT = 30.0  # seconds


def point(value: float) -> types.Datapoint:
    """A datapoint as a provider sends it."""
    return types.Datapoint(value=types.Value(float=value))


class Processes:
    """The databroker (without a bus: it goes on looking for one) and the doors."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = dict(os.environ, IVI_RUNTIME_DIR=str(folder), IVI_STATE_DIR=str(folder / "state"))
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, name: str, *arguments: str) -> None:
        """Start a process of the table."""
        with (self.folder / f"{name}.log").open("wb") as log:
            command = [sys.executable, "-m", f"ivi.manager.entry.{name}", *arguments]
            process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        self.running.append(process)

    async def status(self, name: str) -> ProcessStatus:
        """Its status, once it answers."""
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                async with LinkClient(self.folder / f"{name}.sock", ProcessStatus) as client:
                    answer: ProcessStatus = await client.call(GetStatus(), 5.0)
                    return answer
            except IviError:
                if time.monotonic() > deadline:
                    raise SystemExit(f"{name} did not start\n{(self.folder / f'{name}.log').read_text()}") from None
                await asyncio.sleep(0.05)

    def stop(self) -> None:
        """Stop them, the newest first."""
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            process.wait(20)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Seen:
    """The newest value of the last signal that a subscriber of the databroker has got."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.value = -1.0
        self.values = 0
        self.news = asyncio.Event()

    def take(self, update: object) -> None:
        """An update of the subscription."""
        entries = getattr(update, "entries", {})
        self.values += len(entries)
        if self.path in entries and entries[self.path].value is not None:
            self.value = entries[self.path].value
            self.news.set()

    async def until(self, value: float) -> None:
        """Wait for a value."""
        async with asyncio.timeout(60):
            while self.value != value:
                self.news.clear()
                await self.news.wait()


class Line:
    """A provider on one address with 100 signals of its own, and the subscriber that sees them arrive."""

    def __init__(self, address: str, branch: str, broker: Path) -> None:
        self.address = address
        self.rates: list[float] = []
        self.costs: list[float] = []
        self._branch = f"Vehicle.Bench.{branch}"
        self._seen = Seen(f"{self._branch}.S{SIGNALS - 1:03}")
        self._client = LinkClient(broker, DatabrokerAnswer)
        self._batches: list[bytes] = []

    async def open(self) -> None:
        """Connect, claim the signals and make the batches."""
        follow = self._client.follow(Subscribe([f"{self._branch}.*"]), self._seen.take)
        self._watcher = asyncio.create_task(follow)
        self._channel = grpc.aio.insecure_channel(self.address)
        list_metadata = self._channel.unary_unary(
            "/kuksa.val.v2.VAL/ListMetadata",
            request_serializer=val.ListMetadataRequest.SerializeToString,
            response_deserializer=val.ListMetadataResponse.FromString,
        )
        listed = await list_metadata(val.ListMetadataRequest(root=self._branch))
        ids = [entry.id for entry in listed.metadata]
        self._stream = self._channel.stream_stream(
            "/kuksa.val.v2.VAL/OpenProviderStream", response_deserializer=val.OpenProviderStreamResponse.FromString
        )()
        claim = val.ProvideSignalRequest(signals_sample_intervals={number: types.SampleInterval() for number in ids})
        await self._stream.write(val.OpenProviderStreamRequest(provide_signal_request=claim).SerializeToString())
        answer = await self._stream.read()
        if not answer.HasField("provide_signal_response"):
            raise SystemExit(f"the claim was refused: {answer}")
        for kind in range(KINDS + 1):
            points = {number: point(LAST if kind == KINDS else kind + 0.5) for number in ids}
            request = val.PublishValuesRequest(request_id=kind, data_points=points)
            message = val.OpenProviderStreamRequest(publish_values_request=request)
            self._batches.append(message.SerializeToString())

    async def round(self, pids: list[int]) -> None:
        """Send the batches of one round and wait until the last one has arrived."""
        self._seen.value = -1.0
        before = sum(map(cpu_seconds, pids))
        started = time.perf_counter()
        for number in range(BATCHES - 1):
            await self._stream.write(self._batches[number % KINDS])
        await self._stream.write(self._batches[KINDS])
        await self._seen.until(LAST)
        took = time.perf_counter() - started
        self.rates.append(BATCHES * SIGNALS / took)
        self.costs.append((sum(map(cpu_seconds, pids)) - before) / (BATCHES * SIGNALS) * 1e6)

    async def close(self) -> None:
        """End the stream and the subscription."""
        self._stream.cancel()
        await self._channel.close()
        self._watcher.cancel()
        await asyncio.gather(self._watcher, return_exceptions=True)
        await self._client.close()


async def run(folder: Path) -> dict[str, dict[str, object]]:
    """Start everything, measure in alternating rounds, stop."""
    catalogue = folder / "bench.vspec"
    leaf = "{type: sensor, datatype: float, min: -10}"
    paths = [f"Vehicle.Bench.{branch}.S{number:03}" for branch in ("Unix", "Tcp") for number in range(SIGNALS)]
    catalogue.write_text("".join(f"{path}: {leaf}\n" for path in paths))
    processes = Processes(folder)
    try:
        processes.start("databroker", "--can", "ivi:none", "--vss", str(catalogue))
        broker = await processes.status("databroker")
        processes.start("doors", "--kuksa", f"unix:{folder}/kuksa.sock", "--kuksa", "127.0.0.1:0")
        doors = await processes.status("doors")
        addresses = str(doors.counters["kuksa_listens"]).split()
        lines = [
            Line(address, branch, folder / "databroker.sock")
            for address, branch in zip(addresses, ("Unix", "Tcp"), strict=True)
        ]
        for line in lines:
            await line.open()
        for _ in range(ROUNDS + 1):
            for line in lines:
                await line.round([broker.pid, doors.pid])
        published = int((await processes.status("databroker")).counters["signal_updates"])
        if published != (sent := len(lines) * (ROUNDS + 1) * BATCHES * SIGNALS):
            raise SystemExit(f"{sent} values were sent and {published} published")
        for line in lines:
            await line.close()
        unix, tcp = lines
        # the first round of each warms everything up
        return report(unix.address, unix.rates[1:], unix.costs[1:]) | report(tcp.address, tcp.rates[1:], tcp.costs[1:])
    finally:
        processes.stop()


def report(address: str, rates: list[float], costs: list[float]) -> dict[str, dict[str, object]]:
    """The figures of one address."""
    unix = address.startswith("unix:")
    name = "kuksa_values_per_s" if unix else "kuksa_values_per_s_tcp"
    where = "Unix socket" if unix else "TCP on loopback"
    method = (
        f"OpenProviderStream, {SIGNALS} signals a batch, {BATCHES} batches a round, {where}, through the doors into "
        f"the databroker until a subscriber has the last values; median of {ROUNDS} alternating rounds"
    )
    figures = {name: {"value": round(statistics.median(rates)), "unit": "values/s", "method": method}}
    if unix:
        figures["kuksa_value_cpu_us"] = {
            "value": round(statistics.median(costs), 2),
            "unit": "us",
            "method": f"CPU time of doors and databroker together for one value: {method}",
        }
    return figures


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory(prefix="ivi-b-") as folder:
        print(json.dumps(asyncio.run(run(Path(folder)))))


if __name__ == "__main__":
    main()
