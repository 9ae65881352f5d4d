# SPDX-License-Identifier: Apache-2.0
"""`ivi fleet serve` as a process: options, what it is made of, and the order of its start and stop."""

import argparse
import sys
from pathlib import Path

from ivi.cloud.tls import TlsFiles
from ivi.cloud.wire import DEFAULT_PORT, TLS_PORT, parse_brokers
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.fleet.__main__ import add_keep_days, copy_name
from ivi.fleet.ingest import Ingest
from ivi.fleet.serve.campaigns import CampaignsInterface
from ivi.fleet.serve.dispatch import Dispatch
from ivi.fleet.serve.entitlements import EntitlementsInterface
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.guard import Guard
from ivi.fleet.serve.interface import Interface
from ivi.fleet.serve.issuing import Issuing
from ivi.fleet.serve.keys import Keyring
from ivi.fleet.serve.live import Live
from ivi.fleet.serve.operators import Operators
from ivi.fleet.serve.site import DEFAULT_LISTEN, Listen, Site, application
from ivi.fleet.store.database import parse_address
from ivi.model.errors import ConfigurationError

USER = "fleet"  # whose certificate it shows; the broker's access list knows it


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi fleet serve`."""
    parser = argparse.ArgumentParser(
        prog="ivi fleet serve",
        description="The fleet's end for people and programs: a page and an interface, keys that sign, and what was "
        "issued until cars answer. What cars send comes by `python -m ivi.fleet`, or with --ingest by this process.",
    )
    parser.add_argument(
        "--broker", default="127.0.0.1:1883", metavar="HOST:PORT", help="MQTT broker (default: %(default)s)"
    )
    parser.add_argument("--tls-dir", type=Path, help=f"folder with ca.crt, {USER}.crt and {USER}.key")
    parser.add_argument(
        "--db",
        type=parse_address,
        default=None,
        metavar="FILE|postgresql://USER@HOST/NAME",
        help="database (default: fleet.db of the state folder)",
    )
    add_keep_days(parser)
    parser.add_argument("--ingest", action="store_true", help="take what cars send in this process, too")
    parser.add_argument(
        "--keys", type=Path, default=None, metavar="FOLDER", help="keys that sign (default: fleet-keys, there as well)"
    )
    parser.add_argument(
        "--name", type=copy_name, default="serve", help="tells several copies apart (default: %(default)s)"
    )
    page = parser.add_argument_group("the page")
    page.add_argument(
        "--listen", default=DEFAULT_LISTEN, metavar="HOST:PORT", help="where it is (default: %(default)s)"
    )
    page.add_argument(
        "--operators", type=Path, metavar="FILE", help="who may use it; without, only this machine (and all of it)"
    )
    page.add_argument("--certificate", type=Path, metavar="FILE", help="certificate chain (PEM) of the page")
    page.add_argument("--key", type=Path, metavar="FILE", help="its private key (PEM)")
    page.add_argument(
        "--origin",
        action="append",
        default=[],
        metavar="URL",
        help="where browsers see the page, if not there: https://fleet.example; needs --operators",
    )
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run until stopped; returns the exit status. Raises ConfigurationError for options that cannot be used."""
    options = build_parser().parse_args(argv)
    listen = Listen.parse(options.listen, options.certificate, options.key)
    operators = Operators.load(options.operators) if options.operators else None
    origins = check_origins(options.origin, listen, operators)
    keyring = Keyring.load(options.keys) if options.keys else _default_keys()

    async def start(process: Process) -> None:
        make_private(runtime_dir())
        server = LinkServer(socket_path(options.name), (), process.status)
        await server.start()
        process.on_stop("link", server.stop)
        await _start(process, options, keyring, Guard(operators, origins), listen)
        sys.stdout.write(f"the fleet's page: {listen.origin}/\n")
        sys.stdout.flush()

    return run(options.name, start)


def check_origins(given: list[str], listen: Listen, operators: Operators | None) -> frozenset[str]:
    """Where the page may be seen. Raises ConfigurationError for what would be open to everybody."""
    for origin in given:
        if not origin.startswith(("https://", "http://")) or origin.count("/") > 2:  # noqa: PLR2004  # those of ://
            raise ConfigurationError(f"--origin {origin} is no origin", hint="e.g. https://fleet.example")
    if operators is None and (given or not listen.is_loopback):
        raise ConfigurationError(
            "others could reach the page, and there are no operators", hint="make some with `ivi fleet operator`"
        )
    return frozenset([*given, listen.origin])


def _default_keys() -> Keyring:
    folder = state_dir() / "fleet-keys"
    return Keyring.load(folder) if folder.is_dir() else Keyring({})


async def _start(process: Process, options: argparse.Namespace, keyring: Keyring, guard: Guard, listen: Listen) -> None:
    tls = TlsFiles.of(options.tls_dir, USER) if options.tls_dir else None
    if tls is not None:
        tls.require(USER)
    data = FleetData(options.db or make_private(state_dir()) / "fleet.db")
    await data.open()
    process.on_stop("database", data.close)
    if options.ingest:
        ingest = Ingest(
            process,
            broker=options.broker,
            db=data.address,
            name=f"{options.name}-ingest",
            tls=tls,
            limits=options.keep,
        )
        await ingest.start()
        process.on_stop("ingest", ingest.stop)
    brokers = parse_brokers(options.broker, default_port=TLS_PORT if tls else DEFAULT_PORT)
    dispatch = Dispatch(process, data, brokers, options.name, tls, keep_days=options.keep.days)
    await dispatch.start()
    process.on_stop("dispatch", dispatch.stop)
    live = Live(data)
    issuing = Issuing(data, keyring, dispatch.wake)
    interface = Interface(data, issuing, dispatch, live, guard)
    documents = CampaignsInterface(data, issuing), EntitlementsInterface(data, issuing)
    routes = [*interface.routes(), *(route for one in documents for route in one.routes())]
    site = Site(application(guard, routes), listen)
    await site.start()
    process.on_stop("page", site.stop)
    process.on_stop("live", live.stop)
    process.add_counters(
        lambda: {"serve_followers": live.followers, "serve_turned_away": guard.turned_away, "serve_lost": live.dropped}
    )
