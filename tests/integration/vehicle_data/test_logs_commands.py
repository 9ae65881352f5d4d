# SPDX-License-Identifier: Apache-2.0
"""`ivi can` as processes on a real bus: record, play, stat, dump; killed, out of disk, without a bus."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivi.providers.can.frame import EXTENDED, REMOTE
from ivi.providers.replay.entry import BRS, ESI, FD, LogEntry
from ivi.providers.replay.log import open_log
from simulator.bus import IviBus
from simulator.bus.record import Record

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 60.0  # seconds, generous: both cores may be busy

type Command = Callable[..., subprocess.Popen[str]]


def frames(count: int) -> list[Record]:
    """Frames of all kinds, each with its number."""
    kinds = [
        (0x100, 8, 0),
        (0x18DAF110 | EXTENDED, 8, 0),
        (0x200, 12, FD),
        (0x201, 64, FD | BRS),
        (0x202 | EXTENDED, 32, FD | BRS | ESI),
        (0x7FF, 4, 0),
    ]
    out: list[Record] = []
    for number in range(count):
        key, length, flags = kinds[number % len(kinds)]
        out.append((0, key, length, flags, number.to_bytes(4).ljust(length, b"\x5a")))
    return [*out, (0, 0x300 | REMOTE, 5, 0, b"")]


def shape(entry: LogEntry) -> tuple[int, int, int, bytes]:
    return entry.key, entry.length, entry.flags & 0x07, entry.data


def sent_shape(record: Record) -> tuple[int, int, int, bytes]:
    return record[1], record[2], record[3], record[4]


@pytest.fixture
def command(run_dir: Path) -> Iterator[Command]:
    """Start `python -m ivi can …` (or another module); every process is stopped in the end."""
    with contextlib.ExitStack() as stack:

        def run(*words: object, module: str = "ivi", file_limit: int = 0) -> subprocess.Popen[str]:
            def limit() -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

            process = subprocess.Popen(
                [sys.executable, "-m", module, *(["can"] if module == "ivi" else []), *map(str, words)],
                cwd=ROOT,
                env=os.environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                preexec_fn=limit if file_limit else None,  # noqa: PLW1509  # no thread holds a lock here
            )

            def stop() -> None:
                if process.poll() is None:
                    process.kill()
                process.communicate(timeout=20)

            stack.callback(stop)
            return process

        yield run


@pytest.fixture
def bus(command: Command) -> Iterator[IviBus]:
    """A served bus, and our own place on it."""
    server = command("can0", module="simulator.bus")
    assert server.stdout is not None
    assert " ready on " in server.stdout.readline()
    joined = IviBus("can0")
    yield joined
    joined.shutdown()


def recording(command: Command, file: Path, *words: object, **extra: int) -> subprocess.Popen[str]:
    """A recorder that has joined the bus."""
    process = command("record", file, "--can", "ivi:can0", *words, **extra)
    assert process.stderr is not None
    assert "recording ivi:can0" in process.stderr.readline()
    return process


def wait_until(what: Callable[[], bool]) -> None:
    give_up = time.monotonic() + DEADLINE
    while not what():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=DEADLINE)
    assert "Traceback" not in err
    return process.returncode, out, err


@pytest.mark.parametrize("ending", ["log", "asc", "trc", "blf"])
def test_what_was_sent_is_what_replay_reads(command: Command, bus: IviBus, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drive.{ending}"
    process = recording(command, file)
    sent = frames(6000)
    before = time.time_ns()
    for begin in range(0, len(sent), 100):
        bus.send_batch(sent[begin : begin + 100])
    after = time.time_ns()
    wait_until(lambda: file.exists() and file.stat().st_size > 1000)
    time.sleep(0.3)  # let some of it lie in the queue; the rest must come out at SIGTERM
    process.send_signal(signal.SIGTERM)
    code, _, err = ended(process)
    assert code == 0, err
    assert f"recorded {len(sent)} frames" in err
    assert "lost" not in err
    found = list(open_log(file))
    assert [shape(entry) for entry in found] == [sent_shape(record) for record in sent]
    assert all(before - 1_000_000 <= entry.time_ns <= after for entry in found)
    assert {entry.channel for entry in found} == {"can0"}


@pytest.mark.parametrize("ending", ["log", "asc", "trc", "blf"])
def test_a_killed_recorder_leaves_a_readable_file(command: Command, bus: IviBus, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drive.{ending}"
    process = recording(command, file)
    sent = frames(3000)
    bus.send_batch(sent)
    wait_until(lambda: file.exists() and len(_readable(file)) == len(sent))  # a flush has come
    bus.send_batch(frames(50))
    process.kill()
    process.wait(20)
    found = list(open_log(file))
    assert [shape(entry) for entry in found[: len(sent)]] == [sent_shape(record) for record in sent]


def _readable(file: Path) -> list[LogEntry]:
    """What can be read now; nothing while the first flush has not come."""
    from ivi.model.errors import ConfigurationError  # noqa: PLC0415  # used here only

    try:
        return list(open_log(file))
    except ConfigurationError:
        return []


def test_a_full_disk_ends_the_recording_with_one_line_and_a_readable_file(
    command: Command, bus: IviBus, tmp_path: Path
) -> None:
    file = tmp_path / "drive.log"
    process = recording(command, file, file_limit=200_000)
    sent = frames(20_000)
    for begin in range(0, len(sent), 500):
        bus.send_batch(sent[begin : begin + 500])
    code, _, err = ended(process)
    assert code == 8, err
    assert "File too large" in err
    assert "--max-mb" in err
    found = [shape(entry) for entry in open_log(file)]
    assert 1000 < len(found) < len(sent)
    assert found == [sent_shape(record) for record in sent[: len(found)]]


def test_recording_is_bounded_and_ends_by_itself(command: Command, bus: IviBus, tmp_path: Path) -> None:
    process = recording(command, tmp_path / "d.log", "--max-mb", "0.1", "--files", "2", "--for", "4", "--filter", "100")
    sent = frames(60_000)
    for begin in range(0, len(sent), 500):
        bus.send_batch(sent[begin : begin + 500])
    code, _, err = ended(process)
    assert code == 0, err
    assert "older files were deleted" in err
    assert "recorded 10000 frames" in err
    files = sorted(tmp_path.iterdir(), key=lambda file: int(file.suffixes[0][1:]))  # d.6.log, d.7.log
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) < 250_000
    kept = [entry for file in files for entry in open_log(file)]
    assert {entry.key for entry in kept} == {0x100}
    numbers = [int.from_bytes(entry.data[:4]) for entry in kept]
    assert numbers == list(range(numbers[0], 60_000, 6))


def test_a_disk_that_is_too_slow_costs_counted_frames(command: Command, bus: IviBus, tmp_path: Path) -> None:
    process = recording(command, tmp_path / "d.blf", "--queue", "100", "--for", "5")
    sent = frames(60_000)
    bus.send_batch(sent)
    code, _, err = ended(process)
    assert code == 0, err
    kept = len(list(open_log(tmp_path / "d.blf")))
    assert "frames were lost because the disk was slower than the bus" in err
    lost = sum(int(line.split()[2]) for line in err.splitlines() if "were lost because" in line)
    assert kept + lost == len(sent)


def test_a_log_is_played_onto_the_bus_as_it_was(command: Command, bus: IviBus, tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text(
        "".join(f"(100.{number * 2000:06d}) can0 {0x100 + number % 3:03X}##5{number:08X} R\n" for number in range(300))
        + "rubbish\n(101.0) can0 20000004#0004000000000000\n(160.0) can0 00000123#R3 R\n"
    )
    got: list[Record] = []
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            got.extend(bus.recv_batch(0.1))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        process = command("play", log, "--can", "ivi:can0", "--map-id", "101=7AA", "--max-gap", "0.2", "--seek", "0.2")
        code, _, err = ended(process)
        wait_until(lambda: len(got) >= 201)
    finally:
        done.set()
        listener.join(10)
    assert code == 0, err
    assert "played 201 frames" in err
    assert "1 error frames of the log were not played" in err
    assert "1 silences were cut" in err
    assert "line 301" in err
    ids = {0: 0x100, 1: 0x7AA, 2: 0x102}
    expected = [(ids[n % 3], 4, FD | BRS, n.to_bytes(4)) for n in range(100, 300)]
    assert [(key, length, flags, data[:length]) for _, key, length, flags, data in got[:200]] == expected
    assert got[200][1:3] == (0x123 | EXTENDED | REMOTE, 3)
    span = (got[199][0] - got[0][0]) / 1e9
    assert span == pytest.approx(0.398, abs=0.15)
    assert (got[200][0] - got[199][0]) / 1e9 == pytest.approx(0.2, abs=0.15)


def test_a_loop_goes_on_until_sigterm(command: Command, bus: IviBus, tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("(1.000000) can0 123#01\n(1.010000) can0 123#02\n")
    process = command("play", log, "--loop", "--speed", "10")
    got: list[Record] = []

    def enough() -> bool:
        got.extend(bus.recv_batch(0.1))
        return len(got) > 100

    wait_until(enough)
    process.send_signal(signal.SIGTERM)
    code, _, err = ended(process)
    assert code == 0, err
    assert "times the log began again" in err
    assert [data[0] for *_, data in got[:6]] == [1, 2] * 3


def test_stat_of_a_bus_names_unknown_and_silent_ids(command: Command, bus: IviBus, tmp_path: Path) -> None:
    dbc = tmp_path / "car.dbc"
    dbc.write_text(
        'VERSION ""\nBU_: A\n'
        'BO_ 256 Known: 8 A\n SG_ Speed : 0|16@1+ (0.1,0) [0|0] "km/h" A\n'
        'BO_ 512 Quiet: 8 A\n SG_ Level : 0|8@1+ (1,0) [0|0] "" A\n'
        'BA_DEF_ BO_ "GenMsgCycleTime" INT 0 10000;\nBA_DEF_DEF_ "GenMsgCycleTime" 0;\n'
        'BA_ "GenMsgCycleTime" BO_ 256 10;\nBA_ "GenMsgCycleTime" BO_ 512 100;\n'
    )
    process = command("stat", "--can", "ivi:can0", "--dbc", dbc, "--for", "2", "--json")
    done = threading.Event()

    def talk() -> None:
        number = 0
        while not done.is_set():
            number += 1
            bus.send_batch([(0, 0x100, 8, 0, bytes(8)), (0, 0x400, number % 2 + 1, 0, bytes(2))])
            done.wait(0.01)

    talker = threading.Thread(target=talk)
    talker.start()
    try:
        code, out, err = ended(process)
    finally:
        done.set()
        talker.join(10)
    assert code == 0, err
    report = json.loads(out)
    found = report["buses"]["can0"]
    rows = {row["id"]: row for row in found["ids"]}
    assert rows["100"]["name"] == "Known"
    assert rows["100"]["cycle_ms"] == 10
    assert rows["100"]["gap_min_ms"] <= rows["100"]["gap_mean_ms"] <= rows["100"]["gap_max_ms"]
    assert rows["400"]["length_changes"] == rows["400"]["frames"] - 1
    assert found["unknown_ids"] == ["400"]
    assert report["silent_ids"] == [{"id": "200", "name": "Quiet", "cycle_ms": 100}]
    assert 0 < found["load_percent"] < found["load_percent_worst_stuffing"] < 10
    assert report["frames_dropped"] == 0

    process = command("stat", "--dbc", dbc, "--for", "0.5")
    code, out, err = ended(process)
    assert code == 0, err
    assert "can0: 0 frames" in out
    assert "100 Known (10 ms), 200 Quiet (100 ms)" in out


def test_dump_decodes(command: Command, bus: IviBus, tmp_path: Path) -> None:
    dbc = tmp_path / "car.dbc"
    dbc.write_text('VERSION ""\nBU_: A\nBO_ 256 Known: 8 A\n SG_ Speed : 0|16@1+ (0.1,0) [0|0] "km/h" A\n')
    process = command("dump", "--dbc", dbc, "--count", "2", "--filter", "100")
    done = threading.Event()

    def talk() -> None:
        while not done.is_set():
            bus.send_batch([(0, 0x101, 1, 0, b"\1"), (0, 0x100, 8, 0, (1234).to_bytes(2, "little") + bytes(6))])
            done.wait(0.05)

    talker = threading.Thread(target=talk)
    talker.start()
    try:
        code, out, err = ended(process)
    finally:
        done.set()
        talker.join(10)
    assert code == 0, err
    lines = out.splitlines()
    assert len(lines) == 2
    assert all("can0       100" in line and "Known(Speed: 123.4 km/h)" in line for line in lines)


def test_the_bus_goes_away_while_recording(command: Command, tmp_path: Path) -> None:
    server = command("can0", module="simulator.bus")
    assert server.stdout is not None
    server.stdout.readline()
    process = recording(command, tmp_path / "d.blf")
    joined = IviBus("can0")
    joined.send_batch(frames(100))
    wait_until((tmp_path / "d.blf").exists)
    joined.shutdown()
    server.terminate()
    code, _, err = ended(process)
    assert code == 6
    assert "the bus can0 is gone" in err
    assert len(list(open_log(tmp_path / "d.blf"))) == 101


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("play", "nowhere.log"), 2, "there is no recording nowhere.log"),
        (("play", "{empty}"), 2, "holds no frame"),
        (("play", "{text}"), 2, "its format is not known"),
        (("play", "{good}"), 6, "cannot be opened: no bus server answers"),
        (("play", "{good}", "--can", "nonsense:x"), 6, "the CAN bus nonsense:x cannot be opened"),
        (("play", "{good}", "--can", "can0"), 2, "--can can0 names no CAN bus"),
        (("play", "{good}", "--map-id", "1"), 2, "no pair of ids"),
        (("record", "{folder}/new.log"), 6, "no bus server answers"),
        (("record", "{good}"), 2, "recordings overwrite nothing"),
        (("record", "{folder}/a.db"), 2, "databases lose frames"),
        (("record", "{folder}/nowhere/a.log"), 2, "there is no folder"),
        (("record", "{folder}/a.log", "--max-mb", "0"), 2, "--max-mb 0"),
        (("record", "{folder}/a.log", "--filter", "xyz"), 2, "--filter xyz is no id"),
        (("stat", "{damaged}"), 2, "is damaged after 0 frames"),
        (("stat", "{good}", "--can", "ivi:can0"), 2, "exclude each other"),
        (("stat", "{good}", "--dbc", "nowhere.dbc"), 2, "--dbc: there is no file"),
        (("stat", "{good}", "--bitrate", "0"), 2, "--bitrate"),
        (("dump", "--for", "-1"), 2, "--for -1"),
    ],
)
def test_what_cannot_be_done_ends_with_one_clear_line(
    command: Command, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    places = {"folder": tmp_path}
    for name, ending, content in (
        ("empty", "log", b""),
        ("text", "txt", b""),
        ("good", "log", b"(1.0) can0 123#11\n"),
        ("damaged", "blf", b"LOGG" + bytes(20)),
    ):
        places[name] = tmp_path / f"{name}.{ending}"
        places[name].write_bytes(content)
    got, out, err = ended(command(*(word.format(**places) for word in words)))
    assert (got, out) == (code, ""), err
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_bus_that_takes_nothing_ends_the_play(command: Command, tmp_path: Path) -> None:
    server = command("can0", module="simulator.bus")
    assert server.stdout is not None
    server.stdout.readline()
    log = tmp_path / "a.log"
    log.write_text("(1.0) can0 123#1122334455667788\n" * 200_000)
    process = command("play", log, "--max")
    listener = IviBus("can0")
    try:
        assert listener.recv(DEADLINE) is not None
        server.send_signal(signal.SIGSTOP)
        code, _, err = ended(process)
    finally:
        server.send_signal(signal.SIGCONT)
        listener.shutdown()
    if code == 0:
        pytest.skip("the play had ended before the server was stopped")
    assert code == 6
    assert "the bus took no more after" in err
