# SPDX-License-Identifier: Apache-2.0
"""Programs that are run for their output end, and leave no pipe or transport open (warnings are errors here)."""

import asyncio
import gc
import os
import sys
from pathlib import Path

import pytest

from ivi.daemon import program

LONG = 30.0  # seconds
SLEEPS = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"


def test_output_status_and_input() -> None:
    echoing = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1]); sys.exit(3)"
    big = bytes(range(256)) * 4000
    ended = asyncio.run(program.run((sys.executable, "-c", echoing), LONG, big))
    assert (ended.status, ended.output) == (3, big[::-1])


def test_what_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        asyncio.run(program.run((str(tmp_path / "none"),), LONG))


def test_too_slow_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"

    async def wait() -> None:
        with pytest.raises(TimeoutError):
            await program.run((sys.executable, "-c", SLEEPS, str(note)), 3.0)

    asyncio.run(wait())
    _gone(note)


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 40])
def test_cancelled_at_any_moment_leaves_nothing(tmp_path: Path, turns: int) -> None:
    async def cancel() -> None:
        running = asyncio.create_task(program.run((sys.executable, "-c", SLEEPS, str(tmp_path / "pid")), LONG))
        for _ in range(turns):
            await asyncio.sleep(0.002 if turns > 10 else 0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(cancel())
    gc.collect()  # an unclosed transport warns now
    _gone(tmp_path / "pid")


def _gone(note: Path) -> None:
    if note.exists() and note.read_text():
        with pytest.raises(ProcessLookupError):
            os.kill(int(note.read_text()), 0)
