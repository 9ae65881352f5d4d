# SPDX-License-Identifier: Apache-2.0
"""`ivi fleet serve|keygen|operator`."""

import argparse
import sys
from pathlib import Path

from ivi.cloud.trust import Role
from ivi.daemon.paths import state_dir
from ivi.fleet.serve import keys, operators
from ivi.fleet.serve.operators import Scope
from ivi.model.errors import ConfigurationError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi fleet`; `serve` has its own."""
    parser = argparse.ArgumentParser(prog="ivi fleet", description="The off-board end, for whoever looks after cars.")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("serve", help="a page and an interface: vehicles, telemetry, commands, settings", add_help=False)
    making = actions.add_parser("keygen", help="make keys that sign, and the trust.json that cars need to believe them")
    making.add_argument("--keys", type=Path, metavar="FOLDER", help="where (default: fleet-keys of the state folder)")
    making.add_argument(
        "--role",
        type=Role,
        choices=list(Role),
        action="append",
        help="what the key is for, may be repeated (default: fleet, campaigns and entitlements)",
    )
    making.add_argument("--name", default="", help="how cars call the issuer")
    adding = actions.add_parser("operator", help="add somebody who may use the page, or give one a new token")
    adding.add_argument("name")
    adding.add_argument("--file", type=Path, required=True, help="file of operators, for `serve --operators`")
    adding.add_argument(
        "--scope", type=Scope, choices=list(Scope), default=Scope.READ, help="what he may do (default: %(default)s)"
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi fleet`."""
    if argv[:1] == ["serve"]:
        return _serve(argv[1:])
    arguments = build_parser().parse_args(argv)
    return _keygen(arguments) if arguments.action == "keygen" else _operator(arguments)


def _serve(argv: list[str]) -> int:
    try:
        from ivi.fleet.serve import process  # noqa: PLC0415  # the server is an extra that a car does not have
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"the fleet's end needs {error.name}", hint="install ivi with its extra: ivi[fleet]"
        ) from error
    return process.main(argv)


def _keygen(arguments: argparse.Namespace) -> int:
    folder = arguments.keys or state_dir() / "fleet-keys"
    for role in arguments.role or (Role.FLEET, Role.CAMPAIGNS, Role.ENTITLEMENTS):
        made = keys.generate(folder, role, arguments.name)
        sys.stdout.write(f"{folder / f'{role}.pem'}: {role}, key {made.kid.hex()}\n")
    sys.stdout.write(f"{folder / keys.TRUST} belongs into the state folder of each car that shall believe them\n")
    return 0


def _operator(arguments: argparse.Namespace) -> int:
    token = operators.add(arguments.file, arguments.name, arguments.scope)
    sys.stderr.write(f"The token of {arguments.name} (may {arguments.scope}); it is shown this once:\n")
    sys.stdout.write(f"{token}\n")
    return 0
