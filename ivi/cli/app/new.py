# SPDX-License-Identifier: Apache-2.0
"""`ivi app new`."""

import argparse
from pathlib import Path

from ivi.apphost import scaffold

WHAT = {
    "manifest.toml": "what it is, and what it may do",
    "app.py": "the app",
    "strings": "texts for the driver",
    "tests": "its tests, run without a car",
    "README.md": "for who works on it",
}


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app new`."""
    parser = argparse.ArgumentParser(
        prog="ivi app new", description="Make the folder of a new app that runs at once and has passing tests."
    )
    parser.add_argument("name", type=Path, metavar="NAME", help="the folder, named like the app: tyre-check")
    parser.add_argument(
        "--kind", choices=scaffold.kinds(), default="list", help="what to begin with (default: %(default)s)"
    )
    parser.add_argument(
        "--id", default="", metavar="ID", help=f"the app's id for good (default: {scaffold.DEFAULT_DOMAIN}.NAME)"
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app new`."""
    arguments = build_parser().parse_args(argv)
    folder: Path = arguments.name
    naming, files = scaffold.create(folder, arguments.kind, arguments.id)
    print(f"made   {folder}/  {naming.title} ({naming.id})")
    tops = dict.fromkeys(path.parts[0] for path in files)
    width = max(map(len, tops))
    for top in tops:
        what = WHAT.get(top, "what it shows")
        print(f"       {top:<{width}}  {what}")
    print(f"next   ivi app test {folder}    runs its tests")
    print(f"       ivi app dev {folder}     runs it beside a simulated car; it starts again at each save")
    return 0
