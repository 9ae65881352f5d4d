# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ivi.apphost.sandbox import cgroup
from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.cgroup import Group, new_group, remove_tree

BOX = Box(memory_mb=64, processes=2, tmp_mb=1, entry="x:y", cpu_percent=40)


def test_a_group_reads_what_the_kernel_writes_and_nothing_where_there_is_no_controller(tmp_path: Path) -> None:
    group = Group(tmp_path, frozenset())
    assert (group.memory(), group.cpu_time(), group.pids()) == (None, None, [])
    (tmp_path / "memory.current").write_text("4096\n")
    (tmp_path / "cpu.stat").write_text("usage_usec 2500000\nuser_usec 1\n")
    (tmp_path / "cgroup.procs").write_text("12\n34\n")
    assert (group.memory(), group.cpu_time(), group.pids()) == (4096, 2.5, [12, 34])


def test_freezing_and_adding_write_what_the_kernel_expects(tmp_path: Path) -> None:
    group = Group(tmp_path, frozenset())
    group.freeze(True)
    assert (tmp_path / "cgroup.freeze").read_text() == "1"
    group.freeze(False)
    assert (tmp_path / "cgroup.freeze").read_text() == "0"
    group.add([7])
    assert (tmp_path / "cgroup.procs").read_text() == "7"
    group.kill()
    assert (tmp_path / "cgroup.kill").read_text() == "1"


def test_limits_leave_room_for_the_box_itself() -> None:
    limits = cgroup.limits(BOX)
    assert int(limits["memory"]["memory.max"]) == (64 + cgroup.OWN_MB) << 20
    assert int(limits["memory"]["memory.high"]) < int(limits["memory"]["memory.max"])
    assert limits["cpu"]["cpu.max"] == "40000 100000"
    assert int(limits["pids"]["pids.max"]) > BOX.processes


def test_a_tree_is_removed_as_far_as_it_is_empty(tmp_path: Path) -> None:
    tree = tmp_path / "ivi-apps-1"
    (tree / "box-1").mkdir(parents=True)
    (tree / "box-2").mkdir()
    assert remove_tree(tree)
    assert not tree.exists()
    assert remove_tree(tree)
    (tree / "box-3").mkdir(parents=True)
    (tree / "box-3" / "busy").write_text("")
    assert not remove_tree(tree)


def test_groups_of_hosts_that_were_killed_are_removed_and_those_of_the_living_stay(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(60)
    (tmp_path / f"{cgroup.NAME}{gone.pid}" / "box-1").mkdir(parents=True)
    living = tmp_path / f"{cgroup.NAME}{os.getpid()}"
    living.mkdir()
    other = tmp_path / f"{cgroup.NAME}x"
    other.mkdir()
    cgroup._remove_orphans(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([living, other])


MAKE = """
import os
from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.cgroup import new_group
group = new_group(Box(memory_mb=64, processes=1, tmp_mb=1, entry="x:y"))
assert group is not None
group.add([os.getpid()])
print(group.folder, flush=True)
group.remove()  # it cannot go while we are in it
base = group.folder.parent.parent
home = base / "host" if (base / "host").is_dir() else base  # a group that is divided takes no processes
(home / "cgroup.procs").write_text(str(os.getpid()))
"""
IN_THE_LEAF = """
import os, sys
from pathlib import Path
from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.cgroup import new_group
(Path(sys.argv[1]) / "cgroup.procs").write_text(str(os.getpid()))
group = new_group(Box(memory_mb=64, processes=1, tmp_mb=1, entry="x:y"))
print(group and group.folder, flush=True)
if group:
    group.remove()
"""
ROOT = Path(__file__).parents[3]


def test_nothing_of_a_real_group_is_left_when_its_host_has_ended() -> None:
    group = new_group(BOX)
    if group is None:
        pytest.skip("no control group tree is ours")
    assert Layer.CGROUP_FREEZE in group.layers
    group.remove()
    assert not group.folder.exists()
    done = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    made = Path(done.stdout.strip())
    assert not made.exists()
    assert not made.parent.exists()


def test_who_is_started_by_a_host_that_has_moved_to_the_leaf_gets_groups_too() -> None:
    group = new_group(BOX)
    if group is None:
        pytest.skip("no control group tree is ours")
    group.remove()
    base = group.folder.parent.parent
    leaf = base / cgroup.LEAF
    is_new = not leaf.exists()
    leaf.mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, "-c", IN_THE_LEAF, str(leaf)],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert done.stdout.startswith(f"{base}/{cgroup.NAME}"), done.stdout
    finally:
        deadline = time.monotonic() + 10  # the kernel may still count the dead
        while is_new and not remove_tree(leaf):
            assert time.monotonic() < deadline
            time.sleep(0.01)
