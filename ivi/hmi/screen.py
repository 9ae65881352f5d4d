# SPDX-License-Identifier: Apache-2.0
"""The window as others see it: its frames, pictures of it, and touches for tests and remote service."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from PySide6.QtCore import QByteArray, QObject, QPoint, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QImageWriter, QPointingDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ivi.daemon.clock import process_start_monotonic
from ivi.hmi.qt_server import QtServer
from ivi.model.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.model.hmi import ItemText, ReadItem, Screenshot, TakeScreenshot, Touch, Touched

REMOTE_INPUT = "IVI_REMOTE_INPUT"


class Screen(QObject):
    """Counts the window's frames and answers what concerns it."""

    drawn = Signal()
    """The first frame is on the screen."""

    def __init__(self, window: QQuickWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._touchscreen: QPointingDevice | None = None
        self.frames = 0
        self.first_frame_ms = 0.0
        """From the start of the process (exec) to its first frame, milliseconds; 0 before it."""
        self.on_touch: Callable[[int], None] | None = None
        """Told of each touch from outside just before it is delivered (Unix, ns)."""
        window.frameSwapped.connect(self._swapped)

    def serve(self, server: QtServer) -> None:
        """Answer the calls of ivi.model.hmi on this server."""
        server.on_call(TakeScreenshot, self._take_screenshot)
        server.on_call(Touch, self._touch)
        server.on_call(ReadItem, self._read_item)

    @Slot()
    def _swapped(self) -> None:
        self.frames += 1
        if self.frames == 1:
            self.first_frame_ms = round((time.monotonic() - process_start_monotonic()) * 1000, 1)
            self.drawn.emit()

    def _take_screenshot(self, request: msgspec.Struct) -> Screenshot:
        assert isinstance(request, TakeScreenshot)  # noqa: S101  # the server routes by type
        path = Path(request.path)
        if not path.parent.is_dir():
            raise InvalidArgumentError(f"there is no folder {path.parent}", hint="create it first")
        picture = self._window.grabWindow()
        writer = QImageWriter(os.fspath(path), QByteArray(b"PNG"))
        if picture.isNull() or not writer.write(picture):
            raise UnavailableError(f"cannot write the picture {path}: {writer.errorString()}")
        return Screenshot(os.fspath(path), picture.width(), picture.height())

    def _touch(self, request: msgspec.Struct) -> Touched:
        assert isinstance(request, Touch)  # noqa: S101  # the server routes by type
        if os.environ.get(REMOTE_INPUT) != "1":
            raise PermissionDeniedError("remote input is off", hint=f"start the screen with {REMOTE_INPUT}=1")
        return self.touch(request.object_name)

    def touch(self, name: str) -> Touched:
        """Touch the middle of the item with this objectName. Raises NotFoundError when that cannot be done."""
        item = find(self._window, name)
        if not item.isEnabled():
            raise NotFoundError(f"{name} is on the screen but not enabled")
        middle = area(item).center()
        self.tap(middle.toPoint())
        return Touched(middle.x(), middle.y())

    def tap(self, point: QPoint) -> None:
        """Touch the window at this point as a finger does."""
        # QtTest loads only for remote input. Each touchEvent sends itself when it is destroyed, so none gets a name.
        from PySide6.QtTest import QTest  # noqa: PLC0415

        if self._touchscreen is None:
            self._touchscreen = QTest.createTouchDevice()
        if self.on_touch is not None:
            self.on_touch(time.time_ns())
        QTest.touchEvent(self._window, self._touchscreen).press(0, point, self._window)
        QTest.touchEvent(self._window, self._touchscreen).release(0, point, self._window)

    def _read_item(self, request: msgspec.Struct) -> ItemText:
        assert isinstance(request, ReadItem)  # noqa: S101  # the server routes by type
        item = find(self._window, request.object_name)
        if item.metaObject().indexOfProperty(request.property) < 0:
            raise NotFoundError(f"{request.object_name} has no property {request.property}")
        value = item.property(request.property)
        if isinstance(value, bool):
            return ItemText("true" if value else "false")
        return ItemText("" if value is None else str(value))


def find(window: QQuickWindow, name: str) -> QQuickItem:
    """The item of this objectName whose middle is on the screen. Raises NotFoundError."""
    screen = QRectF(0, 0, window.width(), window.height())
    for item in items(window.contentItem()):
        if item.objectName() == name and item.isVisible() and screen.contains(area(item).center()):
            return item
    raise NotFoundError(f"nothing called {name} is on the screen")


def items(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and everything in it."""
    yield item
    for child in item.childItems():
        yield from items(child)


def area(item: QQuickItem) -> QRectF:
    """Where an item lies in its window."""
    corner = item.mapToScene(QPointF(0, 0))
    return QRectF(corner.x(), corner.y(), item.width(), item.height())
