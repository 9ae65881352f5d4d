# SPDX-License-Identifier: Apache-2.0
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivi.apphost.sandbox import process_tree

TREE = """
import os, sys, time
if os.fork() == 0:
    if os.fork() == 0:
        while True:
            pass
    time.sleep(600)
room = bytearray(8 << 20)
for at in range(0, len(room), 4096):
    room[at] = 1
print("ready", flush=True)
time.sleep(600)
"""


def until(what: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


@pytest.fixture
def tree() -> Iterator[int]:
    """A process with a child and a grandchild that spins."""
    process = subprocess.Popen([sys.executable, "-c", TREE], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    until(lambda: len(process_tree.descendants(process.pid)) == 3)
    pids = process_tree.descendants(process.pid)
    try:
        yield process.pid
    finally:
        for pid in reversed(pids):
            os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=20)


def test_it_finds_all_below_parents_first(tree: int) -> None:
    found = process_tree.descendants(tree)
    assert found[0] == tree
    assert len(set(found)) == 3


def test_memory_and_time_are_those_of_all(tree: int) -> None:
    assert process_tree.memory(tree) > 8 << 20
    before = process_tree.cpu_time(tree)
    until(lambda: process_tree.cpu_time(tree) > before)


def test_all_stop_and_all_go_on(tree: int) -> None:
    process_tree.stop(tree)
    pids = process_tree.descendants(tree)
    until(lambda: all(state(pid) == "T" for pid in pids))
    used = process_tree.cpu_time(tree)
    assert process_tree.cpu_time(tree) == used
    process_tree.go_on(tree)
    until(lambda: process_tree.cpu_time(tree) > used)


def test_what_has_gone_is_nothing_and_no_error() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(60)
    assert process_tree.descendants(gone.pid) == []
    assert process_tree.memory(gone.pid) == 0
    assert process_tree.cpu_time(gone.pid) == 0
    process_tree.stop(gone.pid)
    process_tree.go_on(gone.pid)
    process_tree.send([gone.pid], signal.SIGKILL)
