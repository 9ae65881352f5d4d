# SPDX-License-Identifier: Apache-2.0
"""The screen's process and a whole demo around it, for the benchmarks of the screen."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.errors import IviError
from ivi.model.hmi import HmiAnswer, ReadItem, Touch
from ivi.model.status import GetStatus, ProcessStatus

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0  # seconds; on a loaded machine everything takes four times longer
CLOCK = os.sysconf("SC_CLK_TCK")  # of /proc/PID/stat


@contextlib.contextmanager
def child(words: list[str], **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python child that is ended in the end, with these environment variables (an empty one is taken away)."""
    # An installation has its byte code; a checkout on a machine that is told to write none would compile each time.
    code = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache")}
    variables = code | variables
    environment = {**os.environ, **variables}
    for name in [name for name, value in variables.items() if not value]:
        del environment[name]
    process = subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ask(request: msgspec.Struct, process: str = "hmi", answers: object = HmiAnswer | ProcessStatus) -> Any:  # noqa: ANN401  # the request decides
    """One call. Raises IviError."""

    async def call() -> object:
        async with LinkClient(socket_path(process), answers) as client:
            return await client.call(request, 20.0)

    return asyncio.run(call())


def counters() -> dict[str, Any]:
    """What the screen has counted; empty while it does not answer."""
    try:
        answer = ask(GetStatus())
    except IviError:
        return {}
    return dict(answer.counters) if isinstance(answer, ProcessStatus) else {}


def pid() -> int:
    """Process id of the screen; 0 while it does not answer."""
    try:
        answer = ask(GetStatus())
    except IviError:
        return 0
    return answer.pid if isinstance(answer, ProcessStatus) else 0


def shows(name: str) -> str:
    """The text of an item; empty while it is not on the screen."""
    try:
        answer = ask(ReadItem(name))
    except IviError:
        return ""
    return str(answer.text)


def touch(name: str) -> bool:
    """Whether an item could be touched."""
    try:
        ask(Touch(name))
    except IviError:
        return False
    return True


def until(condition: Callable[[], object], what: str, pause: float = 0.05, seconds: float = DEADLINE) -> None:
    """Wait. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {what}")
        time.sleep(pause)


def rss_mb(process: int) -> float:
    """Resident memory of a process."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {process} has no memory")


@contextlib.contextmanager
def own_folders(folder: Path) -> Iterator[None]:
    """Sockets and data of everything in this folder."""
    kept = {name: os.environ.get(name) for name in ("IVI_RUNTIME_DIR", "IVI_STATE_DIR")}
    (folder / "run").mkdir(mode=0o700)
    os.environ.update(IVI_RUNTIME_DIR=str(folder / "run"), IVI_STATE_DIR=str(folder / "state"))
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
