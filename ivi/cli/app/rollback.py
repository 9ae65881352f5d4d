# SPDX-License-Identifier: Apache-2.0
"""`ivi app rollback`."""

import argparse

from ivi.apphost.package import install
from ivi.apphost.package.registry import Shelf
from ivi.cli.app import running
from ivi.model.errors import NotFoundError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app rollback`."""
    parser = argparse.ArgumentParser(
        prog="ivi app rollback",
        description="Go back to the version that was installed before. A version that fails does that by itself.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    parser.add_argument("--reason", default="you went back to the version before", metavar="TEXT", help="for the list")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app rollback`."""
    arguments = build_parser().parse_args(argv)
    shelf = Shelf()
    record = shelf.read().apps.get(arguments.id)
    if record is not None and record.previous is None:
        raise NotFoundError(
            f"there is no version of {arguments.id} before {record.current.version}",
            hint=f"`ivi app remove {arguments.id}` removes it",
        )
    version = install.roll_back(arguments.id, arguments.reason, shelf, record.current.version if record else None)
    now = "it runs now" if running.tell_changed() else "it starts with the next `ivi run`"
    print(f"back to  {arguments.id} {version}; {now}")
    return 0
