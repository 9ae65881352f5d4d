# SPDX-License-Identifier: Apache-2.0
"""Reading logs: exact stamps, bad lines with their numbers, error frames counted, damage with place and reason."""

import gzip
import importlib.util
import shutil
import zlib
from pathlib import Path

import can
import pytest

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE
from ivi.providers.recording.files import LogFile
from ivi.providers.replay import blf, candump
from ivi.providers.replay.entry import BRS, ESI, FD, TX, LogEntry, from_message, parse_id
from ivi.providers.replay.log import LogCounts, open_log

GOOD = "(100.000001) can0 123#1122\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(1436509052.249713) vcan0 044#2A366C2BBA", (1436509052249713000, 0x44, 5, 0, bytes.fromhex("2A366C2BBA"))),
        ("(0.0) can0 00000044#", (0, 0x44 | EXTENDED, 0, 0, b"")),
        ("(1.000000001) can0 123#R", (1_000_000_001, 0x123 | REMOTE, 0, 0, b"")),
        ("(1.5) can0 123#R8 T", (1_500_000_000, 0x123 | REMOTE, 8, TX, b"")),
        ("(1.5) can0 123##7AABBCC R", (1_500_000_000, 0x123, 3, FD | BRS | ESI, b"\xaa\xbb\xcc")),
        ("(1.5) can0 20000004#0004000000000000", (1_500_000_000, ERROR | 4, 8, 0, b"\0\x04" + bytes(6))),
        ("(1.5) can0 123#0011223344556677_A", (1_500_000_000, 0x123, 8, 0, bytes.fromhex("0011223344556677"))),
    ],
)
def test_a_line_of_candump(line: str, expected: tuple[int, int, int, int, bytes]) -> None:
    assert candump.parse(line)[:5] == expected


def test_bad_lines_are_counted_with_their_numbers(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    bad = [
        "rubbish\n",
        "(100.0) can0 123#1\n",
        "(100.0) can0 9FF#11\n",
        "(100.0) can0 123#112233445566778899\n",
        "(1\n",
    ]
    log.write_text(GOOD + "\n" + "".join(bad) + GOOD)
    counts = LogCounts()
    assert len(list(open_log(log, counts))) == 2
    assert counts.bad_lines == len(bad)
    assert [text.partition(":")[0] for text in counts.bad] == [f"line {number}" for number in range(3, 8)]
    assert "more than 11 bits" in counts.bad[2]
    assert "classic frame cannot have 9 bytes" in counts.bad[3]


def test_bytes_that_are_no_text_and_endless_lines_are_bad_lines(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(GOOD.encode() + b"\xff\xfe\x00\n" + b"A" * 3_000_000 + b"\n" + GOOD.encode())
    counts = LogCounts()
    assert len(list(open_log(log, counts))) == 2
    assert [text.partition(":")[0] for text in counts.bad] == ["line 2", "line 3"]


def test_bad_lines_of_asc_do_not_end_the_replay(tmp_path: Path, shared_data: Path) -> None:
    lines = (shared_data / "can" / "logfile_errorframes.asc").read_text().splitlines(keepends=True)
    plain = list(open_log(shared_data / "can" / "logfile_errorframes.asc", counts := LogCounts()))
    assert counts.error_frames == 3
    lines.insert(14, "   3.300000 1  XYZ             Rx   d 8 FF 00 0C FE 00 00 00 00\n")
    lines.insert(16, "complete rubbish\n")
    log = tmp_path / "a.asc"
    log.write_text("".join(lines))
    counts = LogCounts()
    assert list(open_log(log, counts)) == plain
    assert [text.partition(":")[0] for text in counts.bad] == ["line 15", "line 17"]


def test_bad_lines_of_trc_do_not_end_the_replay(tmp_path: Path) -> None:
    log = tmp_path / "a.trc"
    file = LogFile(log, first := LogEntry(10**18, 0x123, 2, 0, b"\1\2", "can0"))
    for number in range(3):
        file.write(first._replace(time_ns=first.time_ns + number * 10**6))
    file.close()
    lines = log.read_bytes().decode().splitlines()
    lines.insert(-1, "      9       1.500 DT  1     0XYZ Rx -  2    01 02")
    lines.insert(-1, "short")
    lines.insert(-1, "     10       1.600 ER  1     0000 Rx -  0    ")
    log.write_text("\n".join(lines) + "\n")
    counts = LogCounts()
    assert len(list(open_log(log, counts))) == 3
    assert [text.partition(":")[0] for text in counts.bad] == ["line 9", "line 10"]
    assert counts.error_frames == 1


def blf_file(path: Path, frames: int = 20_000) -> bytes:
    file = LogFile(path, first := LogEntry(10**18, 0x123, 8, 0, bytes(8), "can0"))
    for number in range(frames):
        file.write(first._replace(data=number.to_bytes(8), time_ns=first.time_ns + number * 10**6))
    file.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[: len(data) // 2], "ends inside the object at byte"),
        (lambda data: data[:-200] + bytes(200), "cannot be unpacked|not whole|no object"),
        (lambda data: data[:40_000] + b"\xaa" * 100 + data[40_100:], "cannot be unpacked|no object|not whole"),
        (lambda data: data[: data.index(b"LOBJ", 1000)], "bytes are missing at its end|ends inside a frame"),
    ],
)
def test_a_damaged_blf_ends_with_the_reason_after_its_good_frames(tmp_path: Path, damage: object, reason: str) -> None:
    assert callable(damage)
    log = tmp_path / "a.blf"
    log.write_bytes(damage(blf_file(log)))
    found: list[LogEntry] = []
    entries = open_log(log)

    def read_on() -> None:
        for entry in entries:
            found.append(entry)  # noqa: PERF402  # extend() would lose what came before the error

    with pytest.raises(ConfigurationError, match=f"damaged after [1-9][0-9]* frames: .*({reason})"):
        read_on()
    assert found
    assert [int.from_bytes(entry.data) for entry in found] == list(range(len(found)))


def test_a_bomb_in_a_container_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "a.blf"
    data = blf_file(log, 10)
    body = b"\x02\0" + bytes(6) + (100 << 20).to_bytes(4, "little") + bytes(4) + zlib.compress(bytes(100 << 20))
    container = b"LOBJ" + (16).to_bytes(2, "little") + b"\1\0" + (16 + len(body)).to_bytes(4, "little") + b"\x0a\0\0\0"
    log.write_bytes(data + container + body)
    with pytest.raises(ConfigurationError, match=r"not known|not whole"):
        list(open_log(log))


def test_our_blf_reader_reads_what_python_can_s_does(shared_data: Path) -> None:
    file = shared_data / "can" / "test_CanMessage2.blf"
    with can.LogReader(file) as reader:
        expected = [from_message(message, f"can{message.channel}") for message in reader]
    with file.open("rb") as opened:
        found = list(blf.read(opened, 0))
    assert len(found) == 2
    for one, other in zip(found, expected, strict=True):
        assert one[1:] == other[1:]
        assert abs(one.time_ns - other.time_ns) < 1000
    # Its standard ids have 27 bits: no bus carries them, so they are not played
    with pytest.raises(ConfigurationError, match="2 of its frames cannot be used: frame 1: standard id 0x4444444"):
        open_log(file)


def test_a_compressed_log_is_read_and_its_damage_told(tmp_path: Path) -> None:
    log = tmp_path / "a.log.gz"
    log.write_bytes(whole := gzip.compress(GOOD.encode() * 2000))
    assert len(list(open_log(log))) == 2000
    log.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ConfigurationError, match="is damaged after"):
        list(open_log(log))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.log", b"", "holds no frame"),
        (
            "a.log",
            b" (1.0)  can0  123   [2]  11 22\n" * 3,
            "3 of its lines cannot be used: line 1: not a line",
        ),
        ("a.log", b"nothing\n" * 2000, "no frame in its first 1000 lines"),
        ("a.asc", b"", "holds no frame"),
        ("a.trc", b"", "holds no frame"),
        ("a.csv", b"", "holds no frame"),
        ("a.blf", b"", "does not begin with a BLF header"),
        ("a.blf", b"PK" + bytes(500), "does not begin with a BLF header"),
        ("a.txt", b"", "format is not known"),
        ("a", b"", "format is not known"),
        ("a.db", b"", "format is not known"),
        ("a.log.gz", b"no gzip", "is damaged after 0 frames"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    log = tmp_path / name
    log.write_bytes(content)
    with pytest.raises(ConfigurationError, match=said):
        open_log(log)


def test_a_missing_log_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no recording"):
        open_log(tmp_path / "a.log")
    (tmp_path / "b.log").mkdir()
    with pytest.raises(ConfigurationError, match="is not a file"):
        open_log(tmp_path / "b.log")


def test_mf4_names_its_extra(tmp_path: Path) -> None:
    if importlib.util.find_spec("asammdf"):
        pytest.skip("asammdf is installed")
    (tmp_path / "a.mf4").write_bytes(b"MDF ")
    with pytest.raises(ConfigurationError, match=r"pip install 'ivi\[mf4\]'"):
        open_log(tmp_path / "a.mf4")


def test_mf4_is_read_where_asammdf_is_installed(tmp_path: Path) -> None:
    pytest.importorskip("asammdf", reason="the extra mf4 is not installed")
    log = tmp_path / "a.mf4"
    with can.Logger(log) as writer:
        for number in range(50):
            writer(
                can.Message(timestamp=1e9 + number / 100, arbitration_id=0x100 + number, is_extended_id=False, data=[1])
            )
    found = list(open_log(log))
    assert [entry.key for entry in found] == list(range(0x100, 0x132))
    assert found[-1].time_ns - found[0].time_ns == pytest.approx(490_000_000, abs=2000)


def test_only_what_is_played_is_read(tmp_path: Path, shared_data: Path) -> None:
    log = tmp_path / "a.log"
    shutil.copyfile(shared_data / "can" / "savvycan-candump.log", log)
    counts = LogCounts()
    entries = open_log(log, counts)
    for _ in range(10):
        next(entries)
    assert counts.frames == 10


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0x123", 0x123),
        ("7FF", 0x7FF),
        ("00000123", 0x123 | EXTENDED),
        ("18DAF110", 0x18DAF110 | EXTENDED),
        ("0x1000", 0x1000 | EXTENDED),
        ("0123", None),
        ("x", None),
        ("-12", None),
        ("20000000", None),
        ("", None),
    ],
)
def test_ids_are_written_as_candump_does(text: str, key: int | None) -> None:
    assert parse_id(text) == key
