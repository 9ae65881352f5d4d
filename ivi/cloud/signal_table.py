# SPDX-License-Identifier: Apache-2.0
"""Numbers for signals: id, type and scale of every leaf of one catalogue, and the hash by which both ends name it.

Rows of columns carry the hash and ids only. The car sends the table itself once (a record of kind `signals`), so that a
row can be read years later, by a fleet end that has never seen this car's catalogue.
"""

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import zstandard

from ivi.cloud.cbor import decode, encode
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import DataType, Metadata

HASH_BYTES = 8
MAX_SIGNALS = 1 << 14
MAX_TABLE = 4 << 20  # bytes, expanded
MAX_PATH = 1000  # characters, as in ivi.vss.patterns
_FLOATS = frozenset((DataType.FLOAT, DataType.DOUBLE))
_WHOLE = frozenset(kind for kind in DataType if "int" in kind.value and not kind.is_array)
_COMPRESSOR = zstandard.ZstdCompressor(level=9)  # once for each catalogue


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of the table."""

    path: str
    kind: DataType
    scale: float
    """A value is raw * scale + offset; 0 when values are no whole numbers of steps."""
    offset: float


class SignalTable:
    """The signals of one catalogue; the id of a signal is its place among the paths in order."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        """Raises InvalidArgumentError when there are too many."""
        self.signals = tuple(sorted(signals, key=lambda signal: signal.path))
        if len(self.signals) > MAX_SIGNALS:
            raise InvalidArgumentError(f"{len(self.signals)} signals are more than the {MAX_SIGNALS} of a table")
        self.ids = {signal.path: number for number, signal in enumerate(self.signals)}
        self._rows = [[signal.path, signal.kind.value, signal.scale, signal.offset] for signal in self.signals]
        self.hash = hashlib.sha256(encode(self._rows)).digest()[:HASH_BYTES]
        """Names this table; any difference of a path, type, scale or offset gives another one."""

    @classmethod
    def of(cls, entries: Iterable[Metadata]) -> "SignalTable":
        """The table of the databroker's leaves."""
        return cls(_signal(entry) for entry in entries)

    def to_record(self) -> dict[str, object]:
        """Content of a record of kind `signals`."""
        return {"hash": self.hash, "table": _COMPRESSOR.compress(encode(self._rows))}

    @classmethod
    def from_record(cls, data: Mapping[str, object]) -> "SignalTable":
        """The table in a record of kind `signals`. Raises InvalidArgumentError, also when the hash is another's."""
        packed = data.get("table")
        if not isinstance(packed, bytes):
            raise InvalidArgumentError("the record of signals has no table")
        try:
            raw = zstandard.ZstdDecompressor(max_window_size=MAX_TABLE).decompress(packed, max_output_size=MAX_TABLE)
        except zstandard.ZstdError as error:
            raise InvalidArgumentError(f"the table of signals cannot be expanded: {error}") from error
        rows = decode(raw, "the table of signals", most=MAX_TABLE)
        if not isinstance(rows, list) or len(rows) > MAX_SIGNALS:
            raise InvalidArgumentError(f"the table of signals is no list of up to {MAX_SIGNALS}")
        table = cls(_row(row) for row in rows)
        if len(table.ids) != len(table.signals):
            raise InvalidArgumentError("the table of signals has a path twice")
        if table.hash != data.get("hash"):
            raise InvalidArgumentError("the table of signals has another hash than its record says")
        return table


def _signal(entry: Metadata) -> Signal:
    kind = entry.data_type
    if kind in _WHOLE:
        return Signal(entry.path, kind, 1.0, 0.0)
    return Signal(entry.path, kind, entry.scale if kind in _FLOATS else 0.0, entry.offset if kind in _FLOATS else 0.0)


def _row(row: object) -> Signal:
    match row:
        case [str(path), str(kind), float(scale), float(offset)] if (
            0 < len(path) <= MAX_PATH and math.isfinite(scale) and math.isfinite(offset)
        ):
            try:
                return Signal(path, DataType(kind), scale, offset)
            except ValueError as error:
                raise InvalidArgumentError(f"the table of signals has an unknown type: {error}") from error
    raise InvalidArgumentError("the table of signals has a row that is not path, type, scale and offset")
