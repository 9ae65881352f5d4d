# SPDX-License-Identifier: Apache-2.0
"""Draws camera pictures where there is no graphics card: Qt's own video item draws nothing without one."""

from typing import override

from PySide6.QtCore import Property, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CameraCanvas(QQuickPaintedItem):
    """Paints the newest picture, as large as it fits and whole."""

    ratioChanged = Signal()  # noqa: N815  # QML derives the name of its handler from the property

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._ratio = 16 / 9
        self.mirror = False
        """Whether left and right are swapped."""
        self.setOpaquePainting(True)

    @Property("double", notify=ratioChanged)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def ratio(self) -> float:
        """Width of the picture divided by its height."""
        return self._ratio

    def show_image(self, image: QImage) -> None:
        """Paint this with the next frame."""
        self._image = image
        ratio = image.width() / max(1, image.height())
        if ratio and ratio != self._ratio:
            self._ratio = ratio
            self.ratioChanged.emit()
        self.update()

    @override
    def paint(self, painter: QPainter) -> None:
        """Called by Qt."""
        if self._image.isNull():
            painter.fillRect(self.boundingRect(), QColor("black"))
            return
        if self.mirror:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.drawImage(QRectF(0, 0, self.width(), self.height()), self._image)
