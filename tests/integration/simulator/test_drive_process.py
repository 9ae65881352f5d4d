# SPDX-License-Identifier: Apache-2.0
"""The car as a process on a real bus: rate, commands, a bus that dies and returns, and errors in one line."""

import subprocess
import time
from collections import Counter
from collections.abc import Callable

import can
import cantools
import pytest
from cantools.database.can import Database

from simulator.bus import IviBus
from simulator.vehicle.codec import default_dbc
from simulator.vehicle.protection import seal_of

DEADLINE = 30.0  # s
ROUND = 1223  # cyclic frames of one second

type Start = Callable[..., subprocess.Popen[str]]
type Join = Callable[..., IviBus]


@pytest.fixture(scope="module")
def dbc() -> Database:
    database = cantools.database.load_file(default_dbc(), strict=True)
    assert isinstance(database, Database)
    return database


def _ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def test_the_car_fills_the_bus_at_the_dbcs_rate(serve: Start, start: Start, join: Join, dbc: Database) -> None:
    serve()
    bus = join()
    car = start("-m", "simulator", "drive", "--can", "ivi:can0", "--for", "3")
    assert f"car ready on ivi:can0: {ROUND} cyclic frames/s, seed 1" in _ready(car)
    frames: Counter[int] = Counter()
    while car.poll() is None:
        frames.update(entry[1] for entry in bus.recv_batch(0.1))
    frames.update(entry[1] for entry in bus.recv_batch(0.1))
    assert 3 * ROUND <= frames.total() <= 3 * ROUND + 100  # a few more by changes
    assert frames[0xA0] == 300
    assert {
        dbc.get_message_by_frame_id(ident & 0x1FFFFFFF, force_extended_id=ident >= 1 << 31).name for ident in frames
    }
    out, err = car.communicate(timeout=DEADLINE)
    assert car.returncode == 0
    assert f"3.0 s driven, {frames.total()} frames sent, 0 not sent" in out
    assert err == ""
    assert bus.dropped == 0


def test_a_climate_request_from_another_process_is_obeyed(
    serve: Start, start: Start, join: Join, dbc: Database
) -> None:
    serve()
    bus = join(can_filters=[{"can_id": 0x220, "can_mask": 0x7FF, "extended": False}])
    _ready(start("-m", "simulator", "drive"))
    status, command = dbc.get_message_by_name("HVAC_Status"), dbc.get_message_by_name("HVAC_Command")
    raw = {signal.name: int(signal.raw_initial or 0) for signal in command.signals}
    payload = command.encode(raw | {"HVAC_DriverTempReq": 42}, scaling=False)
    assert bus.recv(DEADLINE) is not None
    seal = seal_of(command)
    assert seal is not None
    bus.send(can.Message(arbitration_id=command.frame_id, is_extended_id=False, data=seal.close(payload)))
    give_up = time.monotonic() + DEADLINE
    reported: object = None
    while reported != 21.0 and time.monotonic() < give_up:
        message = bus.recv(1)
        assert message is not None
        decoded = status.decode(bytes(message.data))
        assert isinstance(decoded, dict)
        reported = decoded["HVAC_DriverTempSet"]
    assert reported == 21.0


def test_the_car_comes_back_to_a_bus_that_died(serve: Start, start: Start, join: Join) -> None:
    server = serve()
    car = start("-m", "simulator", "drive")
    _ready(car)
    server.kill()
    server.wait(DEADLINE)
    assert car.stdout is not None
    assert "lost the bus" in car.stdout.readline()
    serve()
    assert "back on ivi:can0" in car.stdout.readline()
    bus = join()
    assert bus.recv(DEADLINE) is not None
    car.terminate()
    out, _ = car.communicate(timeout=DEADLINE)
    assert car.returncode == 0
    assert "1 reconnects" in out


def test_speedup_makes_the_clock_faster_and_the_drive_the_same(serve: Start, start: Start, join: Join) -> None:
    serve()
    bus = join()
    digests = []
    for speedup in ("4", "8"):
        car = start("-m", "simulator", "drive", "--seed", "5", "--speedup", speedup, "--for", "2")
        _ready(car)
        frames: list[tuple[int, bytes]] = []
        while car.poll() is None:
            frames += [(entry[1], entry[4]) for entry in bus.recv_batch(0.1)]
        frames += [(entry[1], entry[4]) for entry in bus.recv_batch(0.2)]
        digests.append(frames)
    assert len(digests[0]) >= 2 * ROUND
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["drive", "--can", "ivi:absent"], ["absent.sock", "ivi sim bus absent"]),
        (["drive", "--can", "nonsense:x"], ["nonsense"]),
        (["drive", "--can", ":"], ["INTERFACE:CHANNEL"]),
        (["drive", "--dbc", "absent.dbc"], ["absent.dbc", "--dbc"]),
        (["bus", "/proc/nowhere/x.sock"], ["/proc/nowhere"]),
        (["fly"], ["fly", "bus, drive, ecus, fault or socketcand"]),
    ],
)
def test_errors_are_one_line_and_exit_code_2(start: Start, arguments: list[str], words: list[str]) -> None:
    process = start("-m", "simulator", *arguments)
    out, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == 2
    assert out == ""
    assert len(err.splitlines()) == 1, err
    assert [word for word in words if word not in err] == []


@pytest.mark.parametrize("arguments", [["--help"], ["bus", "--help"], ["drive", "--help"]])
def test_help_names_the_command_as_people_type_it(start: Start, arguments: list[str]) -> None:
    process = start("-m", "simulator", *arguments)
    out, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == 0
    assert out.startswith("usage: ivi sim")
    assert err == ""
