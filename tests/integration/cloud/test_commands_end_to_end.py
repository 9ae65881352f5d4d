# SPDX-License-Identifier: Apache-2.0
"""Commands and the twin through everything real: Mosquitto over mutual TLS, cloud process, broker, simulated car."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from ivi.cloud.commands.command import Command, sign_command
from ivi.cloud.record import Record, decode_record
from ivi.cloud.tls import TlsFiles
from ivi.cloud.twin.desired import Desired, sign_desired
from ivi.cloud.twin.merge_patch import merge_patch
from ivi.cloud.wire import Kind, decode_frames, down_topic
from ivi.fleet.mosquitto import find_mosquitto, prepare
from ivi.fleet.pki import BROKER, HOSTS, Authority
from ivi.model.commands import CommandState

ROOT = Path(__file__).resolve().parents[3]
VEHICLE = "car-7"
WAIT = 40.0  # seconds
LIMIT = "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit"
DOOR = "Vehicle.Cabin.Door.Row2.PassengerSide.IsLocked"


class Fleet:
    """Signs, sends, and remembers what came up."""

    def __init__(self, port: int, pki: Path) -> None:
        self.keys = {role: Ed25519PrivateKey.generate() for role in ("owner", "fleet")}
        self.records: list[tuple[str, Record]] = []
        self.news = threading.Condition()
        self.counter = 0
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.tls_set_context(TlsFiles.of(pki, "fleet").context())
        self._client.on_connect = lambda client, *_: client.subscribe(f"v1/{VEHICLE}/up/t/#", 1) and None
        self._client.on_message = self._message
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def trust(self) -> str:
        """The car's trust.json."""
        keys = [
            {"id": role.encode().hex(), "role": role, "public": key.public_key().public_bytes_raw().hex(), "name": role}
            for role, key in self.keys.items()
        ]
        return json.dumps({"keys": keys})

    def _message(self, _client: Client, _data: object, message: MQTTMessage) -> None:
        channel = message.topic.rpartition("/")[2]
        frames = decode_frames(bytes(message.payload))
        if frames[0].kind is Kind.RECORD and not channel.startswith("telemetry"):
            with self.news:
                self.records.extend((channel, decode_record(frame.body)) for frame in frames)
                self.news.notify_all()

    def wait(self, what: str, find: Callable[[list[tuple[str, Record]]], Any]) -> Any:  # noqa: ANN401  # whatever is found
        """Wait until `find` finds something in the records."""
        found: Any = None

        def look() -> bool:
            nonlocal found
            found = find(self.records)
            return bool(found)

        with self.news:
            if not self.news.wait_for(look, WAIT):
                pytest.fail(f"not within {WAIT:g} s: {what}; {self.records[-5:]}")
        return found

    def epoch(self) -> bytes:
        """What the car told last."""
        told = self.wait("the epoch", lambda all_: [r.data["epoch"] for _, r in all_ if r.kind == "command_epoch"])
        return bytes(told[-1])

    def send(self, name: str, role: str = "owner", **args: object) -> tuple[Command, bytes]:
        """Issue a command."""
        self.counter += 1
        command = Command(VEHICLE, name, self.counter, int(time.time()) + 120, self.epoch(), args)
        message = sign_command(command, role.encode(), self.keys[role])
        self._client.publish(down_topic(VEHICLE, "cmd"), message, 1)
        return command, message

    def again(self, message: bytes) -> None:
        """Send a message once more."""
        self._client.publish(down_topic(VEHICLE, "cmd"), message, 1)

    def desire(self, version: int, **document: object) -> None:
        """Publish the desired state, retained."""
        message = sign_desired(Desired(VEHICLE, version, document), b"fleet", self.keys["fleet"])
        self._client.publish(down_topic(VEHICLE, "twin"), message, 1, retain=True)

    def states(self, command: Command) -> list[str]:
        """All states told of a command."""
        return [r.data["state"] for _, r in self.records if r.kind == "command" and r.data["id"] == command.id]

    def end(self, command: Command) -> str:
        """Wait for the final state."""
        return str(
            self.wait(
                f"the end of {command.name}",
                lambda _all: next((state for state in self.states(command) if CommandState(state).final), None),
            )
        )

    def twin(self) -> dict[str, Any]:
        """The reported document."""
        document: dict[str, Any] = {}
        for _, record in self.records:
            if record.kind == "twin":
                document = merge_patch({} if record.data["full"] else document, record.data["patch"])
        return document

    def close(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.loop_stop()


class Car:
    """The processes of a car and its broker."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.env = os.environ | {"IVI_RUNTIME_DIR": str(folder / "run"), "IVI_STATE_DIR": str(folder / "state")}
        self.pki = folder / "pki"
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> None:
        """Start a program, or a Python module."""
        words = command if command[0].startswith("/") else (sys.executable, "-m", *command)
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(words, cwd=ROOT, env=self.env, stdout=log, stderr=log)

    def start_cloud(self) -> None:
        """The process under test."""
        options = ["--broker", f"127.0.0.1:{self.port}", "--vehicle", VEHICLE, "--tls-dir", str(self.pki)]
        self.start("cloud", "ivi.manager.entry.cloud", *options)

    def end(self, name: str) -> int:
        """SIGTERM; returns the exit status."""
        process = self.running.pop(name)
        process.terminate()
        return process.wait(15)

    def ivi(self, *words: str) -> str:
        """Run `ivi`; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "ivi", *words], cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def until(self, what: str, condition: Callable[[], object]) -> None:
        """Poll until something holds."""
        deadline = time.monotonic() + WAIT
        while not condition():
            if time.monotonic() > deadline:
                logs = "\n".join(path.read_text()[-1500:] for path in self.folder.glob("*.log"))
                pytest.fail(f"not within {WAIT:g} s: {what}\n{logs}")
            time.sleep(0.05)


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether a port takes connections."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def end_all(running: list[subprocess.Popen[bytes]]) -> None:
    """End every process, the last one first; one that does not end in time is killed."""
    for process in reversed(running):
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(15)


@pytest.fixture(scope="module")
def car() -> Iterator[Car]:
    """A simulated car whose cloud process is not started yet."""
    if find_mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    folder = Path(tempfile.mkdtemp(prefix="ivi-"))
    made = Car(folder)
    try:
        authority = Authority(made.pki)
        authority.issue(BROKER, hosts=HOSTS)
        for name in (VEHICLE, "fleet"):
            authority.issue(name)
        (folder / "state").mkdir(mode=0o700)
        made.start("broker", *prepare(made.port, folder / "broker", made.pki))
        made.start("canbus", "simulator.bus", "can0")
        made.start("databroker", "ivi.manager.entry.databroker", "--can", "ivi:can0")
        made.start("services", "ivi.manager.entry.services")
        made.start("vehicle", "simulator.vehicle", "--can", "ivi:can0", "--seed", "1")
        made.until("the broker answers", lambda: answers(made.port))
        made.until("the services run", (folder / "run" / "services.sock").exists)
        yield made
    finally:
        end_all(list(made.running.values()))
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def fleet(car: Car) -> Iterator[Fleet]:
    """The fleet, and the car's cloud process that trusts it."""
    made = Fleet(car.port, car.pki)
    (car.folder / "state" / "trust.json").write_text(made.trust())
    car.start_cloud()
    try:
        yield made
    finally:
        made.close()


def test_the_simulated_car_obeys_once(car: Car, fleet: Fleet) -> None:
    command, message = fleet.send("lock")
    assert fleet.end(command) == "succeeded"
    assert "true" in car.ivi("signals", "get", DOOR)
    limit, _ = fleet.send("charge_limit", "fleet", percent=75)
    assert fleet.end(limit) == "succeeded"
    assert "75" in car.ivi("signals", "get", LIMIT)
    car.ivi("signals", "set", DOOR, "false")
    fleet.again(message)
    fleet.wait("the result again", lambda _all: fleet.states(command).count("succeeded") == 2)
    assert fleet.states(command) == ["received", "accepted", "running", "succeeded", "succeeded"]
    assert "false" in car.ivi("signals", "get", DOOR)
    horn, _ = fleet.send("horn")
    assert fleet.end(horn) == "rejected"


def test_a_command_waits_for_the_car_that_is_away(car: Car, fleet: Fleet) -> None:
    """Its session waits at the broker; the counters and the epoch are those of before."""
    epoch = fleet.epoch()
    assert car.end("cloud") == 0
    command, _ = fleet.send("charge_limit", percent=65)
    car.start_cloud()
    assert fleet.end(command) == "succeeded"
    assert fleet.epoch() == epoch


def test_locate_with_consent_from_the_command_line(car: Car, fleet: Fleet) -> None:
    command, _ = fleet.send("locate", "fleet")
    fleet.wait("the question", lambda _all: {"awaiting_consent", "rejected"} & set(fleet.states(command)))
    if "rejected" in fleet.states(command):  # the consent gate of this car has nobody's yes to the purpose
        (told,) = [r.data for _, r in fleet.records if r.data.get("id") == command.id and r.data["state"] == "rejected"]
        assert told["reason"].startswith("consent: ")
        assert not [one for one in fleet.records if one[1].kind == "position"]
        return
    waiting = json.loads(car.ivi("commands", "list", "--json"))[0]
    assert (waiting["id"], waiting["state"], waiting["role"]) == (command.id.hex(), "awaiting_consent", "fleet")
    assert f"ivi commands answer {command.id.hex()[:8]}" in car.ivi("commands", "list")
    assert car.ivi("commands", "answer", command.id.hex()[:8], "yes") == "agreed\n"
    assert fleet.end(command) == "succeeded"
    channel, record = fleet.wait("the position", lambda all_: [one for one in all_ if one[1].kind == "position"])[0]
    assert channel == "events.locate"
    assert record.data["id"] == command.id
    assert -90 <= record.data["latitude"] <= 90


def test_the_twin_follows_and_reports(car: Car, fleet: Fleet) -> None:
    fleet.desire(1, charging={"limit": 85})
    fleet.wait("the reported limit", lambda _all: fleet.twin().get("charging") == {"limit": 85})
    assert "85" in car.ivi("signals", "get", LIMIT)
    car.ivi("signals", "set", LIMIT, "60")
    fleet.wait("the driver's own limit", lambda _all: fleet.twin()["charging"] == {"limit": 60})
