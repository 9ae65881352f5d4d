# SPDX-License-Identifier: Apache-2.0
"""A drawn yard that passes by, for demos and tests without a camera. The screen calls it a test picture."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QLinearGradient, QPainter, QPen, QPolygonF

from ivi.hmi.rear_view.guide_lines import project
from ivi.hmi.rear_view.setup import Mounting

WIDTH, HEIGHT = 960, 540  # pixels
SPEED = 0.6  # metres a second that the yard passes by
BAY = 2.5  # metres from one bay to the next
WALK = 4.0  # seconds of the ball's way there, and back


class MovingPicture:
    """Draws one frame after the other. The ground never changes and is kept; what moves is drawn on it."""

    def __init__(self, camera: Mounting, *, mirrored: bool) -> None:
        """`mirrored`: whether the camera that is played swaps left and right itself."""
        self._camera = camera
        self._mirrored = mirrored
        self._yard = self._draw_yard()

    def frame(self, seconds: float) -> QImage:
        """The yard at this time."""
        image = self._yard.copy()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_bays(painter, seconds)
        self._draw_ball(painter, seconds)
        painter.end()
        return image if self._mirrored else image.flipped(Qt.Orientation.Horizontal)

    def _at(self, behind: float, left: float) -> QPointF | None:
        point = project((behind + self._camera.behind_axle_m, left), self._camera, WIDTH / HEIGHT)
        return None if point is None else QPointF(point[0] * WIDTH, point[1] * HEIGHT)

    def _draw_yard(self) -> QImage:
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        far = project((400.0, 0.0), self._camera, WIDTH / HEIGHT)
        horizon = max(0.0, 0.0 if far is None else far[1] * HEIGHT)
        painter = QPainter(image)
        sky = QLinearGradient(0, 0, 0, max(1.0, horizon))
        sky.setColorAt(0, QColor("#5f7894"))
        sky.setColorAt(1, QColor("#c4d2dc"))
        painter.fillRect(QRectF(0, 0, WIDTH, horizon), QBrush(sky))
        ground = QLinearGradient(0, horizon, 0, HEIGHT)
        ground.setColorAt(0, QColor("#8d949a"))
        ground.setColorAt(0.25, QColor("#6b7278"))
        ground.setColorAt(1, QColor("#3d4247"))
        painter.fillRect(QRectF(0, horizon, WIDTH, HEIGHT - horizon), QBrush(ground))
        painter.fillRect(QRectF(0, horizon - 14, WIDTH, 20), QColor("#4c5a4d"))
        painter.end()
        return image

    def _draw_bays(self, painter: QPainter, seconds: float) -> None:
        """Lines of parking bays at both sides; they come nearer as the car backs up."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#dfe5e8"))
        passed = (seconds * SPEED) % BAY
        for number in range(9):
            behind = number * BAY - passed + 0.2
            for side in (-1, 1):
                self._draw_patch(painter, behind, 0.1, side * 1.6, side * 5.5)
        for side in (-1, 1):
            self._draw_patch(painter, 0.3, 20.0, side * 5.5, side * 5.6)

    def _draw_patch(self, painter: QPainter, behind: float, length: float, near: float, far: float) -> None:
        corners = [
            self._at(max(0.2, behind + along), aside)
            for along, aside in ((0, near), (0, far), (length, far), (length, near))
        ]
        if all(corner is not None for corner in corners):
            painter.drawPolygon(QPolygonF([corner for corner in corners if corner is not None]))

    def _draw_ball(self, painter: QPainter, seconds: float) -> None:
        """Something that crosses behind the car; it never stands still, so that a frozen picture can be told."""
        aside = 2.2 * math.sin(seconds * math.pi / WALK)
        behind = 2.6
        foot, right = self._at(behind, aside), self._at(behind, aside - 0.28)
        if foot is None or right is None:
            return
        radius = max(4.0, right.x() - foot.x())
        painter.setBrush(QColor(20, 24, 28, 90))
        painter.drawEllipse(foot, radius, radius * 0.35)
        painter.setBrush(QColor("#e08a3c"))
        painter.setPen(QPen(QColor("#8a4d18"), 2))
        painter.drawEllipse(QPointF(foot.x(), foot.y() - radius), radius, radius)
