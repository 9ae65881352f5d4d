# SPDX-License-Identifier: Apache-2.0
"""Values of data identifiers, as the description file says: texts, numbers with a step and an offset, words."""

from dataclasses import dataclass, field

NUMBERS = {f"{sign}int{8 * size}": (size, sign == "") for sign in ("u", "") for size in (1, 2, 3, 4)}
"""Name of a number type: bytes, signed. All are big-endian, as UDS sends them."""
TYPES = ("ascii", "hex", *NUMBERS)


@dataclass(frozen=True, slots=True)
class DataItem:
    """What a data identifier means."""

    identifier: int
    name: str
    text: str = ""
    kind: str = "hex"
    length: int = 0
    """Bytes; 0 = whatever comes, which only the last value of an answer may be."""
    factor: float = 1.0
    offset: float = 0.0
    unit: str = ""
    words: dict[int, str] = field(default_factory=dict)
    """What single numbers mean."""
    ecus: tuple[str, ...] = ()
    """Who has it; empty = everybody."""

    def decode(self, data: bytes) -> str | int | float:
        """The value in ``data``; hexadecimal digits when it is not what the description says."""
        if self.length and len(data) != self.length:
            return data.hex()
        if self.kind == "ascii":
            shown = data.rstrip(b"\0 ").decode("ascii", "replace")
            return "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
        if self.kind not in NUMBERS:
            return data.hex()
        raw = int.from_bytes(data, signed=NUMBERS[self.kind][1])
        if raw in self.words:
            return self.words[raw]
        if self.factor == 1.0 and self.offset == 0.0:
            return raw
        return round(raw * self.factor + self.offset, 6)
