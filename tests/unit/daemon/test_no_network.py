# SPDX-License-Identifier: Apache-2.0
"""A process leaves the network for good, with everything that it starts, and keeps sockets that are files."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ivi.daemon import no_network

LEAVES = "from ivi.daemon import no_network; no_network.leave(); "


@pytest.fixture
def namespaces(root: Path) -> None:
    """Skips where the kernel lets nobody have a network namespace."""
    trial = subprocess.run(
        [sys.executable, "-c", LEAVES], check=False, capture_output=True, text=True, cwd=root, timeout=60
    )
    if trial.returncode and "PermissionError" in trial.stderr:
        pytest.skip("no namespaces here")
    assert trial.returncode == 0, trial.stderr


def run(root: Path, code: str) -> str:
    """What a process prints that has left."""
    done = subprocess.run(
        [sys.executable, "-c", LEAVES + code], check=True, capture_output=True, text=True, cwd=root, timeout=60
    )
    return done.stdout.strip()


@pytest.mark.usefixtures("namespaces")
def test_no_interface_and_no_route_is_left(root: Path) -> None:
    assert run(root, "print(no_network.reach())") == "Reach(interfaces=(), shared=True)"
    code = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "for place in ('192.0.2.1', '127.0.0.1'):\n"
        "    try: s.connect((place, 9)); print('reached', place)\n"
        "    except OSError as error: print(error.strerror)"
    )
    assert run(root, code).splitlines() == ["Network is unreachable"] * 2


@pytest.mark.usefixtures("namespaces")
def test_leaving_again_is_nothing(root: Path) -> None:
    assert run(root, "print(no_network.leave())") == "there was none"


@pytest.mark.usefixtures("namespaces")
def test_user_and_files_stay(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen(1)
        code = f"import os, socket; s = socket.socket(socket.AF_UNIX); s.connect({str(path)!r}); print(os.geteuid())"
        assert run(root, code) == str(os.geteuid())


@pytest.mark.usefixtures("namespaces")
def test_children_have_none_and_it_is_seen_from_outside(root: Path) -> None:
    code = LEAVES + "import subprocess; subprocess.run(['cat'])"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, cwd=root) as process:
        try:
            family = no_network.family(process.pid)
            while len(family) < 2 and process.poll() is None:
                time.sleep(0.01)
                family = no_network.family(process.pid)
            reaches = [no_network.reach(pid) for pid in family]
        finally:
            process.communicate(timeout=30)
    assert len(reaches) == 2
    assert {(reach.none, reach.shared) for reach in reaches} == {(True, False)}


def test_a_trial_says_so(root: Path) -> None:
    trial = subprocess.run(
        [sys.executable, "-m", "ivi.daemon.no_network"],
        check=False,
        capture_output=True,
        text=True,
        cwd=root,
        timeout=60,
    )
    assert (trial.returncode, trial.stdout.strip()) in {(0, ""), (1, "Operation not permitted")}
