# SPDX-License-Identifier: Apache-2.0
"""The bytes on MQTT: what goes in comes out, and what is not ours is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.cloud import wire
from ivi.model.errors import ConfigurationError, InvalidArgumentError

STREAM = b"12345678"


@given(
    kind=st.sampled_from([wire.Kind.RECORD, wire.Kind.SETTLED]),
    stream=st.binary(min_size=8, max_size=8),
    seq=st.integers(1, wire.MAX_SEQ),
    body=st.binary(max_size=300),
)
def test_a_frame_comes_back_as_it_went(kind: wire.Kind, stream: bytes, seq: int, body: bytes) -> None:
    """Header codec, both ways."""
    frame = wire.Frame(kind, stream, seq, body)
    assert wire.decode_frame(frame.encode()) == frame


def test_the_bytes_of_a_frame_are_these() -> None:
    """The layout is a contract with cars in the field; it changes only with the version."""
    frame = wire.Frame(wire.Kind.RECORD, STREAM, 0x0102, b"body")
    assert frame.encode() == b"iv\x01\x01" + STREAM + b"\0\0\0\0\0\0\x01\x02" + b"body"


def test_a_gap_says_first_and_dropped() -> None:
    """A gap's sequence is its last row."""
    frame = wire.decode_frame(wire.gap_frame(STREAM, 5, 9, 4).encode())
    assert (frame.kind, frame.seq, frame.gap()) == (wire.Kind.GAP, 9, (5, 4))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "shorter"),
        (b"iv\x01\x01short", "shorter"),
        (b"xx\x01\x01" + STREAM + bytes(7) + b"\x01", "not a frame"),
        (b"iv\x02\x01" + STREAM + bytes(7) + b"\x01", "not a frame"),
        (b"iv\x01\x09" + STREAM + bytes(7) + b"\x01", "unknown kind"),
        (b"iv\x01\x01" + STREAM + bytes(8), "out of range"),
        (b"iv\x01\x01" + STREAM + b"\xff" * 8, "out of range"),
        (b"iv\x01\x02" + STREAM + bytes(7) + b"\x05", "gap record of 0 bytes"),
        (wire.gap_frame(STREAM, 6, 5, 0).encode(), "backwards"),
        (wire.gap_frame(STREAM, 0, 5, 0).encode(), "backwards"),
        (bytes(wire.MAX_PAYLOAD + 1), "over the limit"),
    ],
)
def test_what_is_no_frame_is_refused(payload: bytes, reason: str) -> None:
    """The fleet must not believe bytes."""
    with pytest.raises(InvalidArgumentError, match=reason):
        wire.decode_frame(payload)


@given(st.binary(max_size=64))
def test_any_bytes_end_in_a_frame_or_a_reason(payload: bytes) -> None:
    """Never another exception."""
    for decode in (wire.decode_frame, wire.decode_ack, wire.decode_state):
        try:
            decode(payload)
        except InvalidArgumentError:
            continue


def test_small_messages_come_back_as_they_went() -> None:
    """Acknowledgements and states."""
    ack = wire.Ack(STREAM, 77)
    state = wire.VehicleState("online", 3)
    assert wire.decode_ack(wire.encode(ack)) == ack
    assert wire.decode_state(wire.encode(state)) == state
    assert wire.decode_state(bytes.fromhex("92a66f6e6c696e6503")) == state  # of a car that counts no connections


def test_topics_are_read_as_they_are_written() -> None:
    """Both ends use the same functions."""
    vehicle, levels = wire.parse_upward(wire.rows_topic("car-1", "telemetry"))
    assert (vehicle, wire.rows_class(levels)) == ("car-1", "telemetry")
    assert wire.parse_upward(wire.state_topic("car-1")) == ("car-1", ("state",))


@pytest.mark.parametrize(
    "topic", ["v1/car/down/ack/t", "v2/car/up/state", "v1/car/up", "v1//up/state", "v1/a b/up/state", ""]
)
def test_other_topics_are_refused(topic: str) -> None:
    """Whatever else a broker delivers."""
    with pytest.raises(InvalidArgumentError):
        wire.parse_upward(topic)


@pytest.mark.parametrize("vehicle_id", ["", "a/b", "+", "#", "a b", "x" * 65])
def test_an_id_that_would_break_topics_is_refused(vehicle_id: str) -> None:
    """A wildcard in an id would read other cars' topics."""
    with pytest.raises(ConfigurationError):
        wire.check_vehicle_id(vehicle_id)


@pytest.mark.parametrize(
    ("text", "broker"),
    [
        ("127.0.0.1:1884", wire.Broker("127.0.0.1", 1884)),
        ("broker.example", wire.Broker("broker.example", 1883)),
        ("[::1]:99", wire.Broker("::1", 99)),
    ],
)
def test_addresses(text: str, broker: wire.Broker) -> None:
    """With and without a port."""
    assert wire.parse_broker(text) == broker


@pytest.mark.parametrize("text", ["", ":1883", "host:", "host:x", "host:0", "host:65536", "host:²", "x" * 70 + ":1883"])
def test_addresses_that_are_none(text: str) -> None:
    """One clear line, before anything starts."""
    if text == "host:":
        assert wire.parse_broker(text).port == wire.DEFAULT_PORT
        return
    with pytest.raises(ConfigurationError):
        wire.parse_broker(text)


def test_rows_of_a_backlog_travel_together() -> None:
    """And come out as they went in; a single frame is one, too."""
    rows = [wire.Frame(wire.Kind.RECORD, STREAM, 7 + number, bytes(number)) for number in range(wire.MAX_PACKED)]
    assert wire.decode_frames(wire.pack(rows)) == rows
    gap = wire.gap_frame(STREAM, 5, 9, 4)
    assert wire.decode_frames(gap.encode()) == [gap]
    with pytest.raises(InvalidArgumentError, match="several rows"):
        wire.decode_frame(wire.pack(rows))


PACKED = wire.pack([wire.Frame(wire.Kind.RECORD, STREAM, 1, b"body"), wire.Frame(wire.Kind.RECORD, STREAM, 2, b"")])


@pytest.mark.parametrize(
    "payload",
    [
        *(PACKED[:-1], PACKED[:-5], PACKED + b"\0", PACKED + b"\0\0\0\1", b"xx" + PACKED[2:]),
        wire.pack([wire.Frame(wire.Kind.RECORD, STREAM, number + 1, b"") for number in range(wire.MAX_PACKED + 1)]),
        wire.pack([wire.Frame(wire.Kind.RECORD, STREAM, wire.MAX_SEQ + number, b"") for number in range(2)]),
        wire.pack([wire.Frame(wire.Kind.RECORD, STREAM, 1, bytes(wire.MAX_PAYLOAD))]),
    ],
)
def test_packed_rows_that_are_none(payload: bytes) -> None:
    """Cut short, too long, too many, out of range."""
    with pytest.raises(InvalidArgumentError):
        wire.decode_frames(payload)
