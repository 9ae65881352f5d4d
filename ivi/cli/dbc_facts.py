# SPDX-License-Identifier: Apache-2.0
"""What a DBC says of messages and signals, as plain data for the commands that check, show and compare DBCs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ivi.model.errors import NotFoundError
from ivi.providers.can.dbc import LoadedDbc

BITS_PER_BYTE = 8


@dataclass(frozen=True)
class SignalFacts:
    """One signal."""

    name: str
    start: int
    """As in the DBC: bit 0 is the least significant of byte 0; of a big-endian signal its most significant bit."""
    length: int
    """Bits."""
    is_little_endian: bool
    is_signed: bool
    is_float: bool
    scale: float
    offset: float
    minimum: float | None
    maximum: float | None
    unit: str
    choices: Mapping[int, str] = field(default_factory=dict)
    is_multiplexer: bool = False
    multiplexer: str = ""
    """Name of the signal that says when this one is in the frame; empty for always."""
    multiplexer_ids: tuple[int, ...] = ()

    @property
    def bits(self) -> list[int]:
        """Bit positions in the payload (byte * 8 + bit, bit 0 the least significant), most significant bit first."""
        if self.is_little_endian:
            return [self.start + index for index in reversed(range(self.length))]
        # big-endian counts down inside a byte and then goes on at bit 7 of the next
        first = (self.start // BITS_PER_BYTE) * BITS_PER_BYTE + 7 - self.start % BITS_PER_BYTE
        places = range(first, first + self.length)
        return [place // BITS_PER_BYTE * BITS_PER_BYTE + 7 - place % BITS_PER_BYTE for place in places]

    @property
    def raw_limits(self) -> tuple[int, int]:
        """Least and greatest raw number that the bits carry (of integers)."""
        if self.is_signed:
            return -(1 << (self.length - 1)), (1 << (self.length - 1)) - 1
        return 0, (1 << self.length) - 1

    @property
    def carried(self) -> tuple[float, float]:
        """Least and greatest scaled value that the bits carry (of integers)."""
        ends = [raw * self.scale + self.offset for raw in self.raw_limits]
        return min(ends), max(ends)

    @property
    def has_range(self) -> bool:
        """Whether the DBC gives a range; [0|0] is how a DBC writes that it gives none."""
        return not (self.minimum in (None, 0) and self.maximum in (None, 0))


@dataclass(frozen=True)
class MessageFacts:
    """One message."""

    frame_id: int
    is_extended: bool
    name: str
    length: int
    """Bytes."""
    cycle_ms: int | None
    sender: str
    is_fd: bool
    signals: tuple[SignalFacts, ...]

    @property
    def shown_id(self) -> str:
        """The id for people; extended ids have eight digits, as candump writes them."""
        return f"0x{self.frame_id:08X}" if self.is_extended else f"0x{self.frame_id:03X}"


def facts(loaded: LoadedDbc) -> list[MessageFacts]:
    """Everything that is usable in a DBC, in the order of the file."""
    found = []
    for message in loaded.database.messages:
        signals = [
            SignalFacts(
                name=signal.name,
                start=signal.start,
                length=signal.length,
                is_little_endian=signal.byte_order == "little_endian",
                is_signed=signal.is_signed,
                is_float=signal.is_float,
                scale=float(signal.scale),
                offset=float(signal.offset),
                minimum=signal.minimum,
                maximum=signal.maximum,
                unit=signal.unit or "",
                choices={int(raw): str(text) for raw, text in (signal.choices or {}).items()},
                is_multiplexer=signal.is_multiplexer,
                multiplexer=signal.multiplexer_signal or "",
                multiplexer_ids=tuple(signal.multiplexer_ids or ()),
            )
            for signal in message.signals
        ]
        found.append(
            MessageFacts(
                frame_id=int(message.frame_id),
                is_extended=message.is_extended_frame,
                name=message.name,
                length=message.length,
                cycle_ms=message.cycle_time,
                sender=", ".join(message.senders),
                is_fd=message.is_fd,
                signals=tuple(signals),
            )
        )
    return found


def find(messages: Iterable[MessageFacts], wanted: str) -> MessageFacts:
    """The message of this name or id (`0x118` or `280`). Raises NotFoundError with names that are near."""
    messages = list(messages)
    try:
        number = int(wanted, 0)
    except ValueError:
        number = -1
    for message in messages:
        if message.name == wanted or message.frame_id == number:
            return message
    near = [message.name for message in messages if wanted.lower() in message.name.lower()][:5]
    hint = f"did you mean {' or '.join(near)}?" if near else "without a name all messages are listed"
    raise NotFoundError(f"the DBC has no message {wanted}", hint=hint)
