# SPDX-License-Identifier: Apache-2.0
"""An uplink with its consents for tests: agrees, stores rows, takes back, and may be killed in the middle of that."""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from ivi.cloud.consent.ledger import Ledger
from ivi.cloud.consent.part import ConsentPart
from ivi.cloud.consent.purposes import Terms
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.outbox import Outbox
from ivi.cloud.purpose_rows import PurposeRows
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import DrivingState

RESEARCH = Terms("research", "driving", "maker", 30)
LIMIT = 40.0  # seconds that anything may take on a busy machine
POINTS: dict[str, tuple[type, str]] = {
    "ledger": (Ledger, "add"),
    "rows": (PurposeRows, "purge"),
    "file": (Outbox, "purge"),
    "record": (UplinkService, "put_now"),
    "told": (Ledger, "tell"),
}
"""What happens when a consent is taken back, in this order (`file` is inside `rows`)."""


class Parked:
    """The car stands still."""

    driving = DrivingState.PARKED

    def start(self) -> None:
        """Nothing to follow."""

    async def stop(self) -> None:
        """Nothing was followed."""


def die_at(point: str) -> None:
    """Let this process be killed `before:` or `after:` one of POINTS."""
    when, _, name = point.partition(":")
    owner, method = POINTS[name]
    real: Callable[..., Any] = getattr(owner, method)

    def deadly(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401  # whatever the method takes and gives
        if when == "after":
            real(*arguments, **more)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, method, deadly)


async def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(LIMIT):
        while not condition():
            await asyncio.sleep(0.005)


async def play(options: argparse.Namespace) -> dict[str, object]:
    """One start of the car."""
    make_private(runtime_dir())
    process = Process("cloud")
    consents = ConsentPart(process, Parked(), state_dir())
    uplink = UplinkService(
        process,
        LinkClient(socket_path("databroker"), DatabrokerAnswer),
        broker=options.broker,
        vehicle_id=options.vehicle,
        state=state_dir(),
        parts=[consents],
        gate=consents.gate,
        keep=consents.keep,
    )
    consents.attach(lambda: uplink.rows)
    await uplink.start()
    done: dict[str, object] = {}
    if options.rows:
        consents.agree(RESEARCH)
        for number in range(options.rows):
            body = f"{options.vehicle}:{number}".encode()
            assert uplink.put(Outgoing(DeliveryClass.TELEMETRY, body, RESEARCH.use))
        done["streams"] = [stream.hex() for _, stream in uplink.rows.streams("research")]
        if options.online:  # in the middle of the drain
            await until(lambda: uplink.snapshot().acknowledged >= options.rows // 20)
        if options.die:
            die_at(options.die)
        if options.revoke:
            done["given_up"] = consents.revoke("research")
            done["taken"] = uplink.put(Outgoing(DeliveryClass.TELEMETRY, b"late", RESEARCH.use))
    if options.settle:
        await until(lambda: uplink.is_online and not uplink.snapshot().waiting)
    done["agreed"] = [entry.purpose for entry in consents.held]
    done["problems"] = [problem.what for problem in process.status().problems]
    if options.again:
        consents.agree(RESEARCH)
        done["streams_again"] = [stream.hex() for _, stream in uplink.rows.streams("research")]
    await uplink.stop()
    await consents.close()
    return done


def main() -> int:
    """Run, and say what was done as one JSON object."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--broker", required=True)
    parser.add_argument("--vehicle", required=True)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--die", default="")
    for switch in ("online", "revoke", "settle", "again"):
        parser.add_argument(f"--{switch}", action="store_true")
    sys.stdout.write(json.dumps(asyncio.run(play(parser.parse_args()))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
