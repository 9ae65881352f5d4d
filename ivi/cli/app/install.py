# SPDX-License-Identifier: Apache-2.0
"""`ivi app install`."""

import argparse
from pathlib import Path

from ivi.apphost.package import install, trust
from ivi.apphost.package.registry import Shelf
from ivi.cli.app import running, words


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app install`."""
    parser = argparse.ArgumentParser(
        prog="ivi app install",
        description="Install or update an app. A running ivi takes it over at once; the version before is kept until "
        "the new one has run well for a while, and comes back by itself when it does not.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the package")
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app install`."""
    arguments = build_parser().parse_args(argv)
    done = install.install(arguments.file, trust.load(), Shelf(), running.shipped())
    app = done.manifest.app
    print(f"installed  {app.id} {app.version}  {app.name}")
    print(f"           {done.origin.in_words()}")
    if done.before:
        print(f"           in place of {done.before}, which is kept until {app.version} has proved itself")
    for line in words.permissions(done.manifest):
        print(f"           {line}")
    print("           it runs now" if running.tell_changed() else "           it starts with the next `ivi run`")
    return 0
