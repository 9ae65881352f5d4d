# SPDX-License-Identifier: Apache-2.0
"""The tester against ECUs that break the protocol: each request ends in time with one clear error, nothing grows."""

import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import can
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("isotp", reason="needs the extra ivi[diag]: can-isotp")
pytest.importorskip("udsoncan", reason="needs the extra ivi[diag]: udsoncan")

from ivi.model.errors import (
    DeadlineError,
    IviError,
    LinkError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.providers.uds import client as client_module
from ivi.providers.uds.client import QUEUE, EcuClient, Turn
from ivi.providers.uds.description import Description, EcuAddress
from ivi.providers.uds.port import BOX, Inbox
from ivi.providers.uds.tester import DiagnosticTester

ECU = EcuAddress("ECU", 0x7E0, 0x7E8)
SAY = "023e00"  # tester present, as it is on the bus
FAST = 1.0  # share of the bus: pacing has tests of its own

type Peer = Callable[[can.Message], list[bytes]]


class Hostile:
    """An ECU whose every frame the test chooses. A real second end of a bus in this process."""

    def __init__(self) -> None:
        self.channel = uuid.uuid4().hex
        self.answer: Peer = lambda _message: []
        self.heard: list[bytes] = []
        self._bus = can.Bus(interface="virtual", channel=self.channel)
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def say(self, *frames: bytes, source: int = ECU.response) -> None:
        for frame in frames:
            self._bus.send(can.Message(arbitration_id=source, is_extended_id=False, data=frame))

    def close(self) -> None:
        self._stopping = True
        self._thread.join(10)
        self._bus.shutdown()

    def _serve(self) -> None:
        while not self._stopping:
            if (message := self._bus.recv(0.05)) is not None:
                self.heard.append(bytes(message.data))
                self.say(*self.answer(message))


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    ecu = Hostile()
    yield ecu
    ecu.close()


@pytest.fixture
def client(hostile: Hostile, monkeypatch: pytest.MonkeyPatch) -> Iterator[EcuClient]:
    monkeypatch.setattr(client_module, "P2", 0.4)
    monkeypatch.setattr(client_module, "P2_STAR", 0.8)
    description = Description(ecus={"ECU": ECU})
    with DiagnosticTester(f"virtual:{hostile.channel}", description, share=FAST, limit=2.0) as tester:
        yield tester.ecu("ECU")


def always(*frames: str) -> Peer:
    return lambda _message: [bytes.fromhex(frame) for frame in frames]


def in_time(act: Callable[[], object], limit: float = 6.0) -> IviError:
    """The error that an act ends with, in time."""
    start = time.monotonic()
    with pytest.raises(IviError) as caught:
        act()
    assert time.monotonic() - start < limit
    assert caught.value.message
    return caught.value


def test_silence_is_a_deadline_error_that_names_the_ecu(client: EcuClient) -> None:
    error = in_time(client.present)
    assert isinstance(error, DeadlineError)
    assert "ECU (0x7E0) does not answer" in str(error)


def test_an_answer_arrives(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = always("027e00")
    client.present()
    assert hostile.heard[0].hex().startswith(SAY)


@pytest.mark.parametrize(
    ("code", "kind", "word"),
    [
        (0x11, UnavailableError, "ServiceNotSupported (0x11)"),
        (0x22, UnavailableError, "stand"),
        (0x31, NotFoundError, "RequestOutOfRange"),
        (0x33, PermissionDeniedError, "key hook"),
        (0x36, PermissionDeniedError, "locked"),
        (0x7F, UnavailableError, "--session extended"),
        (0xEE, UnavailableError, "0xEE"),
    ],
)
def test_a_refusal_says_code_and_advice(
    client: EcuClient, hostile: Hostile, code: int, kind: type[IviError], word: str
) -> None:
    hostile.answer = always(f"037f22{code:02x}")
    error = in_time(lambda: client.read(0xF190))
    assert isinstance(error, kind)
    assert word in str(error)


def test_pending_for_ever_ends_at_the_limit(client: EcuClient, hostile: Hostile) -> None:
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(0.1):
            hostile.say(bytes.fromhex("037f3178"))

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        error = in_time(lambda: client.routine(0x0203), 4.0)
    finally:
        over.set()
        thread.join()
    assert isinstance(error, DeadlineError)


def test_pending_then_silence_ends_after_p2_star(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = always("037f3178")
    assert isinstance(in_time(lambda: client.routine(0x0203), 2.0), DeadlineError)


def test_a_wrong_sequence_number_breaks_the_transfer(client: EcuClient, hostile: Hostile) -> None:
    def answer(message: can.Message) -> list[bytes]:
        if message.data[0] >> 4 == 3:
            return [bytes.fromhex("2541414141414141")]
        return [bytes.fromhex("101462f190414141")]

    hostile.answer = answer
    error = in_time(lambda: client.read(0xF190))
    assert isinstance(error, LinkError)
    assert "broke off" in str(error)
    hostile.answer = always("0462f19041")
    assert client.read(0xF190).raw == b"A", "and the next request works"


def test_an_ecu_that_stops_in_the_middle_is_said(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = lambda message: [] if message.data[0] >> 4 == 3 else [bytes.fromhex("10ff62f190414141")]
    error = in_time(lambda: client.read(0xF190), 5.0)
    assert isinstance(error, LinkError)


def test_an_oversized_first_frame_is_refused(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = lambda message: [] if message.data[0] >> 4 == 3 else [bytes.fromhex("10000fffffff4141")]
    assert isinstance(in_time(lambda: client.read(0xF190)), LinkError)


def test_a_request_without_flow_control_is_given_up(client: EcuClient) -> None:
    assert isinstance(in_time(lambda: client.write(0xF190, bytes(17))), LinkError | DeadlineError)


def test_an_ecu_that_lets_wait_for_ever_is_given_up(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = always(*["310000"] * 50)
    assert isinstance(in_time(lambda: client.write(0xF190, bytes(17))), LinkError | DeadlineError)


def test_an_answer_about_something_else_is_an_error(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = always("0462f19141")
    assert isinstance(in_time(lambda: client.read(0xF190)), LinkError)
    hostile.answer = always("025402")
    assert isinstance(in_time(lambda: client.read(0xF190)), LinkError)


def test_a_late_answer_is_not_taken_for_the_next(client: EcuClient, hostile: Hostile) -> None:
    in_time(lambda: client.read(0xF190))
    hostile.say(bytes.fromhex("0462f1905a"))
    deadline = time.monotonic() + 5
    while not client.link._inbox._frames and time.monotonic() < deadline:
        time.sleep(0.01)
    hostile.answer = always("0462f19041")
    assert client.read(0xF190).raw == b"A"


def test_a_budget_that_is_used_up_is_said(hostile: Hostile) -> None:
    hostile.answer = always("027e00")
    description = Description(ecus={"ECU": ECU})
    with DiagnosticTester(f"virtual:{hostile.channel}", description, share=0.002, limit=0.3) as tester:
        client = tester.ecu("ECU")

        def ask() -> None:
            for _ in range(5):
                client.present()

        error = in_time(ask)
    assert isinstance(error, ResourceExhaustedError)
    assert "budget" in str(error)


def test_a_broken_answer_does_not_silence_the_others(hostile: Hostile) -> None:
    other = EcuAddress("OTHER", 0x7E1, 0x7E9)

    def answer(message: can.Message) -> list[bytes]:
        if message.arbitration_id == 0x7DF:
            hostile.say(bytes.fromhex("1014620000000000"), bytes.fromhex("2500000000000000"), source=other.response)
            return [bytes.fromhex("027e00")]
        return []

    hostile.answer = answer
    description = Description(ecus={"ECU": ECU, "OTHER": other})
    with DiagnosticTester(f"virtual:{hostile.channel}", description, share=FAST) as tester:
        assert tester.ask_all(b"\x3e\x00") == {"ECU": b"\x7e\x00"}


def test_a_flood_neither_hangs_nor_grows(client: EcuClient, hostile: Hostile) -> None:
    flooding = threading.Event()

    def flood() -> None:
        while not flooding.is_set():
            hostile.say(*[bytes.fromhex("1fff414141414141"), bytes.fromhex("2141414141414141")] * 20)
            time.sleep(0.001)

    thread = threading.Thread(target=flood)
    thread.start()
    try:
        in_time(lambda: client.read(0xF190), 8.0)
        assert len(client.link._inbox._frames) <= BOX
        assert len(client.link._batch) <= BOX
        assert client.link._layer.rx_queue.qsize() <= BOX
    finally:
        flooding.set()
        thread.join()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=8),
            st.binary(min_size=6, max_size=6).map(lambda rest: b"\x10\x14" + rest),
            st.tuples(st.integers(0, 15), st.binary(max_size=7)).map(lambda part: bytes([0x20 | part[0]]) + part[1]),
            st.tuples(st.integers(0, 15), st.binary(max_size=2)).map(lambda part: bytes([0x30 | part[0]]) + part[1]),
        ),
        max_size=12,
    )
)
def test_any_frames_end_in_a_value_or_an_error(client: EcuClient, hostile: Hostile, frames: list[bytes]) -> None:
    hostile.answer = lambda message: frames if message.data[0] >> 4 == 0 else []
    client.link._layer.params.rx_consecutive_frame_timeout = 100
    client.link._layer.load_params()
    client._limit = 0.5
    client._client.set_config("p2_timeout", 0.05)
    client._client.set_config("request_timeout", 0.5)
    start = time.monotonic()
    with contextlib.suppress(IviError):
        client.read(0xF190)
    assert time.monotonic() - start < 4
    assert client.link._layer.rx_queue.qsize() <= BOX


def test_a_snapshot_is_read_as_far_as_it_is_described(client: EcuClient, hostile: Hostile) -> None:
    hostile.answer = always("065904123456af")
    assert client.snapshot(0x123456) == ()


def test_a_broken_snapshot_is_an_error(client: EcuClient, hostile: Hostile) -> None:
    def answer(message: can.Message) -> list[bytes]:
        if message.data[0] >> 4 == 3:
            return [bytes.fromhex("21af0202f1")]
        return [bytes.fromhex("100a590412345600")]

    hostile.answer = answer
    in_time(lambda: client.snapshot(0x123456))


def test_requests_to_one_ecu_wait_in_a_bounded_queue() -> None:
    turn = Turn("ECU")
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with turn.take(time.monotonic() + 10):
            inside.set()
            leave.wait(10)

    def wait() -> None:
        with turn.take(time.monotonic() + 10):
            pass

    threads = [threading.Thread(target=hold)]
    threads[0].start()
    assert inside.wait(10)
    try:
        with pytest.raises(DeadlineError), turn.take(time.monotonic() + 0.05):
            pass
        for _ in range(QUEUE):
            threads.append(threading.Thread(target=wait))
            threads[-1].start()
        deadline = time.monotonic() + 10
        while turn._waiting <= QUEUE and time.monotonic() < deadline:
            time.sleep(0.005)
        with pytest.raises(ResourceExhaustedError), turn.take(time.monotonic() + 10):
            pass
    finally:
        leave.set()
        for thread in threads:
            thread.join(10)


def test_an_inbox_keeps_the_newest_and_counts() -> None:
    box = Inbox()
    for number in range(BOX + 5):
        box.put(number.to_bytes(2))
    assert box.dropped == 5
    assert len(box.wait(0)) == BOX
    box.fail("the bus is gone")
    with pytest.raises(LinkError, match="the bus is gone"):
        box.wait(10)
