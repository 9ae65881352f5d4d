# SPDX-License-Identifier: Apache-2.0
"""Packs signals into payloads as the DBC says: cantools reads the DBC once, a short loop per frame does the rest.

``Message.encode`` of cantools checks and looks up a lot for each frame; at 1,200 frames a second the car would spend
most of its time there. The tests prove that both give the same bytes for every message of the car.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cantools
from cantools.database.can import Database, Message, Signal

from simulator.bus.record import BRS, EFF, FD
from simulator.errors import CarDataError
from simulator.vehicle.protection import Seal, is_protection, seal_of
from simulator.vehicle.requests import Values

HEAD_UNIT = "IVI"  # node that sends the commands
BROKEN_DBC = (cantools.Error, UnicodeDecodeError, ValueError)

type _Field = tuple[str, float, float, int, int, int, int]
"""name, 1/factor, offset, lowest raw, highest raw, mask, shift."""


def default_dbc() -> Path:
    """The car's DBC, in a checkout or beside an installed package."""
    root = Path(__file__).resolve().parents[2]
    inside = Path("can_dbc", "ivi_ev", "ivi_ev.dbc")
    installed = root / "ivi" / "share" / inside
    return installed if installed.exists() else root / inside


def load_dbc(path: Path) -> Database:
    """Read a DBC strictly; raises CarDataError."""
    try:
        database = cantools.database.load_file(path, database_format="dbc", strict=True)
    except OSError as error:
        raise CarDataError(f"cannot read the DBC {path}: {error.strerror}", "give another with --dbc FILE") from error
    except BROKEN_DBC as error:
        raise CarDataError(f"{path} is no valid DBC: {' '.join(str(error).split())}", "repair the file") from error
    if not isinstance(database, Database):
        raise CarDataError(f"{path} describes no CAN bus", "give a DBC with --dbc FILE")
    return database


@dataclass(slots=True)
class Encoder:
    """One message: identifier and flags for the bus, and its fields."""

    name: str
    identifier: int  # with EFF
    flags: int
    length: int  # bytes
    order: str  # "little" or "big"
    fields: tuple[_Field, ...]
    selector: str  # multiplexer signal, empty when there is none
    groups: dict[int, tuple[_Field, ...]]

    def encode(self, values: Values) -> bytes:
        """Payload for the values, each clipped to the DBC's range and rounded to its step."""
        total = _pack(self.fields, values)
        if self.selector:
            total |= _pack(self.groups[int(values[self.selector])], values)
        return total.to_bytes(self.length, "little" if self.order == "little" else "big")

    def signals(self) -> set[str]:
        """Names of all signals."""
        return {field[0] for fields in (self.fields, *self.groups.values()) for field in fields}


def build_encoder(message: Message) -> Encoder:
    """Prepare a message; raises CarDataError for byte orders that are mixed."""
    orders = {signal.byte_order for signal in message.signals}
    if len(orders) != 1:
        raise CarDataError(f"message {message.name} mixes byte orders", "use one byte order in a message")
    order = "little" if orders == {"little_endian"} else "big"
    plain, groups, selector = [], dict[int, list[_Field]](), ""
    for signal in message.signals:
        field = _field(signal, order, message.length)
        if signal.is_multiplexer:
            selector = signal.name
        if not signal.multiplexer_ids:
            plain.append(field)
        for number in signal.multiplexer_ids or ():
            groups.setdefault(number, []).append(field)
    flags = (FD | (BRS if _bit_rate_switch(message) else 0)) if message.is_fd else 0
    return Encoder(
        message.name,
        message.frame_id | (EFF if message.is_extended_frame else 0),
        flags,
        message.length,
        order,
        tuple(plain),
        selector,
        {number: tuple(fields) for number, fields in groups.items()},
    )


@dataclass(frozen=True, slots=True)
class Command:
    """A command message of the head unit: its request fields as (name, factor, offset, NO_REQUEST raw value)."""

    message: Message
    fields: tuple[tuple[str, float, float, int], ...]
    seal: Seal | None = None

    def decode(self, payload: bytes) -> dict[str, float]:
        """The requests in a frame, scaled; fields that request nothing are left out. A frame that is short, or whose
        checksum is wrong, holds none."""
        if not self.accepts(payload):
            return {}
        raw = self.message.decode(payload[: self.message.length], decode_choices=False, scaling=False)
        if not isinstance(raw, Mapping):
            return {}
        found: dict[str, float] = {}
        for name, factor, offset, nothing in self.fields:
            value = raw[name]
            if isinstance(value, int | float) and value != nothing:
                found[name] = value * factor + offset
        return found

    def accepts(self, payload: bytes) -> bool:
        """Whether the frame is long enough and its checksum, if it has one, is right."""
        size = self.message.length
        return len(payload) >= size and (self.seal is None or self.seal.holds(payload[:size]))


def build_command(message: Message) -> Command:
    """Prepare a command message."""
    return Command(
        message,
        tuple(
            (signal.name, float(signal.scale), float(signal.offset), (1 << signal.length) - 1)
            for signal in message.signals
            if not is_protection(message, signal.name)
        ),
        seal_of(message),
    )


def _pack(fields: tuple[_Field, ...], values: Values) -> int:
    total = 0
    for name, inverse, offset, low, high, mask, shift in fields:
        raw = round((values[name] - offset) * inverse)
        if raw < low:
            raw = low
        elif raw > high:
            raw = high
        total |= (raw & mask) << shift
    return total


def _field(signal: Signal, order: str, length: int) -> _Field:
    mask = (1 << signal.length) - 1
    low, high = (-(mask + 1) // 2, mask // 2) if signal.is_signed else (0, mask)
    factor, offset = float(signal.scale), float(signal.offset)
    if signal.minimum is not None:
        low = max(low, round((float(signal.minimum) - offset) / factor))
    if signal.maximum is not None:
        high = min(high, round((float(signal.maximum) - offset) / factor))
    if order == "little":
        shift = signal.start
    else:  # a big-endian start is the bit number of the highest bit: byte from the left, bit from the right
        first = signal.start // 8 * 8 + 7 - signal.start % 8
        shift = length * 8 - first - signal.length
    return signal.name, 1 / factor, offset, low, high, mask, shift


def _bit_rate_switch(message: Message) -> bool:
    attributes = message.dbc.attributes if message.dbc is not None else {}
    return "CANFD_BRS" in attributes and str(attributes["CANFD_BRS"].value) == "1"
