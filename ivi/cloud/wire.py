# SPDX-License-Identifier: Apache-2.0
"""What goes over MQTT, byte by byte: topics, the header of a row, gap records and acknowledgements. Both ends use it.

Stream and sequence travel in the payload and not in MQTT 5 properties, so that they survive brokers and bridges that
speak MQTT 3.1.1 only. Topics of a vehicle `<vid>`:

    v1/<vid>/up/t/<channel>      rows of one channel: a delivery class, or a class and a purpose
    v1/<vid>/up/state            retained; also the will
    v1/<vid>/down/ack/<channel>  retained {stream, upto}: the fleet has committed every row up to and including `upto`
    v1/<vid>/down/<part>         what a part of the cloud process takes: cmd, twin, ent, policy, job
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import msgspec

from ivi.model.errors import ConfigurationError, InvalidArgumentError

VERSION = 1
STREAM_BYTES = 8
MAX_SEQ = (1 << 63) - 1  # the largest integer of SQLite
MAX_PAYLOAD = 128 << 10  # bytes; the smallest limit of the brokers we mean to work with (AWS IoT)
UPWARD = "v1/+/up/#"
DEFAULT_PORT = 1883  # TCP, registered for MQTT without TLS
TLS_PORT = 8883  # TCP, registered for MQTT over TLS
MAX_BROKERS = 8
FLEET_USERS = frozenset({"ingest", "fleet", "broker"})
"""Names of certificates with other rights than a car has; no car may have one of them."""
MAX_PORT = 65535

_MAGIC = b"iv"
_HEADER = struct.Struct(">2sBB8sQ")
_GAP = struct.Struct(">QQ")
_LENGTH = struct.Struct(">I")
MAX_PACKED = 100  # rows in one message
MAX_BODY = MAX_PAYLOAD - _HEADER.size
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_UP_LEVELS = 4  # v1/<vid>/up/<what>, then what belongs to it


class Kind(IntEnum):
    """What a frame is about."""

    RECORD = 1
    """One row with its body."""
    GAP = 2
    """Rows `first` to `seq` will not come any more; an acknowledgement must not wait for them."""
    SETTLED = 3
    """The car holds nothing at or below `seq`: all was acknowledged before, perhaps by a database that is gone."""
    ROWS = 4
    """Rows `seq`, `seq` + 1, ... of a backlog, each with its length (4 bytes) before its body."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of a class's topic."""

    kind: Kind
    stream: bytes
    seq: int
    body: bytes = b""

    def encode(self) -> bytes:
        """The MQTT payload."""
        return _HEADER.pack(_MAGIC, VERSION, self.kind, self.stream, self.seq) + self.body

    def gap(self) -> tuple[int, int]:
        """Of a gap: the first sequence it covers, and how many accepted rows were given up in it."""
        first, dropped = _GAP.unpack(self.body)
        return first, dropped


def gap_frame(stream: bytes, first: int, last: int, dropped: int) -> Frame:
    """A frame that says: rows `first` to `last` will not come, `dropped` of them had been accepted."""
    return Frame(Kind.GAP, stream, last, _GAP.pack(first, dropped))


def decode_frame(payload: bytes) -> Frame:
    """The frame in an MQTT payload. Raises InvalidArgumentError that says what is wrong with it."""
    if len(payload) > MAX_PAYLOAD:
        raise InvalidArgumentError(f"frame of {len(payload)} bytes is over the limit of {MAX_PAYLOAD}")
    if len(payload) < _HEADER.size:
        raise InvalidArgumentError(f"frame of {len(payload)} bytes is shorter than its header")
    magic, version, kind, stream, seq = _HEADER.unpack_from(payload)
    if magic != _MAGIC or version != VERSION:
        raise InvalidArgumentError(f"not a frame of version {VERSION}: starts with {payload[:3].hex()}")
    if not 1 <= seq <= MAX_SEQ:
        raise InvalidArgumentError(f"sequence {seq} is out of range")
    try:
        frame = Frame(Kind(kind), stream, seq, payload[_HEADER.size :])
    except ValueError as error:
        raise InvalidArgumentError(f"unknown kind of frame {kind}") from error
    if frame.kind is Kind.ROWS:
        raise InvalidArgumentError("several rows in one message, where one was expected")
    if frame.kind is Kind.GAP:
        if len(frame.body) != _GAP.size:
            raise InvalidArgumentError(f"gap record of {len(frame.body)} bytes, not {_GAP.size}")
        if not 1 <= frame.gap()[0] <= seq:
            raise InvalidArgumentError(f"gap from {frame.gap()[0]} to {seq} runs backwards")
    return frame


def pack(rows: Sequence[Frame]) -> bytes:
    """One MQTT payload for rows of one stream with consecutive sequences: a backlog drains several times as fast."""
    first = rows[0]
    parts = [_HEADER.pack(_MAGIC, VERSION, Kind.ROWS, first.stream, first.seq)]
    for row in rows:
        parts += (_LENGTH.pack(len(row.body)), row.body)
    return b"".join(parts)


def decode_frames(payload: bytes) -> list[Frame]:
    """The frames in an MQTT payload, several for packed rows. Raises InvalidArgumentError."""
    if len(payload) <= _HEADER.size or payload[3] != Kind.ROWS:
        return [decode_frame(payload)]
    # What holds for a row holds for all of them: the size, the version, the range of the first.
    first = decode_frame(payload[:3] + bytes((Kind.RECORD,)) + payload[4:])
    frames: list[Frame] = []
    at = 0
    while at < len(first.body):
        end = at + _LENGTH.size
        if end > len(first.body) or len(frames) >= MAX_PACKED or first.seq + len(frames) > MAX_SEQ:
            raise InvalidArgumentError("packed rows end in the middle, or are too many")
        (length,) = _LENGTH.unpack_from(first.body, at)
        at = end + length
        if at > len(first.body):
            raise InvalidArgumentError("a packed row is longer than its message")
        frames.append(Frame(Kind.RECORD, first.stream, first.seq + len(frames), first.body[end:at]))
    return frames


class Ack(msgspec.Struct, array_like=True, frozen=True):
    """The fleet has committed all rows of `stream` up to and including `upto`, or knows that they will not come."""

    stream: bytes
    upto: int


class VehicleState(msgspec.Struct, array_like=True, frozen=True):
    """Payload of a vehicle's state topic."""

    state: str
    """`online`, or `offline` (said by the car in an orderly end, or by the broker as its will)."""
    epoch: int
    """Counts the starts of the car's cloud process, so that an old will cannot be taken for news."""
    connection: int = 0
    """Counts its attempts to connect since then, from 1; 0 from a car that does not say it. In each connection
    `offline` is the last word, in whatever order the two are heard."""


_ack = msgspec.msgpack.Decoder(Ack)
_state = msgspec.msgpack.Decoder(VehicleState)


def encode(message: Ack | VehicleState) -> bytes:
    """The MQTT payload of a small message."""
    return msgspec.msgpack.encode(message)


def decode_ack(payload: bytes) -> Ack:
    """An acknowledgement. Raises InvalidArgumentError."""
    try:
        return _ack.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidArgumentError(f"malformed acknowledgement: {error}") from error


def decode_state(payload: bytes) -> VehicleState:
    """A vehicle's state. Raises InvalidArgumentError."""
    try:
        return _state.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidArgumentError(f"malformed vehicle state: {error}") from error


def check_vehicle_id(vehicle_id: str) -> str:
    """The id itself. Raises ConfigurationError when it could not be one level of a topic."""
    if not _NAME.fullmatch(vehicle_id):
        raise ConfigurationError(
            f"vehicle id {vehicle_id!r} cannot be part of a topic", hint="use 1 to 64 letters, digits, `_`, `.` or `-`"
        )
    if vehicle_id in FLEET_USERS:
        raise ConfigurationError(f"{vehicle_id!r} is a name of the fleet's end", hint="give the car another id")
    return vehicle_id


def rows_topic(vehicle_id: str, name: str) -> str:
    """Where rows of a class go up."""
    return f"v1/{vehicle_id}/up/t/{name}"


def state_topic(vehicle_id: str) -> str:
    """Where a vehicle says that it is there, and the broker that it is not."""
    return f"v1/{vehicle_id}/up/state"


def ack_topic(vehicle_id: str, name: str) -> str:
    """Where acknowledgements of a class come down."""
    return f"v1/{vehicle_id}/down/ack/{name}"


def ack_name(topic: str, vehicle_id: str) -> str | None:
    """The channel that a topic acknowledges; None for any other topic."""
    prefix = ack_topic(vehicle_id, "")
    name = topic.removeprefix(prefix)
    return name if topic.startswith(prefix) and _NAME.fullmatch(name) else None


def down_topic(vehicle_id: str, part: str) -> str:
    """Where a part of the cloud process gets its messages."""
    return f"v1/{vehicle_id}/down/{part}"


def parse_upward(topic: str) -> tuple[str, tuple[str, ...]]:
    """Vehicle id and the levels behind `up`. Raises InvalidArgumentError for any other topic."""
    levels = topic.split("/")
    if len(levels) < _UP_LEVELS or levels[0] != "v1" or levels[2] != "up" or not all(map(_NAME.fullmatch, levels)):
        raise InvalidArgumentError(f"not an upward topic: {topic!r}")
    return levels[1], tuple(levels[3:])


def rows_class(levels: tuple[str, ...]) -> str:
    """The class of a topic for rows, given the levels behind `up`. Raises InvalidArgumentError for another topic."""
    match levels:
        case ("t", name):
            return name
    raise InvalidArgumentError(f"nothing is known of a topic that ends in {'/'.join(levels)!r}")


@dataclass(frozen=True, slots=True)
class Broker:
    """Address of an MQTT broker."""

    host: str
    port: int

    def __str__(self) -> str:
        """As people write it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_brokers(text: str, *, default_port: int = DEFAULT_PORT) -> tuple[Broker, ...]:
    """Addresses of brokers, in order of preference, with commas between them. Raises ConfigurationError."""
    brokers = tuple(parse_broker(part.strip(), default_port=default_port) for part in text.split(","))
    if len(brokers) > MAX_BROKERS:
        raise ConfigurationError(f"{len(brokers)} brokers are too many", hint=f"name up to {MAX_BROKERS}")
    return brokers


def parse_broker(text: str, *, default_port: int = DEFAULT_PORT) -> Broker:
    """`host`, `host:port` or `[v6]:port`. Raises ConfigurationError."""
    hint = "write it as host:port, e.g. 127.0.0.1:1883"
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    if not host or (port and not port.isascii()) or not (port or str(default_port)).isdigit():
        raise ConfigurationError(f"{text!r} is not the address of a broker", hint=hint)
    number = int(port or default_port)
    try:
        host.encode("idna")
    except UnicodeError as error:
        raise ConfigurationError(f"{host!r} is not the name of a host", hint=hint) from error
    if not 1 <= number <= MAX_PORT:
        raise ConfigurationError(f"port {number} of the broker is out of range", hint=hint)
    return Broker(host, number)
