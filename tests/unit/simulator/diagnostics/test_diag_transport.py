# SPDX-License-Identifier: Apache-2.0
"""ISO-TP of the simulated ECUs: whole messages arrive, and nothing that is malformed hangs it or makes it grow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.diagnostics.transport import BLOCK_PER_TURN, MESSAGE_MAX, WAIT_NEXT, Endpoint, separation

FRAMES = st.lists(st.tuples(st.binary(max_size=64), st.floats(0, 2)), max_size=200)


def carry(message: bytes, block: int = 0) -> bytes | None:
    """Send a message from one endpoint to another, with a block size of the receiver's."""
    sender, receiver = Endpoint(), Endpoint()
    assert sender.send(message, 0.0)
    for _ in range(MESSAGE_MAX):
        for frame in sender.due(0.0):
            assert len(frame) == 8
            if (whole := receiver.take(frame, 0.0)) is not None:
                return whole
        controls = receiver.due(0.0)
        if block and not controls:
            controls = [bytes([0x30, block, 0])]
        for control in controls:
            sender.take(bytes([control[0], block, 0]), 0.0)
    return None


@pytest.mark.parametrize("length", [1, 7, 8, 13, 14, 62, 163, 4095])
@pytest.mark.parametrize("block", [0, 1, 8])
def test_a_message_arrives_whole(length: int, block: int) -> None:
    message = bytes(index & 0xFF for index in range(length))
    assert carry(message, block) == message


def test_what_is_too_long_or_empty_is_not_sent() -> None:
    endpoint = Endpoint()
    assert not endpoint.send(b"", 0.0)
    assert not endpoint.send(bytes(MESSAGE_MAX + 1), 0.0)


def test_a_wrong_sequence_number_ends_the_message() -> None:
    endpoint = Endpoint()
    endpoint.take(bytes.fromhex("100f010203040506"), 0.0)
    assert endpoint.take(bytes.fromhex("2208090a0b0c0d0e"), 0.0) is None
    assert endpoint.take(bytes.fromhex("2108090a0b0c0d0e"), 0.0) is None
    assert endpoint.faults == 2
    assert endpoint.take(bytes.fromhex("023e00"), 0.0) == b"\x3e\x00"


def test_a_message_that_pauses_too_long_is_dropped() -> None:
    endpoint = Endpoint()
    endpoint.take(bytes.fromhex("100a010203040506"), 0.0)
    assert endpoint.take(bytes.fromhex("210708090a"), WAIT_NEXT + 0.1) is None


def test_an_escaped_length_is_answered_with_overflow() -> None:
    endpoint = Endpoint()
    endpoint.take(bytes.fromhex("1000000fffff0000"), 0.0)
    assert [frame[:1] for frame in endpoint.due(0.0)] == [b"\x32"]


def test_without_flow_control_sending_ends() -> None:
    endpoint = Endpoint()
    endpoint.send(bytes(100), 0.0)
    assert len(endpoint.due(0.0)) == 1
    assert endpoint.due_at() == WAIT_NEXT
    assert endpoint.due(WAIT_NEXT) == []
    assert not endpoint.busy


def test_waiting_for_ever_is_not_possible() -> None:
    endpoint = Endpoint()
    endpoint.send(bytes(100), 0.0)
    for _ in range(100):
        endpoint.take(b"\x31\x00\x00", 0.0)
    assert not endpoint.busy


def test_separation_time_is_kept() -> None:
    endpoint = Endpoint()
    endpoint.send(bytes(30), 0.0)
    endpoint.due(0.0)
    endpoint.take(b"\x30\x00\x14", 1.0 - 0.5)
    assert len(endpoint.due(0.5)) == 1
    assert endpoint.due(0.51) == []
    assert len(endpoint.due(0.521)) == 1


@pytest.mark.parametrize(("code", "seconds"), [(0, 0), (127, 0.127), (0x80, 0.127), (0xF1, 0.0001), (0xFF, 0.127)])
def test_separation_codes(code: int, seconds: float) -> None:
    assert separation(code) == seconds


@given(FRAMES)
def test_anything_may_arrive(frames: list[tuple[bytes, float]]) -> None:
    endpoint, now = Endpoint(), 0.0
    endpoint.send(bytes(50), now)
    for frame, pause in frames:
        now += pause
        message = endpoint.take(frame, now)
        assert message is None or 0 < len(message) <= MESSAGE_MAX
        assert len(endpoint.due(now)) <= 2 * BLOCK_PER_TURN
    now += 2 * WAIT_NEXT
    endpoint.due(now)
    endpoint.due(now + 2 * WAIT_NEXT)
    assert endpoint.take(b"\x02\x3e\x00", now) == b"\x3e\x00"


def test_a_flood_of_first_frames_does_not_grow() -> None:
    endpoint = Endpoint()
    for _ in range(10_000):
        endpoint.take(bytes.fromhex("1fff010203040506"), 0.0)
    assert len(endpoint.due(0.0)) <= BLOCK_PER_TURN
