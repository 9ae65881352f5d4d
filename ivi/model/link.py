# SPDX-License-Identifier: Apache-2.0
"""The link's wire format, without any I/O: envelopes, encoding, and the reader that cuts a byte stream into frames.

A frame is a 4-byte big-endian length and a msgpack body. Four transports share this file: asyncio (ivi.daemon), Qt
(ivi.hmi), blocking sockets (ivi.sdk) and tests. Envelopes are msgspec Structs in array form with a tag, so a peer's
frame is validated while it is decoded and nothing of it is used before that.
"""

import struct
from collections.abc import Iterator

import msgspec

from ivi.model.errors import LinkError

MAX_FRAME = 1 << 20  # bytes; a snapshot of every signal of a large car is about 100 kB
MAX_APP_FRAME = 256 << 10  # bytes; apps are not trusted with more
MIN_FRAME = 4  # bytes; the smallest envelope has nine, and empty frames would only be work
_LENGTH = struct.Struct(">I")


class Call(msgspec.Struct, array_like=True, tag="call"):
    """A request. `body` is one of the server's request structs, still encoded, because only the server knows them."""

    id: int
    deadline_ms: int
    """How long the caller waits, milliseconds; 0 opens a stream, which lasts until Cancel."""
    body: msgspec.Raw


class Cancel(msgspec.Struct, array_like=True, tag="cancel"):
    """The caller no longer wants the answer or the stream."""

    id: int


class Reply(msgspec.Struct, array_like=True, tag="reply"):
    """The answer of a call. For a stream it is the end."""

    id: int
    body: msgspec.Raw


class Failure(msgspec.Struct, array_like=True, tag="failure"):
    """The call failed; the fields are those of ivi.model.errors.IviError."""

    id: int
    code: str
    message: str
    hint: str = ""


class Event(msgspec.Struct, array_like=True, tag="event"):
    """One message of a stream."""

    id: int
    dropped: int
    """How many older events of this stream were dropped so far because this reader was slow."""
    body: msgspec.Raw


type Upward = Call | Cancel
type Downward = Reply | Failure | Event

_encoder = msgspec.msgpack.Encoder()
_upward: msgspec.msgpack.Decoder[Upward] = msgspec.msgpack.Decoder(Call | Cancel)
_downward: msgspec.msgpack.Decoder[Downward] = msgspec.msgpack.Decoder(Reply | Failure | Event)


def pack(body: msgspec.Struct) -> msgspec.Raw:
    """Encode a body once, so that one publication can go to many subscribers."""
    return msgspec.Raw(_encoder.encode(body))


def encode(envelope: Upward | Downward) -> bytes:
    """The frame of an envelope, with its length in front."""
    data = _encoder.encode(envelope)
    return _LENGTH.pack(len(data)) + data


def decode_upward(frame: bytes) -> Upward:
    """What a client sent. Raises LinkError when it is not an upward envelope."""
    try:
        return _upward.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LinkError(f"malformed frame from a client: {error}") from error


def decode_downward(frame: bytes) -> Downward:
    """What a server sent. Raises LinkError when it is not a downward envelope."""
    try:
        return _downward.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LinkError(f"malformed frame from a server: {error}") from error


class BodyDecoder[T]:
    """Decodes bodies of one protocol's union; built once for each union, because building is the slow part."""

    def __init__(self, union: object) -> None:
        self._decoder: msgspec.msgpack.Decoder[T] = msgspec.msgpack.Decoder(union)

    def decode(self, raw: bytes | msgspec.Raw) -> T:
        """The body. Raises LinkError that names the field when it does not fit the protocol."""
        try:
            return self._decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise LinkError(f"message does not fit the protocol: {error}") from error


class FrameReader:
    """Cuts a stream into frames. Refuses an empty frame, and one over the limit before allocating room for it."""

    def __init__(self, limit: int = MAX_FRAME) -> None:
        self._limit = limit
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """Bytes of the frame that has not arrived whole, for a deadline against half-sent frames."""
        return len(self._buffer)

    def feed(self, data: bytes | bytearray | memoryview) -> Iterator[bytes]:
        """Add received bytes and yield each whole frame. Raises LinkError on an oversized or empty frame."""
        if self._buffer:
            self._buffer += data
            data = self._buffer
        start, available = 0, len(data)
        while available - start >= _LENGTH.size:
            (size,) = _LENGTH.unpack_from(data, start)
            if size > self._limit:
                raise LinkError(f"frame of {size} bytes is over the limit of {self._limit}")
            if size < MIN_FRAME:
                raise LinkError(f"frame of {size} bytes holds no message")
            end = start + _LENGTH.size + size
            if available < end:
                break
            yield bytes(data[start + _LENGTH.size : end])
            start = end
        if data is self._buffer:
            del self._buffer[:start]
        elif start < available:  # mostly whole frames arrive, and nothing has to be kept
            self._buffer += data[start:]
