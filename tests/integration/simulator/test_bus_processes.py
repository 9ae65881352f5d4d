# SPDX-License-Identifier: Apache-2.0
"""The bus between real processes: order, loss, drops, FD, filters, Notifier; servers absent, dead or busy."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import can
import pytest

from simulator.bus import IviBus
from simulator.bus.address import socket_path
from simulator.bus.record import BRS, EFF, ERR, ESI, FD, RTR, Record

DEADLINE = 30.0  # s, generous: both cores may be busy
SENDER = """
import sys
from simulator.bus import IviBus
bus, count = IviBus("can0"), int(sys.argv[1])
for start in range(0, count, 100):
    bus.send_batch([(0, 0x100, 8, 0, n.to_bytes(8, "little")) for n in range(start, start + 100)])
bus.shutdown()
"""

type Start = Callable[..., subprocess.Popen[str]]
type Join = Callable[..., IviBus]


def _collect(bus: IviBus, count: int) -> list[Record]:
    """Read until ``count`` frames or the deadline."""
    found: list[Record] = []
    give_up = time.monotonic() + DEADLINE
    while len(found) < count and time.monotonic() < give_up:
        found.extend(bus.recv_batch(0.2))
    return found


def _numbers(records: list[Record]) -> list[int]:
    return [int.from_bytes(payload[:8], "little") for *_, payload in records]


def _frames(first: int, count: int) -> list[Record]:
    return [(0, 0x100, 8, 0, number.to_bytes(8, "little")) for number in range(first, first + count)]


def _fill(bus: IviBus) -> int:
    """Send until the bus takes no more; how many frames it took."""
    for count in range(200_000):
        try:
            bus.send(can.Message(arbitration_id=0x100, is_extended_id=False, data=count.to_bytes(8, "little")), 0.2)
        except can.CanOperationError as error:
            if "takes no frames" not in str(error):
                raise
            return count
    pytest.fail("a stopped server took 200,000 frames")


@contextmanager
def _stopped(process: subprocess.Popen[str]) -> Iterator[None]:
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def test_two_processes_exchange_20000_frames_flat_out_in_order(serve: Start, start: Start, join: Join) -> None:
    serve()
    reader, other = join(), join()
    sender = start("-c", SENDER, "20000")
    assert _numbers(_collect(reader, 20_000)) == list(range(20_000))
    assert _numbers(_collect(other, 20_000)) == list(range(20_000))
    assert reader.dropped == other.dropped == 0
    assert sender.wait(DEADLINE) == 0


def test_a_reader_that_sleeps_through_20000_frames_loses_none(serve: Start, join: Join) -> None:
    serve()
    reader, sender = join(), join()
    sender.send_batch(_frames(0, 20_000))
    assert _numbers(_collect(reader, 20_000)) == list(range(20_000))


def test_all_readers_see_two_senders_in_one_order(serve: Start, join: Join) -> None:
    serve()
    readers, senders = [join(), join()], [join(), join()]

    def send(bus: IviBus, identifier: int) -> None:
        for number in range(2_000):
            bus.send_batch([(0, identifier, 8, 0, number.to_bytes(8, "little"))])

    threads = [threading.Thread(target=send, args=(bus, index)) for index, bus in enumerate(senders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE)
    first, second = ([(entry[1], entry[4]) for entry in _collect(reader, 4_000)] for reader in readers)
    assert len(first) == 4_000
    assert first == second
    for identifier in (0, 1):
        assert [payload[:2] for ident, payload in first if ident == identifier] == [
            number.to_bytes(2, "little") for number in range(2_000)
        ]


def test_a_slow_reader_loses_counted_frames_and_nobody_else_does(serve: Start, join: Join) -> None:
    server = serve("can0", "--queue", "500")
    slow, fast, sender = join(), join(), join()
    total = 30_000
    kept: list[Record] = []
    for first in range(0, total, 200):
        sender.send_batch(_frames(first, 200))
        kept += _collect(fast, 200)
    assert _numbers(kept) == list(range(total))
    assert fast.dropped == 0

    late: list[int] = []
    give_up = time.monotonic() + DEADLINE
    while len(late) + slow.dropped < total and time.monotonic() < give_up:
        late += _numbers(list(slow.recv_batch(0.2)))
    assert slow.dropped > 1_000
    assert len(late) + slow.dropped == total
    assert late == sorted(set(late))

    # Once it keeps up again, nothing more is lost.
    before = slow.dropped
    sender.send_batch(_frames(total, 100))
    assert _numbers(_collect(slow, 100)) == list(range(total, total + 100))
    assert slow.dropped == before

    server.terminate()
    out, _ = server.communicate(timeout=DEADLINE)
    assert f"3 clients, {total + 100} frames, {slow.dropped} dropped" in out


@pytest.mark.parametrize(
    "message",
    [
        can.Message(arbitration_id=0x7FF, is_extended_id=False, data=b""),
        can.Message(arbitration_id=0x1FFFFFFF, is_extended_id=True, data=bytes(8)),
        can.Message(arbitration_id=0x10, is_extended_id=False, is_fd=True, data=bytes(range(64))),
        can.Message(arbitration_id=0x11, is_extended_id=False, is_fd=True, bitrate_switch=True, data=bytes(12)),
        can.Message(
            arbitration_id=0x12, is_fd=True, bitrate_switch=True, error_state_indicator=True, data=bytes(range(48))
        ),
        can.Message(arbitration_id=0x13, is_extended_id=False, is_remote_frame=True, dlc=5),
        can.Message(arbitration_id=0x20, is_extended_id=False, is_error_frame=True, data=bytes(8)),
    ],
    ids=["empty", "extended", "fd64", "fd-brs", "fd-esi-extended", "remote", "error"],
)
def test_every_kind_of_frame_arrives_as_it_was_sent(serve: Start, join: Join, message: can.Message) -> None:
    serve()
    sender, reader = join(), join()
    before = time.time()
    sender.send(message)
    received = reader.recv(DEADLINE)
    assert received is not None
    assert received.equals(message, timestamp_delta=None, check_channel=False, check_direction=False)
    assert received.is_rx
    assert received.channel == "can0"
    assert before - 1 <= received.timestamp <= time.time() + 1


def test_the_batch_path_keeps_flags_and_pads_payloads(serve: Start, join: Join) -> None:
    serve()
    sender, reader = join(), join()
    sent: list[Record] = [
        (5, EFF | 0x1ABCDEF0, 64, FD | BRS | ESI, bytes(range(64))),
        (6, RTR | 0x7, 3, 0, b""),
        (7, ERR | 0x4, 8, 0, bytes(8)),
        (8, 0x123, 2, 0, b"\x01\x02"),
    ]
    sender.send_batch(sent)
    assert _collect(reader, 4) == [(ns, ident, n, flags, data.ljust(64, b"\0")) for ns, ident, n, flags, data in sent]


def test_filters_apply_to_both_ways_of_reading(serve: Start, join: Join) -> None:
    serve()
    only = [{"can_id": 0x10, "can_mask": 0x7F0, "extended": False}]
    batch, single, sender = join(can_filters=only), join(can_filters=only), join()
    sender.send_batch([(0, ident, 1, 0, b"") for ident in (0x0F, 0x10, EFF | 0x10, 0x1F, 0x20, 0x15)])
    assert [entry[1] for entry in _collect(batch, 3)] == [0x10, 0x1F, 0x15]
    messages = [single.recv(DEADLINE) for _ in range(3)]
    assert [message.arbitration_id for message in messages if message] == [0x10, 0x1F, 0x15]
    assert single.recv(0.05) is None

    batch.set_filters(None)
    sender.send_batch([(0, 0x20, 1, 0, b"")])
    assert [entry[1] for entry in _collect(batch, 1)] == [0x20]


def test_own_messages_come_back_only_when_asked_for(serve: Start, join: Join) -> None:
    serve()
    echoing, silent = join(receive_own_messages=True), join()
    for bus in (echoing, silent):
        bus.send(can.Message(arbitration_id=0x42, is_extended_id=False, data=b"x"))
    received = [echoing.recv(DEADLINE), echoing.recv(DEADLINE)]
    assert sorted(message.is_rx for message in received if message) == [False, True]
    seen = silent.recv(DEADLINE)
    assert seen is not None
    assert seen.is_rx
    assert silent.recv(0.05) is None


def test_a_notifier_thread_gets_everything(serve: Start, join: Join) -> None:
    serve()
    reader, sender = join(), join()
    found: list[int] = []
    done = threading.Event()

    def listen(message: can.Message) -> None:
        found.append(int.from_bytes(message.data, "little"))
        if len(found) == 3_000:
            done.set()

    notifier = can.Notifier(reader, [listen], timeout=0.1)
    try:
        sender.send_batch(_frames(0, 3_000))
        assert done.wait(DEADLINE)
    finally:
        notifier.stop()
    assert found == list(range(3_000))


def test_a_notifier_in_an_event_loop_gets_everything(serve: Start, join: Join) -> None:
    """The loop is woken by fileno(), so a burst must not hide in a buffer of ours."""
    serve()
    reader, sender = join(), join()
    found: list[int] = []

    async def run() -> None:
        done = asyncio.Event()

        def listen(message: can.Message) -> None:
            found.append(int.from_bytes(message.data, "little"))
            if len(found) == 500:
                done.set()

        notifier = can.Notifier(reader, [listen], loop=asyncio.get_running_loop())
        try:
            sender.send_batch(_frames(0, 500))
            await asyncio.wait_for(done.wait(), DEADLINE)
        finally:
            notifier.stop()

    asyncio.run(run())
    assert found == list(range(500))


def test_python_can_finds_the_interface_by_its_name(serve: Start, runtime: Path) -> None:
    if "ivi" not in can.VALID_INTERFACES:
        pytest.skip("ivi is not installed, so its entry point is not registered")
    serve("can7")
    assert {"interface": "ivi", "channel": "can7"} in can.detect_available_configs("ivi")
    with (
        can.Bus(interface="ivi", channel="can7") as first,
        can.Bus(interface="ivi", channel=str(runtime / "bus/can7.sock")) as second,
    ):
        first.send(can.Message(arbitration_id=1, data=b"a"))
        received = second.recv(DEADLINE)
        assert received is not None
        assert received.arbitration_id == 1


def test_a_receiver_learns_that_the_server_died(serve: Start, join: Join) -> None:
    server = serve()
    reader, sender = join(), join()
    sender.send_batch(_frames(0, 3))
    assert len(_collect(reader, 3)) == 3
    server.kill()
    server.wait(DEADLINE)
    for read in (lambda: reader.recv(DEADLINE), lambda: list(reader.recv_batch(DEADLINE))):
        started = time.monotonic()
        with pytest.raises(can.CanOperationError, match="server is gone"):
            read()
        assert time.monotonic() - started < DEADLINE / 2
    with pytest.raises(can.CanOperationError, match="cannot send"):
        sender.send_batch(_frames(3, 1))


def test_a_sender_waits_for_a_busy_server_and_then_gives_up(serve: Start, join: Join) -> None:
    server = serve()
    sender, reader = join(), join()
    with _stopped(server):
        accepted = _fill(sender)
        assert accepted > 100
        started = time.monotonic()
        with pytest.raises(can.CanOperationError):
            sender.send_batch(_frames(0, 1), timeout=0.2)
        assert 0.15 < time.monotonic() - started < DEADLINE
    # The server goes on: what was taken arrives in order, and the stream is still in step.
    sender.send_batch([(0, 0x7, 1, 0, b"!")], timeout=DEADLINE)
    records: list[Record] = []
    give_up = time.monotonic() + DEADLINE
    while (not records or records[-1][1] != 0x7) and time.monotonic() < give_up:
        records.extend(reader.recv_batch(0.2))
    assert records[-1][1] == 0x7
    assert _numbers(records[:-1]) == list(range(len(records) - 1))
    assert len(records) - 1 == accepted


def test_without_a_server_one_line_says_what_to_do(runtime: Path) -> None:
    with pytest.raises(can.CanInitializationError) as caught:
        IviBus("can0")
    text = str(caught.value)
    assert str(runtime / "bus/can0.sock") in text
    assert "ivi sim bus can0" in text
    assert "\n" not in text


def test_something_else_on_the_socket_is_recognised(runtime: Path) -> None:
    path = runtime / "echo.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(connection.recv(4096))  # an echo service knows no WELCOME

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            with pytest.raises(can.CanInitializationError, match="no ivi bus"):
                IviBus(str(path))
        finally:
            thread.join(DEADLINE)


def test_a_client_with_another_protocol_is_sent_away(serve: Start, join: Join) -> None:
    serve()
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.settimeout(DEADLINE)
        stranger.connect(str(socket_path("can0")))
        stranger.sendall(bytes(80))
        assert stranger.recv(80) == b""
    sender, reader = join(), join()
    sender.send_batch(_frames(0, 1))
    assert len(_collect(reader, 1)) == 1


def test_a_second_server_is_refused_and_the_first_goes_on(serve: Start, start: Start, join: Join) -> None:
    serve()
    second = start("-m", "simulator.bus", "can0")
    out, err = second.communicate(timeout=DEADLINE)
    assert second.returncode == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "already listens" in err
    sender, reader = join(), join()
    sender.send_batch(_frames(0, 1))
    assert len(_collect(reader, 1)) == 1


def test_a_stale_socket_is_replaced_and_a_file_is_not(serve: Start, start: Start, join: Join, runtime: Path) -> None:
    serve().kill()
    path = runtime / "bus/can0.sock"
    assert path.is_socket()
    serve()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    join()
    plain = runtime / "plain.txt"
    plain.write_text("keep me", encoding="utf-8")
    refused = start("-m", "simulator.bus", str(plain))
    _, err = refused.communicate(timeout=DEADLINE)
    assert refused.returncode == 2
    assert "is not a socket" in err
    assert plain.read_text(encoding="utf-8") == "keep me"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_server_tells_it_is_ready_and_ends_with_totals(serve: Start, runtime: Path, number: signal.Signals) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(runtime / "notify"))
        supervisor.settimeout(DEADLINE)
        server = serve("can0", NOTIFY_SOCKET=str(runtime / "notify"))
        assert supervisor.recv(100) == b"READY=1"
    server.send_signal(number)
    out, err = server.communicate(timeout=DEADLINE)
    assert server.returncode == 0
    assert out == "bus can0 stopped: 0 clients, 0 frames, 0 dropped\n"
    assert err == ""
    assert not (runtime / "bus/can0.sock").exists()


def test_the_server_stays_small(serve: Start) -> None:
    """It must not carry python-can: 25 MB instead of 14."""
    server = serve()
    maps = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
    resident = int(maps.split("VmRSS:")[1].split()[0])  # kB
    assert resident < 20_000
    assert os.getpid() != server.pid
