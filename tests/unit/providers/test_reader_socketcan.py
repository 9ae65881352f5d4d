# SPDX-License-Identifier: Apache-2.0
"""The recvmmsg receiver on real sockets: a UDP socket stands in for CAN_RAW (same timestamps, same drop counter).

What needs the kernel's CAN itself is in tests/integration/vehicle_data/test_socketcan_kernel.py.
"""

import os
import socket
import struct
import time
from collections.abc import Iterator

import can
import pytest

from ivi.providers.can.frame import ERROR, EXTENDED, REMOTE, Frame
from ivi.providers.can.socketcan import BATCH, BUFFER_LEAST, SKB, SocketcanReceiver, enlarge, filter_ids, prepare
from ivi.providers.can.source import SocketcanSource

type Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Receiver, prepared as a CAN socket is, and sender."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        prepare(receiver)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.connect(receiver.getsockname())
            yield receiver, sender


def classic(key: int, data: bytes) -> bytes:
    return struct.pack("=IBxxx8s", key, len(data), data)


def fd(key: int, data: bytes) -> bytes:
    return struct.pack("=IBBxx64s", key, len(data), 0x04, data)


def drain(receiver: SocketcanReceiver) -> list[Frame]:
    frames: list[Frame] = []
    while batch := receiver.read():
        frames += batch
    return frames


def read_for(receiver: SocketcanReceiver, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        receiver.read()


def test_ids_payloads_and_order_survive(pair: Pair) -> None:
    sent = [(0x100 + n % 50 | (EXTENDED if n % 3 == 0 else 0), os.urandom(n % 9)) for n in range(1000)]
    for key, data in sent:
        pair[1].send(classic(key, data))
    frames = drain(SocketcanReceiver(pair[0]))
    assert [(frame.key, frame.data) for frame in frames] == sent
    assert all(type(frame) is Frame for frame in frames)


def test_timestamps_are_the_kernels_and_rise(pair: Pair) -> None:
    before = time.time_ns()
    for n in range(BATCH * 2):
        pair[1].send(classic(n, b""))
    after = time.time_ns()
    receiver = SocketcanReceiver(pair[0])
    times = [frame.time_ns for frame in drain(receiver)]
    assert times == sorted(times)
    assert before <= times[0]
    assert times[-1] <= after


def test_nothing_waiting_is_no_error_and_a_batch_is_bounded(pair: Pair) -> None:
    receiver = SocketcanReceiver(pair[0])
    assert not receiver.read()
    for n in range(BATCH + 10):
        pair[1].send(classic(n, b"x"))
    assert len(receiver.read()) == BATCH
    assert len(receiver.read()) == 10
    assert not receiver.read()


def test_fd_remote_and_error_frames_are_told_apart(pair: Pair) -> None:
    pair[1].send(classic(0x100, b"12345678"))
    pair[1].send(fd(0x200, b"f" * 48))
    pair[1].send(classic(0x101 | REMOTE, b""))
    pair[1].send(classic(ERROR | 0x40, bytes(8)))
    pair[1].send(fd(0x201, b""))
    receiver = SocketcanReceiver(pair[0])
    frames = receiver.read()
    assert [(frame.key, frame.data) for frame in frames] == [(0x100, b"12345678"), (0x200, b"f" * 48), (0x201, b"")]
    assert [frame.key for frame in receiver.odd] == [0x101 | REMOTE, ERROR | 0x40]
    assert receiver.fd_keys == [0x200, 0x201]
    pair[1].send(classic(0x102, b"a"))
    assert [frame.key for frame in receiver.read()] == [0x102]
    assert (receiver.odd, receiver.fd_keys) == ([], [])


def test_received_and_counted_drops_are_all_that_was_sent(pair: Pair) -> None:
    pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 100_000)
    receiver = SocketcanReceiver(pair[0])
    total, received = 0, 0
    for burst in (5_000, 3_000, 4_000):
        for n in range(burst):
            pair[1].send(classic(n & 0x7FF, b"12345678"))
        received += len(drain(receiver))
        pair[1].send(classic(1, b""))  # the counter rides on the next frame after a loss
        received += len(drain(receiver))
        total += burst + 1
        assert received < total
        assert received + receiver.dropped == total


def test_the_drop_counter_may_wrap(pair: Pair) -> None:
    pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 50_000)
    receiver = SocketcanReceiver(pair[0])
    receiver._drops_seen = 0xFFFFFFFF  # as if that many had been lost and counted before
    for n in range(2_000):
        pair[1].send(classic(n & 0x7FF, b""))
    received = len(drain(receiver))
    pair[1].send(classic(1, b""))
    received += len(drain(receiver))
    assert receiver.dropped == 2_001 - received + 1


def test_a_failed_socket_raises_its_reason() -> None:
    """An unconnected peer answers ICMP port unreachable: the stand-in for ENETDOWN, an error queued on the socket."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as gone:
        gone.bind(("127.0.0.1", 0))
        address = gone.getsockname()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(address)
        prepare(sock)
        receiver = SocketcanReceiver(sock)
        sock.send(b"x")
        with pytest.raises(ConnectionRefusedError):
            read_for(receiver, 10.0)


def test_a_small_receive_buffer_is_said_in_frames_and_milliseconds() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        small = enlarge(sock, 212992 // 2)
        assert small.warning == "its receive buffer holds 221 frames, 49 ms of a full 500 kbit/s bus"
        assert "rmem_max" in small.hint
        assert small.buffer // SKB == 221
        large = enlarge(sock, BUFFER_LEAST)
        if large.buffer >= BUFFER_LEAST:  # as the machine's limit allows
            assert large.warning == ""


def test_more_ids_than_the_kernel_compares_are_not_filtered(pair: Pair) -> None:
    assert not filter_ids(pair[0], [(key, 0x7FF) for key in range(600)])
    assert not filter_ids(pair[0], [])


class OpenedBus(can.BusABC):
    """What python-can's SocketcanBus is to us: something with a socket."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__("stand-in")
        self.socket = sock

    def send(self, msg: can.Message, timeout: float | None = None) -> None:
        """Nobody sends here."""

    def shutdown(self) -> None:
        super().shutdown()
        self.socket.close()


def test_the_source_reads_what_the_receiver_does(pair: Pair) -> None:
    source = SocketcanSource(OpenedBus(pair[0]), None)
    try:
        pair[1].send(classic(0x100, b"ab"))
        pair[1].send(classic(ERROR | 0x04, bytes([0, 0x10])))
        assert [frame.data for frame in source.read()] == [b"ab"]
        assert [frame.key for frame in source.odd] == [ERROR | 0x04]
        assert source.dropped == 0
        assert not source.filtered
        assert source.warning == ""
    finally:
        source.close()
