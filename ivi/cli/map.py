# SPDX-License-Identifier: Apache-2.0
"""`ivi map build FILE.osm.pbf`: draws the screen's map from an OpenStreetMap extract, on any computer."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from ivi.daemon import paths

LOWEST, HIGHEST = 8, 17


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi map`."""
    parser = argparse.ArgumentParser(prog="ivi map", description="Maps for the screen, drawn before the drive.")
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    build = commands.add_parser("build", help="draw the tiles of an OpenStreetMap extract, for day and night")
    build.add_argument("file", type=Path, metavar="FILE.osm.pbf")
    build.add_argument("--output", type=Path, metavar="DIR", help="folder of the map (maps in the state folder)")
    build.add_argument(
        "--zoom", type=_zooms, default=range(11, 17), metavar="A-B", help="from a town to a street (11-16)"
    )
    return parser


def main(argv: Sequence[str]) -> int:
    """Run `ivi map`."""
    arguments = build_parser().parse_args(list(argv))
    from ivi.hmi.map_tiles.building import NOTICE, build  # noqa: PLC0415  # Qt loads only to draw

    started = time.monotonic()
    output = arguments.output or paths.state_dir() / "maps"
    built = build(arguments.file, output, arguments.zoom, lambda words: print(words, file=sys.stderr))
    seconds = time.monotonic() - started
    print(f"{output}: {built.tiles} tiles, {built.size / 1e6:.1f} MB, in {seconds:.0f} s. Data: {NOTICE}, ODbL 1.0")
    return 0


def _zooms(text: str) -> range:
    first, _, last = text.partition("-")
    if not (first.isdigit() and (last or first).isdigit() and LOWEST <= int(first) <= int(last or first) <= HIGHEST):
        raise argparse.ArgumentTypeError(f"{text} is no range between {LOWEST} and {HIGHEST}, such as 11-16")
    return range(int(first), int(last or first) + 1)
