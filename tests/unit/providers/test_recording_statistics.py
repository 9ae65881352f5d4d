# SPDX-License-Identifier: Apache-2.0
"""Bus load against the figures of the standard's formula, gaps against numbers worked out by hand, bounded queues."""

import statistics
import threading

import pytest

from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE
from ivi.providers.recording.frame_queue import FrameQueue
from ivi.providers.recording.load import Rates, seconds
from ivi.providers.recording.report import dump_line, table
from ivi.providers.recording.statistics import MAX_IDS, BusStatistics
from ivi.providers.recording.tap import parse_filters
from ivi.providers.replay.entry import BRS, ESI, FD, TX, LogEntry

START = 1_436_509_052_000_000_000  # ns
MS = 1_000_000


def entry(stamp_ms: float, key: int = 0x100, data: bytes = bytes(8), flags: int = 0, channel: str = "can0") -> LogEntry:
    return LogEntry(START + int(stamp_ms * MS), key, len(data), flags, data, channel)


@pytest.mark.parametrize(
    ("key", "size", "unstuffed", "worst"),
    [(0x100, 8, 4505, 3704), (0x100 | EXTENDED, 8, 3817, 3125), (0x100, 0, 10638, 9091)],
)
def test_classic_frames_per_second_at_500_kbit(key: int, size: int, unstuffed: int, worst: int) -> None:
    least, most = seconds(entry(0, key, bytes(size)), Rates(500_000))
    assert (round(1 / least), round(1 / most)) == (unstuffed, worst)


def test_a_remote_frame_carries_no_payload() -> None:
    assert seconds(LogEntry(0, 0x100 | REMOTE, 8, 0, b"", "can0"), Rates()) == seconds(entry(0, data=b""), Rates())


def test_fd_frames_lie_about_the_known_approximation() -> None:
    """64 bytes at 500k/2M: about 2,750 frames/s; without the faster rate far fewer."""
    least, most = seconds(entry(0, data=bytes(64), flags=FD | BRS), Rates(500_000, 2_000_000))
    assert 1 / most < 2750 < 1 / least
    assert seconds(entry(0, data=bytes(64), flags=FD), Rates(500_000, 2_000_000))[0] > 3 * least


def test_load_rates_gaps_and_jitter() -> None:
    stamps = [0, 10, 19, 32, 40, 1000]
    counted = BusStatistics()
    counted.feed([entry(stamp) for stamp in stamps])
    bus = counted.report()["buses"]["can0"]
    row = bus["ids"][0]
    gaps = [10, 9, 13, 8, 960]
    assert (row["gap_min_ms"], row["gap_max_ms"], row["gap_mean_ms"]) == (8, 960, 200)
    assert row["jitter_ms"] == pytest.approx(statistics.pstdev(gaps), abs=0.001)
    assert bus["frames_per_s"] == row["frames_per_s"] == 6
    assert bus["load_percent"] == pytest.approx(100 * 6 * 111 / 500_000, abs=0.001)
    assert bus["load_percent_worst_stuffing"] == pytest.approx(100 * 6 * 135 / 500_000, abs=0.001)
    assert bus["peak_second_percent_worst_stuffing"] == pytest.approx(100 * 5 * 135 / 500_000, abs=0.001)


def test_buses_are_counted_apart_and_errors_are_no_load() -> None:
    counted = BusStatistics()
    counted.feed([entry(0), entry(1, channel="can1"), entry(2), entry(3, ERROR, b"")])
    buses = counted.report()["buses"]
    assert [buses[name]["frames"] for name in ("can0", "can1")] == [2, 1]
    assert buses["can0"]["error_frames"] == 1
    assert [row["id"] for row in buses["can0"]["ids"]] == ["100"]
    assert buses["can1"]["frames_per_s"] is None  # a single frame has no duration


def test_what_a_dbc_promises() -> None:
    counted = BusStatistics()
    counted.feed([entry(0), entry(5, 0x200), entry(10, 0x200, b"\1"), entry(20, 0x200 | EXTENDED)])
    report = counted.report({0x100: "A", 0x300: "C"}, {0x100: 0.01, 0x300: 0.1})
    assert report["silent_ids"] == [{"id": "300", "name": "C", "cycle_ms": 100}]
    assert sorted(report["buses"]["can0"]["unknown_ids"]) == ["00000200", "200"]
    assert {row["id"]: row["length_changes"] for row in report["buses"]["can0"]["ids"]}["200"] == 1
    text = "\n".join(table(report, 2))
    assert "300 C (100 ms)" in text
    assert "and 1 more ids" in text


def test_a_bus_that_makes_up_ids_stays_bounded() -> None:
    counted = BusStatistics()
    counted.feed(entry(number / 10, number | EXTENDED) for number in range(MAX_IDS + 100))
    bus = counted.report()["buses"]["can0"]
    assert (len(bus["ids"]), bus["ids_beyond_bound_frames"], bus["frames"]) == (MAX_IDS, 100, MAX_IDS + 100)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (entry(0, data=b"\1\2"), "     100     [2]  01 02"),
        (entry(0, 0x1F | EXTENDED, b""), "0000001F     [0]"),
        (entry(0, data=bytes(12), flags=FD | BRS | ESI), "     100 BE [12]  00 00" + 10 * " 00"),
        (entry(0, flags=TX, data=b"\1"), "     100 T   [1]  01"),
        (LogEntry(START, 0x100 | REMOTE, 3, 0, b"", "can0"), "     100     [3]  remote request"),
    ],
)
def test_lines_of_a_dump(given: LogEntry, expected: str) -> None:
    assert dump_line(given) == f" (1436509052.000000)  can0  {expected}"


def test_a_full_queue_drops_the_newest_and_counts() -> None:
    queue = FrameQueue(5)
    queue.put([entry(number) for number in range(4)])
    queue.put([entry(number) for number in range(4, 8)])
    queue.put([entry(9)])
    assert queue.dropped == 4
    assert [one.time_ns for one in queue.get(0)] == [entry(number).time_ns for number in range(5)]
    queue.put([entry(10)])
    assert len(queue.get(0)) == 1
    assert queue.dropped == 4


def test_a_closed_queue_does_not_wait() -> None:
    queue = FrameQueue()
    waiting = threading.Thread(target=queue.get, args=(60,))
    waiting.start()
    queue.close()
    waiting.join(10)
    assert not waiting.is_alive()
    assert queue.get(60) == []
    assert queue.finished


def test_filters() -> None:
    assert parse_filters(["0x123", "100:7F0", "18DAF110"]) == [
        {"can_id": 0x123, "can_mask": 0x1FFFFFFF, "extended": False},
        {"can_id": 0x100, "can_mask": 0x7F0, "extended": False},
        {"can_id": 0x18DAF110, "can_mask": 0x1FFFFFFF, "extended": True},
    ]
