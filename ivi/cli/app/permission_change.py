# SPDX-License-Identifier: Apache-2.0
"""`ivi app grant` and `ivi app revoke`: the same question with two answers."""

import argparse
from dataclasses import dataclass

from ivi.cli.app.asking import ask, plain
from ivi.model.rights import ChangeGrant, GrantChanged

NOT_DONE = 1  # exit status when nothing changed


@dataclass(frozen=True)
class PermissionChange:
    """A verb that gives an app a permission or takes it back."""

    verb: str
    description: str
    """For `--help`."""
    granted: bool
    said: str
    """What stands before each permission that changed."""

    def build_parser(self) -> argparse.ArgumentParser:
        """Switches of the verb."""
        parser = argparse.ArgumentParser(prog=f"ivi app {self.verb}", description=self.description)
        parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("what", nargs="?", metavar="KIND|PATH|HOST", help="e.g. net, location, Vehicle.Speed")
        what.add_argument("--all", action="store_true", help="everything that it asks for")
        return parser

    def run(self, argv: list[str]) -> int:
        """Ask the host and print what changed; NOT_DONE when nothing did. Raises what the host reports."""
        arguments = self.build_parser().parse_args(argv)
        answer: GrantChanged = ask(ChangeGrant(arguments.id, arguments.what or "", granted=self.granted))
        for line in answer.changed:
            print(f"{self.said}: {plain(line)}")
        if answer.reason:
            print(answer.reason)
        return 0 if answer.changed else NOT_DONE
