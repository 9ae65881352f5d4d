# SPDX-License-Identifier: Apache-2.0
"""`ivi app revoke`."""

import argparse

from ivi.cli.app.asking import ask, plain
from ivi.model.rights import ChangeGrant, GrantChanged

NOT_DONE = 1  # exit status when nothing changed


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app revoke`."""
    parser = argparse.ArgumentParser(
        prog="ivi app revoke",
        description="Take a permission back. It counts at once: what the app follows ends, what it waits for fails.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("what", nargs="?", metavar="KIND|PATH|HOST", help="e.g. net, location, Vehicle.Speed")
    what.add_argument("--all", action="store_true", help="everything that it asks for")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app revoke`; 1 when nothing changed."""
    arguments = build_parser().parse_args(argv)
    answer: GrantChanged = ask(ChangeGrant(arguments.id, arguments.what or "", granted=False))
    for line in answer.changed:
        print(f"it may no longer: {plain(line)}")
    if answer.reason:
        print(answer.reason)
    return 0 if answer.changed else NOT_DONE
