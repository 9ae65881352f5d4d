# SPDX-License-Identifier: Apache-2.0
"""The first drive, as a driver, a partner and an engineer see it: all real processes, nothing in between replaced."""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Protocol

import can
import cantools
import pytest

from ivi.model.apphost import ApphostAnswer, Audit, ListAudit
from ivi.model.errors import IviError

DRIVER = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
BACK_LIMIT = 60.0  # seconds; how soon a killed process is back, tests/integration/manager measures
pytestmark = pytest.mark.timeout(300)  # the first test waits for the whole start, too
ROOT = Path(__file__).resolve().parents[2]


class Drive(Protocol):
    """What tests/end2end/conftest.py gives."""

    run_dir: Path

    def ivi(self, *arguments: str) -> "Finished": ...
    def status(self) -> dict[str, dict[str, object]]: ...
    def ask(self, process: str, request: object, answers: object) -> object: ...
    def touch(self, item: str) -> None: ...
    def read(self, item: str, property_name: str = "text") -> str: ...
    def until(self, what: str, condition: object, seconds: float = 30.0) -> None: ...
    def pid(self, name: str) -> int: ...


class Finished(Protocol):
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


def set_point(drive: Drive) -> float:
    """What the climate ECU itself says on the bus."""
    database = cantools.database.load_file(ROOT / "can_dbc" / "ivi_ev" / "ivi_ev.dbc")
    assert isinstance(database, cantools.database.Database)
    message = database.get_message_by_name("HVAC_Status")
    with can.Bus(interface="ivi", channel=str(drive.run_dir / "bus" / "can0.sock")) as bus:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            frame = bus.recv(timeout=1)
            if frame is not None and frame.arbitration_id == message.frame_id:
                values = message.decode(bytes(frame.data), decode_choices=False)
                assert isinstance(values, dict)
                return float(str(values["HVAC_DriverTempSet"]))
    pytest.fail("the climate ECU says nothing")


def shown(text: str) -> float | None:
    """The number in a text such as `21.5°`."""
    digits = "".join(letter for letter in text if letter.isdigit() or letter in ".-")
    return float(digits) if any(letter.isdigit() for letter in digits) else None


def test_the_car_drives_and_the_screen_shows_it(drive: Drive) -> None:
    drive.until("the speed on the screen", lambda: (shown(drive.read("speedValue")) or 0) > 20)
    drive.until("gear D on the screen", lambda: drive.read("gearValue") == "D")
    drive.until("a range on the screen", lambda: (shown(drive.read("rangeValue")) or 0) > 50)


def test_a_touch_on_the_climate_bar_reaches_the_ecu_and_comes_back(drive: Drive) -> None:
    drive.until("a set point on the screen", lambda: shown(drive.read("climateDriverValue")) is not None)
    before = set_point(drive)
    drive.touch("climateDriverUp")
    drive.until("a higher set point on the bus", lambda: set_point(drive) == before + 0.5)
    drive.until("the reported value on the screen", lambda: shown(drive.read("climateDriverValue")) == before + 0.5)


def test_a_typed_sentence_reaches_the_ecu(drive: Drive) -> None:
    done = drive.ivi("say", "set the temperature to nineteen degrees")
    assert done.returncode == 0, done.stdout + done.stderr
    drive.until("19 degrees on the bus", lambda: set_point(drive) == 19.0)
    drive.until("19 degrees on the screen", lambda: shown(drive.read("climateDriverValue")) == 19.0)


def test_a_spoken_sentence_reaches_the_ecu(drive: Drive, tmp_path: Path) -> None:
    wav = tmp_path / "sentence.wav"
    assert (
        os.spawnlp(
            os.P_WAIT,
            "espeak-ng",
            "espeak-ng",
            "-v",
            "en-us",
            "-s",
            "150",
            "-w",
            str(wav),
            "set the temperature to twenty one degrees",
        )
        == 0
    )
    done = drive.ivi("say", "--wav", str(wav))
    assert 'heard:  "set the temperature to twenty one degrees"' in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
    drive.until("21 degrees on the bus", lambda: set_point(drive) == 21.0)
    drive.until("21 degrees on the screen", lambda: shown(drive.read("climateDriverValue")) == 21.0)


def test_an_app_that_reads_what_it_was_not_granted_is_denied_and_audited(drive: Drive) -> None:
    def audit() -> Audit:
        answer = drive.ask("apphost", ListAudit("dev.ivi.curious", 1000), ApphostAnswer)
        assert isinstance(answer, Audit)
        return answer

    def denied() -> list[tuple[str, str]]:
        return [(record.action, record.target) for record in audit().records if record.decision == "denied"]

    drive.until("a denied read in the audit", lambda: ("vehicle.read", "Vehicle.CurrentLocation.Latitude") in denied())
    assert audit().verified
    assert {record.app_id for record in audit().records} == {"dev.ivi.curious"}
    # the app itself heard a refusal, not a value
    drive.until("the app's own words on the screen", lambda: told(drive) == "Position: permission_denied")


def told(drive: Drive) -> str:
    """The row that the curious app shows."""
    with contextlib.suppress(IviError):
        drive.touch("appTab_dev.ivi.curious")
    return drive.read("appRow_dev.ivi.curious_position")


def test_the_command_line_reads_and_sets(drive: Drive) -> None:
    assert "km/h" in drive.ivi("signals", "get", "Vehicle.Speed").stdout
    assert drive.ivi("signals", "set", DRIVER, "22.5").returncode == 0
    assert set_point(drive) == 22.5
    listed = drive.ivi("signals", "list", "Vehicle.Cabin.HVAC.**").stdout
    assert f"{DRIVER} " in listed
    assert "16..28" in listed
    watched = drive.ivi("signals", "watch", "Vehicle.Speed", "--for", "3")
    assert watched.returncode == 0
    assert watched.stdout.count("Vehicle.Speed") >= 2


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("signals", "get", "Vehicle.Sped"), 3, "unknown VSS path Vehicle.Sped"),
        (("signals", "set", DRIVER, "99"), 5, "16 to 28 Celsius"),
        (("signals", "set", DRIVER, "warm"), 5, "takes a number"),
        (("signals", "set", "Vehicle.Speed", "10"), 5, "cannot be set"),
        (("say", "--wav", "nowhere.wav"), 2, "cannot read nowhere.wav"),
        (("run", "--demo", "--headless"), 6, "runs already"),
    ],
)
def test_bad_input_is_one_clear_line(drive: Drive, arguments: tuple[str, ...], status: int, said: str) -> None:
    done = drive.ivi(*arguments)
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (status, True, 1), done.stderr


def test_an_unknown_sentence_is_answered_and_not_done(drive: Drive) -> None:
    before = set_point(drive)
    done = drive.ivi("say", "please paint the car green")
    assert done.returncode == 1
    assert "answer: Sorry" in done.stdout
    assert set_point(drive) == before


@pytest.mark.parametrize(
    "name", ["databroker", "services", "voice", "apphost", "cloud", "hmi", "vehicle", "canbus", "fleet"]
)
def test_a_killed_process_comes_back_and_the_others_go_on(drive: Drive, name: str) -> None:
    before = drive.status()
    os.kill(drive.pid(name), signal.SIGKILL)

    def back() -> bool:
        row = drive.status().get(name, {})
        return row.get("state") == "ready" and row.get("restarts") == int(str(before[name]["restarts"])) + 1

    drive.until(f"{name} ready again", back, BACK_LIMIT)
    after = drive.status()
    # a bus or broker that dies may take nobody along
    assert {other for other in before if other != name and after[other]["pid"] != before[other]["pid"]} == set()
    drive.until("the car on the screen again", lambda: shown(drive.read("speedValue")) is not None, BACK_LIMIT)
    drive.until(
        "no process in trouble",
        lambda: all(row["state"] == "ready" for row in drive.status().values()),
        BACK_LIMIT,
    )


@pytest.mark.parametrize("name", ["databroker", "apphost", "cloud", "voice"])
def test_the_screen_says_that_a_process_was_killed_and_that_it_is_back(drive: Drive, name: str) -> None:
    chip = f"chip_{name}"
    drive.until("a calm chip", lambda: "restarting" not in (drive.read(chip) or "restarting"))
    os.kill(drive.pid(name), signal.SIGKILL)
    drive.until("the word restarting on the chip", lambda: "restarting" in drive.read(chip))
    drive.until("a calm chip again", lambda: "restarting" not in (drive.read(chip) or "restarting"), BACK_LIMIT)
    drive.until(
        "all processes ready", lambda: all(row["state"] == "ready" for row in drive.status().values()), BACK_LIMIT
    )
