# SPDX-License-Identifier: Apache-2.0
"""The app's end of the link against a scripted host on a real socketpair."""

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ivi.model import link
from ivi.model.app import Accepted, FollowInput, GetSignals, Heartbeat, Hello, Limits, Signals, Tapped, Welcome
from ivi.model.errors import DeadlineError, PermissionDeniedError
from ivi.sdk.connection import MAX_HELD, Connection, HostGoneError


class Host:
    """Reads calls and answers as the test says."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        sock.settimeout(5)
        self.frames = link.FrameReader()
        self.calls: list[link.Upward] = []

    def next(self) -> Any:  # noqa: ANN401  # a Call or a Cancel, as the test knows
        while not self.calls:
            self.calls += [link.decode_upward(frame) for frame in self.frames.feed(self.sock.recv(65536))]
        return self.calls.pop(0)

    def send(self, *envelopes: link.Downward) -> None:
        self.sock.sendall(b"".join(link.encode(envelope) for envelope in envelopes))


@pytest.fixture
def pair() -> Iterator[tuple[Connection, Host]]:
    ours, theirs = socket.socketpair()
    with theirs:
        connection = Connection(ours)
        yield connection, Host(theirs)
        connection.close()


def while_host[T](script: Callable[[], None], act: Callable[[], T]) -> T:
    thread = threading.Thread(target=script)
    thread.start()
    try:
        return act()
    finally:
        thread.join(5)


def test_a_call_gets_its_answer_and_events_wait_for_the_loop(pair: tuple[Connection, Host]) -> None:
    connection, host = pair
    taps: list[Any] = []

    def script() -> None:
        stream = host.next()
        host.send(link.Event(stream.id, 0, link.pack(Limits("parked", 0, 0))))
        call = host.next()
        tap = link.Event(stream.id, 0, link.pack(Tapped(1, "a")))
        host.send(tap, link.Reply(call.id, link.pack(Welcome("dev.ivi.test", 2.0))))

    def act() -> object:
        connection.stream(FollowInput(), taps.append)
        return connection.call(Hello("1.0.0"))

    assert while_host(script, act) == Welcome("dev.ivi.test", 2.0)
    assert taps == []
    connection.dispatch(0)
    assert taps == [Limits("parked", 0, 0), Tapped(1, "a")]


def test_a_refused_call_and_a_refused_stream_raise_what_the_host_says(pair: tuple[Connection, Host]) -> None:
    connection, host = pair

    def script() -> None:
        for _ in range(2):
            host.send(link.Failure(host.next().id, "permission_denied", "Vehicle.X may not be read", "manifest"))

    def act() -> None:
        with pytest.raises(PermissionDeniedError, match=r"Vehicle\.X"):
            connection.call(GetSignals(["Vehicle.X"]))
        with pytest.raises(PermissionDeniedError, match="manifest"):
            connection.stream(GetSignals(["Vehicle.X"]), print)

    while_host(script, act)


def test_a_stream_that_ends_as_soon_as_it_has_begun_is_heard(pair: tuple[Connection, Host]) -> None:
    connection, host = pair
    taken: list[Any] = []

    def script() -> None:
        number = host.next().id
        event = link.Event(number, 0, link.pack(Limits("parked", 0, 0)))
        host.send(event, event, link.Reply(number, link.pack(Accepted())))

    while_host(script, lambda: connection.stream(FollowInput(), taken.append))
    connection.dispatch(0)
    assert len(taken) == 2
    assert connection._begun == set()


def test_no_answer_is_a_deadline(pair: tuple[Connection, Host]) -> None:
    connection, _ = pair
    with pytest.raises(DeadlineError, match="Hello"):
        connection.call(Hello("1.0.0"), timeout=0.05)


def test_a_late_answer_is_not_taken_for_another(pair: tuple[Connection, Host]) -> None:
    connection, host = pair
    with pytest.raises(DeadlineError):
        connection.call(Hello("1.0.0"), timeout=0.05)
    host.send(link.Reply(host.next().id, link.pack(Welcome("late", 2.0))))
    done = while_host(
        lambda: host.send(link.Reply(host.next().id, link.pack(Signals({})))),
        lambda: connection.call(GetSignals(["a"])),
    )
    assert done == Signals({})


def test_answers_nobody_waits_for_are_forgotten(pair: tuple[Connection, Host]) -> None:
    connection, host = pair
    for _ in range(100):
        connection.post(Heartbeat())
        host.send(link.Reply(host.next().id, link.pack(Accepted())))
        connection.dispatch(0)
    assert connection._replies == {}


def test_a_slow_app_loses_the_oldest_events_and_knows_how_many(pair: tuple[Connection, Host]) -> None:
    connection, host = pair
    taken: list[Any] = []

    def script() -> None:
        stream = host.next()
        host.send(*(link.Event(stream.id, 0, link.pack(Tapped(number, "a"))) for number in range(MAX_HELD + 10)))
        call = host.next()
        host.send(link.Reply(call.id, link.pack(Accepted())))

    def act() -> None:
        connection.stream(FollowInput(), taken.append)
        connection.call(Heartbeat())

    while_host(script, act)
    connection.dispatch(0)
    assert connection.dropped == 10
    assert [tap.revision for tap in taken] == list(range(10, MAX_HELD + 10))


def test_a_closed_link_ends_everything(pair: tuple[Connection, Host]) -> None:
    connection, host = pair
    host.sock.close()
    with pytest.raises(HostGoneError):
        connection.dispatch(1)
    with pytest.raises(HostGoneError):
        connection.call(Hello("1.0.0"))
