# SPDX-License-Identifier: Apache-2.0
"""The databroker process: the broker with its providers inside, served on databroker.sock."""

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path

from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, resource, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.databroker.broker import Broker
from ivi.databroker.persistence import Keeper
from ivi.databroker.server import BrokerServer
from ivi.model.databroker import DatabrokerRequest
from ivi.providers.can.provider import CanProvider, load_car, report_skipped
from ivi.providers.replay.provider import ReplayProvider
from ivi.vss.loader import load_catalogue

NAME = "databroker"


def parser() -> argparse.ArgumentParser:
    """Switches of the process."""
    arguments = argparse.ArgumentParser(prog=f"ivi {NAME}", description="Current values of the vehicle's signals.")
    arguments.add_argument(
        "--can", metavar="INTERFACE:CHANNEL", help="CAN bus to read, e.g. ivi:can0 or socketcan:vcan0"
    )
    arguments.add_argument("--replay", type=Path, metavar="LOG", help="recording to play instead of a bus")
    arguments.add_argument("--speed", type=float, default=1.0, help="speed of the recording, 0 for as fast as possible")
    arguments.add_argument("--dbc", type=Path, help="frames of the car (default: can_dbc/ivi_ev/ivi_ev.dbc)")
    arguments.add_argument(
        "--overlay", type=Path, help="VSS overlay with dbc2vss and vss2dbc; none: signals under Vehicle.Raw"
    )
    arguments.add_argument("--vss", type=Path, action="append", default=[], help="VSS catalogue to load over our own")
    return arguments


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    arguments = parser().parse_args(argv)
    return run(NAME, lambda process: _start(process, arguments))


async def _start(process: Process, arguments: argparse.Namespace) -> None:
    make_private(runtime_dir())
    dbc, overlay = arguments.dbc, arguments.overlay
    if dbc is None:
        dbc, overlay = resource("can_dbc", "ivi_ev", "ivi_ev.dbc"), resource("can_dbc", "ivi_ev", "ivi_ev.vspec")
    catalogue = load_catalogue(*arguments.vss)
    car = load_car(dbc, overlay, catalogue)
    report_skipped(process, dbc, car)
    broker = Broker(catalogue)
    server = LinkServer(socket_path(NAME), (DatabrokerRequest,), process.status)
    service = BrokerServer(broker, server)
    process.add_counters(service.counters)
    if arguments.replay:
        provider: CanProvider | ReplayProvider = ReplayProvider(process, broker, car, arguments.replay, arguments.speed)
    else:
        provider = CanProvider(process, broker, car, arguments.can or "ivi:can0")
    kept = Keeper(process, broker, state_dir() / "databroker.db")
    await kept.start()
    process.on_stop("kept values", kept.stop)
    await server.start()
    process.on_stop("link", server.stop)
    await provider.start()
    process.on_stop("provider", provider.stop)
    keeper = asyncio.get_running_loop().create_task(service.keep_alive())

    async def stop_keeper() -> None:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper

    process.on_stop("keep-alive", stop_keeper)


if __name__ == "__main__":
    sys.exit(main())
