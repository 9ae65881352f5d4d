# SPDX-License-Identifier: Apache-2.0
"""SIGKILL of the car's process at every state of a command: nothing is done twice, and every end is told."""

import asyncio
import contextlib
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.commands.command import Command, sign_command
from ivi.cloud.outbox import Outbox
from ivi.cloud.record import decode_record
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.commands import Answer, AnswerCommand, ListCommands
from ivi.model.databroker import DatabrokerRequest
from ivi.model.errors import IviError
from ivi.model.services import DrivingState, ServicesRequest, SubscribeUxRestrictions, UxRestrictions
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

DRIVER = Path(__file__).with_name("commands_driver.py")
LIMIT = "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit"
DOOR = "Vehicle.Cabin.Door.Row1.DriverSide.IsLocked"
WAIT = 30.0  # seconds


class Car:
    """A car that counts what it is asked, and lives on when its computer is killed."""

    name = "car"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.broker = Broker(
            Catalogue(
                [
                    Metadata(LIMIT, DataType.UINT8, EntryType.ACTUATOR),
                    Metadata(DOOR, DataType.BOOLEAN, EntryType.ACTUATOR),
                ]
            )
        )
        self.asked: Counter[object] = Counter()
        self.key = Ed25519PrivateKey.generate()
        self.counter = 0
        self.driver: asyncio.subprocess.Process | None = None
        public = self.key.public_key().public_bytes_raw().hex()
        keys = [
            {"id": b"k".hex(), "role": "service", "public": public},
            {"id": b"o".hex(), "role": "owner", "public": public},
        ]
        (folder / "trust.json").write_text(json.dumps({"keys": keys}))

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The provider."""
        self.asked.update(values.values())
        asyncio.get_running_loop().call_soon(self.broker.publish, self, values)
        return values

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Car"]:
        """Databroker, and a services process that says parked."""
        server = LinkServer(self.folder / "databroker.sock", (DatabrokerRequest,), Process("databroker").status)
        BrokerServer(self.broker, server)
        self.broker.register(self, [LIMIT, DOOR])
        services = LinkServer(self.folder / "services.sock", (ServicesRequest,), Process("services").status)

        async def parked(_request: SubscribeUxRestrictions, stream: Stream) -> None:
            stream.send(UxRestrictions(DrivingState.PARKED, [], "parked"))
            await asyncio.Event().wait()

        services.router.on_stream(SubscribeUxRestrictions, parked)
        await server.start()
        await services.start()
        try:
            yield self
        finally:
            await self.kill()
            await services.stop()
            await server.stop()

    async def start(self, die: str = "") -> None:
        """Start the process, and wait until it takes messages or has died."""
        arguments = [str(DRIVER), "--folder", str(self.folder), "--die", die]
        log = (self.folder / "log").open("ab")
        self.driver = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=log, env=dict(os.environ)
        )
        log.close()
        assert self.driver.stdout is not None
        async with asyncio.timeout(WAIT):
            await self.driver.stdout.readline()

    async def kill(self) -> None:
        """SIGKILL."""
        if self.driver is not None:
            with contextlib.suppress(ProcessLookupError):
                self.driver.kill()
            await self.dead()

    async def dead(self) -> None:
        """Wait until it has died."""
        assert self.driver is not None
        async with asyncio.timeout(WAIT):
            assert await self.driver.wait() == -9, (self.folder / "log").read_text()
        self.driver = None

    def send(self, name: str, kid: bytes = b"o", **args: object) -> Command:
        """Sign a command, and put it where the process finds it now and after each start."""
        self.counter += 1
        epoch = (self.folder / "epoch").read_bytes()
        command = Command("car-1", name, self.counter, int(time.time()) + 300, epoch, args)
        with (self.folder / "messages").open("a", encoding="ascii") as file:
            file.write(sign_command(command, kid, self.key).hex() + "\n")
        return command

    def told(self, command: Command) -> list[str]:
        """All states that the outbox has of a command; only while the process is dead."""
        outbox = Outbox(self.folder / "told.db", sync="FULL", window=100_000)
        try:
            records = [decode_record(frame.body) for frame in outbox.due(100_000)]
        finally:
            outbox.close()
        return [record.data["state"] for record in records if record.data.get("id") == command.id]

    async def settled(self, *commands: Command) -> None:
        """Wait until none of the commands is open, and nobody waits for consent: agree to all."""
        async with asyncio.timeout(WAIT), LinkClient(self.folder / "cloud.sock", Answer) as screen:
            waiting = {command.id.hex() for command in commands}
            while waiting:
                await self._agree(screen, waiting)
                await asyncio.sleep(0.02)

    async def _agree(self, screen: LinkClient, waiting: set[str]) -> None:

        try:
            for view in (await screen.call(ListCommands(200))).commands:
                if view.state.final:
                    waiting.discard(view.id)
                elif view.state == "awaiting_consent":
                    await screen.call(AnswerCommand(view.id, agreed=True))
        except IviError:
            return


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path, for sockets."""
    with tempfile.TemporaryDirectory(prefix="ivi-") as name:
        yield Path(name)


DONE = ("succeeded", 1)
POINTS = {
    "taken": DONE,
    "told:received": DONE,
    "moved:awaiting_consent": DONE,
    "told:awaiting_consent": DONE,
    "moved:accepted": DONE,
    "told:accepted": DONE,
    "moved:running": ("outcome_unknown", 0),
    "told:running": ("outcome_unknown", 0),
    "acted": ("outcome_unknown", 1),
    "told:succeeded": DONE,
    "flushed": DONE,
}
"""Where the process is killed; how the command ends, and how often the car was asked."""


AT_ONCE = {"taken": ("outcome_unknown", 0), "acted": ("outcome_unknown", 1), "told:succeeded": DONE, "flushed": DONE}
"""The same for a command that waits for nothing: it is kept as running in one commit."""


@pytest.mark.parametrize("point", AT_ONCE)
def test_killed_at_once(folder: Path, point: str) -> None:
    """`unlock` by the owner."""
    end, times = AT_ONCE[point]

    async def story() -> None:
        async with Car(folder).running() as car:
            await car.start(point)
            command = car.send("unlock")
            await car.dead()
            await car.start()
            await car.settled(command)
            await car.kill()
            told = car.told(command)
            assert told[-1] == end
            assert {state for state in told if state in {"succeeded", "failed", "outcome_unknown"}} == {end}
            assert sum(car.asked.values()) == times

    asyncio.run(story())


@pytest.mark.parametrize("point", POINTS)
def test_killed_at(folder: Path, point: str) -> None:
    """`unlock` by a service needs consent, so it passes every state there is."""
    end, times = POINTS[point]

    async def story() -> None:
        async with Car(folder).running() as car:
            await car.start(point)
            command = car.send("unlock", b"k")
            if point.partition(":")[2] not in {"received", "awaiting_consent", ""} or point in {"acted", "flushed"}:
                with contextlib.suppress(IviError, TimeoutError):
                    async with LinkClient(folder / "cloud.sock", Answer) as screen:
                        while car.driver is not None and car.driver.returncode is None:
                            await car._agree(screen, {command.id.hex()})
                            await asyncio.sleep(0.02)
            await car.dead()
            await car.start()
            await car.settled(command)
            await car.kill()
            states = car.told(command)
            assert states[-1] == end
            assert {state for state in states if state in {"succeeded", "failed", "outcome_unknown"}} == {end}
            assert sum(car.asked.values()) == times
            order = ["received", "awaiting_consent", "accepted", "running", end]
            firsts = [order.index(state) for state in dict.fromkeys(states)]
            assert firsts == sorted(firsts)

    asyncio.run(story())


def test_killed_at_random(folder: Path) -> None:
    """Commands flow while the process is killed a dozen times; each is done at most once, and has one end."""
    dice = random.Random(11)

    async def story() -> None:
        async with Car(folder).running() as car:
            await car.start()
            commands: list[Command] = []
            for _ in range(10):
                for _ in range(3):
                    commands.append(car.send("charge_limit", percent=51 + len(commands)))
                    await asyncio.sleep(dice.uniform(0, 0.01))
                await asyncio.sleep(dice.uniform(0, 0.02))
                await car.kill()
                await car.start()
            await car.settled(*commands)
            await car.kill()
            ends = Counter[str]()
            for command in commands:
                states = car.told(command)
                final = set(states) & {"succeeded", "failed", "rejected", "outcome_unknown", "expired"}
                assert len(final) == 1
                assert states[-1] in final
                ends.update(final)
                times = car.asked[command.args["percent"]]
                assert times == 1 if final == {"succeeded"} else times <= 1
            assert set(ends) <= {"succeeded", "outcome_unknown"}
            assert ends["succeeded"] >= 1

    asyncio.run(story())
