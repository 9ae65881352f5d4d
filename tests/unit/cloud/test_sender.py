# SPDX-License-Identifier: Apache-2.0
"""The sender: what is due together travels together, and what the fleet has is forgotten when its owner is ready."""

from collections.abc import Callable
from pathlib import Path
from typing import override

import pytest

from ivi.cloud.outbox import Outbox
from ivi.cloud.sender import Sender
from ivi.cloud.session import MqttSession
from ivi.cloud.wire import Ack, Broker, Kind, decode_frames, encode
from ivi.model.errors import UnavailableError


class Line(MqttSession):
    """A session that is always there and keeps what it is given."""

    def __init__(self) -> None:
        super().__init__(Broker("127.0.0.1", 1), "ivi-car", None)  # type: ignore[arg-type]  # nobody is told anything
        self._limit = 20
        self.messages: list[bytes] = []

    @override
    def publish(
        self, topic: str, payload: bytes, *, retain: bool = False, taken: Callable[[bool], None] | None = None
    ) -> bool:
        self.messages.append(payload)
        return True


def a_sender(outbox: Outbox) -> tuple[Sender, Line]:
    """One that has just connected."""
    line = Line()
    return Sender(lambda: outbox, line, "up", reserve=0, wake=lambda: None, on_ack=lambda: None), line


def test_rows_that_are_due_together_are_one_message(tmp_path: Path) -> None:
    """The states of a command, committed in one group."""
    outbox = Outbox(tmp_path / "o.db")
    sender, line = a_sender(outbox)
    outbox.append([b"received", b"accepted", b"running", b"succeeded"])
    sender.send()
    assert len(line.messages) == 1
    frames = decode_frames(line.messages[0])
    assert [(frame.kind, frame.body) for frame in frames] == [
        (Kind.RECORD, body) for body in (b"received", b"accepted", b"running", b"succeeded")
    ]
    assert sender.sent == 4
    outbox.close()


def test_rows_stay_until_their_owner_is_ready(tmp_path: Path) -> None:
    """An acknowledgement that comes while something still depends on the rows is used when it comes again."""
    outbox = Outbox(tmp_path / "o.db")
    sender, _ = a_sender(outbox)
    outbox.append([b"one", b"two"])
    sender.send()
    waiting: list[list[bytes]] = []

    def not_yet() -> None:
        waiting.append(list(outbox.bodies()))
        if len(waiting) == 1:
            raise UnavailableError("the disk is full")

    sender.before_forgetting = not_yet
    ack = encode(Ack(outbox.stream, 2))
    sender.acknowledged(ack)
    assert outbox.waiting == 2
    sender.acknowledged(ack)
    assert outbox.waiting == 0
    assert waiting == [[b"one", b"two"]] * 2
    outbox.close()


@pytest.mark.parametrize("rows", [1, 250])
def test_bodies_are_all_that_wait(tmp_path: Path, rows: int) -> None:
    """However many, sent or not; a gap is none of them."""
    outbox = Outbox(tmp_path / "o.db", max_rows=200)
    outbox.append([b"%d" % number for number in range(rows)])
    outbox.due(10)
    assert list(outbox.bodies()) == [b"%d" % number for number in range(max(0, rows - 200), rows)]
    outbox.close()
