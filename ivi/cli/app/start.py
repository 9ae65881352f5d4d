# SPDX-License-Identifier: Apache-2.0
"""`ivi app start`."""

import argparse

from ivi.cli.app.asking import ask
from ivi.model.apphost import StartApp


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app start`."""
    parser = argparse.ArgumentParser(
        prog="ivi app start",
        description="Start an app that was stopped, crashed too often, or waits to be started again.",
    )
    parser.add_argument("id", metavar="ID", help="e.g. com.partner.weather")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app start`."""
    arguments = build_parser().parse_args(argv)
    ask(StartApp(arguments.id))
    print(f"started  {arguments.id}  `ivi app logs {arguments.id}` says how it does")
    return 0
