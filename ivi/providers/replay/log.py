# SPDX-License-Identifier: Apache-2.0
"""Logs as streams of frames: read a line or container at a time, bad lines and error frames counted and skipped."""

import gzip
import importlib.util
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TextIO, cast

import can
from can.io.generic import MessageReader

from ivi.model.errors import ConfigurationError
from ivi.providers.can.frame import ERROR
from ivi.providers.replay import blf, candump
from ivi.providers.replay.entry import BRS, ESI, FD, LogEntry, fault, from_message

FORMATS = ("asc", "blf", "csv", "log", "mf4", "trc")
HOPELESS = 1000  # bad lines without one good frame, after which a file counts as no log of this format
SHOWN = 5  # bad lines that are kept for people
MAX_LINE = 4096  # characters; the longest line of these formats (ASC, CAN FD) has some 400

_TEXT = {".asc": can.ASCReader, ".csv": can.CSVReader, ".trc": can.TRCReader}
# Lines that carry no frame: comments, headers, triggers, and events with a stamp (ASC)
_NO_FRAME = re.compile(
    r"//|;|timestamp,|date\s|base\s|(no\s+)?internal|(begin|end)\s+trigger|\d+\.\d+\s", re.IGNORECASE
)
_TRC_STATUS = re.compile(r"\s*\d+\)?\s+[\d.]+\s+(ST|EC|EV|Warng|Error)\b")
_TRC_ERROR = re.compile(r"\s*\d+\)?\s+[\d.]+\s+ER\b")


@dataclass
class LogCounts:
    """What was found in a log besides frames."""

    frames: int = 0
    error_frames: int = 0
    bad_lines: int = 0
    bad: list[str] = field(default_factory=list)
    """The first bad lines with their numbers and reasons."""

    def reject(self, line: int, reason: str) -> None:
        """Count a line that cannot be used; `line` 0 for formats without lines."""
        self.bad_lines += 1
        if len(self.bad) < SHOWN:
            self.bad.append(f"line {line}: {reason}" if line else f"frame {self.frames + 1}: {reason}")

    def text(self) -> str:
        """For people; empty when nothing was wrong."""
        if not self.bad_lines:
            return ""
        more = f" and {self.bad_lines - len(self.bad)} more" if self.bad_lines > len(self.bad) else ""
        what = "lines" if self.bad and self.bad[0].startswith("line") else "frames"
        return f"{self.bad_lines} of its {what} cannot be used: {'; '.join(self.bad)}{more}"


def check_log(log: Path) -> None:
    """Refuse what cannot be a log before anything starts. Raises ConfigurationError."""
    known = f"formats: {', '.join(FORMATS)}, each but mf4 also as .gz"
    kind = _kind(log)
    if kind not in {f".{name}" for name in FORMATS}:
        raise ConfigurationError(f"cannot read the recording {log}: its format is not known", hint=known)
    if not log.exists():
        raise ConfigurationError(f"there is no recording {log}", hint="check the path")
    if not log.is_file():
        raise ConfigurationError(f"{log} is not a file", hint=known)
    if kind == ".mf4" and importlib.util.find_spec("asammdf") is None:
        raise ConfigurationError(
            f"reading {log} needs asammdf",
            hint="pip install 'ivi[mf4]' in an environment of its own; it makes every start of ivi a second slower",
        )


def open_log(log: Path, counts: LogCounts | None = None, *, errors: bool = False) -> Iterator[LogEntry]:
    """Frames of a log, lazily; error frames are counted and left out unless `errors`.

    Raises ConfigurationError: at once when it cannot be read or holds no frame, later where it is damaged.
    """
    check_log(log)
    counts = LogCounts() if counts is None else counts
    entries = _entries(log, counts, errors=errors)
    try:
        first = next(entries)
    except StopIteration:
        raise ConfigurationError(
            f"{log} holds no frame" + (f"; {counts.text()}" if counts.bad else ""),
            hint="a text log must be that of `candump -L`" if _kind(log) == ".log" else "is it complete?",
        ) from None
    return _chain(first, entries)


def _chain(first: LogEntry, entries: Iterator[LogEntry]) -> Iterator[LogEntry]:
    yield first
    yield from entries


def _kind(log: Path) -> str:
    suffixes = [suffix.lower() for suffix in log.suffixes]
    if suffixes[-1:] == [".gz"]:
        inner = suffixes[-2] if len(suffixes) > 1 else ""
        return "" if inner == ".mf4" else inner
    return suffixes[-1] if suffixes else ""


def _entries(log: Path, counts: LogCounts, *, errors: bool) -> Iterator[LogEntry]:
    kind = _kind(log)
    try:
        with _open(log) as file:
            if kind == ".blf":
                source = blf.read(file, 0 if log.suffix == ".gz" else log.stat().st_size)
            elif kind == ".log":
                source = _candump(_Lines(file), counts)
            elif kind == ".mf4":
                source = _messages(can.LogReader(log), log)
            else:
                source = _lines_of_python_can(kind, _Lines(file), counts)
            checked = kind in {".asc", ".csv", ".log", ".trc"}  # where a line number could be given
            for entry in source:
                if not checked and (reason := fault(entry)):
                    counts.reject(0, reason)
                elif entry.key & ERROR:
                    counts.error_frames += 1
                    if errors:
                        yield entry
                else:
                    counts.frames += 1
                    yield entry
    except (OSError, EOFError, zlib.error, can.CanError, ValueError, struct.error) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ConfigurationError(
            f"{log} is damaged after {counts.frames} frames: {reason}", hint="what comes before can be used"
        ) from error


def _open(log: Path) -> BinaryIO:
    try:
        return cast("BinaryIO", gzip.open(log, "rb")) if log.suffix.lower() == ".gz" else log.open("rb")
    except OSError as error:
        raise ConfigurationError(f"cannot read the recording {log}: {error.strerror}") from error


class _Lines:
    """Text lines with their numbers, never more than one in memory; python-can's readers take it for a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.number = 0
        self.seen: list[tuple[int, str]] = []
        self._again = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._again:
            self._again = False
            return "\n"
        line = self._file.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        text = line.decode("utf-8", "replace")
        while len(line) == MAX_LINE and not line.endswith(b"\n"):  # the rest of a line that is far too long
            line = self._file.readline(MAX_LINE)
        if len(self.seen) < HOPELESS:
            self.seen.append((self.number, text))
        return text

    def restart(self) -> None:
        """A reader begins anew after a bad line: an empty line keeps it from taking the next one for a header."""
        self._again = True

    def close(self) -> None:
        """The file belongs to our caller."""


def _candump(lines: _Lines, counts: LogCounts) -> Iterator[LogEntry]:
    for line in lines:
        lines.seen.clear()
        text = line.strip()
        if not text:
            continue
        try:
            entry = candump.parse(text)
        except ValueError as error:
            reason = str(error)
        else:
            if not (reason := fault(entry)):
                yield entry
                continue
        counts.reject(lines.number, reason)
        _give_up(counts)


def _lines_of_python_can(kind: str, lines: _Lines, counts: LogCounts) -> Iterator[LogEntry]:
    """Frames of a text format by python-can's reader, which ends at its first bad line and is started again."""
    reader = _text_reader(kind, lines)
    while True:
        try:
            for message in reader:
                _note_skipped(lines.seen[:-1], counts)
                entry = _corrected(kind, reader, lines.seen[-1][1] if lines.seen else "", message)
                lines.seen.clear()
                if reason := fault(entry):
                    counts.reject(lines.number, reason)
                else:
                    yield entry
                _give_up(counts)
        except (ValueError, IndexError, TypeError, KeyError) as error:
            _note_skipped(lines.seen[:-1], counts)
            lines.seen.clear()
            counts.reject(lines.number, " ".join(str(error).split()))
            _give_up(counts)
            lines.restart()
        else:
            _note_skipped(lines.seen, counts)
            return


def _text_reader(kind: str, lines: _Lines) -> MessageReader:
    file = cast("TextIO", lines)
    return can.ASCReader(file, relative_timestamp=False) if kind == ".asc" else _TEXT[kind](file)


def _note_skipped(skipped: list[tuple[int, str]], counts: LogCounts) -> None:
    """Judge lines that python-can's reader passed over in silence."""
    for number, text in skipped:
        line = text.strip()
        if _TRC_ERROR.match(line):
            counts.error_frames += 1
        elif line and not _NO_FRAME.match(line) and not _TRC_STATUS.match(line):
            counts.reject(number, "not understood")


def _corrected(kind: str, reader: MessageReader, line: str, message: can.Message) -> LogEntry:
    number = message.channel if isinstance(message.channel, int) else 0
    entry = from_message(message, f"can{max(number - (kind == '.trc'), 0)}")
    column = reader.columns.get("T") if isinstance(reader, can.TRCReader) else None
    if column is not None:
        # PEAK's letters: FB = rate switched, FE = error state, BI = both; python-can reads the last two otherwise
        extra = {"FB": BRS, "FE": ESI, "BI": BRS | ESI}.get(line.split()[column], 0)
        entry = entry._replace(flags=entry.flags & ~(BRS | ESI) | (extra if entry.flags & FD else 0))
    return entry


def _messages(reader: MessageReader, log: Path) -> Iterator[LogEntry]:
    with reader:
        for message in reader:
            yield from_message(message, f"can{message.channel}" if isinstance(message.channel, int) else log.stem)


def _give_up(counts: LogCounts) -> None:
    if counts.bad_lines >= HOPELESS and not counts.frames:
        raise ValueError(f"no frame in its first {HOPELESS} lines; {'; '.join(counts.bad)}")
