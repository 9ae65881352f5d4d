# SPDX-License-Identifier: Apache-2.0
"""Loading a DBC the way people's DBCs are: faulty lines are reported with their numbers and skipped, the rest is used.

cantools refuses a whole file for one unclaimed value table (29 of 232 public files). The pre-pass takes such lines out
before cantools sees them, and keeps line numbers by leaving an empty line in each place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cantools
from cantools.database.can import Database, Message
from cantools.database.errors import Error as CantoolsError

from ivi.model.errors import ConfigurationError

MAX_FILE = 64 << 20  # bytes
MAX_REPAIRS = 200  # lines that may be taken out one by one because cantools cannot parse them
MAX_STANDARD_ID = 0x7FF  # 11 bits
EXTENDED_FLAG = 0x80000000
ID_MASK = 0x1FFFFFFF

_MESSAGE = re.compile(r"BO_\s+(\d+)\s+(\S+?)\s*:")
_SIGNAL = re.compile(r"\s*SG_\s+(\S+)")
_OF_SIGNAL = re.compile(r'(?:VAL_|SIG_VALTYPE_|CM_\s+SG_|BA_\s+"[^"]*"\s+SG_)\s+(\d+)\s+(\w+)')
_OF_MESSAGE = re.compile(r'(?:CM_\s+BO_|BA_\s+"[^"]*"\s+BO_|BO_TX_BU_)\s+(\d+)')
# cantools' own words; the tests on real files show when they change
_PARSER_LINE = re.compile(r"at line (\d+)")
_UNFIT = re.compile(r"The signal (?P<signal>\w+) does not fit in message (?P<message>\w+)")
_OVERLAP = re.compile(r"The signals \w+ and (?P<signal>\w+) are overlapping in message (?P<message>\w+)")


@dataclass(frozen=True)
class SkippedLine:
    """One line of a DBC that was not used."""

    line: int
    text: str
    reason: str

    def __str__(self) -> str:
        """For people: line number, reason, and the beginning of the line."""
        return f"line {self.line}: {self.reason}: {self.text.strip()[:60]}"


@dataclass(frozen=True)
class LoadedDbc:
    """A usable DBC and what was left out of it."""

    database: Database
    skipped: tuple[SkippedLine, ...]


def load(file: Path) -> LoadedDbc:
    """Load a DBC. Raises ConfigurationError when it is missing or nothing usable is left."""
    try:
        if file.stat().st_size > MAX_FILE:
            raise ConfigurationError(f"{file} is larger than {MAX_FILE >> 20} MB", hint="is it a DBC?")
        text = file.read_bytes().decode("cp1252", errors="replace")
    except OSError as error:
        raise ConfigurationError(
            f"cannot read the DBC {file}: {error.strerror}", hint="check the path given with --dbc"
        ) from error
    lines = text.splitlines()
    skipped = list(_clean(lines))
    database = _parse(file, lines, skipped)
    if not database.messages:
        raise ConfigurationError(f"{file} holds no message", hint="is it a DBC?")
    return LoadedDbc(database, tuple(sorted(skipped, key=lambda item: item.line)))


def _clean(lines: list[str]) -> Iterator[SkippedLine]:
    """Blank out what refers to nothing, or cannot be on a bus."""
    signals = _index(lines)
    dropping = False
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        reason = ""
        if message := _MESSAGE.match(line):
            dropping = not _valid_id(int(message[1]))
            seen = set()
            reason = f"standard frame id {int(message[1]):#x} has more than 11 bits" if dropping else ""
        elif signal := _SIGNAL.match(line):
            reason = "its message was skipped" if dropping else ""
            if signal[1] in seen:
                reason = f"a second signal {signal[1]} in one message"
            seen.add(signal[1])
        elif (of := _OF_SIGNAL.match(line)) and of[2] not in signals.get(int(of[1]), ()):
            reason = f"message {of[1]} has no signal {of[2]}"
        elif (of := _OF_MESSAGE.match(line)) and int(of[1]) not in signals:
            reason = f"there is no message {of[1]}"
        if reason:
            yield SkippedLine(number, line, reason)
            _blank_statement(lines, number - 1)


def _index(lines: list[str]) -> dict[int, set[str]]:
    signals: dict[int, set[str]] = {}
    current: set[str] = set()
    for line in lines:
        if message := _MESSAGE.match(line):
            current = set()
            if _valid_id(int(message[1])):
                current = signals.setdefault(int(message[1]), set())
        elif signal := _SIGNAL.match(line):
            current.add(signal[1])
    return signals


def _valid_id(frame_id: int) -> bool:
    return bool(frame_id & EXTENDED_FLAG) or frame_id <= MAX_STANDARD_ID


def _blank_statement(lines: list[str], index: int) -> None:
    """Blank a line; a comment goes on until its closing quote and semicolon."""
    is_comment = lines[index].startswith("CM_")
    while is_comment and not lines[index].rstrip().endswith(";") and index + 1 < len(lines):
        lines[index] = ""
        index += 1
    lines[index] = ""


def _parse(file: Path, lines: list[str], skipped: list[SkippedLine]) -> Database:
    """Let cantools read what is left; take out each line that it names until it is content."""
    for _ in range(MAX_REPAIRS):
        try:
            return _load_string("\n".join(lines) + "\n")
        except CantoolsError as error:
            reason = " ".join(str(error).split()).removeprefix("DBC: ").strip('"')
            if (index := _faulty_line(lines, reason)) is None:
                raise ConfigurationError(f"cannot use the DBC {file}: {reason}", hint="mend the file") from error
            skipped.append(SkippedLine(index + 1, lines[index], reason))
            _forget_signal(lines, index)
    raise ConfigurationError(f"{file}: more than {MAX_REPAIRS} lines cannot be used", hint="is it a DBC?")


def _faulty_line(lines: list[str], reason: str) -> int | None:
    """Index of the line that cantools complains of; None when that cannot be told."""
    if at := _PARSER_LINE.search(reason):
        index = int(at[1]) - 1
        return index if index < len(lines) and lines[index].strip() else None
    fault = _UNFIT.search(reason) or _OVERLAP.search(reason)
    if fault is None:
        return None
    inside = False
    for index, line in enumerate(lines):
        if message := _MESSAGE.match(line):
            inside = message[2] == fault["message"]
        elif inside and (signal := _SIGNAL.match(line)) and signal[1] == fault["signal"]:
            return index
    return None


def _forget_signal(lines: list[str], index: int) -> None:
    """Blank a line, and, where it defines a signal, everything that refers to that signal."""
    signal = _SIGNAL.match(lines[index])
    above = next((found for line in reversed(lines[:index]) if (found := _MESSAGE.match(line))), None)
    _blank_statement(lines, index)
    if signal is None or above is None:
        return
    for other, text in enumerate(lines):
        of = _OF_SIGNAL.match(text)
        if of is not None and (of[1], of[2]) == (above[1], signal[1]):
            _blank_statement(lines, other)


def _load_string(text: str) -> Database:
    database = cantools.database.load_string(text, database_format="dbc", strict=True)
    if not isinstance(database, Database):
        raise ConfigurationError("the file is a diagnostics database, not a DBC")
    return database


def frame_key(message: Message) -> int:
    """The id of a message's frames as it is keyed here: bit 31 set for extended ids, as in the DBC and on SocketCAN."""
    return int(message.frame_id) | (EXTENDED_FLAG if message.is_extended_frame else 0)
