# SPDX-License-Identifier: Apache-2.0
"""Shows the gallery in a window, or takes a picture of every scene in several sizes by day and by night."""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QRectF, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QLinearGradient, QPainter
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ivi.daemon import paths
from ivi.hmi.gallery.scenes import Scene, scenes
from ivi.hmi.models import Models, singletons
from ivi.model.errors import ConfigurationError, InternalError
from ivi.model.signal import Value

COVER_SIDE = 160  # pixels


@dataclass(frozen=True)
class Size:
    """Room of one app on a display, pixels."""

    name: str
    width: int
    height: int


SIZES = (
    Size("card-1024x600", 384, 380),
    Size("card-1280x720", 432, 484),
    Size("page-1024x600", 664, 380),
    Size("page-1280x720", 788, 484),
    Size("page-1920x720", 1348, 484),
    Size("page-1080x1920", 1032, 1200),
)
"""A card beside the drive, and grown to the whole page, on each display."""


CONTROLS = Size("controls", 840, 560)
"""A sheet of controls."""
SHEETS = ("controls", "car-controls", "charts")
"""In the order of Gallery.qml."""
_HVAC = "Vehicle.Cabin.HVAC"
SHOWN: dict[str, Value] = {
    f"{_HVAC}.Station.Row1.Driver.Temperature": 21.0,
    f"{_HVAC}.IsAirConditioningActive": True,
    f"{_HVAC}.IsFrontDefrosterActive": False,
}
"""What the controls that show the car are given; the rest stays unknown."""


def cover() -> bytes:
    """A picture such as an album has, drawn here."""
    image = QImage(COVER_SIDE, COVER_SIDE, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(QPointF(0, 0), QPointF(0, COVER_SIDE))
    sky.setColorAt(0, QColor("#2b3a67"))
    sky.setColorAt(0.6, QColor("#d96c5f"))
    sky.setColorAt(1, QColor("#f2b263"))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#fbe3b5"))
    painter.drawEllipse(QPointF(COVER_SIDE * 0.62, COVER_SIDE * 0.56), 22, 22)
    for number, shade in enumerate(("#7b4a63", "#4d3553", "#251f3a")):
        painter.setBrush(QColor(shade))
        top = COVER_SIDE * (0.6 + 0.13 * number)
        painter.drawEllipse(QRectF(-60 + 70 * (number % 2), top, COVER_SIDE * 1.3, COVER_SIDE))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(data.data())


class Gallery(QObject):
    """The gallery's window and what it shows."""

    def __init__(self, engine: QQmlApplicationEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.models: Models = singletons(engine)
        self.window = _load(engine)
        picture = cover()
        name = hashlib.sha256(picture).hexdigest()
        self.models.apps.picture_arrived(name, picture)
        self.scenes: list[Scene] = scenes(name)
        self._at = 0

    def show(self, scene: Scene) -> None:
        """Show one scene."""
        self.models.driving.update(scene.driving)
        self.models.apps.update([scene.view], self.models.driving.limits)

    @Slot(int)
    def turn(self, by: int) -> None:
        """The next scene, or the one before."""
        self._at = (self._at + by) % len(self.scenes)
        scene = self.scenes[self._at]
        self.show(scene)
        self.window.setTitle(f"{scene.name} ({self._at + 1} of {len(self.scenes)})")

    def light(self, *, night: bool) -> None:
        """Day or night."""
        if self.models.lighting.property("night") != night:
            self.models.lighting.toggle()

    def picture(self, scene: Scene, size: Size, path: Path) -> None:
        """Take one picture. Raises ConfigurationError when it cannot be written."""
        self.window.resize(size.width + 2 * _EDGE, size.height + 2 * _EDGE)
        self.show(scene)
        self.settle()
        image = self.window.grabWindow()
        writer = QImageWriter(os.fspath(path), QByteArray(b"PNG"))
        writer.setCompression(100)
        if image.isNull() or not writer.write(image.convertToFormat(QImage.Format.Format_RGB888)):
            raise ConfigurationError(f"cannot write {path}: {writer.errorString()}", hint="name a folder that is yours")

    def picture_controls(self, folder: Path, *, night: bool) -> int:
        """Take the pictures of all controls and charts, as they are and mirrored. Returns how many."""
        for path, value in SHOWN.items():
            self.models.climate.by_path[path].show(value)
        self.window.setProperty("controls", True)
        for number, sheet in enumerate(SHEETS):
            self.window.setProperty("sheet", number)
            for mirrored in (False, True):
                self.window.setProperty("mirrored", mirrored)
                name = f"{sheet}-{'night' if night else 'day'}{'-mirrored' if mirrored else ''}.png"
                self.picture(self.scenes[0], CONTROLS, folder / name)
        for flag in ("controls", "mirrored"):
            self.window.setProperty(flag, False)
        return 2 * len(SHEETS)

    def settle(self) -> None:
        """Let bindings, pictures and delayed calls come to rest."""
        for _ in range(6):
            QGuiApplication.processEvents()
            self.window.grabWindow()

    def close(self) -> None:
        """Take the window down."""
        self.models.apps.update([], self.models.driving.limits)
        self.models.apps.close()
        self.window.close()
        self.window.deleteLater()


_EDGE = 16  # pixels of ground around a card


def _load(engine: QQmlApplicationEngine) -> QQuickWindow:
    qml = paths.resource("qml")
    engine.addImportPath(os.fspath(qml))
    said: list[str] = []
    engine.warnings.connect(lambda warnings: said.extend(warning.toString() for warning in warnings))
    engine.load(QUrl.fromLocalFile(os.fspath(qml / "Gallery" / "Gallery.qml")))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise InternalError(f"the gallery's QML cannot be loaded: {said[0] if said else 'no window'}")
    return roots[0]


def take(gallery: Gallery, folder: Path, only: str = "") -> int:
    """Write all pictures below `folder`, one folder a size and light; `only` names a kind. Returns how many."""
    gallery.window.show()
    count = 0
    for night in (True, False):
        gallery.light(night=night)
        for size in SIZES:
            place = folder / f"{size.name}-{'night' if night else 'day'}"
            try:
                place.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                hint = "name a folder that is yours"
                raise ConfigurationError(f"cannot write to {place}: {error.strerror}", hint=hint) from error
            for scene in gallery.scenes:
                if scene.name.startswith(only):
                    gallery.picture(scene, size, place / f"{scene.name}.png")
                    count += 1
        if "controls".startswith(only):
            count += gallery.picture_controls(folder, night=night)
    return count


def run(app: QGuiApplication, engine: QQmlApplicationEngine, shots: Path | None) -> int:
    """Show the gallery until it is closed, or take its pictures. Returns the exit status."""
    gallery = Gallery(engine)
    try:
        if shots is not None:
            count = take(gallery, shots)
            sys.stdout.write(f"{count} pictures in {shots}\n")
            return 0
        gallery.models.apps.send = lambda _app, event: gallery.window.setTitle(str(event))
        gallery.window.turned.connect(gallery.turn)  # type: ignore[attr-defined]  # a signal of Gallery.qml
        gallery.turn(0)
        gallery.window.show()
        return app.exec()
    finally:
        gallery.close()
