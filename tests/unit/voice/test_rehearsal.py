# SPDX-License-Identifier: Apache-2.0
"""What is done in a copy of the process leaves nothing behind, however it ends."""

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, time
from ivi.voice.stt.rehearsal import rehearse

heard = ["turn"]

def finish():
    heard.append("off")
    return " ".join(heard).encode()

def fail():
    heard.append("never")
    raise ValueError("planted")

def crash():
    os.kill(os.getpid(), signal.SIGSEGV)
    return b"never"

def hang():
    time.sleep(60)
    return b"never"

print(rehearse({work}, {deadline}), heard, flush=True)
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("nobody left")
"""


def rehearsed(work: str, deadline: float = 20.0) -> tuple[str, str]:
    """In a process of one thread: what it printed, and its complaints."""
    script = SCRIPT.replace("{work}", work).replace("{deadline}", str(deadline))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout, done.stderr


def test_the_answer_comes_back_and_nothing_has_changed() -> None:
    assert rehearsed("finish") == ("b'turn off' ['turn']\nnobody left\n", "")


def test_a_long_answer_comes_back_whole() -> None:
    assert rehearsed("lambda: bytes(300_000)")[0].count(r"\x00") == 300_000


def test_a_failure_is_told_and_gives_no_answer() -> None:
    out, complaints = rehearsed("fail")
    assert out == "b'' ['turn']\nnobody left\n"
    assert "ValueError: planted" in complaints


def test_no_room_for_a_copy_gives_no_answer() -> None:
    """And leaves no pipe open: the last number of a file is as low as before."""
    script = (
        "import errno, os\n"
        "from ivi.voice.stt import rehearsal\n"
        "def full():\n"
        "    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))\n"
        "os.fork = full\n"
        "print(rehearsal.rehearse(lambda: b'never'), os.dup(0))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "b'' 3\n"
    assert "no copy of the process: Resource temporarily unavailable" in done.stderr


@pytest.mark.parametrize(("work", "deadline"), [("crash", 20.0), ("hang", 0.2)])
def test_a_crash_or_a_hang_gives_no_answer(work: str, deadline: float) -> None:
    assert rehearsed(work, deadline)[0] == "b'' ['turn']\nnobody left\n"
