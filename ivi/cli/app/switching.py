# SPDX-License-Identifier: Apache-2.0
"""`ivi app start` and `ivi app stop`: one app is named, switched, and a line says so."""

import argparse
from dataclasses import dataclass

from ivi.cli.app.asking import ask
from ivi.model.apphost import StartApp, StopApp


@dataclass(frozen=True)
class Switch:
    """A verb that starts or ends one app."""

    verb: str
    description: str
    """For `--help`."""
    request: type[StartApp | StopApp]
    said: str
    """Printed when it is done; `{id}` stands for the app."""

    def build_parser(self) -> argparse.ArgumentParser:
        """Switches of the verb."""
        parser = argparse.ArgumentParser(prog=f"ivi app {self.verb}", description=self.description)
        parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
        return parser

    def run(self, argv: list[str]) -> int:
        """Ask the host and say that it is done. Raises what the host reports."""
        arguments = self.build_parser().parse_args(argv)
        ask(self.request(arguments.id))
        print(self.said.format(id=arguments.id))
        return 0
