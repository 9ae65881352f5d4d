# SPDX-License-Identifier: Apache-2.0
"""Real processes for the cloud tests: Mosquitto, the ingest and the uplink, each of which may be killed."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.fleet import report
from ivi.fleet.mosquitto import prepare
from ivi.model.cloud import CloudAnswer, Flush, SubscribeUplink, Uplink
from ivi.model.errors import IviError, NotFoundError
from ivi.model.status import GetStatus, ProcessStatus

DRIVER = Path(__file__).with_name("uplink_driver.py")


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Rig:
    """The three processes of one test, with their files in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tls: Path | None = None
        self.mixed = False
        self.disk = 0
        self.port = free_port()
        self.db = folder / "fleet.db"
        self.accepted = folder / "accepted"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.rate, self.limit = 0, 1 << 60
        (folder / "mosquitto").mkdir()
        self.env = os.environ | {
            "IVI_RUNTIME_DIR": str(folder / "run"),
            "IVI_STATE_DIR": str(folder / "state"),
        }

    # -- processes ----------------------------------------------------------------------------------------------------
    def start(self, name: str) -> None:
        """Start `broker`, `ingest` or `uplink`."""
        broker = f"127.0.0.1:{self.port}"
        tls = ["--tls-dir", str(self.tls)] if self.tls else []
        if name == "broker":
            command = prepare(self.port, self.folder / "mosquitto", self.tls)
        elif name == "ingest":
            command = [sys.executable, "-m", "ivi.fleet", "--broker", broker, "--db", str(self.db), *tls]
        else:
            command = [
                *(sys.executable, str(DRIVER), "--broker", broker, *tls),
                *("--rate", str(self.rate), "--limit", str(self.limit), "--accepted", str(self.accepted)),
                *(["--mixed"] if self.mixed else []),
                *("--disk", str(self.disk)),
            ]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(command, env=self.env, stderr=log, stdout=log)

    def kill(self, name: str) -> None:
        """SIGKILL, and wait for its end."""
        process = self.running.pop(name)
        process.kill()
        process.wait(10)

    def terminate(self, name: str) -> int:
        """SIGTERM; returns the exit status."""
        process = self.running.pop(name)
        process.terminate()
        return process.wait(15)

    def quiet(self) -> None:
        """Let the uplink make no more records."""
        self.running["uplink"].send_signal(signal.SIGUSR1)

    def settle(self) -> None:
        """Quiet, and everything that waits in memory is accepted; what is promised does not change any more."""
        self.quiet()
        self.flush()

    def close(self) -> None:
        """End whatever runs."""
        for process in self.running.values():
            process.kill()
        for process in self.running.values():
            process.wait(10)

    def broker_answers(self) -> bool:
        """Whether the port takes connections."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    # -- looking ------------------------------------------------------------------------------------------------------
    def _ask(self, name: str, request: GetStatus | Flush, timeout: float) -> object:
        async def ask() -> object:
            async with LinkClient(
                self.folder / "run" / f"{name}.sock", ProcessStatus | CloudAnswer.__value__
            ) as client:
                return await client.call(request, timeout)

        return asyncio.run(ask())

    def status(self, name: str) -> ProcessStatus | None:
        """What a process says of itself; None while it does not answer."""
        try:
            answer = self._ask({"uplink": "cloud", "ingest": "fleet"}[name], GetStatus(), 5.0)
        except IviError:
            return None
        assert isinstance(answer, ProcessStatus)
        return answer

    def counter(self, name: str, key: str) -> object:
        """One number of a process; None while it does not answer."""
        status = self.status(name)
        return status.counters.get(key) if status else None

    def must_status(self, name: str) -> ProcessStatus:
        """What a process says of itself; it must answer."""
        status = self.status(name)
        assert status is not None
        return status

    def number(self, name: str, key: str) -> int:
        """One number of a process; -1 while it does not answer."""
        value = self.counter(name, key)
        return value if isinstance(value, int) else -1

    def flush(self, timeout: float = 6.0) -> Uplink:
        """Ask the uplink to send what waits."""
        answer = self._ask("cloud", Flush(), timeout)
        assert isinstance(answer, Uplink)
        return answer

    def follow(self, enough: Callable[[list[Uplink]], bool]) -> list[Uplink]:
        """Events of SubscribeUplink until there are enough."""
        seen: list[Uplink] = []

        async def read() -> None:
            async with (
                asyncio.timeout(20),
                LinkClient(self.folder / "run" / "cloud.sock", CloudAnswer) as client,
                contextlib.aclosing(client.stream(SubscribeUplink())) as events,  # type: ignore[type-var]  # it is a generator
            ):
                async for event in events:
                    seen.append(event)
                    if enough(seen):
                        return

        asyncio.run(read())
        return seen

    def stored(self) -> Counter[str]:
        """Bodies in the fleet's database, counted."""
        try:
            return Counter(row.body.decode() for row in report.rows(self.db))
        except NotFoundError:
            return Counter()

    def stored_count(self) -> int:
        """Rows in the fleet's database, by its effect; cheap."""
        try:
            return sum(vehicle.records for vehicle in report.vehicles(self.db))
        except NotFoundError:
            return 0

    def promised(self) -> dict[str, int]:
        """How many records each start of the uplink said were accepted."""
        counts: dict[str, int] = {}
        text = self.accepted.read_text(encoding="ascii") if self.accepted.exists() else ""
        for line in text.split("\n")[:-1]:
            label, count = line.split()
            counts[label] = int(count)
        return counts

    def log(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")
