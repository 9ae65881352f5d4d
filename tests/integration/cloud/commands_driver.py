# SPDX-License-Identifier: Apache-2.0
"""The commands part in a process of its own, which may be killed, and which kills itself at a given point.

Messages come as lines of hexadecimal digits from a file, again at each start, as a broker and a fleet that hear nothing
send them again. What is told goes into a real outbox file.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ivi.cloud.commands import runner
from ivi.cloud.commands.inbox import Inbox
from ivi.cloud.commands.part import Commands
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.monotone_clock import MonotoneClock
from ivi.cloud.outbox import Outbox
from ivi.cloud.part import Clock
from ivi.cloud.record import decode_record
from ivi.cloud.trust import Trust
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model.commands import Request
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer

POLL = 0.005  # seconds between looks at the file


class Post:
    """A post whose outbox is a file, and which never forgets."""

    vehicle_id = "car-1"
    is_online = True

    def __init__(self, path: Path, point: Callable[[str], None]) -> None:
        self.clock: Clock = MonotoneClock()
        self._outbox = Outbox(path, sync="FULL")
        self._point = point

    def put(self, outgoing: Outgoing) -> bool:
        return self.put_now(outgoing)

    def put_now(self, outgoing: Outgoing) -> bool:
        record = decode_record(outgoing.body)
        self._outbox.append([outgoing.body])
        if record.kind == "command":
            self._point(f"told:{record.data['state']}")
        return True

    def waiting(self, _delivery: DeliveryClass) -> Iterable[bytes]:
        return self._outbox.bodies()

    def before_forgetting(self, _delivery: DeliveryClass, _settle: Callable[[], None]) -> None:
        """Nothing is forgotten here."""


def die_at(wanted: str) -> Callable[[str], None]:
    """Ends this process without a word when the point is reached."""

    def point(name: str) -> None:
        if name == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return point


def watch(point: Callable[[str], None]) -> None:
    """Name the moments after each commit, and the one between the car's deed and its outcome."""
    take, move, flush, outcome = Inbox.take, Inbox.move, Inbox.flush, runner.Runner._outcome

    def taken(self: Inbox, *args: Any) -> bool:  # noqa: ANN401
        took = take(self, *args)
        point("taken")
        return took

    def moved(self: Inbox, *args: Any) -> object:  # noqa: ANN401
        entry = move(self, *args)
        point(f"moved:{entry.state}")
        return entry

    def flushed(self: Inbox) -> None:
        ended = bool(self._ended)
        flush(self)
        if ended:
            point("flushed")

    async def acted(self: runner.Runner, *args: Any) -> object:  # noqa: ANN401
        result = await outcome(self, *args)
        point("acted")
        return result

    Inbox.take, Inbox.move, Inbox.flush = taken, moved, flushed  # type: ignore[assignment,method-assign]  # the test looks inside
    runner.Runner._outcome = acted  # type: ignore[assignment,method-assign]  # as above


async def main() -> None:
    """Run until killed, or until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--die", default="")
    options = parser.parse_args()
    folder: Path = options.folder
    point = die_at(options.die)
    watch(point)
    databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
    services = LinkClient(folder / "services.sock", ServicesAnswer)
    vehicle = Vehicle(databroker, services)
    process = Process("cloud")
    commands = Commands(process, vehicle, Trust.load(folder / "trust.json"), folder / "commands.db")
    server = LinkServer(folder / "cloud.sock", (Request,), process.status)
    commands.serve(server.router)
    vehicle.start()
    await vehicle.settle()
    await commands.start(Post(folder / "told.db", point))
    (folder / "epoch").write_bytes(commands.epoch)
    await server.start()
    sys.stdout.write("started\n")
    sys.stdout.flush()
    done = 0
    while True:
        lines = (folder / "messages").read_text("ascii").split("\n")[:-1] if (folder / "messages").exists() else []
        for line in lines[done:]:
            commands.received("cmd", bytes.fromhex(line))
        done = len(lines)
        await asyncio.sleep(POLL)


if __name__ == "__main__":
    asyncio.run(main())
