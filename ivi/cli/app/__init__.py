# SPDX-License-Identifier: Apache-2.0
"""`ivi app …`: one module for each verb, listed here; each has a `main(argv)` that returns the exit status."""

import argparse
import importlib
from typing import NamedTuple


class Verb(NamedTuple):
    """A verb of `ivi app`: its module in this package, and what it does in a line."""

    module: str
    help: str


VERBS = {
    "info": Verb("info", "what an app may do, why, what is in force, and how it is isolated"),
    "grant": Verb("grant", "agree to what an app asks for, while the car is parked"),
    "revoke": Verb("revoke", "take a permission back; it counts at once"),
    "ledger": Verb("ledger", "what an app read, changed and sent, when and to whom; checks that nothing is missing"),
}


def build_parser() -> argparse.ArgumentParser:
    """The parser of `ivi app` itself; each verb has its own."""
    parser = argparse.ArgumentParser(
        prog="ivi app",
        description="Partner apps: make, sign, install and look after them.",
        epilog="`ivi app VERB --help` says more about each.",
        usage="ivi app VERB …",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        verbs.add_parser(name, help=verb.help, add_help=False)
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app`."""
    known, rest = build_parser().parse_known_args(argv[:1])
    module = importlib.import_module(f"ivi.cli.app.{VERBS[known.verb].module}")
    status: int = module.main([*rest, *argv[1:]])
    return status
