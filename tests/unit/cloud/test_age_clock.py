# SPDX-License-Identifier: Apache-2.0
"""Ages of rows under clocks that jump."""

from pathlib import Path

import pytest

from ivi.cloud import age_clock
from ivi.cloud.age_clock import AgeClock
from ivi.cloud.outbox import Outbox
from ivi.cloud.wire import Kind

DAY = 86400.0


class Clocks:
    """Both clocks of a machine."""

    def __init__(self) -> None:
        self.wall, self.running, self.boot = 1e9, 100.0, "first"

    def clock(self, saved: str = "") -> AgeClock:
        """A start of the process."""
        return AgeClock(saved, self.boot, 15 * DAY, wall=lambda: self.wall, since_boot=lambda: self.running)


def test_while_it_runs_the_wall_clock_counts_nothing() -> None:
    """Neither a jump ahead nor one back."""
    clocks = Clocks()
    clock = clocks.clock()
    clocks.running += 5
    clocks.wall += 400 * DAY
    assert clock.now() == 5
    clocks.wall -= 800 * DAY
    clocks.running += 5
    assert clocks.clock(clock.state()).now() == 10


def test_over_a_restart_of_the_machine_the_wall_clock_counts_with_measure() -> None:
    """The time away; nothing for a clock that went back; and never more than half of the limit at once."""
    clocks = Clocks()
    saved = clocks.clock().state()
    clocks.boot, clocks.running, clocks.wall = "second", 1.0, clocks.wall + 3 * DAY
    clock = clocks.clock(saved)
    assert clock.now() == 3 * DAY
    saved = clock.state()
    clocks.boot, clocks.wall = "third", clocks.wall - 30 * DAY
    assert clocks.clock(saved).now() == 3 * DAY
    clocks.wall += 4000 * DAY
    assert clocks.clock(saved).now() == 18 * DAY


def test_what_cannot_be_read_begins_anew() -> None:
    """A state of another version."""
    assert Clocks().clock("nonsense").now() == 0


def test_old_rows_become_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted as dropped; the younger stay. No limit, no end."""
    ahead = 0.0
    real = age_clock.running
    monkeypatch.setattr(age_clock, "running", lambda: real() + ahead)
    box, endless = Outbox(tmp_path / "a.db", max_age_s=30 * DAY), Outbox(tmp_path / "b.db")
    for one in (box, endless):
        one.append([b"old"] * 3)
    ahead += 29 * DAY
    for one in (box, endless):
        one.append([b"young"])
    assert box.expire() == 0
    ahead += 2 * DAY
    assert (box.expire(), box.expire(), endless.expire()) == (3, 0, 0)
    frames = box.due(10)
    assert [(frame.kind, frame.seq) for frame in frames] == [(Kind.GAP, 3), (Kind.RECORD, 4)]
    assert frames[0].gap() == (1, 3)
    assert (box.waiting, box.dropped, endless.waiting) == (1, 3, 4)
    box.close()
    endless.close()
