# SPDX-License-Identifier: Apache-2.0
"""Pictures of apps as files that Qt reads: checked once more, named by their content, and never more than a few.

A folder and not an image provider, because Qt would call a Python provider from its own threads.
"""

import os
import tempfile
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QImage, QImageWriter, qRgb

from ivi.hmi.templates.qr_code import qr_code
from ivi.model.png import check_png

MAX_FILES = 128
_QUIET = 4  # modules around a QR code


class PictureFiles:
    """A temporary folder of this process, made with the first picture and gone with `close`."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: OrderedDict[str, Path] = OrderedDict()

    def close(self) -> None:
        """Delete everything."""
        self._files.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def url(self, name: str) -> str:
        """Address of a picture's file; empty while it is not here."""
        path = self._files.get(name)
        if path is None:
            return ""
        self._files.move_to_end(name)
        return QUrl.fromLocalFile(os.fspath(path)).toString()

    def put(self, name: str, png: bytes) -> None:
        """Keep what the host sent. Raises InvalidArgumentError when it is no picture that may be shown."""
        check_png(png)
        if _digest(png) == name:
            self._place(name).write_bytes(png)

    def qr(self, text: str) -> str:
        """Address of a file with this text as a QR code, a pixel a module."""
        name = "qr-" + _digest(text.encode())
        if name not in self._files:
            matrix = qr_code(text)
            side = len(matrix) + 2 * _QUIET
            image = QImage(side, side, QImage.Format.Format_RGB32)
            image.fill(qRgb(255, 255, 255))
            for y, row in enumerate(matrix):
                for x, dark in enumerate(row):
                    if dark:
                        image.setPixel(x + _QUIET, y + _QUIET, qRgb(0, 0, 0))
            QImageWriter(os.fspath(self._place(name)), QByteArray(b"PNG")).write(image)
        return self.url(name)

    def _place(self, name: str) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="ivi-pictures-", ignore_cleanup_errors=True)
        path = self._files[name] = Path(self._folder.name) / f"{name}.png"
        while len(self._files) > MAX_FILES:
            self._files.popitem(last=False)[1].unlink(missing_ok=True)
        return path


def _digest(data: bytes) -> str:
    import hashlib  # noqa: PLC0415  # brings OpenSSL; a screen without pictures starts without it

    return hashlib.sha256(data).hexdigest()
