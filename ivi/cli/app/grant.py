# SPDX-License-Identifier: Apache-2.0
"""`ivi app grant`."""

import argparse

from ivi.cli.app.asking import ask, plain
from ivi.model.rights import ChangeGrant, GrantChanged

NOT_DONE = 1  # exit status when nothing changed


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app grant`."""
    parser = argparse.ArgumentParser(
        prog="ivi app grant",
        description="Agree to what an app asks for. Permissions are given while the car is parked only.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("what", nargs="?", metavar="KIND|PATH|HOST", help="e.g. net, location, Vehicle.Speed")
    what.add_argument("--all", action="store_true", help="everything that it asks for")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app grant`; 1 when nothing changed."""
    arguments = build_parser().parse_args(argv)
    answer: GrantChanged = ask(ChangeGrant(arguments.id, arguments.what or "", granted=True))
    for line in answer.changed:
        print(f"it may now: {plain(line)}")
    if answer.reason:
        print(answer.reason)
    return 0 if answer.changed else NOT_DONE
