# SPDX-License-Identifier: Apache-2.0
"""The entitlements part in a process of its own that uses a feature, and kills itself at a given point of it.

What is told goes into a real outbox file. With `--uses 0` it only starts and stops, which tells what was not told.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.entitlements.part import Entitlements
from ivi.cloud.entitlements.store import Store
from ivi.cloud.outbox import Outbox
from ivi.cloud.part import Clock
from ivi.cloud.record import decode_record
from ivi.cloud.trust import Trust
from ivi.cloud.trusted_clock import TrustedClock
from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer


def die() -> None:
    """Without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


class Post:
    """A post whose outbox is a file."""

    vehicle_id = "car-1"
    is_online = True

    def __init__(self, folder: Path, point: str) -> None:
        self.clock: Clock = TrustedClock(folder)
        self._outbox = Outbox(folder / "told.db", sync="FULL")
        self._point = point

    def put(self, outgoing: Outgoing) -> bool:
        return self.put_now(outgoing)

    def put_now(self, outgoing: Outgoing) -> bool:
        is_receipt = decode_record(outgoing.body).kind == "usage"
        if is_receipt and self._point == "before-outbox":
            die()
        self._outbox.append([outgoing.body])
        if is_receipt and self._point == "after-outbox":
            die()
        return True

    def waiting(self, _delivery: DeliveryClass) -> Iterable[bytes]:
        return self._outbox.bodies()

    def before_forgetting(self, _delivery: DeliveryClass, _settle: Callable[[], None]) -> None:
        """Nothing is forgotten here."""


async def main() -> None:
    """Start, take the snapshot, use, stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--die", default="")
    parser.add_argument("--uses", type=int, default=0)
    options = parser.parse_args()
    folder: Path = options.folder
    databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
    services = LinkClient(folder / "services.sock", ServicesAnswer)
    trust = Trust.load(folder / "trust.json")
    part = Entitlements(Process("cloud"), Vehicle(databroker, services), trust, folder / "entitlements.db")
    if options.die == "in-store":
        original = Store._prune

        def prune(self: Store) -> None:
            original(self)
            die()  # everything is written, and nothing is committed

        Store._prune = prune  # type: ignore[method-assign]  # the test looks inside
    await part.start(Post(folder, options.die))
    part.received("ent", (folder / "snapshot").read_bytes())
    for _ in range(options.uses):
        used, waiting = part._need().use("charging.plan", 1, "")
        part._told_of(waiting)
        sys.stdout.write(f"{used.counter} {used.feature.left}\n")
        sys.stdout.flush()
    await part.stop()
    await databroker.close()
    await services.close()


if __name__ == "__main__":
    asyncio.run(main())
