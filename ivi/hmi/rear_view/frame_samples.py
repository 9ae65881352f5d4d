# SPDX-License-Identifier: Apache-2.0
"""What is in a frame: the brightness of a grid of points, to see that a picture changes, and the whole picture."""

from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

COLUMNS, ROWS = 32, 18  # points: 576 of them cost some 60 microseconds

_Format = QVideoFrameFormat.PixelFormat
# Bytes from one point to the next in the first plane, and the byte that says most of the brightness (green, or Y).
_LAYOUTS = {
    _Format.Format_BGRX8888: (4, 1),
    _Format.Format_BGRA8888: (4, 1),
    _Format.Format_RGBX8888: (4, 1),
    _Format.Format_RGBA8888: (4, 1),
    _Format.Format_XRGB8888: (4, 2),
    _Format.Format_ARGB8888: (4, 2),
    _Format.Format_XBGR8888: (4, 2),
    _Format.Format_ABGR8888: (4, 2),
    _Format.Format_NV12: (1, 0),
    _Format.Format_NV21: (1, 0),
    _Format.Format_YUV420P: (1, 0),
    _Format.Format_YUV422P: (1, 0),
    _Format.Format_YV12: (1, 0),
    _Format.Format_Y8: (1, 0),
    _Format.Format_YUYV: (2, 0),
    _Format.Format_UYVY: (2, 1),
}


def brightness(frame: QVideoFrame) -> bytes:
    """One byte a point; empty when the frame cannot be read."""
    layout = _LAYOUTS.get(frame.pixelFormat())
    if layout is None or frame.handleType() is not QVideoFrame.HandleType.NoHandle:
        return _of_image(frame.toImage())
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return b""
    try:
        return _grid(bytes(frame.bits(0)), frame.width(), frame.height(), frame.bytesPerLine(0), layout)
    finally:
        frame.unmap()


def picture(frame: QVideoFrame) -> QImage:
    """The whole frame for painting; a null image when it cannot be read."""
    # Qt's own conversion asks for a graphics card first, and says so each time a process has none.
    if frame.pixelFormat() is not _Format.Format_BGRX8888 or not frame.map(QVideoFrame.MapMode.ReadOnly):
        return frame.toImage()
    try:
        pixels = QImage(frame.bits(0), frame.width(), frame.height(), frame.bytesPerLine(0), QImage.Format.Format_RGB32)
        return pixels.copy()
    finally:
        frame.unmap()


def _of_image(image: QImage) -> bytes:
    """For formats that only Qt can read (JPEG, what lies in a graphics card)."""
    if image.isNull():
        return b""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return _grid(bytes(grey.constBits()), grey.width(), grey.height(), grey.bytesPerLine(), (1, 0))


def _grid(data: bytes, width: int, height: int, line: int, layout: tuple[int, int]) -> bytes:
    pixel, offset = layout
    step = max(1, width // COLUMNS)
    first = step // 2
    rows = []
    for row in range(min(ROWS, height)):
        start = ((2 * row + 1) * height // (2 * ROWS)) * line
        rows.append(data[start + first * pixel + offset : start + width * pixel : step * pixel])
    return b"".join(rows)
