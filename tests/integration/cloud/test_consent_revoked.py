# SPDX-License-Identifier: Apache-2.0
"""Taking a consent back over a real Mosquitto: with a backlog, in the middle of a drain, and killed at every step."""

import contextlib
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from ivi.cloud.record import ENCODING_RECORD, decode_record
from ivi.cloud.wire import Kind, decode_frames
from ivi.fleet import report

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

DRIVER = Path(__file__).with_name("consent_driver.py")
ROOT = Path(__file__).resolve().parents[3]
WAIT = 40.0  # seconds that anything may take on a busy machine
POINTS = ["ledger", "rows", "file", "record", "told"]
KILLS = [f"{when}:{point}" for point in POINTS for when in ("before", "after")]
ROWS = 150  # some in the file, some still in memory


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def drive(rig: "Rig", vehicle: str, *switches: str, killed: bool = False) -> dict[str, Any]:
    """One start of a car, with a state folder of its own; what it said it did."""
    folders = {"IVI_RUNTIME_DIR": str(rig.folder / f"run-{vehicle}"), "IVI_STATE_DIR": str(rig.folder / vehicle)}
    command = [sys.executable, str(DRIVER), "--broker", f"127.0.0.1:{rig.port}", "--vehicle", vehicle, *switches]
    done = subprocess.run(
        command, env=rig.env | folders, cwd=ROOT, capture_output=True, text=True, timeout=2 * WAIT, check=False
    )
    assert done.returncode == (-signal.SIGKILL if killed else 0), done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout) if not killed else {}
    return answer


class Tap:
    """Hears everything that goes through the broker: the fleet deletes what it is asked to, and would hide the rest."""

    def __init__(self, port: int) -> None:
        self.bodies: list[str] = []
        """Rows of all cars' research."""
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        self._client.on_message = self._heard
        ready = threading.Event()
        self._client.on_subscribe = lambda *_: ready.set()
        self._client.connect("127.0.0.1", port)
        self._client.subscribe("v1/+/up/t/telemetry.research", qos=1)
        self._client.loop_start()
        assert ready.wait(WAIT)

    def _heard(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        self.bodies += [
            frame.body.decode() for frame in decode_frames(bytes(message.payload)) if frame.kind is Kind.RECORD
        ]

    def of(self, vehicle: str) -> list[str]:
        """Rows of one car."""
        return [body for body in self.bodies if body.startswith(f"{vehicle}:")]

    def close(self) -> None:
        """Say goodbye."""
        self._client.disconnect()
        self._client.loop_stop()


@contextlib.contextmanager
def fleet(rig: "Rig") -> Iterator[Tap]:
    """Broker and ingest, and somebody who listens."""
    rig.start("broker")
    until(rig.broker_answers)
    rig.start("ingest")
    until(lambda: rig.status("ingest"))
    tap = Tap(rig.port)
    try:
        yield tap
    finally:
        tap.close()


def stored(rig: "Rig", vehicle: str) -> list[str]:
    """Rows of a car's research that the fleet has; they are stored without the car."""
    found = [row for row in report.rows(rig.db) if row.name == "telemetry.research"]
    assert not any(row.vehicle for row in found)
    return [row.body.decode() for row in found if row.body.decode().startswith(f"{vehicle}:")]


def deletions(rig: "Rig", vehicle: str) -> list[dict[str, Any]]:
    """What a car asks the fleet to delete."""
    records = [
        decode_record(row.body)
        for row in report.rows(rig.db)
        if row.name == "control" and row.vehicle == vehicle and row.body[0] == ENCODING_RECORD
    ]
    return [record.data for record in records if record.kind == "consent" and record.data["what"] == "revoked"]


def streams(asked: dict[str, Any]) -> list[str]:
    """The streams that are to be deleted; they are all of the one channel."""
    assert {channel for channel, _ in asked["delete"]} == {"telemetry.research"}
    return [stream.hex() for _, stream in asked["delete"]]


def test_a_backlog_is_given_up(rig: "Rig") -> None:
    """Nothing of it leaves, nothing of it is left in the files; the fleet is asked to delete what it may have."""
    done = drive(rig, "car", "--rows", str(ROWS), "--revoke")
    assert (done["given_up"], done["taken"], done["agreed"]) == (ROWS, False, [])
    for path in (rig.folder / "car").iterdir():
        assert b"car:7" not in path.read_bytes(), path
    with fleet(rig) as tap:
        again = drive(rig, "car", "--settle", "--again")
        until(lambda: deletions(rig, "car"))
        assert tap.bodies == []
    (asked,) = deletions(rig, "car")
    assert streams(asked) == done["streams"]
    assert len(done["streams"]) == 1
    assert not set(again["streams_again"]) & set(done["streams"])


def test_the_drain_ends_in_its_middle(rig: "Rig") -> None:
    """From then on nothing leaves, the fleet deletes what it has, and a new consent has nothing in common with it."""
    rows = 20_000
    with fleet(rig) as tap:
        done = drive(rig, "car", "--rows", str(rows), "--online", "--revoke", "--settle", "--again")
        assert done["given_up"] > 0
        assert done["taken"] is False
        assert not [what for what in done["problems"] if "consent" in what]
        until(lambda: deletions(rig, "car"))
        (asked,) = deletions(rig, "car")
        assert streams(asked) == done["streams"]
        assert not set(done["streams_again"]) & set(done["streams"])
        until(lambda: stored(rig, "car") == [])
        left = len(tap.bodies)
        assert rows // 20 <= left < rows
        drive(rig, "car", "--settle")
        assert len(tap.bodies) == left
        assert stored(rig, "car") == []


@pytest.mark.timeout(150)
def test_killed_at_every_step_it_is_all_or_nothing(rig: "Rig") -> None:
    """Either the consent still holds and its rows come, or it is taken back and none ever leaves."""
    for kill in KILLS:
        vehicle = kill.replace(":", "-")
        drive(rig, vehicle, "--rows", str(ROWS), "--die", kill, "--revoke", killed=True)
    with fleet(rig) as tap:
        for kill in KILLS:
            vehicle = kill.replace(":", "-")
            done = drive(rig, vehicle, "--settle")
            if kill == "before:ledger":
                assert done["agreed"] == ["research"]
                until(lambda name=vehicle: stored(rig, name))  # type: ignore[misc]  # the car of this turn
                assert set(stored(rig, vehicle)) <= {f"{vehicle}:{number}" for number in range(ROWS)}
                assert deletions(rig, vehicle) == []
            else:
                assert done["agreed"] == [], kill
                assert tap.of(vehicle) == [], kill
                assert {asked["n"] for asked in deletions(rig, vehicle)} == {3}, kill
