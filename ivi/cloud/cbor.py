# SPDX-License-Identifier: Apache-2.0
"""CBOR from strangers (RFC 8949): bounded in size and depth, no indefinite lengths, no key twice, no objects."""

import io
from collections.abc import Mapping

import cbor2

from ivi.model.errors import InvalidArgumentError

MAX_DEPTH = 12
MAX_BYTES = 128 << 10  # as much as one MQTT message may have
_INTEGERS = range(-(1 << 63), 1 << 64)


def encode(value: object) -> bytes:
    """The deterministic form (RFC 8949, 4.2): one value, one text, so that it can be signed and compared."""
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes, what: str, *, most: int = MAX_BYTES, tag: int | None = None) -> object:
    """The value in `data`: None, bool, int of 64 bits, float, str, bytes, list and dict with plain keys.

    `what` names it in the error. With `tag`, the outermost item must have this tag, and its content is returned.
    Raises InvalidArgumentError for anything too long, too deep, malformed, of another type, or with bytes left over.
    """
    if len(data) > most:
        raise InvalidArgumentError(f"{what} has {len(data)} bytes, and {most} are the limit")
    file = io.BytesIO(data)
    try:
        decoder = cbor2.CBORDecoder(
            file,
            tag_hook=_keep_tag,
            semantic_decoders=_BUILT_IN,
            max_depth=MAX_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
        value = decoder.decode()
    except (cbor2.CBORError, ValueError, TypeError, RecursionError, OverflowError) as error:
        raise InvalidArgumentError(f"{what} is no CBOR of ours: {error}") from error
    if file.read(1):
        raise InvalidArgumentError(f"{what} is followed by further bytes")
    if tag is not None:
        if not isinstance(value, cbor2.CBORTag) or value.tag != tag:
            raise InvalidArgumentError(f"{what} has not the tag {tag}")
        value = value.value
    _check(value, what)
    return value


def _keep_tag(tag: cbor2.CBORTag, _immutable: bool) -> cbor2.CBORTag:
    return tag


def _refuse(_content: object, _immutable: bool) -> object:
    raise ValueError("a tag that is not used here")


_BUILT_IN = dict.fromkeys((0, 1, 4, 5, 25, 28, 29, 30, 35, 36, 37, 100, 256, 258, 260, 261, 1004, 43000), _refuse)
"""What the library would make objects of: dates, fractions, patterns, references, addresses, sets."""


def _check(value: object, what: str) -> None:
    match value:
        case None | bool() | float() | str() | bytes():
            return
        case int():
            if value not in _INTEGERS:
                raise InvalidArgumentError(f"{what} has an integer of more than 64 bits")
        case list() | tuple():  # what a tag holds cannot be changed any more
            if set(map(type, value)) == {int} and min(value) in _INTEGERS and max(value) in _INTEGERS:
                return  # long columns of numbers need no look at each
            for part in value:
                _check(part, what)
        case Mapping():
            for key, part in value.items():
                if not isinstance(key, int | str | bytes) or isinstance(key, bool):
                    raise InvalidArgumentError(f"{what} has a key that is neither a number nor a text")
                _check(key, what)
                _check(part, what)
        case _:
            raise InvalidArgumentError(f"{what} has something of type {type(value).__name__}, which is not used here")
