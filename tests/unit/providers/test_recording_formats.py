# SPDX-License-Identifier: Apache-2.0
"""What was recorded is what replay reads, in every format; python-can's readers agree where they can hold the frame."""

from pathlib import Path

import can
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE
from ivi.providers.recording.files import LogFile, RotatingLog
from ivi.providers.recording.formats import format_of
from ivi.providers.replay.entry import BRS, ESI, FD, FD_LENGTHS, TX, LogEntry, fault
from ivi.providers.replay.log import LogCounts, open_log

START = 1_436_509_052_249_713_456  # ns
RESOLUTION = {"log": 1000, "asc": 1000, "trc": 1000, "blf": 1}  # ns


def sample() -> list[LogEntry]:
    """Each kind of frame once."""

    def entry(number: int, key: int, data: bytes = b"", flags: int = 0, length: int | None = None) -> LogEntry:
        size = len(data) if length is None else length
        return LogEntry(START + number * 1_234_567, key, size, flags, data, f"can{number % 2}")

    return [
        entry(0, 0x123, b"\x11\x22"),
        entry(1, 0x000),
        entry(2, 0x7FF, bytes(range(8)), TX),
        entry(3, 0x12 | EXTENDED, b"\xff" * 8),
        entry(4, 0x1FFFFFFF | EXTENDED, b"\x01"),
        entry(5, 0x124 | REMOTE, length=0),
        entry(6, 0x124 | REMOTE, length=5),
        entry(7, 0x18DAF110 | EXTENDED | REMOTE, length=8),
        entry(8, 0x200, bytes(range(64)), FD),
        entry(9, 0x201, bytes(range(12)), FD | BRS),
        entry(10, 0x202, bytes(range(20)), FD | ESI),
        entry(11, 0x203 | EXTENDED, bytes(range(48)), FD | BRS | ESI | TX),
        entry(12, 0x204, b"\x01\x02\x03", FD),
    ]


def written(file: Path, entries: list[LogEntry]) -> list[bool]:
    """Write a file; whether each frame found a place in it."""
    log = LogFile(file, entries[0])
    done = [log.write(entry) for entry in entries]
    log.close()
    return done


def at_resolution(entries: list[LogEntry], ending: str) -> list[LogEntry]:
    step = RESOLUTION[ending]
    return [entry._replace(time_ns=entry.time_ns // step * step) for entry in entries]


def assert_same(found: list[LogEntry], expected: list[LogEntry], tolerance_ns: int = 0) -> None:
    assert [entry._replace(time_ns=0) for entry in found] == [entry._replace(time_ns=0) for entry in expected]
    for one, other in zip(found, expected, strict=True):
        assert abs(one.time_ns - other.time_ns) <= tolerance_ns


@pytest.mark.parametrize("ending", ["log", "asc", "trc", "blf"])
def test_every_kind_of_frame_comes_back(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drive.{ending}"
    entries = sample()
    assert all(written(file, entries))
    counts = LogCounts()
    found = list(open_log(file, counts))
    assert_same(found, at_resolution(entries, ending), 1000 if ending in {"asc", "trc"} else 0)
    assert (counts.frames, counts.bad_lines, counts.error_frames) == (len(entries), 0, 0)


@pytest.mark.parametrize("ending", ["log", "asc", "blf"])
def test_error_frames_are_kept_counted_and_skipped(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drive.{ending}"
    frame = sample()[0]
    error = LogEntry(START + 5_000_000, ERROR | 0x04, 8, 0, b"\0\x04\0\0\0\0\0\0", "can0")
    written(file, [frame, error, frame._replace(time_ns=START + 6_000_000)])
    counts = LogCounts()
    assert len(list(open_log(file, counts))) == 2
    assert counts.error_frames == 1
    kept = [entry for entry in open_log(file, errors=True) if entry.key & ERROR]
    assert len(kept) == 1
    if ending != "asc":  # ASC has one word for it
        assert kept[0] == at_resolution([error], ending)[0]


def test_peak_has_no_place_for_error_frames(tmp_path: Path) -> None:
    assert written(tmp_path / "a.trc", [sample()[0], LogEntry(START, ERROR, 0, 0, b"", "can0")]) == [True, False]


@pytest.mark.parametrize("ending", ["log", "asc", "trc", "blf"])
def test_python_can_reads_our_files(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drive.{ending}"
    entries = sample()
    written(file, entries)
    with can.LogReader(file) as reader:
        messages = list(reader)
    assert len(messages) == len(entries)
    for message, entry in zip(messages, entries, strict=True):
        assert message.arbitration_id == entry.key & 0x1FFFFFFF
        assert message.is_extended_id == bool(entry.key & EXTENDED)
        assert bytes(message.data) == entry.data
        assert message.is_fd == bool(entry.flags & FD)
        assert message.is_remote_frame == bool(entry.key & REMOTE)
        assert message.is_rx == (not entry.flags & TX)
    span = messages[-1].timestamp - messages[0].timestamp
    assert span == pytest.approx((entries[-1].time_ns - entries[0].time_ns) / 1e9, abs=2e-6)


@pytest.mark.parametrize("ending", ["log", "asc", "blf", "csv"])
def test_we_read_python_can_s_files(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"drive.{ending}"
    classic = [entry for entry in sample() if not entry.flags & FD and not entry.key & REMOTE]
    entries = classic if ending == "csv" else [entry for entry in sample() if not entry.key & REMOTE]
    with can.Logger(file) as writer:
        for entry in entries:
            message = entry.message()
            message.channel = int(entry.channel[3:])
            writer(message)
    found = list(open_log(file))
    assert [(entry.key, entry.data) for entry in found] == [(entry.key, entry.data) for entry in entries]
    if ending != "csv":  # which knows neither flags nor buses
        assert [(entry.flags, entry.channel) for entry in found] == [(entry.flags, entry.channel) for entry in entries]


@st.composite
def entries_of_a_bus(draw: st.DrawFn) -> LogEntry:
    extended = draw(st.booleans())
    key = draw(st.integers(0, 0x1FFFFFFF if extended else 0x7FF)) | (EXTENDED if extended else 0)
    flags = draw(st.sampled_from([0, TX, FD, FD | BRS, FD | ESI | TX, FD | BRS | ESI]))
    size = draw(st.sampled_from(FD_LENGTHS)) if flags & FD else draw(st.integers(0, 8))
    time_ns = START + draw(st.integers(0, 10**12))
    if not flags & FD and draw(st.booleans()):
        return LogEntry(time_ns, key | REMOTE, size, flags, b"", "can0")
    return LogEntry(time_ns, key, size, flags, draw(st.binary(min_size=size, max_size=size)), "can0")


@pytest.mark.parametrize("ending", ["log", "asc", "trc", "blf"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(entries_of_a_bus(), min_size=1, max_size=20))
def test_any_traffic_comes_back(tmp_path: Path, ending: str, entries: list[LogEntry]) -> None:
    entries.sort(key=lambda entry: entry.time_ns)
    file = tmp_path / f"any.{ending}"
    file.unlink(missing_ok=True)
    assert all(written(file, entries))
    assert not any(fault(entry) for entry in entries)
    assert_same(list(open_log(file)), at_resolution(entries, ending), 1000 if ending in {"asc", "trc"} else 0)


def test_the_real_log_survives_each_format(tmp_path: Path, shared_data: Path) -> None:
    original = list(open_log(shared_data / "can" / "savvycan-candump.log"))
    assert len(original) == 12974
    for ending in ("log", "asc", "trc", "blf"):
        file = tmp_path / f"copy.{ending}"
        written(file, original)
        found = list(open_log(file))
        assert [entry[1:5] for entry in found] == [entry[1:5] for entry in original]
        assert all(abs(a.time_ns - b.time_ns) <= 1000 for a, b in zip(found, original, strict=True))


def test_asc_says_the_milliseconds_of_its_start_with_three_digits() -> None:
    text = format_of(Path("a.asc")).begin(LogEntry(1_700_000_000_007_123_456, 1, 0, 0, b"", "can0")).decode()
    assert ".007 " in text.splitlines()[0]


def test_rotation_deletes_the_oldest_and_counts(tmp_path: Path) -> None:
    log = RotatingLog(tmp_path / "drive.log", 20_000, 3)
    for number in range(5000):
        log.write(LogEntry(START + number * 1_000_000, 0x100, 2, 0, number.to_bytes(2), "can0"))
    log.close()
    files = sorted(tmp_path.iterdir())
    assert sorted(log.files) == files
    assert len(files) == 3
    assert log.deleted > 3
    assert all(file.stat().st_size <= 21_000 for file in files)
    kept = [int.from_bytes(entry.data) for file in log.files for entry in open_log(file)]
    assert kept == list(range(kept[0], 5000))


def test_rotated_blf_files_are_small_on_the_disk(tmp_path: Path) -> None:
    log = RotatingLog(tmp_path / "drive.blf", 50_000, 100)
    for number in range(40_000):
        log.write(LogEntry(START + number * 1_000_000, 0x100, 8, 0, number.to_bytes(8), "can0"))
    log.close()
    assert len(log.files) > 1
    assert all(file.stat().st_size <= 100_000 for file in log.files)
    assert sum(1 for file in log.files for _ in open_log(file)) == 40_000


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "drive.7.log").write_text("precious")
    with pytest.raises(ConfigurationError, match=r"drive\.7\.log exists"):
        RotatingLog(tmp_path / "drive.log", 1 << 20, 2)


@pytest.mark.parametrize("name", ["drive.db", "drive.mf4", "drive", "drive.csv"])
def test_only_formats_that_keep_everything_are_recorded(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError):
        RotatingLog(tmp_path / name, 1 << 20, 2)


def test_a_frame_that_no_bus_could_carry_is_counted_not_written(tmp_path: Path) -> None:
    log = RotatingLog(tmp_path / "drive.blf", 1 << 20, 2)
    log.write(LogEntry(START, 0x100, 10, FD, bytes(10), "can0"))
    log.write(LogEntry(START, 0x100, 9, 0, bytes(9), "can0"))
    log.write(LogEntry(START, 0x100, 1, 0, bytes(1), "can0"))
    log.close()
    assert (log.written, log.unfit) == (1, 2)
    assert len(list(open_log(tmp_path / "drive.blf"))) == 1
