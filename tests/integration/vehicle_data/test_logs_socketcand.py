# SPDX-License-Identifier: Apache-2.0
"""The socketcand listener against python-can's own client, unmodified, and against clients that misbehave."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import can
import pytest

from simulator.bus import IviBus

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 30.0  # seconds, generous: both cores may be busy

type Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(run_dir: Path) -> Iterator[Start]:
    """Start `python -m simulator …` and wait until it is ready; all are stopped in the end."""
    with contextlib.ExitStack() as stack:

        def run(*words: str, expect: str = " ready on ") -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "-m", "simulator", *words],
                cwd=ROOT,
                env=os.environ,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

            def stop() -> None:
                process.terminate()
                process.communicate(timeout=20)

            stack.callback(stop)
            assert process.stdout is not None
            line = process.stdout.readline()
            assert expect in line, line
            process.ready_line = line  # type: ignore[attr-defined]  # a note for the test
            return process

        yield run


@pytest.fixture
def port(start: Start) -> int:
    """A bus and a listener on it."""
    start("bus", "can0")
    process = start("socketcand", "can0", "--port", "0", "--clients", "3")
    found = re.search(r":(\d+)$", process.ready_line.strip())  # type: ignore[attr-defined]
    assert found is not None
    return int(found[1])


@contextlib.contextmanager
def stock(port: int) -> Iterator[can.BusABC]:
    bus = can.Bus(interface="socketcand", host="127.0.0.1", port=port, channel="can0", tcp_tune=True)
    try:
        yield bus
    finally:
        bus.shutdown()


def collect(bus: can.BusABC, count: int) -> list[can.Message]:
    found: list[can.Message] = []
    give_up = time.monotonic() + DEADLINE
    while len(found) < count and time.monotonic() < give_up:
        if (message := bus.recv(0.2)) is not None:
            found.append(message)
    return found


def test_a_stock_client_hears_the_bus(port: int) -> None:
    with stock(port) as client, contextlib.closing(IviBusEnd()) as ours:
        ours.bus.send_batch(
            [
                (1_436_509_052_249_713_000, 0x123, 2, 0, b"\x11\x22"),
                (0, 0x1ABCDEF | 0x80000000, 8, 0, bytes(range(8))),
                (0, 0x7FF, 0, 0, b""),
                (0, 0x200, 12, 1, bytes(12)),  # CAN FD: no word for it
                (0, 0x201 | 0x40000000, 4, 0, b""),  # remote: none either
                (0, 0x124, 1, 0, b"\xff"),
            ]
        )
        found = collect(client, 4)
    assert [(m.arbitration_id, m.is_extended_id, bytes(m.data)) for m in found] == [
        (0x123, False, b"\x11\x22"),
        (0x1ABCDEF, True, bytes(range(8))),
        (0x7FF, False, b""),
        (0x124, False, b"\xff"),
    ]
    assert found[0].timestamp == pytest.approx(1_436_509_052.249713, abs=1e-6)


class IviBusEnd:
    """Our own interface on the bus."""

    def __init__(self) -> None:
        self.bus = IviBus("can0")

    def close(self) -> None:
        self.bus.shutdown()


def test_a_stock_client_sends_to_the_bus_and_to_other_clients_but_not_to_itself(port: int) -> None:
    with stock(port) as client, stock(port) as other, contextlib.closing(IviBusEnd()) as ours:
        for number in range(200):
            client.send(can.Message(arbitration_id=number, is_extended_id=False, data=number.to_bytes(number % 8 + 1)))
        client.send(can.Message(arbitration_id=0x44, is_extended_id=True, data=b""))
        mine, theirs = collect(ours.bus, 201), collect(other, 201)
        own = client.recv(0.3)
    for found in (mine, theirs):
        assert [m.arbitration_id for m in found] == [*range(200), 0x44]
        assert [bytes(m.data) for m in found[:200]] == [n.to_bytes(n % 8 + 1) for n in range(200)]
        assert found[-1].is_extended_id
    assert own is None


def test_20000_frames_flat_out_all_arrive_in_order(port: int) -> None:
    with stock(port) as client, contextlib.closing(IviBusEnd()) as ours:
        for begin in range(0, 20_000, 500):
            ours.bus.send_batch([(0, 0x100, 4, 0, n.to_bytes(4)) for n in range(begin, begin + 500)])
        found = collect(client, 20_000)
    assert [int.from_bytes(m.data) for m in found] == list(range(20_000))


def talk(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=DEADLINE)


def read_until(sock: socket.socket, end: bytes) -> bytes:
    got = b""
    while end not in got:
        piece = sock.recv(4096)
        if not piece:
            break
        got += piece
    return got


def test_echo_and_unknown_commands_and_commands_in_pieces(port: int) -> None:
    with talk(port) as sock:
        assert read_until(sock, b"< hi >") == b"< hi >"
        sock.sendall(b"< echo >")
        assert read_until(sock, b"< echo >") == b"< echo >"
        sock.sendall(b"< bcmmode >")
        assert read_until(sock, b">") == b"< error unknown command >"
        for piece in (b"< op", b"en can0 ", b">"):
            sock.sendall(piece)
            time.sleep(0.01)  # so that the pieces travel apart; nothing waits for it
        assert read_until(sock, b">") == b"< ok >"
        sock.sendall(b"< rawmode >")
        assert read_until(sock, b">") == b"< ok >"
        sock.sendall(b"< echo >")
        assert read_until(sock, b">") == b"< echo >"


@pytest.mark.parametrize(
    "bad",
    [
        b"< send 123 9 1 2 3 4 5 6 7 8 9 >",
        b"< send 123 2 1 >",
        b"< send FFF 1 1 >",
        b"< send 123 1 100 >",
        b"< send 123 1 -1 >",
        b"< send xyz 1 1 >",
        b"< send >",
        b"junk >< >",
    ],
)
def test_malformed_commands_reach_nobody_and_the_next_good_one_does(port: int, bad: bytes) -> None:
    with talk(port) as sock, contextlib.closing(IviBusEnd()) as ours:
        sock.sendall(b"< open can0 >< rawmode >")
        read_until(sock, b"< ok >< ok >")
        sock.sendall(bad + b"< send 321 1 7 >")
        found = collect(ours.bus, 1)
        assert [(m.arbitration_id, bytes(m.data)) for m in found] == [(0x321, b"\x07")]
        assert ours.bus.recv(0.05) is None


def test_wrong_names_endless_commands_and_too_many_clients_are_ended(port: int) -> None:
    with talk(port) as sock:
        sock.sendall(b"< open vcan7 >")
        assert b"< error there is no bus of this name, it is can0 >" in read_until(sock, b"error there is no bus of")
    with talk(port) as sock:
        sock.sendall(b"< open " + b"x" * 5000)
        assert b"more than 512 bytes" in read_until(sock, b"bytes >")
    with contextlib.ExitStack() as stack:
        for _ in range(3):
            assert read_until(stack.enter_context(talk(port)), b">") == b"< hi >"
        assert read_until(stack.enter_context(talk(port)), b">") == b"< error too many clients >"
    give_up = time.monotonic() + DEADLINE
    while time.monotonic() < give_up:  # places of clients that went are free again
        with talk(port) as sock:
            if read_until(sock, b">") == b"< hi >":
                return
    pytest.fail("no client was taken again")


def test_a_client_that_reads_nothing_loses_counted_frames_and_delays_nobody(start: Start) -> None:
    start("bus", "can0", "--queue", "2000")
    process = start("socketcand", "can0", "--port", "0")
    port = int(process.ready_line.strip().rpartition(":")[2])  # type: ignore[attr-defined]
    with talk(port) as deaf, contextlib.closing(IviBusEnd()) as ours:
        deaf.sendall(b"< open can0 >< rawmode >")
        read_until(deaf, b"< ok >< ok >")
        total = 300_000
        for begin in range(0, total, 1000):
            ours.bus.send_batch([(0, 0x100, 8, 0, n.to_bytes(8)) for n in range(begin, begin + 1000)])
        with stock(port) as client:
            give_up = time.monotonic() + DEADLINE
            while (heard := client.recv(0.05)) is None or heard.arbitration_id != 0x555:
                assert time.monotonic() < give_up
                ours.bus.send(can.Message(arbitration_id=0x555, is_extended_id=False))
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    summary = process.stdout.read()
    dropped = re.search(r"(\d+) dropped", summary)
    assert dropped is not None, summary
    assert int(dropped[1]) > 10_000


def test_the_bus_goes_away_and_clients_are_told(start: Start) -> None:
    bus = start("bus", "can0")
    process = start("socketcand", "can0", "--port", "0")
    with talk(int(process.ready_line.strip().rpartition(":")[2])) as sock:  # type: ignore[attr-defined]
        sock.sendall(b"< open can0 >< rawmode >")
        read_until(sock, b"< ok >< ok >")
        bus.terminate()
        assert b"< error the bus is gone >" in read_until(sock, b"gone >")
        assert sock.recv(10) == b""


def test_no_bus_and_a_taken_port_are_one_clear_line(start: Start, port: int) -> None:
    for words, said in (
        (("nowhere", "--port", "0"), "no bus answers on"),
        (("can0", "--port", str(port)), f"cannot listen on 127.0.0.1:{port}: "),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "simulator", "socketcand", *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 2
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
