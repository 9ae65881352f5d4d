# SPDX-License-Identifier: Apache-2.0
"""`ivi app stop`."""

import argparse

from ivi.cli.app.asking import ask
from ivi.model.apphost import StopApp


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app stop`."""
    parser = argparse.ArgumentParser(
        prog="ivi app stop",
        description="End an app until `ivi app start`, or until the car starts again.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app stop`."""
    arguments = build_parser().parse_args(argv)
    ask(StopApp(arguments.id))
    print(f"stopped  {arguments.id}")
    return 0
