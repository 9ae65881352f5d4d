# SPDX-License-Identifier: Apache-2.0
"""Apps as transient units of the real systemd: what the probe finds, a real app, and the attack suite inside."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.apphost.sandbox.box import Box, Layer
from ivi.apphost.sandbox.launcher import CHOICE_VARIABLE
from ivi.apphost.sandbox.probe import probe
from ivi.apphost.sandbox.systemd import SystemdLauncher, host_unit, may_start_units
from tests.target.machine import ROOT, command, until

sys.path.append(str(ROOT / "tests" / "performance"))

pytestmark = [pytest.mark.target, pytest.mark.timeout(400)]

HELD = {
    Layer.NAMESPACES, Layer.SECCOMP, Layer.RLIMITS, Layer.MDWE, Layer.SCRATCH, Layer.OWN_UID, Layer.CGROUP_FREEZE,
    Layer.CGROUP_MEMORY, Layer.CGROUP_PIDS, Layer.CGROUP_CPU,
}  # fmt: skip
STOPPED_BY_NOTHING = {"fine_timers", "name_of_machine"}  # docs/security.md names both
FORKED = """
import os, socket, time
class Main:
    def run(self, fd):
        link = socket.socket(fileno=fd)
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
        link.sendall(b"x")
        time.sleep(600)
"""


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """State and sockets of a host that runs here as root."""
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(tmp_path / "run"))
    yield
    assert "ivi-app-" not in command("systemctl", "list-units", "--all", "--plain", "ivi-app-*"), "a unit is left"


def test_this_process_may_start_units() -> None:
    assert may_start_units()
    assert host_unit() == "ivi-handover.service"


def test_the_probe_finds_the_layers() -> None:
    report = asyncio.run(probe(SystemdLauncher()))
    assert report.usable, report.problem
    assert set(report.layers) >= HELD


def owner(pid: int) -> int:
    """The user of a process, as this machine numbers it."""
    return Path(f"/proc/{pid}").stat().st_uid


def test_a_unit_ends_with_all_that_it_started(tmp_path: Path) -> None:
    import socket  # noqa: PLC0415

    app = tmp_path / "app"
    app.mkdir()
    (app / "main.py").write_text(FORKED)
    box = Box(memory_mb=64, processes=4, tmp_mb=4, entry="forked.main:Main", package="forked", app_dir=app)

    async def live() -> tuple[int, int, list[int], frozenset[Layer]]:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        child = await SystemdLauncher().spawn(box, theirs.fileno())
        theirs.close()
        async with asyncio.timeout(60):
            assert await asyncio.get_running_loop().sock_recv(ours, 1) == b"x"
        pids, memory = child.pids(), child.memory()
        uid = owner(pids[0])
        child.freeze()
        child.thaw()
        await child.kill()
        child.close()
        ours.close()
        return uid, memory, pids, child.layers

    uid, memory, pids, layers = asyncio.run(live())
    assert 61184 <= uid <= 65519  # systemd's dynamic users
    assert memory > 1 << 20
    assert len(pids) == 2
    assert Layer.OWN_UID in layers
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


def test_a_real_app_runs_under_the_app_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app_host import make_app, running  # noqa: PLC0415  # its folder is on the path by now
    from app_host import until as until_host  # noqa: PLC0415
    from bench_apps import IDLE  # noqa: PLC0415

    monkeypatch.setenv(CHOICE_VARIABLE, "systemd")
    app = make_app(tmp_path / "apps", "idle", IDLE)
    with running(tmp_path, [app]) as host:
        until_host(lambda: host.lines("dev.bench.idle", "host")[-1].text == "running", 180)
        listed = command("systemctl", "list-units", "--plain", "--no-legend", "ivi-app-*")
        assert "running" in listed


def test_the_attack_suite_gets_nothing_more_than_under_bubblewrap() -> None:
    from attack_boxes import in_box  # noqa: PLC0415  # its folder is on the path by now
    from attack_scene import scene  # noqa: PLC0415
    from escapes.registry import ATTACKS  # noqa: PLC0415

    async def attack() -> dict[str, str]:
        found: dict[str, tuple[bool, str]] = {}
        with scene() as place:
            for kind in ("solo", "family", "net"):
                keys = [key for key, one in ATTACKS.items() if one.box == kind and not one.watched]
                found |= await in_box(place, kind, frozenset(), keys, SystemdLauncher())
        return {key: text for key, (succeeded, text) in found.items() if succeeded}

    escaped = asyncio.run(attack())
    (Path(os.environ["IVI_TARGET_OUT"]) / "attacks.txt").write_text(repr(escaped))
    assert set(escaped) <= STOPPED_BY_NOTHING, escaped


def test_systemd_itself_finds_the_unit_safe(tmp_path: Path) -> None:
    from ivi.apphost.sandbox.runtime import runtime  # noqa: PLC0415
    from ivi.apphost.sandbox.unit import empty_root, unit_file  # noqa: PLC0415

    path = tmp_path / "ivi-app.service"
    path.write_text(unit_file(Box(memory_mb=64, processes=1, tmp_mb=4, entry="x:Y"), runtime(), empty_root(tmp_path)))
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=10", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "Unknown" not in done.stdout
