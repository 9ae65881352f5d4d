# SPDX-License-Identifier: Apache-2.0
"""The pure parts of supervision: budgets, holds, visibility, quarantine, the place of a hang, process trees."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost import hang, process_tree
from ivi.apphost.holds import Hold, Holds
from ivi.apphost.logbook import KEPT, Logbook
from ivi.apphost.quarantine import Quarantine
from ivi.apphost.usage import BURST, REST_MAX, CpuBudget
from ivi.apphost.visibility import GRACE, VALID_FOR, Visibility
from ivi.model.apphost import AppState

DUMP = """hello
Fatal Python error: Aborted

Current thread 0x00007f1a2b3c4d5e (most recent call first):
  File "/usr/lib/python3.13/json/decoder.py", line 353 in raw_decode
  File "/app/media/app.py", line 12 in tick
  File "/runtime/ivi/sdk/app.py", line 131 in _fire_timers
""".splitlines()


def test_a_hang_is_named_by_the_apps_own_innermost_line() -> None:
    assert hang.place(DUMP) == "in tick, media/app.py line 12"
    assert hang.place(["hello"]) == ""
    assert hang.traceback(DUMP)[0] == "Fatal Python error: Aborted"
    # Only the newest dump counts: the app may have been killed before.
    assert hang.place([*DUMP, "Fatal Python error: Aborted", '  File "/app/media/b.py", line 3 in <module>']) == (
        "in <module>, media/b.py line 3"
    )


def test_a_spinning_app_comes_down_to_its_share() -> None:
    budget, now, used, until = CpuBudget(25, 0.0), 0.0, 0.0, 0.0
    while now < 60:
        now += 0.1
        if now >= until:
            used += 0.1
            until = now + budget.rest(now, used)
    assert 0.25 * 60 - 0.2 <= used <= 0.25 * 60 + BURST + 0.2


@given(st.lists(st.tuples(st.floats(0.01, 5), st.floats(0, 5)), max_size=50), st.integers(1, 100))
def test_a_rest_is_bounded_and_only_for_who_is_over(steps: list[tuple[float, float]], percent: int) -> None:
    budget, now, used = CpuBudget(percent, 0.0), 0.0, 0.0
    for passed, spent in steps:
        now += passed
        used += spent
        rest = budget.rest(now, used)
        assert 0 <= rest <= REST_MAX
        if used <= BURST:
            assert rest == 0


def test_the_oldest_hold_is_shown_and_each_change_wakes() -> None:
    holds = Holds()
    holds.put("a", Hold(AppState.STOPPED_BY_DRIVER, "first"))
    holds.put("b", Hold(AppState.QUARANTINED, "second"))
    assert holds.present == Hold(AppState.STOPPED_BY_DRIVER, "first")
    assert holds.changed.is_set()
    holds.changed.clear()
    assert holds.release("a")
    assert holds.changed.is_set()
    assert holds.present == Hold(AppState.QUARANTINED, "second")
    holds.changed.clear()
    assert not holds.release("a")
    assert not holds.changed.is_set()


def test_without_a_screen_nobody_is_hidden() -> None:
    visibility = Visibility()
    assert not visibility.hidden("a", 1000.0)
    visibility.show(["b"], 1000.0)
    assert not visibility.hidden("b", 1005.0)
    assert not visibility.hidden("a", 1000.0 + GRACE - 1)
    visibility.show(["b"], 1000.0 + GRACE - 1)
    assert visibility.hidden("a", 1000.0 + GRACE + 1)
    assert not visibility.hidden("a", 1000.0 + GRACE + VALID_FOR)  # the screen has gone silent


def test_an_app_that_leaves_the_screen_has_its_grace() -> None:
    visibility, woken = Visibility(), asyncio.Event()
    visibility.watchers.add(woken)
    visibility.show(["a"], 0.0)
    assert woken.is_set()
    for now in range(1, 100):
        visibility.show(["b"] if now >= 50 else ["a"], float(now))
        assert visibility.hidden("a", float(now)) == (now > 50 + GRACE)


def test_quarantine_outlives_a_restart_and_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "quarantine.json"
    Quarantine(path).put("a", "1.0.0")
    again = Quarantine(path)
    assert ("a", "1.0.0") in again
    assert ("a", "1.0.1") not in again
    again.release("a")
    assert ("a", "1.0.0") not in Quarantine(path)
    path.write_text("{ broken")
    assert ("a", "1.0.0") not in Quarantine(path)


def test_a_logbook_keeps_the_newest() -> None:
    book = Logbook()
    for number in range(KEPT + 10):
        book.add("app" if number % 2 else "host", f"line {number}")
    assert [line.text for line in book.since(0, 2)] == [f"line {KEPT + 8}", f"line {KEPT + 9}"]
    assert len(book.since(0, 10**6)) == KEPT
    assert [line.number for line in book.since(KEPT + 9, 5)] == [KEPT + 10]
    assert all("line" in text for text in book.printed())


@pytest.fixture
def spinner() -> Iterator[subprocess.Popen[str]]:
    """A process with a child that spins."""
    code = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "while True: pass"])
print("ready", flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline()
            yield process
        finally:
            for pid in process_tree.members(process.pid):
                os.kill(pid, signal.SIGKILL)


def wait_for(what: object, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_a_frozen_tree_uses_nothing_and_goes_on_after_the_thaw(spinner: subprocess.Popen[str]) -> None:
    wait_for(lambda: process_tree.cpu_time(process_tree.members(spinner.pid)) > 0.3)
    pids = process_tree.members(spinner.pid)
    assert pids[0] == spinner.pid
    assert len(pids) == 2
    assert process_tree.memory(pids) > 1 << 20
    process_tree.freeze(spinner.pid)
    # The kernel books the last tick when the process really stands.
    wait_for(lambda: all(state(pid) == "T" for pid in pids))
    used = process_tree.cpu_time(pids)
    time.sleep(0.3)
    assert process_tree.cpu_time(pids) == used
    process_tree.thaw(spinner.pid)
    wait_for(lambda: process_tree.cpu_time(pids) > used + 0.1)


def test_an_app_comes_after_the_car(spinner: subprocess.Popen[str]) -> None:
    pids = process_tree.members(spinner.pid)
    process_tree.yield_to_the_car(pids)
    assert {os.getpriority(os.PRIO_PROCESS, pid) for pid in pids} == {process_tree.APP_NICE}
    assert {Path(f"/proc/{pid}/oom_score_adj").read_text().strip() for pid in pids} == {str(process_tree.OOM_SCORE)}
    process_tree.put_last(pids)
    assert {os.sched_getscheduler(pid) for pid in pids} == {os.SCHED_IDLE}


def test_a_process_that_is_gone_is_no_error() -> None:
    with subprocess.Popen(["/bin/true"]) as gone:
        gone.wait()
        pid = gone.pid
    assert process_tree.members(pid) == []
    assert process_tree.memory([pid]) == 0
    assert process_tree.cpu_time([pid]) == 0
    process_tree.freeze(pid)
    process_tree.thaw(pid)
    process_tree.yield_to_the_car([pid])
    process_tree.put_last([pid])


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
