# SPDX-License-Identifier: Apache-2.0
"""`ivi app verify`."""

import argparse
from pathlib import Path

from ivi.apphost import manifest as manifests
from ivi.apphost.package import install, installed, trust
from ivi.apphost.package.registry import Shelf
from ivi.cli.app import words
from ivi.model.errors import NotFoundError


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app verify`."""
    parser = argparse.ArgumentParser(
        prog="ivi app verify",
        description="Check a package as an install would, or an installed app as its next start will; change nothing.",
    )
    parser.add_argument("what", metavar="FILE|ID", help="a package, or the id of an installed app")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app verify`."""
    arguments = build_parser().parse_args(argv)
    path = Path(arguments.what)
    shelf = Shelf()
    if path.exists():
        manifest, origin = install.inspect(path, trust.load(), shelf.read())
    else:
        one = next((one for one in installed.in_service(shelf) if one.id == arguments.what), None)
        if one is None:
            raise NotFoundError(
                f"{arguments.what} is neither a file nor an installed app",
                hint="`ivi app list` shows what is",
            )
        origin = one.verify()
        manifest = manifests.load(one.folder)
    print(f"good    {manifest.app.id} {manifest.app.version}  {manifest.app.name}")
    print(f"        {origin.in_words()}")
    for line in words.permissions(manifest):
        print(f"        {line}")
    return 0
