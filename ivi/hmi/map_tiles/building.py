# SPDX-License-Identifier: Apache-2.0
"""Fills a folder with tiles for both lights, in the layout that Qt Location's offline maps have.

`day/` and `night/` hold `osm_100-l-8-<zoom>-<x>-<y>.png` (8 is the plugin's number for a map of one's own: with the
numbers before it the plugin would ask servers on the net for what is missing). `map.json` says what is there and comes
last, so that a folder without it is none. The folder is made beside its place and moved there whole.
"""

import json
import math
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImageWriter

from ivi.hmi.map_tiles.extract import Features, read, world
from ivi.hmi.map_tiles.painting import TilePainter
from ivi.hmi.map_tiles.palette import PALETTES
from ivi.model.errors import ConfigurationError, ResourceExhaustedError

NOTICE = "\N{COPYRIGHT SIGN} OpenStreetMap contributors"
DESCRIPTION = "map.json"
FORMAT = 1
MAX_TILES = 400_000
"""Of one light: about 4 GB; whole countries beyond that want vector tiles."""
MARGIN = 0.006  # degrees around the extract, so that its edge is no wall


@dataclass(frozen=True, slots=True)
class Built:
    """What was made."""

    tiles: int
    """Of both lights."""
    size: int
    """Bytes."""


def tiles(features: Features, zoom: int) -> Iterator[tuple[int, int]]:
    """Numbers of the tiles that an extract covers at this zoom."""
    count = 1 << zoom
    first = world(features.west - MARGIN, features.north + MARGIN)
    last = world(features.east + MARGIN, features.south - MARGIN)
    for x in range(max(0, math.floor(first.x() * count)), min(count - 1, math.floor(last.x() * count)) + 1):
        for y in range(max(0, math.floor(first.y() * count)), min(count - 1, math.floor(last.y() * count)) + 1):
            yield x, y


def build(file: Path, output: Path, zooms: range, tell: Callable[[str], None]) -> Built:
    """Draw all tiles of an extract into `output`, which is replaced as a whole. `tell` hears what is done.

    Raises what `read` and `fill` raise.
    """
    check_output(output)
    return fill(read(file), file.name, output, zooms, tell)


def check_output(output: Path) -> None:
    """Raises ConfigurationError when the folder holds something that is no map."""
    if output.exists() and not (output / DESCRIPTION).is_file() and any(output.iterdir()):
        raise ConfigurationError(f"{output} holds something that is no map", hint="name an empty folder")


def fill(features: Features, name: str, output: Path, zooms: range, tell: Callable[[str], None]) -> Built:
    """Draw all tiles of what was read from the extract of this name.

    Raises ConfigurationError when the folder cannot be written, ResourceExhaustedError when there is too much for
    pictures.
    """
    count = sum(sum(1 for _ in tiles(features, zoom)) for zoom in zooms)
    if count > MAX_TILES:
        hint = "cut a smaller extract, or leave out the highest zoom"
        raise ResourceExhaustedError(f"that would be {count} tiles; {MAX_TILES} are the most", hint=hint)
    tell(f"{len(features.roads)} roads and {len(features.places)} places; {count} tiles for each light")
    fresh = output.with_name(output.name + ".new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        size = sum(_draw(features, light, fresh / light, zooms, tell) for light in PALETTES)
        _describe(features, name, fresh, zooms)
        _put(fresh, output)
    except OSError as error:
        raise ConfigurationError(f"cannot write {error.filename or output}: {error.strerror}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Built(2 * count, size)


def _draw(features: Features, light: str, folder: Path, zooms: range, tell: Callable[[str], None]) -> int:
    folder.mkdir(parents=True)
    painter = TilePainter(features, PALETTES[light])
    size = 0
    for zoom in zooms:
        for x, y in tiles(features, zoom):
            path = folder / f"osm_100-l-8-{zoom}-{x}-{y}.png"
            writer = QImageWriter(os.fspath(path), QByteArray(b"PNG"))
            writer.setCompression(90)
            if not writer.write(painter.tile(zoom, x, y)):
                raise OSError(0, writer.errorString(), os.fspath(path))
            size += path.stat().st_size
        tell(f"{light}: zoom {zoom} is drawn")
    return size


def _describe(features: Features, name: str, folder: Path, zooms: range) -> None:
    description = {
        "format": FORMAT,
        "zooms": [zooms.start, zooms.stop - 1],
        "bounds": [features.west, features.south, features.east, features.north],
        "extract": name,
        "notice": NOTICE,
        "places": [[place.name, place.rank, place.latitude, place.longitude] for place in features.places],
    }
    (folder / DESCRIPTION).write_text(json.dumps(description, ensure_ascii=False), encoding="utf-8")


def _put(fresh: Path, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    old = output.with_name(output.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)
