# SPDX-License-Identifier: Apache-2.0
"""An app host process with apps made for a measurement, for the benchmarks of the app platform."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ivi.apphost.sandbox import process_tree
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import socket_path
from ivi.model.apphost import ApphostAnswer, ListLog, LogLine, StartApp, StopApp
from ivi.model.errors import IviError
from ivi.model.status import ProcessStatus

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0  # seconds; on a loaded machine everything takes four times longer
MANIFEST = """
[app]
id = "dev.bench.{name}"
name = "{name}"
version = "1.0.0"
sdk = ">=1"
entry = "{name}.main:Main"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
[[permission]]
use = "background"
reason = "is measured while nobody looks"
[resources]
{resources}
"""


def make_app(folder: Path, name: str, code: str, resources: str = "") -> Path:
    """An app in `folder`/`name` with this code."""
    app = folder / name
    app.mkdir(parents=True)
    (app / "manifest.toml").write_text(MANIFEST.format(name=name, resources=resources))
    (app / "main.py").write_text(code)
    return app


class Host:
    """The process, and questions to it."""

    def __init__(self, process: subprocess.Popen[bytes], folders: list[Path]) -> None:
        self.pid = process.pid
        self._process = process
        self._folders = {f"dev.bench.{folder.name}": folder for folder in folders}

    @property
    def alive(self) -> bool:
        """Whether the host still runs."""
        return self._process.poll() is None

    def ask(self, request: Any) -> Any:  # noqa: ANN401  # the request decides
        """The host's answer."""

        async def call() -> Any:  # noqa: ANN401
            async with LinkClient(socket_path("apphost"), ApphostAnswer | ProcessStatus) as client:
                return await client.call(request, 20.0)

        return asyncio.run(call())

    def lines(self, app_id: str, said_by: str = "app") -> list[LogLine]:
        """The app's log."""
        return [line for line in self.ask(ListLog(app_id, 0, 500)).lines if line.said_by == said_by]

    def restart(self, app_id: str) -> float:
        """Stop and start an app; milliseconds from its start to its first call."""
        self.ask(StopApp(app_id))
        until(lambda: self.lines(app_id, "host")[-1].text.startswith("stopped by driver"))
        self.ask(StartApp(app_id))
        until(lambda: self.lines(app_id, "host")[-1].text == "running")
        began, served = self.lines(app_id, "host")[-2:]
        return (served.time_ns - began.time_ns) / 1e6

    def tree(self, app_id: str) -> list[int]:
        """The app's processes: bubblewrap's two first."""
        mark = f"/app/{self._folders[app_id].name}"
        for pid in process_tree.descendants(self.pid)[1:]:
            with contextlib.suppress(OSError):
                if mark in Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0"):
                    return process_tree.descendants(pid)
        return []

    def rss_mb(self) -> float:
        """The host's own memory."""
        line = next(one for one in Path(f"/proc/{self.pid}/status").read_text().splitlines() if one.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def descriptors(self) -> int:
        """How many files the host has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


def until(what: Callable[[], object], seconds: float = DEADLINE) -> None:
    """Wait until something is true; a host that does not answer yet counts as not yet."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(IviError, IndexError):
            if what():
                return
        if time.monotonic() > deadline:
            raise SystemExit("it did not happen in time")
        time.sleep(0.02)


@contextlib.contextmanager
def running(folder: Path, apps: list[Path]) -> Iterator[Host]:
    """An app host with these apps and a folder of its own for sockets and state."""
    os.environ["IVI_RUNTIME_DIR"] = str(folder / "run")
    os.environ["IVI_STATE_DIR"] = str(folder / "state")
    words = [word for app in apps for word in ("--app", str(app))]
    with (folder / "apphost.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "ivi.manager.entry.apphost", "--grant-all", *words],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield Host(process, apps)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
