# SPDX-License-Identifier: Apache-2.0
"""`ivi run`."""

import argparse
import os
import re
from pathlib import Path

from ivi.daemon.paths import make_private, state_dir
from ivi.manager import runner
from ivi.manager.options import DEFAULT_BROKER, DEFAULT_VEHICLE, DEMO_CAN, RunOptions
from ivi.manager.ports import free_port
from ivi.model.errors import ConfigurationError
from ivi.providers.can import bus_spec
from ivi.providers.can.bus_spec import FORM

DOOR_FILES = {
    "--token-key": "public key (PEM) that clients' tokens are signed with; needed to serve other machines",
    "--tls-certificate": "certificate chain (PEM) of the doors",
    "--tls-key": "its private key (PEM)",
}
FLEET_PAGE = "127.0.0.1:8080"
EXAMPLES = """examples:
  ivi run --demo                          a simulated car on the screen, until Ctrl-C
  ivi run --demo --headless --for 30 --summary build/summary.json --screenshot build/screen.png
  ivi run --demo --fleet-page             the same, and the fleet's end in a browser at http://127.0.0.1:8080/
  ivi run --bus drive=socketcan:can0,dbc=drive.dbc,overlay=drive.vspec --bus body=socketcan:can1,dbc=body.dbc
  ivi run --can socketcan:can0 --dbc car.dbc --overlay car.vspec --broker fleet.example:8883
"""


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi run`."""
    parser = argparse.ArgumentParser(
        prog="ivi run",
        description="Start every process of the table, keep it alive, show how it does, stop it in order on Ctrl-C.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="bring a simulated car, an MQTT broker and a fleet end along, and speak a sentence",
    )
    add_screen_arguments(parser)
    car = parser.add_argument_group("the car")
    car.add_argument(
        "--can",
        metavar="INTERFACE:CHANNEL",
        help=f"CAN bus, by python-can's names (default: {DEMO_CAN}, unless there is a --bus and no --demo)",
    )
    car.add_argument(
        "--bus",
        action="append",
        default=[],
        metavar="BUS",
        help=f"a further bus with frames of its own, may be repeated: {FORM}",
    )
    car.add_argument("--dbc", type=Path, metavar="FILE", help="frames of the car (default: our own electric car)")
    car.add_argument("--overlay", type=Path, metavar="FILE", help="VSS overlay with dbc2vss and vss2dbc words")
    car.add_argument(
        "--vss",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="full VSS catalogue (JSON) to load as well",
    )
    car.add_argument(
        "--seed",
        type=int,
        default=1,
        help="seed of the simulated car; the same seed drives the same drive (default: 1)",
    )
    car.add_argument(
        "--park",
        type=float,
        default=0.0,
        metavar="SECONDS",
        help="with --demo: the simulated car stands parked for so long before it drives off",
    )
    apps = parser.add_argument_group("partner apps")
    apps.add_argument(
        "--app", type=Path, action="append", default=[], metavar="FOLDER", help="app to start besides those that ship"
    )
    apps.add_argument(
        "--grant-all", action="store_true", help="for developers: agree to everything that apps ask for, this time"
    )
    cloud = parser.add_argument_group("the uplink")
    cloud.add_argument(
        "--broker",
        default="",
        metavar="HOST:PORT",
        help=f"MQTT broker, or several with commas between them (default: {DEFAULT_BROKER}; a demo starts its own)",
    )
    cloud.add_argument(
        "--tls-dir",
        type=Path,
        metavar="FOLDER",
        help="certificates for TLS 1.3: ca.crt, and ID.crt and ID.key of the car",
    )
    cloud.add_argument(
        "--vehicle", default=DEFAULT_VEHICLE, metavar="ID", help="identity of this car (default: %(default)s)"
    )
    cloud.add_argument(
        "--fleet-page",
        nargs="?",
        const=FLEET_PAGE,
        default="",
        metavar="HOST:PORT",
        help=f"with --demo: the operator's page, whose keys this car believes (default address: {FLEET_PAGE})",
    )
    add_door_arguments(parser)
    return parser


def add_door_arguments(parser: argparse.ArgumentParser) -> None:
    """Switches of the doors; without --kuksa and --viss there are none."""
    doors = parser.add_argument_group("doors for other tools")
    doors.add_argument(
        "--kuksa",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="serve Kuksa's gRPC at unix:/path or HOST:PORT; =SCOPE after it limits clients without a token",
    )
    doors.add_argument("--viss", action="append", default=[], metavar="ADDRESS", help="serve VISS v3 at HOST:PORT")
    for switch, text in DOOR_FILES.items():
        doors.add_argument(switch, type=Path, metavar="FILE", help=text)


def add_screen_arguments(parser: argparse.ArgumentParser) -> None:
    """Switches that `ivi run` and `ivi replay` share."""
    screen = parser.add_argument_group("the screen and the end")
    screen.add_argument("--headless", action="store_true", help="no window; the screen is drawn in memory")
    screen.add_argument("--size", default="", metavar="WxH", help="size of the window (default: 1280x720)")
    screen.add_argument(
        "--camera",
        default="",
        metavar="SOURCE",
        help="rear view: test, file:PATH, camera[:ID] (default: none; --demo: test)",
    )
    screen.add_argument("--rear-view", type=Path, metavar="FILE", help="the rear camera and the car's measures (TOML)")
    screen.add_argument("--for", dest="seconds", type=float, metavar="SECONDS", help="stop by itself after this long")
    screen.add_argument("--summary", type=Path, metavar="FILE", help="write what happened as JSON")
    screen.add_argument(
        "--screenshot", type=Path, metavar="FILE", help="write a picture of the screen (PNG) at the end"
    )


def check_screen_arguments(arguments: argparse.Namespace) -> None:
    """Refuse what cannot be done before anything starts. Raises ConfigurationError."""
    if arguments.seconds is not None and not 0 < arguments.seconds < 1e7:  # noqa: PLR2004  # 115 days
        raise ConfigurationError(f"--for {arguments.seconds:g} is no useful time", hint="seconds, more than 0")
    if arguments.size and not re.fullmatch(r"\d{3,5}x\d{3,5}", arguments.size):
        raise ConfigurationError(f"--size {arguments.size} is no size", hint="WIDTHxHEIGHT, e.g. 1920x720")
    check_file(arguments.rear_view, "--rear-view")
    for file in (arguments.summary, arguments.screenshot):
        if file is not None:
            _make_writable(file)


def main(argv: list[str]) -> int:
    """Run `ivi run`."""
    arguments = build_parser().parse_args(argv)
    check_screen_arguments(arguments)
    for name in ("dbc", "overlay"):
        check_file(getattr(arguments, name), f"--{name}")
    for file in arguments.vss:
        check_file(file, "--vss")
    for folder in arguments.app:
        check_app(folder)
    can = check_buses(arguments.can, arguments.bus, demo=arguments.demo)
    broker = arguments.broker or (f"127.0.0.1:{free_port()}" if arguments.demo else DEFAULT_BROKER)
    for address in broker.split(","):
        check_broker(address.strip())
    check_tls(arguments.tls_dir, arguments.vehicle)
    if arguments.fleet_page:
        prepare_fleet_page(arguments.fleet_page, demo=arguments.demo)
    return runner.run(
        RunOptions(
            demo=arguments.demo,
            headless=arguments.headless,
            seconds=arguments.seconds,
            summary=arguments.summary,
            screenshot=arguments.screenshot,
            can=can,
            buses=tuple(arguments.bus),
            seed=arguments.seed,
            park=arguments.park,
            dbc=arguments.dbc,
            overlay=arguments.overlay,
            vss=tuple(arguments.vss),
            broker=broker,
            vehicle=arguments.vehicle,
            tls=arguments.tls_dir.absolute() if arguments.tls_dir else None,
            apps=tuple(folder.absolute() for folder in arguments.app),
            grant_all=arguments.grant_all,
            size=arguments.size,
            camera=arguments.camera,
            rear_view=arguments.rear_view.absolute() if arguments.rear_view else None,
            kuksa=tuple(arguments.kuksa),
            viss=tuple(arguments.viss),
            door_files=door_files(arguments),
            fleet_page=arguments.fleet_page,
        )
    )


def door_files(arguments: argparse.Namespace) -> tuple[tuple[str, Path], ...]:
    """The files of the doors that were named, absolute. Raises ConfigurationError when one does not exist."""
    named = [(switch, getattr(arguments, switch.strip("-").replace("-", "_"))) for switch in DOOR_FILES]
    for switch, file in named:
        check_file(file, switch)
    return tuple((switch, file.absolute()) for switch, file in named if file is not None)


def prepare_fleet_page(address: str, *, demo: bool) -> None:
    """Make the demo's keys, and let its car believe them. Raises ConfigurationError."""
    if not demo:
        raise ConfigurationError(
            "--fleet-page is for demos", hint="add --demo, or start the fleet's end by `ivi fleet serve`"
        )
    from ivi.cloud.trust import Role  # noqa: PLC0415  # signing costs a start without the page 60 ms
    from ivi.fleet.serve import keys  # noqa: PLC0415  # as above

    check_broker(address, "--fleet-page")
    state = make_private(state_dir())
    folder = make_private(make_private(state / "fleet") / "keys")
    for role in Role:
        if not (folder / f"{role}.pem").exists():
            keys.generate(folder, role, f"the demo's {role}")
    keys.add_trust(state / "trust.json", keys.trust_entries(folder / keys.TRUST))


def check_file(file: Path | None, switch: str) -> None:
    """Raises ConfigurationError when a file that was named does not exist."""
    if file is not None and not file.is_file():
        raise ConfigurationError(f"{switch}: there is no file {file}", hint="check the path")


def check_app(folder: Path) -> None:
    """Raises ConfigurationError when this is no folder of an app."""
    if not (folder / "manifest.toml").is_file():
        raise ConfigurationError(f"--app: there is no {folder / 'manifest.toml'}", hint="name the folder of an app")


def check_buses(address: str | None, further: list[str], *, demo: bool) -> str:
    """The address of the simple bus, empty for none. Raises ConfigurationError when a bus cannot be meant so."""
    if address is None:
        address = DEMO_CAN if demo or not further else ""
    buses = [bus_spec.parse_bus(text) for text in further]
    for bus in buses:
        check_file(bus.dbc, f"--bus {bus.name}: dbc")
        check_file(bus.overlay, f"--bus {bus.name}: overlay")
    bus_spec.check_buses([bus_spec.parse_address(address), *buses] if address else buses)
    return address


def check_broker(address: str, switch: str = "--broker") -> None:
    """Raises ConfigurationError when this is no address."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:  # noqa: PLR2004  # ports have 16 bits
        raise ConfigurationError(f"{switch} {address} is no address", hint="HOST:PORT, e.g. 127.0.0.1:1883")


def check_tls(folder: Path | None, vehicle: str) -> None:
    """Raises ConfigurationError when a folder of certificates was named that lacks one of the car's."""
    if folder is not None:
        for name in ("ca.crt", f"{vehicle}.crt", f"{vehicle}.key"):
            check_file(folder / name, "--tls-dir")


def _make_writable(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"cannot make the folder {file.parent}: {error.strerror}") from error
    if not os.access(file.parent, os.W_OK) or file.is_dir():
        raise ConfigurationError(f"cannot write {file}", hint="choose a file in a folder of yours")
