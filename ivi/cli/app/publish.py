# SPDX-License-Identifier: Apache-2.0
"""`ivi app publish`."""

import argparse
import sys
from pathlib import Path

from ivi.apphost.package import trust
from ivi.cli.app import words
from ivi.fleet.appstore.publishing import AppStore
from ivi.model.errors import InvalidArgumentError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app publish`."""
    parser = argparse.ArgumentParser(
        prog="ivi app publish",
        description="For a store: check signed packages and list them in the catalogue that cars show to drivers. "
        "A package is refused as a car that trusts this device's trust.toml would refuse it (docs/app-store.md).",
    )
    parser.add_argument("packages", nargs="*", type=Path, metavar="FILE", help="signed packages (.ivp)")
    parser.add_argument(
        "--repository", type=Path, required=True, metavar="FOLDER", help="as `python -m ivi.fleet.updates` made it"
    )
    parser.add_argument("--as", dest="publisher", default="", metavar="PUBLISHER", help="whose targets they are")
    parser.add_argument("--withdraw", action="append", default=[], metavar="ID", help="take an app off the catalogue")
    parser.add_argument("--list", action="store_true", help="say what the catalogue lists")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app publish`."""
    arguments = build_parser().parse_args(argv)
    store = AppStore(arguments.repository)
    if arguments.packages and not arguments.publisher:
        raise InvalidArgumentError(
            "whose packages are these?", hint="--as PUBLISHER, one that `delegate` of the repository has named"
        )
    for app_id in arguments.withdraw:
        store.withdraw(app_id)
        sys.stdout.write(f"withdrawn  {app_id}\n")
    if arguments.packages:
        for entry in store.publish(arguments.packages, arguments.publisher, trust.load()):
            sys.stdout.write(f"published  {entry.id} {entry.version}  {words.size(entry.size)}  {entry.author}\n")
    if arguments.list:
        for entry in store.entries():
            sys.stdout.write(f"{entry.id}  {entry.version}  {entry.category}  {entry.author}\n")
    return 0
