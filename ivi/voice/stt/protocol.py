# SPDX-License-Identifier: Apache-2.0
"""What the voice process and its recogniser worker say to each other over a socketpair, one sentence at a time."""

import struct

import msgspec

from ivi.model.errors import LinkError

MAX_FRAME = 1 << 20  # bytes; audio comes in blocks of some kilobytes
MAX_CONTEXTS = 16  # grammars that are known to a worker
ANYTHING = "anything"
"""A context of any words that is held beside the others: what a sentence is compared with before it is believed."""
_LENGTH = struct.Struct(">I")


class Begin(msgspec.Struct, array_like=True, frozen=True, tag="begin"):
    """A sentence begins; one that was not ended is forgotten."""

    sentence: int
    """Number of the sentence; it comes back in Heard."""
    rate: int
    """Samples a second."""
    context: str
    """What may be said; the name of a grammar that was loaded."""


class Audio(msgspec.Struct, array_like=True, frozen=True, tag="audio"):
    """The next block: 16-bit little-endian mono."""

    pcm: bytes


class End(msgspec.Struct, array_like=True, frozen=True, tag="end"):
    """No more audio for this sentence: answer with what was heard so far."""


class Load(msgspec.Struct, array_like=True, frozen=True, tag="load"):
    """Know these grammars and no others; each is loaded once to see whether it can be."""

    contexts: dict[str, str]
    """Model folders by the context's name."""


class Prepare(msgspec.Struct, array_like=True, frozen=True, tag="prepare"):
    """The next sentence will be heard in this context: load it now, while the car still speaks. Without an answer."""

    context: str


class Ready(msgspec.Struct, array_like=True, frozen=True, tag="ready"):
    """The worker runs and takes messages."""


class Loaded(msgspec.Struct, array_like=True, frozen=True, tag="loaded"):
    """The grammars of a Load are held, but for those that failed."""

    failed: dict[str, str]
    """What went wrong, by the context's name."""


class Failed(msgspec.Struct, array_like=True, frozen=True, tag="failed"):
    """The worker cannot start and ends; the fields are those of an IviError."""

    code: str
    message: str
    hint: str


class Partial(msgspec.Struct, array_like=True, frozen=True, tag="partial"):
    """The words so far; they may still change."""

    sentence: int
    text: str


class Word(msgspec.Struct, array_like=True, frozen=True):
    """A word that was heard."""

    text: str
    confidence: float
    """0 to 1."""
    start: float
    end: float
    """Seconds from the beginning of the sentence's audio."""


class Heard(msgspec.Struct, array_like=True, frozen=True, tag="heard"):
    """A sentence is complete: the speaker paused, nothing could follow, or End came."""

    sentence: int
    text: str
    confidence: float
    """Smallest confidence of a word, 0 to 1."""
    words: tuple[Word, ...] = ()
    early: bool = False
    """Whether it was taken before a pause, because it was complete."""


type ToWorker = Load | Prepare | Begin | Audio | End
type FromWorker = Ready | Loaded | Failed | Partial | Heard

_encoder = msgspec.msgpack.Encoder()
_to_worker: msgspec.msgpack.Decoder[ToWorker] = msgspec.msgpack.Decoder(Load | Prepare | Begin | Audio | End)
_from_worker: msgspec.msgpack.Decoder[FromWorker] = msgspec.msgpack.Decoder(Ready | Loaded | Failed | Partial | Heard)


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
