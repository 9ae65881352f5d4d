# SPDX-License-Identifier: Apache-2.0
"""The doors process: Kuksa's gRPC and VISS over WebSocket for other people's tools. Opens only what it is asked to."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path
from ivi.daemon.process import Process, run
from ivi.doors import address
from ivi.doors.tokens import TokenKey
from ivi.doors.vehicle import Vehicle
from ivi.model.errors import ConfigurationError
from ivi.model.status import Problem

if TYPE_CHECKING:
    from ivi.doors.kuksa.server import KuksaDoor
    from ivi.doors.viss.server import VissDoor

NAME = "doors"


def parser() -> argparse.ArgumentParser:
    """Switches of the process."""
    arguments = argparse.ArgumentParser(
        prog=f"ivi {NAME}",
        description="Doors for other tools: Kuksa's gRPC and VISS over WebSocket.",
        epilog="ADDRESS is unix:/path (Kuksa only) or HOST:PORT; =SCOPE after it says what clients without a token may "
        "do, in Kuksa's words, e.g. 'unix:/run/ivi/apps.sock=read:Vehicle.Speed actuate:Vehicle.Cabin'.",
    )
    arguments.add_argument("--kuksa", action="append", default=[], metavar="ADDRESS", help="serve kuksa.val.v2 here")
    arguments.add_argument("--viss", action="append", default=[], metavar="ADDRESS", help="serve VISS v3 here")
    arguments.add_argument(
        "--token-key",
        type=Path,
        metavar="FILE",
        help="public key (PEM, RSA or Ed25519) that clients' tokens are signed with",
    )
    arguments.add_argument("--tls-certificate", type=Path, metavar="FILE", help="certificate chain (PEM) for HOST:PORT")
    arguments.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key (PEM)")
    return arguments


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    arguments = parser().parse_args(argv)
    return run(NAME, lambda process: _start(process, arguments))


async def _start(process: Process, arguments: argparse.Namespace) -> None:
    os.umask(0o077)  # gRPC makes its Unix sockets itself
    key = TokenKey(arguments.token_key) if arguments.token_key else None
    kuksa = [address.parse(text, key) for text in arguments.kuksa]
    viss = [address.parse(text, key) for text in arguments.viss]
    if not kuksa and not viss:
        raise ConfigurationError("no door was asked for", hint="--kuksa unix:/path or --viss HOST:PORT")
    tls = _tls(arguments)
    make_private(runtime_dir())
    server = LinkServer(socket_path(NAME), (), process.status)
    vehicle = Vehicle(process, socket_path("databroker"))
    process.add_counters(vehicle.counters)
    vehicle.start()
    process.on_stop("databroker", vehicle.stop)
    if kuksa:
        await _open(process, _kuksa_door(vehicle, tls), kuksa)
    if viss:
        await _open(process, _viss_door(vehicle, tls), viss)
    for place in (place for place in (*kuksa, *viss) if place.exposed and tls is None):
        process.report(
            f"tls {place}",
            Problem("A door for other machines is not encrypted", str(place), "give --tls-certificate and --tls-key"),
        )
    await server.start()
    process.on_stop("link", server.stop)


async def _open(process: Process, door: "KuksaDoor | VissDoor", places: list[address.Address]) -> None:
    process.on_stop(type(door).__name__, door.stop)
    process.add_counters(door.counters)
    await door.start(places)


def _kuksa_door(vehicle: Vehicle, tls: tuple[Path, Path] | None) -> "KuksaDoor":
    try:
        from ivi.doors.kuksa.server import KuksaDoor  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ConfigurationError(
            f"the Kuksa door needs more packages ({error.name})", hint="pip install 'ivi[kuksa]'"
        ) from error
    return KuksaDoor(vehicle, tls)


def _viss_door(vehicle: Vehicle, tls: tuple[Path, Path] | None) -> "VissDoor":
    try:
        from ivi.doors.viss.server import VissDoor  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ConfigurationError(
            f"the VISS door needs more packages ({error.name})", hint="pip install 'ivi[viss]'"
        ) from error
    return VissDoor(vehicle, tls)


def _tls(arguments: argparse.Namespace) -> tuple[Path, Path] | None:
    certificate, key = arguments.tls_certificate, arguments.tls_key
    if (certificate is None) != (key is None):
        raise ConfigurationError("TLS needs a certificate and its key", hint="--tls-certificate FILE --tls-key FILE")
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise ConfigurationError(f"there is no file {file}", hint="check the path")
    return None if certificate is None else (certificate, key)


if __name__ == "__main__":
    sys.exit(main())
