# SPDX-License-Identifier: Apache-2.0
"""The cloud process for tests: the real service and its socket, fed with numbered records at a given rate.

Every 20 ms it notes in a file how many records of this start are accepted, so that a test knows what must arrive even
when this process is killed in the middle of a word.
"""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.model.cloud import CloudRequest
from ivi.model.databroker import DatabrokerAnswer

TICK = 0.02  # seconds


async def feed(service: UplinkService, label: str, rate: int, limit: int, accepted: Path) -> None:
    """Put numbered records, and note what was accepted."""
    before, number = service.snapshot().accepted, 0
    owed = 0.0
    quiet = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, quiet.set)
    with accepted.open("a", encoding="ascii") as notes:
        while True:
            owed += rate * TICK
            while owed >= 1 and number < limit and not quiet.is_set():
                service.accept(f"{label}:{number}".encode())
                owed, number = owed - 1, number + 1
            notes.write(f"{label} {service.snapshot().accepted - before}\n")
            notes.flush()
            await asyncio.sleep(TICK)


def main() -> int:
    """Run as the cloud process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--broker", required=True)
    parser.add_argument("--rate", type=int, default=0)
    parser.add_argument("--limit", type=int, default=1 << 60)
    parser.add_argument("--accepted", type=Path, required=True)
    options = parser.parse_args()

    async def start(process: Process) -> None:
        make_private(runtime_dir())
        databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        service = UplinkService(process, databroker, broker=options.broker, vehicle_id="test-car", state=state_dir())
        server = LinkServer(socket_path("cloud"), (CloudRequest,), process.status)
        service.serve(server)
        await service.start()
        process.on_stop("uplink", service.stop)
        await server.start()
        process.on_stop("link", server.stop)
        task = asyncio.create_task(feed(service, str(os.getpid()), options.rate, options.limit, options.accepted))

        async def end() -> None:
            task.cancel()

        process.on_stop("feed", end)

    return run("cloud", start)


if __name__ == "__main__":
    sys.exit(main())
