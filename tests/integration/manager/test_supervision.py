# SPDX-License-Identifier: Apache-2.0
"""One supervised child in real life: ready, killed, wedged, badly set up, deaf to SIGTERM."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.manager import child as child_module
from ivi.manager.child import Child
from ivi.manager.options import RunOptions
from ivi.manager.table import ProcessSpec
from ivi.model.manager import ProcessState

ROOT = Path(__file__).resolve().parents[3]
READY = """
import os, signal, socket, time
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
"""
ALIVE = """
while True:
    s.sendto(b"WATCHDOG=1", os.environ["NOTIFY_SOCKET"])
    time.sleep(0.2)
"""
BODIES = {
    "good": READY + ALIVE,
    "wedged": READY + "time.sleep(600)\n",
    "unfit": "import sys\nprint('ivi unfit: there is no car (build one)')\nsys.exit(2)\n",
    "deaf": "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + READY + "time.sleep(600)\n",
    "silent": "import time\ntime.sleep(600)\n",
    "closed": READY + "time.sleep(0.2)\n",
}


def exists(pid: int) -> bool:
    """Whether a process lives; one that waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0]
    except OSError:
        return False
    return state != b"Z"


def run(
    run_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    body: str,
    test: Callable[[Child, list[ProcessState]], Awaitable[None]],
    **row: float,
) -> None:
    (tmp_path / f"child_{body}.py").write_text(BODIES[body])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    states: list[ProcessState] = []

    async def main() -> None:
        spec = ProcessSpec(body, f"child_{body}", 0, **row)  # type: ignore[arg-type]  # only the numbers of a row
        child = Child(spec, RunOptions(), (run_dir, tmp_path), lambda changed: states.append(changed.state))
        child.start()
        try:
            await test(child, states)
        finally:
            await child.stop()
            assert child.pid == 0 or not exists(child.pid)

    asyncio.run(main())


async def wait_for(child: Child, state: ProcessState, seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while child.state is not state:
            await asyncio.sleep(0.01)


def test_a_killed_child_is_back_within_two_seconds(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, _states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.READY)
        killed = time.monotonic()
        os.kill(child.pid, signal.SIGKILL)
        await wait_for(child, ProcessState.RESTARTING)
        assert "SIGKILL" in child.reason
        await wait_for(child, ProcessState.READY)
        assert time.monotonic() - killed < 2.0
        assert child.restarts == 1

    run(run_dir, tmp_path, monkeypatch, "good", test)


def test_a_wedged_child_is_killed_by_its_watchdog(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, _states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.READY)
        await wait_for(child, ProcessState.RESTARTING)
        assert "SIGABRT" in child.reason

    run(run_dir, tmp_path, monkeypatch, "wedged", test, watchdog_s=0.5)


def test_a_child_that_cannot_work_is_not_started_again(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.FAILED)
        assert child.reason == "ivi unfit: there is no car (build one)"
        assert child.settled.is_set()
        assert ProcessState.RESTARTING not in states

    run(run_dir, tmp_path, monkeypatch, "unfit", test)


def test_a_screen_whose_window_is_closed_is_not_opened_again(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.STOPPED)
        assert child.reason == "its window was closed"
        assert ProcessState.RESTARTING not in states

    run(run_dir, tmp_path, monkeypatch, "closed", test, ends_run=True)


def test_a_deaf_child_is_killed_after_its_deadline(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "STOP_DEADLINE", 0.3)

    async def test(child: Child, _states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.READY)
        pid = child.pid
        await child.stop()
        assert not exists(pid)

    run(run_dir, tmp_path, monkeypatch, "deaf", test)


def test_a_child_that_is_late_does_not_hold_the_others(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, _states: list[ProcessState]) -> None:
        async with asyncio.timeout(20):
            await child.settled.wait()
        assert child.state is ProcessState.STARTING
        assert child.reason == "not ready after 0.2 s"

    run(run_dir, tmp_path, monkeypatch, "silent", test, ready_s=0.2)


def test_children_end_with_their_manager(run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A manager that is killed cannot stop anybody; the kernel does it (PR_SET_PDEATHSIG)."""
    (tmp_path / "child_good.py").write_text(BODIES["good"])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    program = (
        "import asyncio, pathlib, sys\n"
        "from ivi.manager.child import Child\n"
        "from ivi.manager.options import RunOptions\n"
        "from ivi.manager.table import ProcessSpec\n"
        "async def main():\n"
        f"    folders = (pathlib.Path({str(run_dir)!r}), pathlib.Path({str(tmp_path)!r}))\n"
        "    child = Child(ProcessSpec('good', 'child_good', 0), RunOptions(), folders, lambda _c: None)\n"
        "    child.start()\n"
        "    await child.ready.wait()\n"
        "    print(child.pid, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )

    async def main() -> None:
        manager = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, cwd=ROOT
        )
        assert manager.stdout is not None
        async with asyncio.timeout(30):
            pid = int(await manager.stdout.readline())
            manager.kill()
            await manager.wait()
            while exists(pid):
                await asyncio.sleep(0.02)

    asyncio.run(main())


def test_a_child_that_is_asked_to_start_again_does_so_at_once(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.READY)
        before = child.pid
        await child.restart()
        assert not exists(before)
        await wait_for(child, ProcessState.READY)
        assert child.pid != before
        assert child.restarts == 1
        assert ProcessState.STOPPED not in states

    # Also one whose window it is: what was asked for does not end the run.
    run(run_dir, tmp_path, monkeypatch, "good", test, ends_run=True)


def test_a_child_that_gave_up_is_started_anew_when_asked(
    run_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test(child: Child, _states: list[ProcessState]) -> None:
        await wait_for(child, ProcessState.FAILED)
        (tmp_path / "child_unfit.py").write_text(BODIES["good"])  # what was wrong has been put right
        await child.restart()
        await wait_for(child, ProcessState.READY)

    run(run_dir, tmp_path, monkeypatch, "unfit", test)
