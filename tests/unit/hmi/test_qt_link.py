# SPDX-License-Identifier: Apache-2.0
"""Both ends of the link on Qt's loop, against the real server and against garbage."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from ivi.daemon.paths import socket_path
from ivi.hmi.qt_link import QtLink
from ivi.hmi.qt_server import QtServer
from ivi.model import link as wire
from ivi.model.databroker import Actuate, DatabrokerAnswer, OpenProviderStream, Subscribe, ValuesUpdate
from ivi.model.errors import DeadlineError, LinkError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.model.hmi import HmiAnswer, HmiRequest, ReadItem, TakeScreenshot, Touch
from ivi.model.status import GetStatus, ProcessStatus

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Car

SPEED = "Vehicle.Speed"


@pytest.fixture
def link(qtbot: QtBot, runtime_dir: Path) -> Iterator[QtLink]:
    link = QtLink(socket_path("databroker"), DatabrokerAnswer | ProcessStatus)
    yield link
    link.close()


def values(updates: list[ValuesUpdate]) -> list[object]:
    return [update.entries[SPEED].value for update in updates if SPEED in update.entries]


def test_calls_are_answered_or_fail_as_the_server_says(qtbot: QtBot, car: "Car", link: QtLink) -> None:
    car.start("databroker")
    link.open()
    answers: list[Any] = []
    link.call(GetStatus(), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert isinstance(answers[0], ProcessStatus)
    assert answers[0].name == "databroker"
    link.call(OpenProviderStream([SPEED]), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert isinstance(answers[1], NotFoundError)


def test_a_call_that_takes_too_long_fails_in_time(qtbot: QtBot, car: "Car", link: QtLink) -> None:
    car.start("databroker")
    car.tell(actuate="hold")
    link.open()
    answers: list[Any] = []
    began = time.monotonic()
    link.call(Actuate(SPEED, 1.0), answers.append, timeout=0.3)
    qtbot.waitUntil(lambda: bool(answers))
    assert isinstance(answers[0], DeadlineError)
    assert time.monotonic() - began < 3


def test_without_a_server_calls_fail_at_once_and_the_link_says_why(link: QtLink) -> None:
    link.open()
    answers: list[Any] = []
    link.call(GetStatus(), answers.append)
    assert isinstance(answers[0], UnavailableError)
    assert not link.connected
    assert "databroker.sock" in link.reason


def test_a_stream_goes_on_after_the_server_was_killed_and_came_back(qtbot: QtBot, car: "Car", link: QtLink) -> None:
    updates: list[ValuesUpdate] = []
    link.follow(Subscribe([SPEED]), updates.append)
    link.open()
    car.start("databroker")
    car.tell(set={SPEED: 10.0})
    qtbot.waitUntil(lambda: 10.0 in values(updates), timeout=10000)
    answers: list[Any] = []
    car.tell(actuate="hold")
    link.call(Actuate(SPEED, 1.0), answers.append, timeout=30)
    qtbot.waitUntil(lambda: car.asked("actuate") == [[SPEED, 1.0]])
    car.kill()
    qtbot.waitUntil(lambda: not link.connected)
    assert isinstance(answers[0], LinkError)
    car.start("databroker")
    car.tell(set={SPEED: 20.0})
    qtbot.waitUntil(lambda: 20.0 in values(updates), timeout=10000)
    assert link.connected


def test_a_stream_that_was_ended_brings_nothing_more(qtbot: QtBot, car: "Car", link: QtLink) -> None:
    car.start("databroker")
    link.open()
    ended: list[ValuesUpdate] = []
    other: list[ValuesUpdate] = []
    stop = link.follow(Subscribe([SPEED]), ended.append)
    link.follow(Subscribe([SPEED]), other.append)
    car.tell(set={SPEED: 1.0})
    qtbot.waitUntil(lambda: 1.0 in values(ended))
    stop()
    car.tell(set={SPEED: 2.0})
    qtbot.waitUntil(lambda: 2.0 in values(other))
    assert 2.0 not in values(ended)


def test_a_server_that_talks_garbage_is_left(qtbot: QtBot, link: QtLink) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.fspath(link.path))
        listener.listen()
        link.open()
        peer, _ = listener.accept()
        peer.sendall((1 << 30).to_bytes(4, "big") + b"garbage")
        qtbot.waitUntil(lambda: not link.connected)
        assert "limit" in link.reason
        peer.close()


def read_item(request: msgspec.Struct) -> msgspec.Struct:
    raise PermissionDeniedError("not this one", hint="ask again")


@pytest.fixture
def server(qtbot: QtBot, runtime_dir: Path) -> Iterator[QtServer]:
    server = QtServer(socket_path("hmi"), HmiRequest | GetStatus)
    server.on_call(GetStatus, lambda _request: ProcessStatus("hmi", 1, "0", 0.0, {}, []))
    server.on_call(ReadItem, read_item)
    server.on_call(TakeScreenshot, lambda _request: 1 / 0)  # type: ignore[arg-type,return-value]  # a defect on purpose
    server.start()
    yield server
    server.stop()


def test_the_server_answers_and_refuses(qtbot: QtBot, server: QtServer) -> None:
    client = QtLink(socket_path("hmi"), HmiAnswer | ProcessStatus)
    client.open()
    answers: list[Any] = []
    for request in (GetStatus(), ReadItem("x"), Touch("x"), TakeScreenshot("x")):
        client.call(request, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 4)
    assert answers[0].name == "hmi"
    assert isinstance(answers[1], PermissionDeniedError)
    assert answers[1].hint == "ask again"
    assert isinstance(answers[2], NotFoundError)
    assert answers[3].message == "TakeScreenshot failed: ZeroDivisionError"
    client.close()


@pytest.mark.parametrize(
    "garbage",
    [b"GET / HTTP/1.1\r\n\r\n", b"\0\0\0\x01\xc1", (1 << 20).to_bytes(4, "big"), b"\0\0\0\x02[]"],
    ids=["http", "not msgpack", "oversized", "json"],
)
def test_a_client_that_talks_garbage_is_cut_off_and_others_are_served(
    qtbot: QtBot, server: QtServer, garbage: bytes
) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(os.fspath(socket_path("hmi")))
        client.sendall(garbage)
        client.setblocking(False)

        def cut_off() -> bool:
            try:
                return client.recv(1) == b""
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True

        qtbot.waitUntil(cut_off)
    good = QtLink(socket_path("hmi"), HmiAnswer | ProcessStatus)
    good.open()
    answers: list[Any] = []
    good.call(GetStatus(), answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert isinstance(answers[0], ProcessStatus)
    good.close()


def test_half_a_frame_is_waited_for(qtbot: QtBot, server: QtServer) -> None:
    frame = wire.encode(wire.Call(7, 1000, wire.pack(GetStatus())))
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(os.fspath(socket_path("hmi")))
        client.sendall(frame[:5])
        qtbot.wait(30)
        client.sendall(frame[5:])
        client.setblocking(False)
        received = bytearray()

        def answered() -> bool:
            try:
                received.extend(client.recv(4096))
            except BlockingIOError:
                return False
            return True

        qtbot.waitUntil(answered)
    (answer,) = wire.FrameReader().feed(bytes(received))
    assert wire.decode_downward(answer).id == 7


def test_a_second_server_is_refused_and_a_stale_socket_is_replaced(server: QtServer) -> None:
    second = QtServer(socket_path("hmi"), HmiRequest)
    with pytest.raises(UnavailableError, match="another copy"):
        second.start()
    server.stop()
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(os.fspath(socket_path("hmi")))
    second.start()
    assert socket_path("hmi").stat().st_mode & 0o777 == 0o600
    second.stop()
    assert not socket_path("hmi").exists()
