# SPDX-License-Identifier: Apache-2.0
"""The wire format: what goes in comes out, cut anywhere, and nothing malformed gets through."""

import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model import link
from ivi.model.databroker import Actuate, DatabrokerRequest, GetValues, Subscribe
from ivi.model.errors import BY_CODE, InternalError, IviError, LinkError, NotFoundError, from_wire
from ivi.model.signal import Value

REQUESTS: link.BodyDecoder[DatabrokerRequest] = link.BodyDecoder(DatabrokerRequest)


@given(
    paths=st.lists(st.text(max_size=40), max_size=20),
    hz=st.floats(0, 1000),
    cuts=st.lists(st.integers(1, 30), min_size=1, max_size=30),
)
def test_frames_survive_any_cutting(paths: list[str], hz: float, cuts: list[int]) -> None:
    sent: list[link.Upward] = [link.Call(7, 250, link.pack(Subscribe(paths, hz))), link.Cancel(7)]
    stream = b"".join(link.encode(envelope) for envelope in sent)
    reader, got, at = link.FrameReader(), [], 0
    while at < len(stream):
        step = cuts[at % len(cuts)]
        got += [link.decode_upward(frame) for frame in reader.feed(stream[at : at + step])]
        at += step
    assert [type(envelope) for envelope in got] == [link.Call, link.Cancel]
    assert isinstance(got[0], link.Call)
    assert REQUESTS.decode(got[0].body) == Subscribe(paths, hz)
    assert reader.pending == 0


def test_an_oversized_frame_is_refused_before_it_arrives() -> None:
    reader = link.FrameReader(limit=100)
    with pytest.raises(LinkError, match="101 bytes is over the limit of 100"):
        list(reader.feed(struct.pack(">I", 101)))


@given(st.binary(max_size=200))
def test_garbage_never_becomes_an_envelope(data: bytes) -> None:
    try:
        envelope = link.decode_upward(data)
    except LinkError:
        return
    assert isinstance(envelope, link.Call | link.Cancel)


def test_a_wrong_type_inside_a_body_is_named() -> None:
    raw = msgspec.msgpack.encode(["get_values", "not a list"])
    with pytest.raises(LinkError, match="Expected `array`"):
        REQUESTS.decode(raw)


def test_deep_nesting_is_refused() -> None:
    deep = b"\x91" * 100_000 + b"\xc0"
    with pytest.raises(LinkError):
        REQUESTS.decode(deep)


def test_values_keep_their_types() -> None:
    values: list[Value] = [True, 1, 1.5, "text", [1, 2], [True, False]]
    for value in values:
        assert REQUESTS.decode(link.pack(Actuate("Vehicle.Speed", value))) == Actuate("Vehicle.Speed", value)
    request = REQUESTS.decode(link.pack(Actuate("A", True)))
    assert isinstance(request, Actuate)
    assert request.value is True


@pytest.mark.parametrize("kind", BY_CODE.values())
def test_errors_cross_the_wire(kind: type[IviError]) -> None:
    error = from_wire(kind.code, "what and where", "what to do")
    assert type(error) is kind
    assert str(error) == "what and where (what to do)"


def test_an_unknown_code_is_not_lost() -> None:
    error = from_wire("from_the_future", "message", "")
    assert isinstance(error, InternalError)
    assert str(error) == "from_the_future: message"


def test_every_exit_status_says_failure() -> None:
    assert all(kind.exit_code != 0 for kind in BY_CODE.values())
    assert NotFoundError("x").hint == ""


def test_requests_are_told_apart_by_tag() -> None:
    assert REQUESTS.decode(link.pack(GetValues(["A"]))) == GetValues(["A"])
