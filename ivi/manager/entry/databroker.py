# SPDX-License-Identifier: Apache-2.0
"""The databroker process: the broker with its providers inside, served on databroker.sock."""

import argparse
import asyncio
import contextlib
import gc
import sys
from pathlib import Path

from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, resource, runtime_dir, socket_path, state_dir, updated
from ivi.daemon.process import Process, run
from ivi.databroker.broker import Broker
from ivi.databroker.persistence import Keeper
from ivi.databroker.server import BrokerServer
from ivi.model.databroker import DatabrokerRequest
from ivi.model.errors import ConfigurationError
from ivi.model.health import ListHealth
from ivi.providers.can.bus_spec import FORM, BusSpec, check_buses, parse_address, parse_bus
from ivi.providers.can.buses import CanBuses
from ivi.providers.can.provider import Car, load_car, report_skipped
from ivi.providers.replay import options as replay_options
from ivi.providers.replay.provider import ReplayProvider
from ivi.vss.catalogue import Catalogue
from ivi.vss.loader import load_catalogue

NAME = "databroker"
DEFAULT_BUS = "ivi:can0"


def parser() -> argparse.ArgumentParser:
    """Switches of the process."""
    arguments = argparse.ArgumentParser(prog=f"ivi {NAME}", description="Current values of the vehicle's signals.")
    arguments.add_argument(
        "--can", metavar="INTERFACE:CHANNEL", help="CAN bus to read, e.g. ivi:can0 or socketcan:vcan0"
    )
    arguments.add_argument(
        "--bus", action="append", default=[], metavar="BUS", help=f"a further bus with frames of its own: {FORM}"
    )
    arguments.add_argument("--replay", type=Path, metavar="LOG", help="recording to play instead of a bus")
    arguments.add_argument("--speed", type=float, default=1.0, help="speed of the recording, 0 for as fast as possible")
    replay_options.add_arguments(arguments, pace=False)
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
    catalogue = load_catalogue(*arguments.vss)
    broker = Broker(catalogue)
    server = LinkServer(socket_path(NAME), (DatabrokerRequest, ListHealth), process.status)
    service = BrokerServer(broker, server)
    process.add_counters(service.counters)
    provider = _provider(process, broker, server, arguments)
    kept = Keeper(process, broker, state_dir() / "databroker.db")
    await kept.start()
    process.on_stop("kept values", kept.stop)
    await server.start()
    process.on_stop("link", server.stop)
    process.on_stop("provider", provider.stop)
    await provider.start()
    _settle_memory()
    keeper = asyncio.get_running_loop().create_task(service.keep_alive())

    async def stop_keeper() -> None:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper

    process.on_stop("keep-alive", stop_keeper)


def _settle_memory() -> None:
    """What was loaded stays for good: keep the collector from walking it again and again under load."""
    gc.collect()
    gc.freeze()


def _provider(
    process: Process, broker: Broker, server: LinkServer, arguments: argparse.Namespace
) -> CanBuses | ReplayProvider:
    """The recording, or the car's buses."""
    if arguments.replay:
        car = _load(process, BusSpec("replay", "", ""), arguments, broker.catalogue)
        options = replay_options.from_process_arguments(arguments)
        return ReplayProvider(process, broker, car, arguments.replay, options)
    buses = CanBuses(
        process, broker, [(bus, _load(process, bus, arguments, broker.catalogue)) for bus in _buses(arguments)]
    )
    server.router.on_call(ListHealth, buses.list_health)
    return buses


def _buses(arguments: argparse.Namespace) -> list[BusSpec]:
    """The simple bus and the further ones. Raises ConfigurationError."""
    further = [parse_bus(text) for text in arguments.bus]
    address = arguments.can or ("" if further else DEFAULT_BUS)
    buses = [parse_address(address), *further] if address else further
    check_buses(buses)
    for bus in further:
        if bus.dbc is None and len(buses) > 1:
            raise ConfigurationError(f"bus {bus.name} has no dbc=", hint="of several buses each needs its own")
    return buses


def _load(process: Process, bus: BusSpec, arguments: argparse.Namespace, catalogue: Catalogue) -> Car:
    """The files of a bus: its own, else those of the switches, else our own electric car's."""
    dbc, overlay = (bus.dbc, bus.overlay) if bus.dbc else (arguments.dbc, bus.overlay or arguments.overlay)
    if dbc is None:
        folder = updated("dbc", "ivi_ev") or resource("can_dbc", "ivi_ev")
        dbc, overlay = folder / "ivi_ev.dbc", overlay or folder / "ivi_ev.vspec"
    car = load_car(dbc, overlay, catalogue, decode_all=False)
    report_skipped(process, dbc, car, f"dbc:{bus.name}")
    return car


if __name__ == "__main__":
    sys.exit(main())
