# SPDX-License-Identifier: Apache-2.0
"""`ivi can`: play a log onto a bus, record a bus, measure either, and dump frames."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from ivi.cli.run import check_file
from ivi.model.errors import ConfigurationError, IviError, ResourceExhaustedError, UnavailableError
from ivi.providers.recording.files import RotatingLog
from ivi.providers.recording.frame_queue import QUEUE_FRAMES, FrameQueue
from ivi.providers.recording.load import Rates
from ivi.providers.recording.recorder import RecordResult, record
from ivi.providers.recording.report import Messages, dump_line, table
from ivi.providers.recording.statistics import BusStatistics
from ivi.providers.recording.tap import Tap, open_bus, parse_filters
from ivi.providers.replay import options as replay_options
from ivi.providers.replay.entry import LogEntry
from ivi.providers.replay.log import LogCounts, open_log
from ivi.providers.replay.player import play
from ivi.providers.replay.timeline import Timeline

DEFAULT_CAN = "ivi:can0"
WAIT = 0.2  # seconds between two looks whether to stop
EXAMPLES = """examples:
  ivi can record drive.blf --can ivi:can0 --for 60
  ivi can record drive.log --can socketcan:can0 --can socketcan:can1 --max-mb 50 --files 4
  ivi can play drive.blf --can ivi:can0 --speed 2 --loop --map-id 0x123=0x456
  ivi can stat drive.asc --dbc car.dbc          ivi can stat --can ivi:can0 --for 10 --json
  ivi can dump --can ivi:can0 --dbc car.dbc --filter 0x123
"""


def build_parser() -> argparse.ArgumentParser:
    """Subcommands and switches of `ivi can`."""
    parser = argparse.ArgumentParser(
        prog="ivi can",
        description="Play, record, measure and show CAN traffic.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="action", required=True, metavar="{play,record,stat,dump}")
    player = commands.add_parser("play", help="play a log (asc, blf, csv, log, mf4, trc) onto a bus")
    player.add_argument("log", type=Path, metavar="LOG")
    _add_bus(player, several=False)
    replay_options.add_arguments(player)

    recorder = commands.add_parser("record", help="record buses into a log (asc, blf, log, trc)")
    recorder.add_argument("file", type=Path, metavar="FILE")
    _add_bus(recorder)
    _add_filter(recorder)
    recorder.add_argument("--max-mb", type=float, default=100.0, metavar="N", help="size of one file (default: 100)")
    recorder.add_argument("--files", type=int, default=10, metavar="N", help="files that stay (default: 10)")
    recorder.add_argument(
        "--queue",
        type=int,
        default=QUEUE_FRAMES,
        metavar="FRAMES",
        help="frames that wait for a slow disk before new ones are dropped and counted (default: %(default)s)",
    )

    stat = commands.add_parser("stat", help="load, rates, gaps and jitter per id; unknown and silent ids")
    stat.add_argument("log", type=Path, nargs="?", metavar="LOG", help="a log instead of a bus")
    _add_bus(stat)
    stat.add_argument("--dbc", type=Path, metavar="FILE")
    stat.add_argument("--bitrate", type=int, default=Rates.nominal, metavar="BIT/S", help="(default: %(default)s)")
    stat.add_argument("--data-bitrate", type=int, default=Rates.data, metavar="BIT/S", help="(default: %(default)s)")
    stat.add_argument("--top", type=int, default=20, metavar="N", help="rows of the table (default: 20)")
    stat.add_argument("--json", action="store_true", help="everything as JSON")

    dump = commands.add_parser("dump", help="show frames, with --dbc also their signals")
    dump.add_argument("log", type=Path, nargs="?", metavar="LOG", help="a log instead of a bus")
    _add_bus(dump)
    _add_filter(dump)
    dump.add_argument("--dbc", type=Path, metavar="FILE")
    dump.add_argument("--count", type=int, metavar="N", help="end after this many frames")
    return parser


def _add_bus(parser: argparse.ArgumentParser, *, several: bool = True) -> None:
    again = "; may be repeated" if several else ""
    parser.add_argument(
        "--can",
        action="append",
        default=[],
        metavar="INTERFACE:CHANNEL",
        help=f"CAN bus, by python-can's names (default: {DEFAULT_CAN}){again}",
    )
    parser.add_argument("--for", dest="seconds", type=float, metavar="S", help="end by itself after this long")


def _add_filter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--filter", action="append", default=[], metavar="ID[:MASK]", help="only these ids; may be repeated"
    )


class Stop:
    """Turns SIGINT and SIGTERM into a flag that loops look at, so that files are closed in order."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def __call__(self) -> bool:
        return self.asked

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.asked = True


def main(argv: list[str]) -> int:
    """Run `ivi can`."""
    arguments = build_parser().parse_args(argv)
    if arguments.seconds is not None and not 0 < arguments.seconds < replay_options.SECONDS_MAX:
        raise ConfigurationError(f"--for {arguments.seconds:g} is no useful time", hint="seconds, more than 0")
    if getattr(arguments, "log", None) and arguments.can and arguments.action != "play":
        raise ConfigurationError("LOG and --can exclude each other", hint="name one of them")
    check_file(getattr(arguments, "dbc", None), "--dbc")
    if getattr(arguments, "log", None) is None or arguments.action == "play":
        arguments.can = arguments.can or [DEFAULT_CAN]
    actions: dict[str, Callable[[argparse.Namespace, Stop], int]] = {
        "play": _play,
        "record": _record,
        "stat": _stat,
        "dump": _dump,
    }
    return actions[arguments.action](arguments, Stop())


def _play(arguments: argparse.Namespace, stop: Stop) -> int:
    options = replay_options.from_arguments(arguments)
    if len(arguments.can) > 1:
        raise ConfigurationError("a log is played onto one bus", hint="name --can once, choose frames with --channel")
    counts = LogCounts()
    open_log(arguments.log)  # says what is wrong with the log before the bus is touched
    bus = open_bus(arguments.can[0])
    timeline = Timeline(lambda: open_log(arguments.log, counts), options)
    try:
        result = play(timeline, bus, options.speed, stop, arguments.seconds)
    finally:
        bus.shutdown()
    late = result.lateness
    _say(
        f"played {result.frames} frames in {result.seconds:.3f} s onto {arguments.can[0]}; {late.late} were late by "
        f"more than {late.limit * 1e3:g} ms (mean {late.mean * 1e3:.3f} ms, worst {late.worst * 1e3:.3f} ms)"
    )
    for count, text in (
        (counts.error_frames, "error frames of the log were not played"),
        (timeline.gaps_cut, "silences were cut"),
        (timeline.clock_steps, "times the log's clock was set back"),
        (timeline.loops, "times the log began again"),
    ):
        if count:
            _say(f"{count} {text}")
    if text := counts.text():
        _say(f"of {arguments.log} {text}")
    return 0


def _record(arguments: argparse.Namespace, stop: Stop) -> int:
    if not 0 < arguments.max_mb < 1e6:  # noqa: PLR2004  # a terabyte
        raise ConfigurationError(f"--max-mb {arguments.max_mb:g} is no useful size", hint="0.01 or more")
    if arguments.queue < 1:
        raise ConfigurationError(f"--queue {arguments.queue} holds no frame", hint="1 or more")
    log = RotatingLog(arguments.file, int(arguments.max_mb * 1_000_000), arguments.files)
    queue = FrameQueue(arguments.queue)
    taps = _taps(arguments, queue)
    _say(f"recording {', '.join(arguments.can)} into {arguments.file}; Ctrl-C ends it")
    result = record(taps, queue, log, stop, arguments.seconds)
    for line in _record_lines(result):
        _say(line)
    if result.failure:
        kind = UnavailableError if any(tap.failure for tap in taps) else ResourceExhaustedError
        raise kind(result.failure)
    return 0


def _record_lines(result: RecordResult) -> Iterator[str]:
    yield f"recorded {result.frames} frames in {result.seconds:.1f} s: {', '.join(result.files) or 'no file'}"
    for count, text in (
        (result.files_deleted, "older files were deleted"),
        (result.dropped_bus, "frames were lost because this process was slower than the bus"),
        (result.dropped_disk, "frames were lost because the disk was slower than the bus"),
        (result.unfit, "frames do not fit the format"),
    ):
        if count:
            yield f"{count} {text}"


def _stat(arguments: argparse.Namespace, stop: Stop) -> int:
    if arguments.bitrate < 1 or arguments.data_bitrate < 1 or arguments.top < 1:
        raise ConfigurationError("--bitrate, --data-bitrate and --top are more than 0", hint="e.g. --bitrate 500000")
    messages = _messages(arguments)
    statistics = BusStatistics(Rates(arguments.bitrate, arguments.data_bitrate))
    counts, span, dropped = LogCounts(), 0.0, 0
    failure: IviError | None = None
    if arguments.log:
        try:
            for entry in open_log(arguments.log, counts, errors=True):
                statistics.feed((entry,))
                if stop():
                    break
        except ConfigurationError as error:
            if not counts.frames:
                raise
            failure = error  # what was read is shown all the same
    else:
        span, dropped, failure = _measure(arguments, stop, statistics)
    names, cycles = (messages.names, messages.cycles) if messages else (None, None)
    report = statistics.report(names, cycles, span)
    report["frames_dropped"], report["bad_lines"] = dropped, counts.bad_lines
    if arguments.json:
        print(json.dumps(report, indent=1))
    else:
        _print_report(report, arguments, counts, dropped)
    if failure is not None:
        raise failure
    return 0


def _print_report(report: dict[str, Any], arguments: argparse.Namespace, counts: LogCounts, dropped: int) -> None:
    for line in table(report, arguments.top):
        print(line)
    if text := counts.text():
        print(f"of {arguments.log} {text}")
    if dropped:
        print(f"{dropped} frames were lost because this process was slower than the bus")


def _measure(
    arguments: argparse.Namespace, stop: Stop, statistics: BusStatistics
) -> tuple[float, int, UnavailableError | None]:
    """Listen to buses; seconds, frames lost, and why it ended by itself."""
    queue = FrameQueue()
    taps = _taps(arguments, queue)
    for tap in taps:
        statistics.expect(tap.channel)
    started = time.monotonic()
    if arguments.seconds is None:
        _say("listening; Ctrl-C shows the table")
    try:
        failure = _listen(taps, queue, stop, arguments.seconds, statistics.feed)
    finally:
        _stop_taps(taps)
    statistics.feed(queue.get(0))
    return time.monotonic() - started, queue.dropped + sum(tap.dropped for tap in taps), failure


def _dump(arguments: argparse.Namespace, stop: Stop) -> int:
    messages = _messages(arguments)
    decode = messages.text if messages else None
    left = arguments.count

    def show(entries: list[LogEntry]) -> None:
        nonlocal left
        entries = entries if left is None else entries[:left]
        if entries:
            print("\n".join(dump_line(entry, decode) for entry in entries), flush=True)
        if left is not None:
            left -= len(entries)

    def over() -> bool:
        return stop() or left == 0

    if arguments.log:
        wanted = parse_filters(arguments.filter)
        for entry in open_log(arguments.log, errors=True):
            if not wanted or any(_matches(entry, item["can_id"], item["can_mask"], item) for item in wanted):
                show([entry])
            if over():
                break
        return 0
    queue = FrameQueue()
    taps = _taps(arguments, queue)
    try:
        failure = _listen(taps, queue, over, arguments.seconds, show)
    finally:
        _stop_taps(taps)
    if dropped := queue.dropped + sum(tap.dropped for tap in taps):
        _say(f"{dropped} frames were lost because this terminal was slower than the bus")
    if failure is not None:
        raise failure
    return 0


def _matches(entry: LogEntry, can_id: int, mask: int, item: Any) -> bool:  # noqa: ANN401  # a TypedDict of python-can
    return (entry.key ^ can_id) & mask == 0 and item.get("extended") == bool(entry.key & 0x80000000)


def _messages(arguments: argparse.Namespace) -> Messages | None:
    if arguments.dbc is None:
        return None
    messages = Messages(arguments.dbc)
    for line in messages.skipped[:5]:
        _say(f"{arguments.dbc}: {line}")
    return messages


def _taps(arguments: argparse.Namespace, queue: FrameQueue) -> list[Tap]:
    """Open all buses; raises the error of the first that cannot be opened."""
    filters = parse_filters(getattr(arguments, "filter", [])) or None
    taps: list[Tap] = []
    try:
        for address in arguments.can:
            taps.append(Tap(address, queue, filters))  # noqa: PERF401  # those opened before a failure are closed
    except IviError:
        _stop_taps(taps)
        raise
    return taps


def _stop_taps(taps: list[Tap]) -> None:
    for tap in taps:
        tap.stop()


def _listen(
    taps: list[Tap],
    queue: FrameQueue,
    over: Callable[[], bool],
    seconds: float | None,
    take: Callable[[list[LogEntry]], None],
) -> UnavailableError | None:
    """Hand over what comes until it is over; why, when a bus ended it."""
    for tap in taps:
        tap.start()
    started = time.monotonic()
    while not over() and (seconds is None or time.monotonic() - started < seconds):
        take(queue.get(WAIT))
        for tap in taps:
            if tap.failure:
                take(queue.get(0))
                return UnavailableError(f"the bus {tap.channel} is gone: {tap.failure}", hint="is its server alive?")
    return None


def _say(text: str) -> None:
    sys.stderr.write(f"ivi can: {text}\n")
