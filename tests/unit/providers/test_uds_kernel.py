# SPDX-License-Identifier: Apache-2.0
"""The link over ISO-TP of the kernel. Where the kernel has none, a socket pair carries the messages."""

import contextlib
import socket
import time
import uuid
from collections.abc import Iterator

import can
import pytest

pytest.importorskip("isotp", reason="needs the extra ivi[diag]: can-isotp")
pytest.importorskip("udsoncan", reason="needs the extra ivi[diag]: udsoncan")

from udsoncan.exceptions import TimeoutException

from ivi.model.errors import ConfigurationError, LinkError, UnavailableError
from ivi.providers.uds.budget import Budget, frame_bits
from ivi.providers.uds.description import Description
from ivi.providers.uds.kernel import STREAMS, KernelLink, available, frames_of, open_socket, separation
from ivi.providers.uds.port import Port
from ivi.providers.uds.tester import DiagnosticTester


@pytest.fixture
def ecu() -> Iterator[tuple[KernelLink, socket.socket, can.BusABC]]:
    channel = uuid.uuid4().hex
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    port = Port(f"virtual:{channel}")
    with contextlib.closing(port), theirs, can.Bus(interface="virtual", channel=channel) as bus:
        link = KernelLink(port, Budget(500_000, 1.0), "ECU", 0x7E8, ours)
        link.deadline = time.monotonic() + 10
        yield link, theirs, bus
        link.close()


def test_messages_go_both_ways(ecu: tuple[KernelLink, socket.socket, can.BusABC]) -> None:
    link, theirs, _bus = ecu
    link.specific_send(b"\x3e\x00")
    assert theirs.recv(100) == b"\x3e\x00"
    theirs.send(b"\x7e\x00")
    assert link.specific_wait_frame(1.0) == b"\x7e\x00"
    theirs.send(b"late")
    link.empty_rxqueue()
    assert link.poll() == []


def test_silence_ends_after_p2(ecu: tuple[KernelLink, socket.socket, can.BusABC]) -> None:
    link, _theirs, _bus = ecu
    start = time.monotonic()
    with pytest.raises(TimeoutException):
        link.specific_wait_frame(0.2)
    assert time.monotonic() - start < 2


def test_an_answer_that_has_begun_is_waited_for_until_it_stops(
    ecu: tuple[KernelLink, socket.socket, can.BusABC],
) -> None:
    link, _theirs, bus = ecu
    bus.send(can.Message(arbitration_id=0x7E8, is_extended_id=False, data=bytes.fromhex("10ff620000000000")))
    start = time.monotonic()
    with pytest.raises(LinkError, match="in the middle"):
        link.specific_wait_frame(0.2)
    assert 1.5 < time.monotonic() - start < 5
    assert link._budget.spent == frame_bits(), "what was heard is paid"


@pytest.mark.parametrize(("length", "frames"), [(1, 1), (7, 1), (8, 2), (13, 2), (14, 3), (4095, 586)])
def test_frames_of_a_message(length: int, frames: int) -> None:
    assert frames_of(length) == frames


def test_the_separation_time_keeps_the_budget() -> None:
    budget = Budget(500_000, 0.02)
    assert STREAMS * frame_bits() * 1000 / separation(budget) <= budget.rate
    with pytest.raises(ConfigurationError, match="too small"):
        separation(Budget(500_000, 0.005))


def test_another_bus_has_none() -> None:
    with pytest.raises(ConfigurationError, match="no ISO-TP in the kernel"):
        DiagnosticTester("ivi:can0", Description(), kernel=True)


@pytest.mark.skipif(available(), reason="this kernel has ISO-TP")
def test_a_kernel_without_says_so() -> None:
    with pytest.raises(UnavailableError, match="no ISO-TP socket"):
        open_socket("can0", 0x7E0, 0x7E8, Budget())


@pytest.mark.skipif(not available(), reason="this kernel has no ISO-TP sockets (can_isotp)")
def test_a_kernel_with_opens_one() -> None:
    with contextlib.suppress(UnavailableError):  # there may be no interface of that name
        open_socket("vcan0", 0x7E0, 0x7E8, Budget()).close()
