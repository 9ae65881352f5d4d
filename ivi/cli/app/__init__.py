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
    "new": Verb("new", "make the folder of a new app"),
    "dev": Verb("dev", "run an app beside a simulated car, and again at each save"),
    "test": Verb("test", "run an app's tests, without a car"),
    "check": Verb("check", "find what would go wrong with an app, in any driving state, and how much it distracts"),
    "keygen": Verb("keygen", "make a key pair to sign apps with"),
    "pack": Verb("pack", "make a package (.ivp) of an app's folder"),
    "sign": Verb("sign", "sign a package with your key"),
    "verify": Verb("verify", "check a package, or an installed app, and say what it may do"),
    "install": Verb("install", "install or update an app from a package"),
    "remove": Verb("remove", "remove an installed app and its data"),
    "list": Verb("listing", "which apps there are, and how they do"),
    "rollback": Verb("rollback", "go back to the version before"),
    "endorse": Verb("endorse", "for a store: vouch for a publisher's key"),
    "revocations": Verb("revocations", "for a store: take apps or keys back; on a device: take that in"),
    "publish": Verb("publish", "for a store: list signed packages in the catalogue that drivers see"),
    "ratings": Verb("ratings", "for a store: put what drivers think of apps into the catalogue"),
    "info": Verb("info", "what an app may do, why, what is in force, and how it is isolated"),
    "grant": Verb("grant", "agree to what an app asks for, while the car is parked"),
    "revoke": Verb("revoke", "take a permission back; it counts at once"),
    "start": Verb("start", "start an app again"),
    "stop": Verb("stop", "end an app for now"),
    "logs": Verb("logs", "what an app printed, and what the car says of it"),
    "ledger": Verb("ledger", "what an app read, changed and sent, when and to whom; checks that nothing is missing"),
}


def build_parser() -> argparse.ArgumentParser:
    """The parser of `ivi app` itself; each verb has its own."""
    parser = argparse.ArgumentParser(
        prog="ivi app",
        description="Partner apps: make, sign, install and look after them (docs/packages.md).",
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
