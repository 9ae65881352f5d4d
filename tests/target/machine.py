# SPDX-License-Identifier: Apache-2.0
"""The guest's own tools, each with a deadline that holds under emulation on a busy machine."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0  # s


def command(*words: str, check: bool = True) -> str:
    """Run a program to its end; its output and complaints."""
    done = subprocess.run(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=DEADLINE, check=False
    )
    assert not check or done.returncode == 0, f"{' '.join(words)}: {done.stdout}"
    return done.stdout


def ip(*words: str) -> str:
    """Run `ip`."""
    return command("ip", *words)


def cansend(channel: str, *frames: str) -> None:
    """Send frames by can-utils."""
    for frame in frames:
        command("cansend", channel, frame)


def python(module: str, *words: str) -> tuple[str, ...]:
    """The command line of one of our modules."""
    return (sys.executable, "-m", module, *words)


def until[T](what: Callable[[], T], seconds: float = DEADLINE) -> T:
    """Poll until it is true; fails with the last answer."""
    give_up = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < give_up, f"still {found!r} after {seconds} s"
        time.sleep(0.1)
    return found
