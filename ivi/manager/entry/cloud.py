# SPDX-License-Identifier: Apache-2.0
"""The cloud process: outbox and MQTT session, served to the screen on cloud.sock."""

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from ivi.cloud import telemetry
from ivi.cloud.campaigns.part import CampaignsPart
from ivi.cloud.channels import TELEMETRY_DAYS
from ivi.cloud.commands.part import Commands
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.consent.part import ConsentPart
from ivi.cloud.consent.purposes import terms_of
from ivi.cloud.entitlements.part import Entitlements
from ivi.cloud.part import Part
from ivi.cloud.ratings.part import RatingsPart
from ivi.cloud.store.doors import StoreDoor
from ivi.cloud.store.part import StorePart
from ivi.cloud.tls import TlsFiles
from ivi.cloud.trust import Trust
from ivi.cloud.trusted_clock import TrustedClock
from ivi.cloud.twin.part import Twin
from ivi.cloud.updates import part as update_part
from ivi.cloud.updates import settings
from ivi.cloud.updates.budget import Traffic
from ivi.cloud.updates.surroundings import Car
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.manager.options import DEFAULT_BROKER, DEFAULT_VEHICLE
from ivi.model import ratings, store, updates
from ivi.model.apphost import ApphostAnswer
from ivi.model.campaigns import CampaignsRequest
from ivi.model.cloud import CloudRequest, LinkCost
from ivi.model.commands import Request as CommandsRequest
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.entitlements import Request as EntitlementsRequest
from ivi.model.manager import ManagerAnswer
from ivi.model.privacy import PrivacyRequest
from ivi.model.services import ServicesAnswer

NAME = "cloud"


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    parser = argparse.ArgumentParser(prog=f"ivi {NAME}", description="Outbox and MQTT uplink.")
    parser.add_argument(
        "--broker",
        default=DEFAULT_BROKER,
        metavar="HOST:PORT",
        help="MQTT broker, or several in order of preference with commas between them (default: %(default)s)",
    )
    parser.add_argument(
        "--vehicle", default=DEFAULT_VEHICLE, metavar="ID", help="identity of this car (default: %(default)s)"
    )
    parser.add_argument(
        "--tls-dir", type=Path, help="folder with ca.crt, ID.crt and ID.key: TLS 1.3 with the car's certificate"
    )
    parser.add_argument(
        "--link-cost",
        type=LinkCost,
        choices=list(LinkCost),
        default=LinkCost.FREE,
        help="what the connection costs until somebody says otherwise (default: %(default)s)",
    )
    parser.add_argument(
        "--telemetry-days",
        type=float,
        default=TELEMETRY_DAYS,
        help="days that a telemetry row waits for the fleet at most (default: %(default)s)",
    )
    parser.add_argument(
        "--agree-demo",
        action="store_true",
        help="for demonstrations: agree to the built-in telemetry in the driver's place; recorded as such",
    )
    parser.add_argument(
        "--store",
        type=Path,
        metavar="FILE",
        help="an updates.toml for the store of apps alone, unless updates have one",
    )
    arguments = parser.parse_args(argv)
    return run(NAME, lambda process: _start(process, arguments))


async def _start(process: Process, arguments: argparse.Namespace) -> None:
    make_private(runtime_dir())
    state = make_private(state_dir())
    requests = (
        CloudRequest,
        CommandsRequest,
        CampaignsRequest,
        EntitlementsRequest,
        PrivacyRequest,
        updates.Request,
        store.Request,
        ratings.Request,
    )
    server = LinkServer(socket_path(NAME), requests, process.status)
    databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
    process.on_stop("databroker", databroker.close)
    services = LinkClient(socket_path("services"), ServicesAnswer)
    process.on_stop("services", services.close)
    trust = Trust.load(state / "trust.json")
    vehicle = Vehicle(databroker, services)
    consents = ConsentPart(process, vehicle, state, demo=terms_of(telemetry.USE) if arguments.agree_demo else None)
    gate = consents.gate
    updating = update_part.make(process, databroker, state)
    apphost = LinkClient(socket_path("apphost"), ApphostAnswer)  # its own: an install takes long
    process.on_stop("apphost link of the store", apphost.close)
    door = StoreDoor(apphost, state / "store" / "handover")
    rated = RatingsPart(process, vehicle, door, gate, state)
    parts: list[Part] = [
        consents,
        Commands(process, vehicle, trust, state / "commands.db", may_leave=gate.may_leave, precision=gate.precision),
        Twin(process, vehicle, trust, state / "twin.db"),
        CampaignsPart(process, databroker, trust=trust, state=state, gate=gate),
        updating,
        Entitlements(process, vehicle, trust, state / "entitlements.db"),
        _store(process, (databroker, services), door, state, arguments.store, traffic=updating),
        rated,
    ]
    clock = TrustedClock(state)
    process.on_stop("clock", _keep(clock, process))
    uplink = UplinkService(
        process,
        databroker,
        broker=arguments.broker,
        vehicle_id=arguments.vehicle,
        state=state,
        parts=parts,
        clock=clock,
        tls=TlsFiles.of(arguments.tls_dir, arguments.vehicle) if arguments.tls_dir else None,
        cost=arguments.link_cost,
        telemetry_days=arguments.telemetry_days,
        gate=gate,
        use=telemetry.USE,
        keep=consents.keep,
    )
    consents.attach(lambda: uplink.rows)
    rated.attach(uplink.stream)
    process.on_stop("copies", consents.close)
    uplink.serve(server)
    await server.start()
    process.on_stop("link", server.stop)
    await uplink.start()
    process.on_stop("uplink", uplink.stop)


def _store(
    process: Process,
    links: tuple[LinkClient, LinkClient],
    door: StoreDoor,
    state: Path,
    file: Path | None,
    *,
    traffic: Traffic,
) -> StorePart:
    """The store of apps; `links` are those to databroker and services. `traffic` counts what its driver fetches."""
    manager = LinkClient(socket_path("manager"), ManagerAnswer)
    process.on_stop("manager link of the store", manager.close)

    def load() -> settings.Settings | None:
        told = settings.load()
        return told if told is not None or file is None or not file.exists() else settings.read(file)

    return StorePart(state, Car(*links, manager), door, load, traffic)


def _keep(clock: TrustedClock, process: Process) -> Callable[[], Awaitable[None]]:
    """Let the clock save itself from now on; what is returned ends that, with a last save."""
    keeper = asyncio.get_running_loop().create_task(clock.keep(process))

    async def stop() -> None:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper
        clock.save()

    return stop


if __name__ == "__main__":
    sys.exit(main())
