# SPDX-License-Identifier: Apache-2.0
"""The screen looks as it did: the home page, a template and the voice's overlay, compared with some tolerance.

Each graphics backend draws edges and letters its own way, so each has its own pictures: <name>-<backend>.png beside
this file, at half size. IVI_GOLDEN=write writes them again; look at them before they are committed.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.gallery.runner import SIZES, Gallery
from ivi.hmi.screen import area, find
from ivi.hmi.shots.pictures import show, write
from ivi.hmi.shots.stage import Scene, Size, Stage

HERE = Path(__file__).parent
LEVELS = 24  # of 255; a pixel that differs less is the same
PART = 0.02  # of all pixels that may differ: fonts are drawn a little differently by every version of FreeType
WRITE = os.environ.get("IVI_GOLDEN") == "write"


def home() -> QImage:
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    stage.resize(Size(1280, 720))
    stage.light(night=True)
    stage.play(Scene.MOVING)
    stage.go("home")
    picture = stage.settle()
    painter = QPainter(picture)
    painter.fillRect(area(find(stage.window, "clock")), QColor("#000000"))
    painter.end()
    stage.close()
    engine.deleteLater()
    return picture


def overlay() -> QImage:
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    stage.resize(Size(1280, 720))
    stage.light(night=True)
    stage.play(Scene.MOVING)
    show(stage, "voice-question")
    picture = stage.settle()
    part = area(find(stage.window, "voiceOverlay"))
    stage.close()
    engine.deleteLater()
    return picture.copy(part.toRect())


def template() -> QImage:
    engine = QQmlApplicationEngine()
    gallery = Gallery(engine)
    gallery.window.show()
    size = next(one for one in SIZES if one.name == "page-1280x720")
    gallery.window.resize(size.width + 32, size.height + 32)
    gallery.light(night=True)
    gallery.show(next(scene for scene in gallery.scenes if scene.name == "list"))
    gallery.settle()
    picture = gallery.window.grabWindow()
    gallery.close()
    engine.deleteLater()
    return picture


def unlike(one: QImage, other: QImage) -> float:
    """The part of the pixels that differ."""
    if one.size() != other.size():
        return 1.0
    first, second = (bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits()) for image in (one, other))
    differing = sum(
        1
        for at in range(0, len(first), 4)
        if first[at : at + 3] != second[at : at + 3]
        and max(abs(a - b) for a, b in zip(first[at : at + 3], second[at : at + 3], strict=True)) > LEVELS
    )
    return differing / (len(first) // 4)


@pytest.mark.parametrize("make", [home, template, overlay])
def test_a_picture_is_what_it_was(qtbot: QtBot, runtime_dir: Path, make: Callable[[], QImage]) -> None:
    backend = os.environ.get("QT_QUICK_BACKEND") or "rhi"
    golden = HERE / f"{make.__name__}-{backend}.png"
    app.load_fonts()
    drawn = make()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    small = drawn.scaledToWidth(drawn.width() // 2, Qt.TransformationMode.SmoothTransformation)
    if WRITE:
        write(small, golden)
    if not golden.exists():
        pytest.skip(f"there is no picture of the backend {backend} yet")
    assert unlike(small, QImage(str(golden))) <= PART


def test_a_change_is_noticed() -> None:
    before = QImage(str(HERE / "home-software.png"))
    after = before.copy()
    painter = QPainter(after)
    painter.fillRect(300, 100, 100, 60, QColor("#ffffff"))
    painter.end()
    assert unlike(before, before) == 0
    assert unlike(before, after) > PART
