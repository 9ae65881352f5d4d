# SPDX-License-Identifier: Apache-2.0
"""Loading a DBC the way people's DBCs are: faulty lines are reported with their numbers and skipped, the rest is used.

cantools refuses a whole file for one unclaimed value table (29 of 232 public files). The pre-pass takes such lines out
before cantools sees them, and keeps line numbers by leaving an empty line in each place.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

import cantools
from cantools.database.can import Database, Message
from cantools.database.errors import Error as CantoolsError

from ivi.model.errors import ConfigurationError
from ivi.providers.can.dbc_lines import (
    EXTENDED_FLAG,
    MESSAGE,
    OF_SIGNAL,
    SIGNAL,
    SkippedLine,
    blank_statement,
    clean,
    decode,
)

MAX_FILE = 64 << 20  # bytes
MAX_REPAIRS = 200  # lines that may be taken out one by one because cantools cannot parse them
MAX_SECONDS = 20.0  # for taking them out; each time the whole file is parsed again
ID_MASK = 0x1FFFFFFF

# cantools' own words; the tests on real files show when they change
_IMPORT = re.compile(r'CM_ "IMPORT (\S+)"')  # opendbc's templates
_PARSER_LINE = re.compile(r"at line (\d+)")
_OF_MESSAGE = re.compile(r"message (?P<message>\w+)")
_UNFIT = re.compile(r"The signal (?P<signal>\w+) does not fit in message (?P<message>\w+)")
_OVERLAP = re.compile(r"The signals (?P<signal>\w+) and \w+ are overlapping in message (?P<message>\w+)")


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
        lines = decode(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            f"cannot read the DBC {file}: {error.strerror}", hint="check the path given with --dbc"
        ) from error
    skipped = list(clean(lines))
    if not any(MESSAGE.match(line) for line in lines):
        raise _no_message(file, lines, skipped)
    database = _parse(file, lines, skipped)
    return LoadedDbc(database, tuple(sorted(skipped, key=lambda item: item.line)))


def _no_message(file: Path, lines: list[str], skipped: list[SkippedLine]) -> ConfigurationError:
    for number, line in enumerate(lines, start=1):
        if imported := _IMPORT.match(line):
            return ConfigurationError(
                f"{file}, line {number}: it holds no message (BO_) of its own and imports {imported[1]}",
                hint="it is a template; give the DBC that its generator makes of it",
            )
    why = f"; {skipped[0]}" if skipped else ""
    return ConfigurationError(
        f"{file}, line {len(lines)}: the file ends and holds no message (BO_) that can be used{why}",
        hint="is it a DBC?",
    )


def _parse(file: Path, lines: list[str], skipped: list[SkippedLine]) -> Database:
    """Let cantools read what is left; take out each line that it names until it is content."""
    deadline = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REPAIRS):
        try:
            return _load_string("\n".join(lines) + "\n")
        except (CantoolsError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError) as error:
            reason = " ".join(str(error).split()).removeprefix("DBC: ").strip('"') or type(error).__name__
            if (index := _faulty_line(lines, reason)) is None:
                where = _line_for_people(lines, reason)
                raise ConfigurationError(f"{file}, line {where}: {reason}", hint="mend the file") from error
            skipped.append(SkippedLine(index + 1, lines[index], reason))
            _forget_signal(lines, index)
        if time.monotonic() > deadline:
            break
    raise ConfigurationError(f"{file}, line {skipped[-1].line}: too many lines cannot be used", hint="is it a DBC?")


def _line_for_people(lines: list[str], reason: str) -> int:
    """Where the fault is, as well as cantools' words tell: a line, a message, or else the first line."""
    if at := _PARSER_LINE.search(reason):
        return int(at[1])
    if of := _OF_MESSAGE.search(reason):
        for number, line in enumerate(lines, start=1):
            if (message := MESSAGE.match(line)) and message[2] == of["message"]:
                return number
    return 1


def _faulty_line(lines: list[str], reason: str) -> int | None:
    """Index of the line that cantools complains of; None when that cannot be told."""
    if at := _PARSER_LINE.search(reason):
        index = min(int(at[1]), len(lines)) - 1
        while index > 0 and not lines[index].strip():  # what it complains of may be the end of what stands above
            index -= 1
        return index if lines[index].strip() else None
    fault = _UNFIT.search(reason) or _OVERLAP.search(reason)
    if fault is None:
        return None
    inside = False
    for index, line in enumerate(lines):
        if message := MESSAGE.match(line):
            inside = message[2] == fault["message"]
        elif inside and (signal := SIGNAL.match(line)) and signal[1] == fault["signal"]:
            return index
    return None


def _forget_signal(lines: list[str], index: int) -> None:
    """Blank a line, and, where it defines a signal, everything that refers to that signal."""
    signal = SIGNAL.match(lines[index])
    above = next((found for line in reversed(lines[:index]) if (found := MESSAGE.match(line))), None)
    blank_statement(lines, index)
    if signal is None or above is None:
        return
    for other, text in enumerate(lines):
        of = OF_SIGNAL.match(text)
        if of is not None and (of[1], of[2]) == (above[1], signal[1]):
            blank_statement(lines, other)


def _load_string(text: str) -> Database:
    database = cantools.database.load_string(text, database_format="dbc", strict=True)
    if not isinstance(database, Database):
        raise ConfigurationError("the file is a diagnostics database, not a DBC")
    return database


def frame_key(message: Message) -> int:
    """The id of a message's frames as it is keyed here: bit 31 set for extended ids, as in the DBC and on SocketCAN."""
    return int(message.frame_id) | (EXTENDED_FLAG if message.is_extended_frame else 0)
