# SPDX-License-Identifier: Apache-2.0
"""Records of the classes `control` and `events`: one byte of encoding, then a CBOR map of kind, time and content."""

from dataclasses import dataclass, field
from typing import Any

from ivi.cloud.cbor import decode, encode
from ivi.model.errors import InvalidArgumentError

ENCODING_RECORD = 3
"""First byte of such a body; 1 is msgpack telemetry, 2 are columns."""
MAX_KIND = 32  # characters


@dataclass(frozen=True, slots=True)
class Record:
    """Something that the fleet has to know."""

    kind: str
    """What it is about: `command`, `twin`, `usage`, `consent`, `update`, `gap`, `refused`, ..."""
    at_ms: int
    """Milliseconds since 1970 by the car's trusted clock."""
    data: dict[str, Any] = field(default_factory=dict)
    """Plain values, lists and maps."""


def encode_record(record: Record) -> bytes:
    """The body of a row."""
    return bytes((ENCODING_RECORD,)) + encode({"k": record.kind, "t": record.at_ms, "d": record.data})


def decode_record(body: bytes) -> Record:
    """The record in a row's body. Raises InvalidArgumentError."""
    if body[:1] != bytes((ENCODING_RECORD,)):
        raise InvalidArgumentError(f"record in an unknown encoding: {body[:1].hex() or 'empty'}")
    match decode(body[1:], "the record"):
        case {"k": str(kind), "t": int(at_ms), "d": dict(data), **rest} if not rest and 0 < len(kind) <= MAX_KIND:
            return Record(kind, at_ms, data)
    raise InvalidArgumentError("the record has not the fields k, t and d")
