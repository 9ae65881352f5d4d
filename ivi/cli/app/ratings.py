# SPDX-License-Identifier: Apache-2.0
"""`ivi app ratings`."""

import argparse
import sys
from pathlib import Path

from ivi.cloud.store.catalogue import LEAST_CARS
from ivi.fleet.appstore.publishing import AppStore
from ivi.fleet.store.app_ratings import aggregate
from ivi.fleet.store.database import parse_address
from ivi.fleet.store.reading import Reader
from ivi.model.errors import NotFoundError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app ratings`."""
    parser = argparse.ArgumentParser(
        prog="ivi app ratings",
        description="For a store: put what drivers think of apps into the catalogue, of each app that at least "
        f"{LEAST_CARS} cars have rated (docs/app-store.md). Run it daily.",
    )
    parser.add_argument(
        "--repository", type=Path, required=True, metavar="FOLDER", help="as `python -m ivi.fleet.updates` made it"
    )
    parser.add_argument(
        "--db", required=True, metavar="FILE|URL", help="the fleet's database, a file or postgresql://..."
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app ratings`."""
    arguments = build_parser().parse_args(argv)
    address = parse_address(arguments.db)
    if isinstance(address, Path) and not address.exists():
        raise NotFoundError(f"there is no database {address}", hint="name the one that the ingest writes")
    reader = Reader(address)
    try:
        found = aggregate(reader.database)
    finally:
        reader.close()
    changed = AppStore(arguments.repository).rate(found)
    for entry in changed:
        said = f"{entry.rating.mean:.1f} of {entry.rating.count} cars" if entry.rating else "too few ratings now"
        sys.stdout.write(f"rated  {entry.id}  {said}\n")
    if not changed:
        sys.stdout.write("nothing to change\n")
    return 0
