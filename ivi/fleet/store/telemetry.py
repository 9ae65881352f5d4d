# SPDX-License-Identifier: Apache-2.0
"""Rows of the telemetry class as samples. What a body's first byte means is registered in `decoders`."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ivi.cloud.telemetry import ENCODING_MSGPACK, decode_batch
from ivi.model.errors import InvalidArgumentError
from ivi.model.signal import Value


class Sample(NamedTuple):
    """One value of one signal."""

    path: str
    """VSS path, or what else the campaign calls it."""
    t_ns: int
    """Wall clock of the car, nanoseconds since 1970."""
    value: Value


type Decoder = Callable[[bytes], Iterable[Sample]]
"""From a body, its first byte included, to samples in the order of the body. Raises InvalidArgumentError."""


def _batch(body: bytes) -> Iterator[Sample]:
    batch = decode_batch(body)
    return (Sample(path, batch.t_ns, value) for path, value in batch.values.items())


decoders: dict[int, Decoder] = {ENCODING_MSGPACK: _batch}
"""First byte of a body to who reads it. Another encoding adds itself here before the first row is read."""


def samples(body: bytes) -> list[Sample]:
    """What a row says. Raises InvalidArgumentError for an encoding that is not known, or a malformed body."""
    decoder = decoders.get(body[0]) if body else None
    if decoder is None:
        raise InvalidArgumentError(f"telemetry in an unknown encoding: {body[:1].hex() or 'empty'}")
    return list(decoder(body))
