# SPDX-License-Identifier: Apache-2.0
"""Contrast as it is drawn: what is behind a text is read from the picture of the window, not from its description."""

from collections import Counter

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

type Rgb = tuple[int, int, int]

STEP = 2  # pixels between samples
SAME = 40.0  # distance of two colours (0 to 441) below which one is a shade of the other
SHARE = 0.08  # part of the samples that a colour needs to be a ground and not the edge of a letter


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB's

    return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def blended(ink: QColor, ground: Rgb, opacity: float) -> Rgb:
    """The colour that is drawn when `ink` lies on `ground`."""
    part = ink.alphaF() * opacity
    red, green, blue = (
        round(top * part + below * (1 - part))
        for top, below in zip((ink.red(), ink.green(), ink.blue()), ground, strict=True)
    )
    return red, green, blue


class Picture:
    """A grabbed window in the coordinates of its items."""

    def __init__(self, image: QImage, width: float) -> None:
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self._scale = image.width() / width
        self._bytes = memoryview(self._image.constBits()).cast("B").cast("I")
        self._stride = self._image.bytesPerLine() // 4

    def grounds(self, place: QRectF, without: QColor | None = None) -> list[Rgb]:
        """The colours that fill a place, the largest first, without shades of one."""
        counts = Counter[int]()
        left, right = self._span(place.left(), place.right(), self._image.width())
        top, bottom = self._span(place.top(), place.bottom(), self._image.height())
        for y in range(top, bottom, STEP):
            counts.update(self._bytes[y * self._stride + left : y * self._stride + right : STEP].tolist())
        total = sum(counts.values())
        shades: Counter[int] = Counter()
        for value, count in counts.items():
            shades[value & 0xF8F8F8] += count
        found = []
        for value, count in shades.most_common(6):
            colour = ((value >> 16) & 0xFF, (value >> 8) & 0xFF, value & 0xFF)
            if count >= SHARE * total and (without is None or distance(colour, _rgb(without)) > SAME):
                # The true colour of this shade, not the shade's corner.
                exact = max((one for one in counts if one & 0xF8F8F8 == value), key=lambda one: counts[one])
                found.append(((exact >> 16) & 0xFF, (exact >> 8) & 0xFF, exact & 0xFF))
        return found

    def at(self, x: float, y: float) -> Rgb | None:
        """One pixel; None outside."""
        column, row = round(x * self._scale), round(y * self._scale)
        if not (0 <= column < self._image.width() and 0 <= row < self._image.height()):
            return None
        value = self._bytes[row * self._stride + column]
        return (value >> 16) & 0xFF, (value >> 8) & 0xFF, value & 0xFF

    def _span(self, low: float, high: float, size: int) -> tuple[int, int]:
        return max(0, int(low * self._scale)), min(size, int(high * self._scale) + 1)


def distance(one: Rgb, other: Rgb) -> float:
    """How far two colours are from each other, 0 to 441."""
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


def _rgb(colour: QColor) -> Rgb:
    return colour.red(), colour.green(), colour.blue()


def text_contrast(picture: Picture, place: QRectF, ink: QColor, opacity: float) -> float:
    """Contrast of a text or icon against the worst ground that fills a good part of its place."""
    solid = ink.alphaF() * opacity > 0.99  # noqa: PLR2004  # else its own drawn colour is not the ink's
    grounds = picture.grounds(place, without=ink if solid else None)
    if not grounds:
        return 1.0
    return contrast(grounds[0], blended(ink, grounds[0], opacity))
