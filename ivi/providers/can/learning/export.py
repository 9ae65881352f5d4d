# SPDX-License-Identifier: Apache-2.0
"""What was learned, as a DBC and as an overlay; added to files that exist without changing what they say already."""

import re
from dataclasses import dataclass
from pathlib import Path

import cantools
from cantools.database.can import Database, Message, Signal
from cantools.database.conversion import BaseConversion
from cantools.database.errors import Error as CantoolsError

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.providers.can.dbc import frame_key
from ivi.providers.can.frame import EXTENDED, ID_MASK
from ivi.providers.can.learning.proposal import Kind, Proposal

CLASSIC = 8  # bytes
FAST = 1000  # ms; the overlay's interval at most

_PATH = re.compile(r"Vehicle(\.[A-Z][A-Za-z0-9]*)+$")
_NO_NAME = re.compile(r"\W+", re.ASCII)


@dataclass(frozen=True)
class Named:
    """An accepted proposal, its name in the DBC, and the VSS path that it feeds."""

    name: str
    proposal: Proposal
    path: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Written:
    """What was done with a file."""

    added: list[str]
    refused: list[str]
    """Names and why they were not added."""


def signal_name(text: str) -> str:
    """A name that a DBC can hold."""
    words = [word for word in _NO_NAME.split(text) if word]
    name = "".join(word[:1].upper() + word[1:] for word in words) or "Signal"
    return f"S{name}"[:32] if name[0].isdigit() else name[:32]


def check_path(path: str) -> str:
    """The VSS path. Raises InvalidArgumentError when it is none."""
    if not _PATH.match(path):
        raise InvalidArgumentError(f"{path!r} is no VSS path", hint="e.g. Vehicle.Speed or Vehicle.Private.RearFan")
    return path


def write_dbc(file: Path, named: list[Named]) -> Written:
    """Add signals to a DBC, which is made when it does not exist. Raises ConfigurationError.

    A signal that would overlap one that is there, or take its name, is refused; nothing that is there changes. The
    result is loaded again, strictly, before it takes the old file's place.
    """
    database = _load(file) if file.exists() else Database(strict=True)
    added: list[str] = []
    refused: list[str] = []
    for item in named:
        reason = _add(database, item)
        (refused if reason else added).append(f"{item.name}: {reason}" if reason else item.name)
    if added:
        database.refresh()
        _replace(file, _loadable(database.as_dbc_string(), file))
    return Written(added, refused)


def write_overlay(file: Path, named: list[Named]) -> Written:
    """Add the paths to an overlay, which is made when it does not exist. Raises ConfigurationError."""
    try:
        text = file.read_text("utf-8") if file.exists() else "# Learned from recordings; see docs/dbc-learn.md.\n"
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"cannot read the overlay {file}: {error}", hint="check --overlay") from error
    present = set(re.findall(r"^(Vehicle[\w.]*):", text, re.MULTILINE))
    added: list[str] = []
    refused: list[str] = []
    for item in named:
        if not item.path:
            continue
        if item.path in present:
            refused.append(f"{item.path}: the overlay has it already")
            continue
        present.add(item.path)
        text = text.rstrip("\n") + "\n" + _node(item)
        added.append(item.path)
    if added:
        _replace(file, text)
    return Written(added, refused)


def _node(item: Named) -> str:
    proposal = item.proposal
    boolean = proposal.kind is Kind.FLAG
    unit = f"  unit: {item.unit}\n" if item.unit and not boolean else ""
    interval = min(FAST, round(proposal.cycle * 1000))
    # an inverted flag is on while its bit is 0
    turned = ", transform: {mapping: [{from: 0, to: true}, {from: 1, to: false}]}" if proposal.inverted else ""
    return (
        f"{item.path}:\n  type: sensor\n  datatype: {'boolean' if boolean else 'float'}\n{unit}"
        f"  description: Learned; confidence {proposal.confidence:.2f}.\n"
        f"  dbc2vss: {{signal: {item.name}, interval_ms: {interval}, on_change: true{turned if boolean else ''}}}\n"
    )


def _load(file: Path) -> Database:
    try:
        database = cantools.database.load_file(file, database_format="dbc", strict=True)
    except OSError as error:
        raise ConfigurationError(f"cannot read the DBC {file}: {error.strerror}", hint="check the path") from error
    except (CantoolsError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError(
            f"cannot add to {file}: {reason}", hint="mend it (`ivi dbc check`), or write to a new file"
        ) from error
    if not isinstance(database, Database):
        raise ConfigurationError(f"{file} is no DBC", hint="write to a new file")
    return database


def _add(database: Database, item: Named) -> str:
    """Add one signal; says why not, or nothing."""
    proposal = item.proposal
    message = next((one for one in database.messages if frame_key(one) == proposal.key), None)
    if message is None:
        database.messages.append(_message(proposal, [_signal(item)]))
        return ""
    if message.length < proposal.payload_length:
        return f"{message.name} has {message.length} bytes there, {proposal.payload_length} on the bus"
    if any(item.name == signal.name for one in database.messages for signal in one.signals):
        return "the DBC has a signal of that name"
    signal = _signal(item)
    try:
        Message(message.frame_id, message.name, message.length, [*message.signals, signal], strict=True,
                is_extended_frame=message.is_extended_frame)  # fmt: skip
    except CantoolsError as error:
        return " ".join(str(error).split()).rstrip(".")
    message.signals.append(signal)
    message.refresh(strict=True)
    return ""


def _message(proposal: Proposal, signals: list[Signal]) -> Message:
    number = proposal.key & ID_MASK
    return Message(
        number,
        f"Learned_{number:X}",
        proposal.payload_length,
        signals,
        cycle_time=round(proposal.cycle * 1000) or None,
        is_extended_frame=bool(proposal.key & EXTENDED),
        is_fd=proposal.payload_length > CLASSIC,
        strict=True,
    )


def _signal(item: Named) -> Signal:
    proposal, field = item.proposal, item.proposal.field
    flag = proposal.kind is Kind.FLAG
    return Signal(
        item.name,
        field.start,
        field.length,
        "little_endian" if field.order == "little" else "big_endian",
        field.signed,
        conversion=BaseConversion.factory(scale=1 if flag else proposal.scale, offset=0 if flag else proposal.offset),
        unit=item.unit or None,
        comment=f"Learned, confidence {proposal.confidence:.2f}: {proposal.evidence}.",
    )


def _loadable(text: str, file: Path) -> str:
    try:
        cantools.database.load_string(text, database_format="dbc", strict=True)
    except (CantoolsError, ValueError) as error:
        raise ConfigurationError(
            f"{file} was not written: the result would be no valid DBC ({error})", hint="write to a new file"
        ) from error
    return text


def _replace(file: Path, text: str) -> None:
    """Write beside, then move: a crash leaves the old file."""
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ConfigurationError(f"cannot write {file}: {error.strerror}", hint="check the folder") from error
