# SPDX-License-Identifier: Apache-2.0
"""What the voice process and its recogniser worker say to each other over a socketpair, one sentence at a time."""

import struct

import msgspec

from ivi.model.errors import LinkError

MAX_FRAME = 1 << 20  # bytes; audio comes in blocks of some kilobytes
_LENGTH = struct.Struct(">I")


class Begin(msgspec.Struct, array_like=True, frozen=True, tag="begin"):
    """A sentence begins; one that was not ended is forgotten."""

    sentence: int
    """Number of the sentence; it comes back in Heard."""
    rate: int
    """Samples a second."""


class Audio(msgspec.Struct, array_like=True, frozen=True, tag="audio"):
    """The next block: 16-bit little-endian mono."""

    pcm: bytes


class End(msgspec.Struct, array_like=True, frozen=True, tag="end"):
    """No more audio for this sentence: answer with what was heard so far."""


class Ready(msgspec.Struct, array_like=True, frozen=True, tag="ready"):
    """The model is loaded."""


class Failed(msgspec.Struct, array_like=True, frozen=True, tag="failed"):
    """The worker cannot start and ends; the fields are those of an IviError."""

    code: str
    message: str
    hint: str


class Heard(msgspec.Struct, array_like=True, frozen=True, tag="heard"):
    """A sentence is complete: the speaker paused, or End came."""

    sentence: int
    text: str
    confidence: float
    """Smallest confidence of a word, 0 to 1."""


type ToWorker = Begin | Audio | End
type FromWorker = Ready | Failed | Heard

_encoder = msgspec.msgpack.Encoder()
_to_worker: msgspec.msgpack.Decoder[ToWorker] = msgspec.msgpack.Decoder(Begin | Audio | End)
_from_worker: msgspec.msgpack.Decoder[FromWorker] = msgspec.msgpack.Decoder(Ready | Failed | Heard)


def encode(message: ToWorker | FromWorker) -> bytes:
    """The frame of a message, cut again by ivi.model.link.FrameReader."""
    data = _encoder.encode(message)
    return _LENGTH.pack(len(data)) + data


def decode_to_worker(frame: bytes) -> ToWorker:
    """What the voice process sent. Raises LinkError."""
    try:
        return _to_worker.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LinkError(f"malformed frame for the recogniser: {error}") from error


def decode_from_worker(frame: bytes) -> FromWorker:
    """What the worker sent. Raises LinkError."""
    try:
        return _from_worker.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LinkError(f"malformed frame of the recogniser: {error}") from error
