# SPDX-License-Identifier: Apache-2.0
"""Changes are applied once a frame, newest first of each kind, and nothing runs while nothing changes."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from pytestqt.qtbot import QtBot

from ivi.hmi.coalescer import Coalescer


def test_a_burst_becomes_one_action_for_each_key(qtbot: QtBot) -> None:
    coalescer = Coalescer()
    done: list[tuple[str, int]] = []
    for number in range(1000):
        coalescer.put("speed", partial(done.append, ("speed", number)))
        coalescer.put("power", partial(done.append, ("power", number)))
    qtbot.waitUntil(lambda: len(done) == 2)
    assert sorted(done) == [("power", 999), ("speed", 999)]
    assert coalescer.merged == 1998


def test_it_keeps_to_one_run_a_frame(qtbot: QtBot) -> None:
    coalescer = Coalescer()
    runs: list[int] = []
    put: list[int] = []
    producer = QTimer()
    producer.setInterval(1)

    def produce() -> None:
        put.append(0)
        coalescer.put("speed", partial(runs.append, 0))

    producer.timeout.connect(produce)
    producer.start()
    qtbot.waitUntil(lambda: len(runs) >= 10, timeout=10000)
    producer.stop()
    assert len(put) > 2 * len(runs)


def test_no_timer_without_work(qtbot: QtBot) -> None:
    coalescer = Coalescer()
    done: list[int] = []
    coalescer.put("x", partial(done.append, 1))
    qtbot.waitUntil(lambda: bool(done))
    assert not any(timer.isActive() for timer in coalescer.findChildren(QTimer))


class Emitter(QObject):
    """A signal with a bool, as in the repro of the abort."""

    changed = Signal(bool)


def test_ten_thousand_emits_do_not_abort_the_interpreter(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 aborts after some hundred; a short run of the screen does not show it."""
    emitter = Emitter()
    heard: list[bool] = []
    emitter.changed.connect(heard.append)
    for number in range(10_000):
        emitter.changed.emit(number % 2 == 0)
    assert len(heard) == 10_000


def test_the_first_of_a_frame_is_done_at_once_and_the_next_waits_for_the_next_frame(qtbot: QtBot) -> None:
    coalescer = Coalescer()
    done: list[int] = []
    coalescer.now("x", partial(done.append, 1))
    assert done == [1]
    coalescer.now("x", partial(done.append, 2))
    coalescer.now("x", partial(done.append, 3))
    assert done == [1]
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == [1, 3]
    assert coalescer.merged == 1


def test_what_is_to_be_done_at_once_does_not_overtake_what_waits(qtbot: QtBot) -> None:
    coalescer = Coalescer()
    done: list[int] = []
    coalescer.put("x", partial(done.append, 1))
    coalescer.now("y", partial(done.append, 2))
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == [1, 2]
