# SPDX-License-Identifier: Apache-2.0
"""The cloud process for tests: the real service and its socket, fed with numbered records at a given rate.

Every 20 ms it notes in a file how many records of this start are accepted, so that a test knows what must arrive even
when this process is killed in the middle of a word.
"""

import argparse
import asyncio
import os
import resource
import signal
import sys
from functools import partial
from pathlib import Path

from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.tls import TlsFiles
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.model.cloud import CloudRequest
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import IviError

TICK = 0.02  # seconds


class Feed:
    """Puts numbered records of one class."""

    def __init__(self, service: UplinkService, delivery: DeliveryClass, rate: float, limit: int) -> None:
        self.label = f"{os.getpid()}:{delivery}"
        self._service, self._delivery, self._rate, self._limit = service, delivery, rate, limit
        self._before = self._accepted()
        self._number, self._owed = 0, 0.0

    def _accepted(self) -> int:
        return self._service.accepted(self._delivery)

    def tick(self) -> None:
        """Put what is due. A control record is committed at once; one that is refused is put again later."""
        self._owed = min(self._owed + self._rate * TICK, self._rate)
        while self._owed >= 1 and self._number < self._limit:
            outgoing = Outgoing(self._delivery, f"{self.label}:{self._number}".encode())
            try:
                if self._delivery is DeliveryClass.CONTROL:
                    self._service.put_now(outgoing)
                else:
                    self._service.put(outgoing)
            except IviError:
                return
            self._owed, self._number = self._owed - 1, self._number + 1

    def line(self) -> str:
        """How many of this start are accepted."""
        return f"{self.label} {self._accepted() - self._before}\n"


async def feed(feeds: list[Feed], accepted: Path) -> None:
    """Put numbered records, and note what was accepted."""
    quiet = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, quiet.set)
    with accepted.open("a", encoding="ascii") as notes:
        while True:
            for one in feeds:
                if not quiet.is_set():
                    one.tick()
                notes.write(one.line())
            notes.flush()
            await asyncio.sleep(TICK)


def main() -> int:
    """Run as the cloud process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--broker", required=True)
    parser.add_argument("--rate", type=int, default=0)
    parser.add_argument("--limit", type=int, default=1 << 60)
    parser.add_argument("--accepted", type=Path, required=True)
    parser.add_argument("--mixed", action="store_true", help="a tenth as many events and control records as well")
    parser.add_argument("--vehicle", default="test-car")
    parser.add_argument("--tls-dir", type=Path)
    parser.add_argument("--disk", type=int, default=0, help="bytes that a file may have, until SIGUSR2")
    options = parser.parse_args()

    async def start(process: Process) -> None:
        make_private(runtime_dir())
        if options.disk:
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (options.disk, most))
            lift = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
            asyncio.get_running_loop().add_signal_handler(signal.SIGUSR2, lift)
        databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        tls = TlsFiles.of(options.tls_dir, options.vehicle) if options.tls_dir else None
        service = UplinkService(
            process, databroker, broker=options.broker, vehicle_id=options.vehicle, state=state_dir(), tls=tls
        )
        server = LinkServer(socket_path("cloud"), (CloudRequest,), process.status)
        service.serve(server)
        await service.start()
        process.on_stop("uplink", service.stop)
        await server.start()
        process.on_stop("link", server.stop)
        feeds = [Feed(service, DeliveryClass.TELEMETRY, options.rate, options.limit)]
        if options.mixed:
            feeds.append(Feed(service, DeliveryClass.EVENTS, options.rate / 10, options.limit))
            feeds.append(Feed(service, DeliveryClass.CONTROL, options.rate / 10, options.limit))
        task = asyncio.create_task(feed(feeds, options.accepted))

        async def end() -> None:
            task.cancel()

        process.on_stop("feed", end)

    return run("cloud", start)


if __name__ == "__main__":
    sys.exit(main())
