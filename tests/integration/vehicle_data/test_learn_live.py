# SPDX-License-Identifier: Apache-2.0
"""`ivi dbc learn` on the simulated car's live bus: presses marked with Enter, and a value noted meanwhile."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cantools
import pytest
from cantools.database.can import Database

from simulator.bus import IviBus
from simulator.vehicle.codec import default_dbc

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 60.0  # s, generous: both cores may be busy
PRESSES = 4
HOLD = 0.9  # s that the horn is on, and off

type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def dbc() -> Database:
    database = cantools.database.load_file(default_dbc())
    assert isinstance(database, Database)
    return database


@pytest.fixture
def car(serve: Start, start: Start) -> Iterator[IviBus]:
    """The car drives at four times its pace, so that its speed turns often enough in a short recording."""
    serve("can0")
    driving = start("-m", "simulator", "drive", "--speedup", "4", "--seed", "3")
    assert driving.stdout is not None
    assert "car ready" in driving.stdout.readline()
    with IviBus("can0") as bus:
        yield bus


def learner(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ivi", "dbc", "learn", *words, "--json"],
        cwd=ROOT,
        env=dict(os.environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_presses_marked_with_enter_find_the_horn(car: IviBus, dbc: Database, tmp_path: Path) -> None:
    command = dbc.get_message_by_name("BCM_ComfortCommand")
    nothing = {signal.name: int(signal.raw_initial or 0) for signal in command.signals}

    def horn(state: int) -> None:
        payload = command.encode(nothing | {"BCM_HornReq": state}, scaling=False)
        car.send_batch([(0, command.frame_id, len(payload), 0, payload)])

    file = tmp_path / "mine.dbc"
    running = learner("action", "--can", "ivi:can0", "--label", "horn", "--enter", "--write-dbc", str(file))
    try:
        assert running.stderr is not None
        assert running.stdin is not None
        assert f"Enter again; {PRESSES + 1} times" in running.stderr.readline()
        for number in range(2 * (PRESSES + 1)):
            time.sleep(HOLD)  # a person's rhythm, not a wait for something
            horn(1 - number % 2)
            running.stdin.write("\n")
            running.stdin.flush()
            assert ("released" if number % 2 else "pressed") in running.stderr.readline()
        out, err = running.communicate(timeout=DEADLINE)
    finally:
        end(running)
    assert running.returncode == 0, err
    lights = dbc.get_message_by_name("BCM_Lights")
    wanted = lights.frame_id, lights.get_signal_by_name("BCM_Horn").start
    rows = json.loads(out)
    assert wanted in [(row["id"], row["start"]) for row in rows if row["confidence"] >= 0.8]
    learned = cantools.database.load_file(file)
    assert isinstance(learned, Database)
    assert [signal.name for message in learned.messages for signal in message.signals] == ["Horn"]


def test_an_ended_input_is_no_endless_wait(car: IviBus) -> None:
    assert car.recv(DEADLINE) is not None
    running = learner("action", "--can", "ivi:can0", "--enter")
    try:
        _out, err = running.communicate("\n\n", timeout=DEADLINE)
    finally:
        end(running)
    assert running.returncode == 2
    assert "the input has ended" in err


def test_a_value_noted_while_it_is_recorded_is_found(car: IviBus, dbc: Database, tmp_path: Path) -> None:
    """What a GPS would have written meanwhile: one speed each 0.2 s, with the time of day."""
    speed = dbc.get_message_by_name("ESC_VehicleSpeed")
    csv = tmp_path / "gps.csv"
    ended = threading.Event()

    def note() -> None:
        due = 0.0
        with csv.open("w") as out:
            while not ended.is_set():
                message = car.recv(0.1)
                if message is not None and message.arbitration_id == speed.frame_id and time.time() >= due:
                    decoded = speed.decode(bytes(message.data))
                    assert isinstance(decoded, dict)
                    out.write(f"{message.timestamp:.3f},{decoded['ESC_Speed']}\n")
                    out.flush()
                    due = time.time() + 0.2

    noting = threading.Thread(target=note)
    noting.start()
    running = learner("value", "--can", "ivi:can0", "--for", "20", "--reference", str(csv))
    try:
        out, err = running.communicate(timeout=20 + DEADLINE)
    finally:
        ended.set()
        noting.join(DEADLINE)
        end(running)
    assert running.returncode == 0, err
    rows = [row for row in json.loads(out) if row["confidence"] >= 0.8]
    found = next(row for row in rows if row["id"] == speed.frame_id and row["start"] == 7)
    assert (found["length"], found["order"], found["signed"]) == (16, "big", False)
    assert found["scale"] == pytest.approx(0.01, rel=0.02)
    assert abs(found["offset"]) < 1
