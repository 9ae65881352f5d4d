# SPDX-License-Identifier: Apache-2.0
"""Takes pictures of all pages and puts them on one sheet."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QImageWriter, QPainter
from PySide6.QtQml import QQmlApplicationEngine

from ivi.hmi.shots.described_voice import OVERLAYS
from ivi.hmi.shots.stage import SIZES, STATES, Scene, Size, Stage, pages
from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError

SHEET = "contact.png"
THUMB_HEIGHT = 200  # pixels of a landscape picture on the sheet; a portrait one gets the double
CAPTION = 34  # pixels
EDGE = 18  # pixels around each picture
LINE = 2600  # pixels; width of the sheet


@dataclass(frozen=True)
class Wish:
    """Which pictures to take."""

    only: tuple[str, ...] = ()
    """Pages; all when empty."""
    sizes: tuple[Size, ...] = SIZES
    scenes: tuple[Scene, ...] = STATES


@dataclass
class Taken:
    """What became of it."""

    files: list[Path] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    """Pages that have a file but that the shell does not show."""


@dataclass(frozen=True)
class Thumb:
    """A small picture with its caption."""

    image: QImage
    caption: str


def wish_of(only: Sequence[str], sizes: Sequence[tuple[int, int]] | None, scenes: Sequence[str] | None) -> Wish:
    """The wish of the command line. Raises InvalidArgumentError for a scene that there is not."""
    known = [str(scene) for scene in Scene]
    if strange := [name for name in scenes or () if name not in known]:
        raise InvalidArgumentError(f"there is no scene {strange[0]}", hint=f"there are {', '.join(known)}")
    chosen = tuple(Scene(name) for name in scenes) if scenes else STATES
    return Wish(tuple(only), tuple(Size(*size) for size in sizes) if sizes else SIZES, chosen)


def chosen_pages(only: Sequence[str]) -> list[str]:
    """The wished pages in the screen's order, then overlays. Raises InvalidArgumentError for one that there is not."""
    known = [*pages(), *OVERLAYS]
    if strange := [name for name in only if name not in known]:
        raise InvalidArgumentError(f"there is no page {strange[0]}", hint=f"there are {', '.join(known)}")
    return [name for name in known if not only or name in only]


def show(stage: Stage, name: str) -> None:
    """Show a page, or an overlay above the home page. Raises NotFoundError for a page that the shell does not show."""
    stage.go("home" if name in OVERLAYS else name)
    if name in OVERLAYS:
        stage.say(OVERLAYS[name])


def write(image: QImage, path: Path) -> None:
    """Write a small PNG. Raises ConfigurationError when that cannot be done."""
    writer = QImageWriter(os.fspath(path), QByteArray(b"PNG"))
    writer.setCompression(100)
    if image.isNull() or not writer.write(image.convertToFormat(QImage.Format.Format_RGB888)):
        raise ConfigurationError(f"cannot write {path}: {writer.errorString()}", hint="name a folder that is yours")


def take(stage: Stage, folder: Path, wish: Wish) -> Taken:
    """Write `<page>/<size>-<day|night>-<scene>.png` below the folder, and the sheet of all."""
    taken, thumbs = Taken(), []
    for page in chosen_pages(wish.only):
        try:
            show(stage, page)
        except NotFoundError:
            taken.absent.append(page)
            continue
        place = folder / page
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            hint = "name a folder that is yours"
            raise ConfigurationError(f"cannot write to {place}: {error.strerror}", hint=hint) from error
        for night in (False, True):
            stage.light(night=night)
            for size in wish.sizes:
                stage.resize(size)
                for scene in wish.scenes:
                    stage.play(scene)
                    if page in OVERLAYS:
                        stage.say(OVERLAYS[page])  # an answer goes away after its time
                    image = stage.settle()
                    name = f"{size}-{'night' if night else 'day'}-{scene}"
                    write(image, place / f"{name}.png")
                    taken.files.append(place / f"{name}.png")
                    thumbs.append(Thumb(small(image), f"{page} {size} {'night' if night else 'day'} {scene}"))
    if thumbs:
        write(contact_sheet(thumbs), folder / SHEET)
    return taken


def small(image: QImage) -> QImage:
    """The picture as the sheet has it."""
    height = THUMB_HEIGHT if image.width() >= image.height() else 2 * THUMB_HEIGHT
    return image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)


def contact_sheet(thumbs: Iterable[Thumb], width: int = LINE) -> QImage:
    """All pictures in lines, each with its caption under it."""
    placed: list[tuple[QPoint, Thumb]] = []
    x, y, tallest = EDGE, EDGE, 0
    for thumb in thumbs:
        if x > EDGE and x + thumb.image.width() + EDGE > width:
            x, y, tallest = EDGE, y + tallest + CAPTION + EDGE, 0
        placed.append((QPoint(x, y), thumb))
        x += thumb.image.width() + EDGE
        tallest = max(tallest, thumb.image.height())
    sheet = QImage(QSize(width, y + tallest + CAPTION + EDGE), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#3a3f46"))
    painter = QPainter(sheet)
    font = QFont()
    font.setPixelSize(16)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    for corner, thumb in placed:
        painter.drawImage(corner, thumb.image)
        under = QRect(corner.x(), corner.y() + thumb.image.height(), thumb.image.width() + EDGE, CAPTION)
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, thumb.caption)
    painter.end()
    return sheet


def run(engine: QQmlApplicationEngine, folder: Path, wish: Wish) -> int:
    """Take the pictures and say how many. Returns the exit status."""
    chosen_pages(wish.only)
    stage = Stage(engine)
    try:
        taken = take(stage, folder, wish)
    finally:
        stage.close()
    sys.stdout.write(f"{len(taken.files)} pictures and {SHEET} in {folder}\n")
    for page in taken.absent:
        sys.stdout.write(f"{page}: there is a file for this page, but the shell does not show it\n")
    return 0
