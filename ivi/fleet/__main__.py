# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.fleet`: one ingest as a process, ready when it is subscribed."""

import argparse
import asyncio
import re
import sys
from pathlib import Path

from ivi.cloud.tls import TlsFiles
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.fleet.appstore.demo import DemoStore
from ivi.fleet.ingest import Ingest
from ivi.fleet.store.database import parse_address
from ivi.fleet.store.retention import DAYS, MAX_DAYS, Limits

_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


def main() -> int:
    """Parse the command line and run until SIGTERM; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ivi.fleet", description="Takes what vehicles send and commits it.")
    parser.add_argument(
        "--broker", default="127.0.0.1:1883", metavar="HOST:PORT", help="MQTT broker (default %(default)s)"
    )
    parser.add_argument(
        "--db",
        type=parse_address,
        default=None,
        metavar="FILE|postgresql://USER@HOST/NAME",
        help="database (default: fleet.db of the state folder)",
    )
    parser.add_argument(
        "--name", type=copy_name, default="ingest", help="tells several copies apart (default %(default)s)"
    )
    parser.add_argument("--tls-dir", type=Path, help="folder with ca.crt, ingest.crt and ingest.key")
    parser.add_argument(
        "--demo-store", type=Path, metavar="FOLDER", help="make and serve the demo's store of apps there"
    )
    add_keep_days(parser)
    options = parser.parse_args()
    tls = TlsFiles.of(options.tls_dir, "ingest") if options.tls_dir else None

    async def start(process: Process) -> None:
        make_private(runtime_dir())
        database = options.db or state_dir() / "fleet.db"
        ingest = Ingest(process, broker=options.broker, db=database, name=options.name, tls=tls, limits=options.keep)
        link = "fleet" if options.name == "ingest" else f"fleet-{options.name}"
        server = LinkServer(socket_path(link), (), process.status)
        await server.start()
        process.on_stop("link", server.stop)
        if options.demo_store:
            store = DemoStore(options.demo_store)
            await store.start()
            process.on_stop("store", store.stop)
        await ingest.start()
        process.on_stop("ingest", ingest.stop)
        await _first(ingest.subscribed, process.stopping)

    return run("fleet", start)


def add_keep_days(parser: argparse.ArgumentParser) -> None:
    """The switch that says how long what cars reported is kept; `keep` are the limits."""
    parser.add_argument(
        "--keep-days",
        dest="keep",
        type=_limits,
        default=Limits(),
        metavar="DAYS",
        help=f"how long records and states of commands are kept; 0: for ever (default: {DAYS:g})",
    )


def _limits(text: str) -> Limits:
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days <= MAX_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 0 to {MAX_DAYS}")
    return Limits(days=days)


def copy_name(text: str) -> str:
    """A name that can be part of a client id and of a socket's name."""
    if not _NAME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be a name: use 1 to 32 letters, digits, `_` or `-`")
    return text


async def _first(*events: asyncio.Event) -> None:
    """Wait for one of several events: a broker that stays away must not make the process deaf to SIGTERM."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


if __name__ == "__main__":
    sys.exit(main())
