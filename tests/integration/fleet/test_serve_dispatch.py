# SPDX-License-Identifier: Apache-2.0
"""What was issued reaches cars through a real broker: after outages, a killed server, and a broker that forgot all."""

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from ivi.cloud.commands.command import Command, open_command
from ivi.cloud.record import Record, encode_record
from ivi.cloud.session import Delivery, MqttSession
from ivi.cloud.tls import TlsFiles
from ivi.cloud.trust import Role, Trust
from ivi.cloud.wire import Broker, Frame, Kind, down_topic
from ivi.fleet.mosquitto import find_mosquitto, prepare
from ivi.fleet.pki import BROKER, HOSTS, Authority
from ivi.fleet.serve.keys import generate
from ivi.fleet.serve.site import Listen
from ivi.fleet.store.recording import Store

CAR = "car-1"
LIMIT = 60.0  # seconds on a loaded machine


class Rig:
    """A broker and `ivi fleet serve`, each of which may be killed; the car is a client that only listens."""

    def __init__(self, folder: Path, root: Path, ports: Iterator[int]) -> None:
        self.folder, self.root = folder, root
        self.port, self.page = next(ports), next(ports)
        self.url = f"{Listen('127.0.0.1', self.page).origin}/api/vehicles/{CAR}"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        generate(folder / "keys", Role.FLEET, "the desk")
        self.trust = Trust.load(folder / "keys" / "trust.json")
        self.db = folder / "fleet.db"
        self.store = Store(self.db)
        self.seq = 0
        self.tls: Path | None = None

    def start(self, name: str) -> None:
        """Start `broker` or `serve`."""
        if name == "broker":
            (self.folder / "mosquitto").mkdir(exist_ok=True)
            command = prepare(self.port, self.folder / "mosquitto", self.tls)
        else:
            command = [
                *(sys.executable, "-m", "ivi.fleet.serve", "--broker", f"127.0.0.1:{self.port}", "--db", str(self.db)),
                *("--keys", str(self.folder / "keys"), "--listen", f"127.0.0.1:{self.page}"),
                *(["--tls-dir", str(self.tls)] if self.tls else []),
            ]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=self.root, stdout=log, stderr=log, env=os.environ | {"PYTHONPATH": str(self.root)}
            )

    def kill(self, name: str) -> None:
        """SIGKILL."""
        process = self.running.pop(name)
        process.kill()
        process.wait(10)

    def close(self) -> None:
        """End whatever runs."""
        for name in list(self.running):
            self.kill(name)
        self.store.close()

    def car_says(self, kind: str, data: Mapping[str, object]) -> None:
        """As the ingest would store it."""
        self.car_says_as(CAR, kind, data)

    def car_says_as(self, vehicle: str, kind: str, data: Mapping[str, object]) -> None:
        """The same of any car."""
        self.seq += 1
        body = encode_record(Record(kind, self.seq, dict(data)))
        self.store.add([(vehicle, "control", Frame(Kind.RECORD, b"stream-1", self.seq, body))])

    async def post(self, path: str, body: dict[str, object]) -> dict[str, object]:
        """Ask, as soon as the server answers."""
        async with asyncio.timeout(LIMIT), ClientSession() as session:
            while True:
                with contextlib.suppress(ClientConnectionError):
                    async with session.post(self.url + path, json=body) as response:
                        assert response.status == 201, await response.text()
                        made: dict[str, object] = await response.json()
                        return made
                await asyncio.sleep(0.05)

    async def get(self, path: str) -> dict[str, object]:
        """What the interface says."""
        async with asyncio.timeout(LIMIT), ClientSession() as session, session.get(self.url + path) as response:
            found: dict[str, object] = await response.json()
            return found


class Car:
    """Hears what is published to it (ivi.cloud.session.Listener)."""

    def __init__(self) -> None:
        self.heard: list[Delivery] = []

    def online(self) -> None:
        """Nothing."""

    def offline(self, reason: str) -> None:
        """Nothing."""

    def received(self, delivery: Delivery) -> None:
        """Keep it."""
        self.heard.append(delivery)

    def published(self, reached: bool) -> None:
        """Nothing is published."""


@contextlib.asynccontextmanager
async def car(rig: Rig) -> AsyncIterator[Car]:
    """A car that listens."""
    made = Car()
    topics = [down_topic(CAR, "cmd"), down_topic(CAR, "twin")]
    tls = TlsFiles.of(rig.tls, CAR) if rig.tls else None
    session = MqttSession(Broker("127.0.0.1", rig.port), f"ivi-{CAR}", made, subscriptions=topics, tls=tls)
    task = asyncio.ensure_future(session.run())
    try:
        yield made
    finally:
        await session.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(look: Callable[[], object]) -> None:
    """Poll until something holds."""
    async with asyncio.timeout(LIMIT):
        while not look():
            await asyncio.sleep(0.05)


@pytest.fixture
def rig(tmp_path: Path, root: Path, run_dir: Path, unused_ports: Iterator[int]) -> Iterator[Rig]:
    """Nothing runs yet."""
    assert run_dir.exists()  # both processes use it
    if find_mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    made = Rig(tmp_path, root, unused_ports)
    try:
        yield made
    finally:
        made.close()


def test_a_command_survives_outages_and_is_sent_until_the_car_answers(rig: Rig) -> None:
    async def story() -> None:
        rig.store.set_state(CAR, "online", 1)
        rig.car_says("command_epoch", {"epoch": b"epoch-01"})
        rig.start("serve")  # no broker yet
        made = await rig.post("/commands", {"name": "lock", "seconds": 300})
        assert made["state"] == "issued"
        rig.kill("serve")  # what was promised is on the disk
        rig.start("broker")
        rig.start("serve")
        async with car(rig) as listening:
            await until(lambda: listening.heard)
            command = opened(rig, listening.heard[0])
            assert (command.id.hex(), command.name, command.vehicle) == (made["id"], "lock", CAR)
            # No answer: it comes again, the same to the last bit.
            await until(lambda: len(listening.heard) >= 2)
            assert len({delivery.payload for delivery in listening.heard}) == 1
            rig.car_says("command", {"id": command.id, "state": "succeeded", "reason": "", "result": {}})
            async with asyncio.timeout(LIMIT):
                while (await rig.get(f"/commands/{made['id']}"))["pending"]:
                    await asyncio.sleep(0.05)
            assert (await rig.get(f"/commands/{made['id']}"))["state"] == "succeeded"

    asyncio.run(story())


def test_a_command_that_the_car_takes_for_none_of_ours_is_not_sent_for_ever(rig: Rig) -> None:
    async def story() -> None:
        rig.store.set_state(CAR, "online", 1)
        rig.car_says("command_epoch", {"epoch": b"epoch-01"})
        rig.start("broker")
        rig.start("serve")
        made = await rig.post("/commands", {"name": "lock", "seconds": 300})
        refused = {
            "what": "command",
            "reason": "epoch",
            "why": "of another epoch",
            "id": bytes.fromhex(str(made["id"])),
        }
        rig.car_says("refused", refused)
        async with asyncio.timeout(LIMIT):
            while (found := await rig.get(f"/commands/{made['id']}"))["pending"]:
                await asyncio.sleep(0.1)
        assert (found["state"], found["reason"]) == ("refused", "epoch: of another epoch")

    asyncio.run(story())


def test_desired_settings_come_back_after_the_broker_forgot_them(rig: Rig) -> None:
    async def story() -> None:
        rig.store.set_state(CAR, "online", 1)
        rig.start("broker")
        rig.start("serve")
        await rig.post("/twin", {"document": {"charging": {"limit": 80}}})
        async with car(rig) as listening:
            await until(lambda: listening.heard)
        first = listening.heard[0].payload
        rig.kill("broker")
        shutil.rmtree(rig.folder / "mosquitto")
        rig.start("broker")
        async with car(rig) as listening:
            rig.store.set_state(CAR, "online", 2)  # as the ingest notes when a car connects
            await until(lambda: listening.heard)
        assert listening.heard[0].payload == first

    asyncio.run(story())


def test_over_mutual_tls_the_right_car_hears_it_and_no_other(rig: Rig, tmp_path: Path) -> None:
    rig.tls = tmp_path / "tls"
    authority = Authority(rig.tls)
    authority.issue(BROKER, hosts=HOSTS)
    for name in ("fleet", CAR, "car-2"):
        authority.issue(name)

    async def story() -> None:
        rig.store.set_state(CAR, "online", 1)
        rig.car_says("command_epoch", {"epoch": b"epoch-01"})
        rig.start("broker")
        rig.start("serve")
        foreign = Car()
        files = TlsFiles.of(tmp_path / "tls", "car-2")
        topics = [down_topic(CAR, "cmd"), down_topic("car-2", "cmd")]
        session = MqttSession(Broker("127.0.0.1", rig.port), "ivi-car-2", foreign, subscriptions=topics, tls=files)
        task = asyncio.ensure_future(session.run())
        try:
            await until(lambda: session.is_online)
            async with car(rig) as listening:
                made = await rig.post("/commands", {"name": "lock"})
                await until(lambda: listening.heard)
                assert opened(rig, listening.heard[0]).id.hex() == made["id"]
            rig.store.set_state("car-2", "online", 1)
            rig.car_says_as("car-2", "command_epoch", {"epoch": b"epoch-02"})
            await rig.post("/../car-2/commands", {"name": "lock"})
            await until(lambda: foreign.heard)
            assert {delivery.topic for delivery in foreign.heard} == {down_topic("car-2", "cmd")}
        finally:
            await session.close()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(story())


def opened(rig: Rig, delivery: Delivery) -> Command:
    """The command in a message."""
    assert delivery.topic == down_topic(CAR, "cmd")
    return open_command(delivery.payload, rig.trust.keys(Role.FLEET))[0]


@pytest.fixture
def unused_ports() -> Iterator[int]:
    """TCP ports that nobody uses now."""

    def ports() -> Iterator[int]:
        while True:
            with socket.create_server(("127.0.0.1", 0)) as probe:
                number = int(probe.getsockname()[1])
            yield number

    return ports()
