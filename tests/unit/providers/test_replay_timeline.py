# SPDX-License-Identifier: Apache-2.0
"""When frames are due: seek, loops, cut silences, clock steps, rewritten ids; a play neither drifts nor loses."""

import argparse
import time
from collections.abc import Iterator
from itertools import islice

import can
import pytest

from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.providers.can.frame import EXTENDED, REMOTE
from ivi.providers.replay.entry import LogEntry
from ivi.providers.replay.options import ReplayOptions, add_arguments, from_arguments, from_process_arguments
from ivi.providers.replay.player import play
from ivi.providers.replay.timeline import Timeline

START = 1_436_509_052_000_000_000  # ns
MS = 1_000_000


def timeline(stamps_ms: list[float], options: ReplayOptions | None = None, key: int = 0x123) -> Timeline:
    def open_log() -> Iterator[LogEntry]:
        for number, stamp in enumerate(stamps_ms):
            yield LogEntry(START + int(stamp * MS), key, 1, 0, bytes([number % 256]), f"can{number % 2}")

    return Timeline(open_log, options or ReplayOptions())


def due_ms(line: Timeline, count: int = 1000) -> list[float]:
    return [due / MS for due, _ in islice(line, count)]


def test_due_times_are_distances_from_the_first_stamp() -> None:
    line = timeline([0, 10, 10.5, 5000])
    assert due_ms(line) == [0, 10, 10.5, 5000]
    assert [entry.time_ns for _, entry in line] == [START + int(due * MS) for due in (0, 10, 10.5, 5000)]


def test_seek_leaves_out_the_beginning_and_starts_at_once_there() -> None:
    assert due_ms(timeline([0, 900, 1000, 1100, 1050], ReplayOptions(seek=1.0))) == [0, 100, 50]


def test_a_seek_beyond_the_end_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no frame after 10 s"):
        list(timeline([0, 1000], ReplayOptions(seek=10)))


def test_loops_go_on_with_rising_stamps() -> None:
    line = timeline([0, 10, 20], ReplayOptions(loop=True))
    assert due_ms(line, 7) == pytest.approx([0, 10, 20, 26.666666, 36.666666, 46.666666, 53.333332])
    stamps = [entry.time_ns for _, entry in islice(timeline([0, 10, 20], ReplayOptions(loop=True)), 50)]
    assert stamps == sorted(stamps)


def test_a_loop_of_a_single_frame_does_not_spin() -> None:
    assert due_ms(timeline([0], ReplayOptions(loop=True)), 4) == [0, 1, 2, 3]


def test_long_silences_are_cut() -> None:
    line = timeline([0, 10, 60_010, 60_020, 70_020, 70_030], ReplayOptions(max_gap=0.5))
    assert due_ms(line) == [0, 10, 510, 520, 1020, 1030]
    assert line.gaps_cut == 2


def test_a_clock_that_was_set_back_does_not_flood_and_slight_disorder_stays() -> None:
    line = timeline([10_000, 10_010, 10_005, 0, 10, 20])
    assert due_ms(line) == [0, 10, 5, 5, 15, 25]
    assert line.clock_steps == 1


def test_ids_are_rewritten_and_their_kind_stays() -> None:
    options = ReplayOptions(ids={0x123: 0x456 | EXTENDED})
    assert [entry.key for _, entry in timeline([0, 1], options)] == [0x456 | EXTENDED] * 2
    assert [entry.key for _, entry in timeline([0], options, 0x123 | REMOTE)] == [0x456 | EXTENDED | REMOTE]
    assert [entry.key for _, entry in timeline([0], options, 0x123 | EXTENDED)] == [0x123 | EXTENDED]


def test_one_bus_of_a_log() -> None:
    assert [entry.channel for _, entry in timeline([0, 1, 2], ReplayOptions(channel="can1"))] == ["can1"]
    with pytest.raises(ConfigurationError, match="no frame on can7"):
        list(timeline([0, 1, 2], ReplayOptions(channel="can7")))


def parse(*words: str) -> ReplayOptions:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return from_arguments(parser.parse_args(words))


def test_switches_go_to_another_process_and_come_back() -> None:
    wanted = parse(
        *("--speed", "2.5", "--loop", "--seek", "3", "--max-gap", "0.5", "--channel", "can1"),
        *("--map-id", "0x123=0x456", "--map-id", "18DAF110=00000001"),
    )
    parser = argparse.ArgumentParser()
    parser.add_argument("--speed", type=float)
    add_arguments(parser, pace=False)
    again = from_process_arguments(parser.parse_args(["--speed", str(wanted.speed), *wanted.arguments()]))
    assert again == wanted
    assert again.ids == {0x123: 0x456, 0x18DAF110 | EXTENDED: 1 | EXTENDED}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--speed", "0"), "--speed 0 is out of range"),
        (("--speed", "nan"), "--speed nan is out of range"),
        (("--seek", "-1"), "--seek -1"),
        (("--max-gap", "inf"), "--max-gap inf"),
        (("--map-id", "123"), "no pair of ids"),
        (("--map-id", "123=0456"), "no pair of ids"),
        (("--map-id", "123=456", "--map-id", "123=457"), "mapped twice"),
    ],
)
def test_switches_that_mean_nothing_are_refused(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        parse(*words)


class StampingBus(can.BusABC):
    """A bus that notes when it was given each frame, by python-can's own methods only."""

    def __init__(self, refuse_after: int = 10**9) -> None:
        super().__init__("stamps")
        self.sent: list[tuple[float, int]] = []
        self._refuse_after = refuse_after

    def send(self, msg: can.Message, timeout: float | None = None) -> None:
        if len(self.sent) >= self._refuse_after:
            raise can.CanOperationError("transmit buffer full")
        self.sent.append((time.monotonic(), msg.arbitration_id))

    def _recv_internal(self, timeout: float | None) -> tuple[can.Message | None, bool]:
        raise NotImplementedError  # nobody reads this bus; python-can's own word for what a bus cannot do


@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_a_play_keeps_the_distances_and_does_not_drift(speed: float) -> None:
    bus = StampingBus()
    stamps = [number * 2.0 * speed for number in range(500)]  # one second of play, 500 frames/s
    began = time.monotonic()
    result = play(timeline(stamps), bus, speed, lambda: False)
    assert result.frames == len(bus.sent) == 500
    assert all(at - began >= number * 0.002 for number, (at, _) in enumerate(bus.sent))  # none is early
    assert result.lateness.frames == 500
    # a frame that was late does not delay the next ones: the last is as punctual as the scheduler of this machine
    assert bus.sent[-1][0] - began < 0.998 + max(0.5, 2 * result.lateness.worst)


def test_late_frames_are_caught_up_and_counted() -> None:
    bus = StampingBus()

    def open_log() -> Iterator[LogEntry]:
        for number in range(1000):
            if number == 500:
                time.sleep(0.1)  # the disk hangs for a moment: 50 frames fall behind
            yield LogEntry(START + number * 2 * MS, 0x100 + number, 0, 0, b"", "can0")

    result = play(Timeline(open_log, ReplayOptions()), bus, 1.0, lambda: False)
    assert [number for _, number in bus.sent] == list(range(0x100, 0x100 + 1000))
    assert result.lateness.worst > 0.09
    assert result.lateness.frames == 1000
    assert 20 <= result.lateness.late < 1000  # two seconds of play: no load keeps a process away for so long
    assert result.seconds < 2 * 2.0 + result.lateness.worst


def test_a_burst_was_read_before_it_is_due_and_damage_comes_after_what_is_whole() -> None:
    bus = StampingBus()
    read: list[float] = []

    def open_log() -> Iterator[LogEntry]:
        for number in range(1000):
            read.append(time.monotonic())
            yield LogEntry(START + (1000 * MS if number else 0), number, 0, 0, b"", "can0")
        raise ConfigurationError("damaged here")

    started = time.monotonic()
    with pytest.raises(ConfigurationError, match="damaged here"):
        play(Timeline(open_log, ReplayOptions()), bus, 1.0, lambda: False)
    assert [number for _, number in bus.sent] == list(range(1000))
    assert read[-1] < bus.sent[1][0]
    assert bus.sent[1][0] - started >= 1.0


def test_as_fast_as_possible_waits_for_nothing() -> None:
    result = play(timeline([number * 1000.0 for number in range(1000)]), bus := StampingBus(), 0.0, lambda: False)
    assert result.frames == len(bus.sent) == 1000
    assert result.seconds < 20


def test_a_play_ends_when_asked_even_in_a_long_silence() -> None:
    started = time.monotonic()
    result = play(timeline([0, 3_600_000]), StampingBus(), 1.0, lambda: time.monotonic() - started > 0.3)
    assert result.frames == 1
    assert time.monotonic() - started < 5


def test_a_bus_that_takes_no_more_ends_the_play_with_the_count() -> None:
    with pytest.raises(UnavailableError, match="took no more after 100 frames: transmit buffer full"):
        play(timeline([0.0] * 500), StampingBus(refuse_after=150), 0.0, lambda: False)
