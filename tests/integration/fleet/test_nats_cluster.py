# SPDX-License-Identifier: Apache-2.0
"""A cluster of three NATS servers as the broker: one of them is killed in the middle, and nothing is lost.

NATS speaks MQTT 3.1.1 without shared subscriptions, while our session and ingest speak MQTT 5. So the cars are those of
the load generator in MQTT 3.1.1, and the ingest is a client of this test that does what the ingest does, in its order:
commit to the real store, PUBACK, retained acknowledgement. Frames and store are the real ones.
"""

import asyncio
import contextlib
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.cloud.wire import (
    UPWARD,
    Ack,
    Broker,
    Frame,
    ack_topic,
    decode_frames,
    decode_state,
    encode,
    parse_upward,
    rows_class,
)
from ivi.fleet import report
from ivi.fleet.load.__main__ import Plan, Result, drive
from ivi.fleet.load.client import LoopClient
from ivi.fleet.store.recording import Store
from ivi.model.errors import UnavailableError

NODES = 3
CARS = 9
WAIT = 60.0  # seconds that anything may take on a busy machine
GATHER = 0.02  # seconds


def _nothing() -> None:
    """Of several rows in one message, only the last one acknowledges it."""


class Cluster:
    """Three servers on this machine, with JetStream's files in one folder."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        with contextlib.ExitStack() as held:
            probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(4 * NODES)]
            ports = [int(probe.getsockname()[1]) for probe in probes]
        self._nats, self._routes, self._http, mqtt = (ports[start * NODES :][:NODES] for start in range(4))
        self.brokers = [Broker("127.0.0.1", port) for port in mqtt]
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, number: int) -> None:
        """Start one server."""
        routes = ", ".join(f"nats-route://127.0.0.1:{port}" for port in self._routes)
        config = self._folder / f"{number}.conf"
        config.write_text(
            f"server_name: node{number}\n"
            f"listen: 127.0.0.1:{self._nats[number]}\n"
            f"http: 127.0.0.1:{self._http[number]}\n"
            f'jetstream {{ store_dir: "{self._folder / str(number)}", max_file_store: 1GB }}\n'
            f"cluster {{ name: fleet, listen: 127.0.0.1:{self._routes[number]}, routes: [{routes}] }}\n"
            f"mqtt {{ listen: {self.brokers[number]}, ack_wait: 3s, max_ack_pending: 1000 }}\n"
        )
        with (self._folder / f"{number}.log").open("ab") as log:
            self.running[number] = subprocess.Popen([self._program, "-c", str(config)], stdout=log, stderr=log)

    def wait(self) -> None:
        """Until every server knows the others and who leads them."""
        deadline = time.monotonic() + WAIT
        for number in range(NODES):
            while not self._is_well(number):
                assert time.monotonic() < deadline, (self._folder / f"{number}.log").read_text()
                time.sleep(0.1)

    def _is_well(self, number: int) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._http[number]}/jsz", timeout=2) as answer:
                cluster = json.load(answer).get("meta_cluster", {})
        except (urllib.error.URLError, OSError):
            return False
        return bool(cluster.get("leader")) and cluster.get("cluster_size") == NODES

    def kill(self, number: int) -> None:
        """SIGKILL, and wait for its end."""
        process = self.running.pop(number)
        process.kill()
        process.wait(10)

    def close(self) -> None:
        """End whatever runs."""
        for number in list(self.running):
            self.kill(number)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that is well."""
    program = shutil.which("nats-server", path="/usr/sbin:/usr/local/sbin:/usr/local/bin:/usr/bin")
    if program is None:
        pytest.skip("nats-server is not installed")
    made = Cluster(program, tmp_path)
    try:
        for number in range(NODES):
            made.start(number)
        made.wait()
        yield made
    finally:
        made.close()


class PlainIngest:
    """The ingest's order of work in MQTT 3.1.1: commit, PUBACK, retained acknowledgement."""

    def __init__(self, store: Store, brokers: list[Broker]) -> None:
        self.connected: list[Broker] = []
        self._store, self._brokers = store, brokers
        self._pending: list[tuple[str, str, Frame, object]] = []
        self._acks: dict[str, bytes] = {}
        self._client = LoopClient(
            "ivi-ingest", mqtt5=False, subscriptions=[UPWARD], received=self._take, published=self._tell
        )

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._connect())
            group.create_task(self._commit_all())

    async def _connect(self) -> None:
        try:
            while True:
                try:
                    ended = await self._client.connect(self._brokers[0])
                except UnavailableError:
                    self._brokers.append(self._brokers.pop(0))
                    await asyncio.sleep(0.2)
                    continue
                self.connected.append(self._brokers[0])
                await ended
                self._pending.clear()
                self._brokers.append(self._brokers.pop(0))
        finally:
            self._client.close()

    def _take(self, topic: str, payload: bytes, acknowledge: object) -> None:
        vehicle, levels = parse_upward(topic)
        assert callable(acknowledge)
        if levels == ("state",):
            state = decode_state(payload)
            self._store.set_state(vehicle, state.state, state.epoch)
            acknowledge()
        else:
            *before, last = decode_frames(payload)
            self._pending.extend((vehicle, rows_class(levels), frame, _nothing) for frame in before)
            self._pending.append((vehicle, rows_class(levels), last, acknowledge))

    async def _commit_all(self) -> None:
        while True:
            await asyncio.sleep(GATHER)
            batch, self._pending = self._pending, []
            found = self._store.add((vehicle, name, frame) for vehicle, name, frame, _ in batch)
            for *_, acknowledge in batch:
                assert callable(acknowledge)
                acknowledge()
            self._acks |= {
                ack_topic(key.vehicle, key.name): encode(Ack(key.stream, upto)) for key, upto in found.items() if upto
            }
            self._tell()

    def _tell(self) -> None:
        for topic, payload in list(self._acks.items()):
            if not self._client.publish(topic, payload, retain=True):
                return
            if self._acks.get(topic) == payload:
                del self._acks[topic]


async def scene(cluster: Cluster, ingest: PlainIngest, db: str) -> Result:
    """Cars drive; when all of them are known, the server is killed that has the ingest and a third of the cars."""
    plan = Plan(CARS, cluster.brokers, rate=5, seconds=4, ramp=0.5, drain=WAIT, prefix="nats", mqtt5=False)
    working = asyncio.create_task(ingest.run())
    driving = asyncio.create_task(drive(plan))
    try:
        async with asyncio.timeout(WAIT):
            while not ingest.connected or len(await asyncio.to_thread(report.vehicles, db)) < CARS:
                assert not working.done()
                await asyncio.sleep(0.1)
        killed = ingest.connected[-1]
        await asyncio.to_thread(cluster.kill, cluster.brokers.index(killed))
        result = await driving
        assert ingest.connected[-1] is not killed
        return result
    finally:
        driving.cancel()
        working.cancel()
        await asyncio.gather(driving, working, return_exceptions=True)


@pytest.mark.timeout(240)
@pytest.mark.long
def test_a_node_is_killed_and_nothing_is_lost(cluster: Cluster, tmp_path: Path) -> None:
    """SIGKILL of the node that has the ingest and a third of the cars; the others take over."""
    db = str(tmp_path / "fleet.db")
    store = Store(db)
    ingest = PlainIngest(store, list(cluster.brokers))
    try:
        result = asyncio.run(scene(cluster, ingest, db))
    finally:
        store.close()
    assert (result.lost, result.refused) == (0, 0), result
    assert result.accepted == result.acknowledged > CARS * 10
    assert result.connections > CARS
    rows = report.rows(db)
    assert len(rows) == len({(row.vehicle, row.seq) for row in rows}) == result.accepted
