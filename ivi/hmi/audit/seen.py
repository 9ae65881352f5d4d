# SPDX-License-Identifier: Apache-2.0
"""What a driver sees of a window: its texts, targets, icons, lists and pictures, as they are really drawn now.

Items that are hidden, transparent, clipped away or covered by something opaque are not seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ivi.hmi.screen import area

FAINT = 0.02  # an opacity below it draws nothing
SLIVER = 2.0  # dp; less than this of an item shows nothing of it
_RIGHT, _CENTRE = 2, 4  # Text.AlignRight, Text.AlignHCenter
_BOTTOM, _MIDDLE = 64, 128  # Text.AlignBottom, Text.AlignVCenter


class Kind(StrEnum):
    """What an item is to the driver."""

    TARGET = "target"
    TEXT = "text"
    ICON = "icon"
    LIST = "list"
    ENTRY = "entry"
    """Where letters can be typed."""
    VIDEO = "video"


@dataclass(frozen=True, eq=False)
class Seen:
    """One item that is drawn."""

    kind: Kind
    item: QQuickItem
    whole: QRectF
    """Where it lies in the window; of a text: its letters."""
    shown: QRectF
    """The part that its clipping parents leave."""
    opacity: float
    under: list[tuple[QQuickItem, QRectF]] = field(default_factory=list)
    """Opaque things that were drawn later and cover a part of it."""

    @property
    def name(self) -> str:
        """What it is called in a report."""
        said = self.item.objectName() or str(self.item.property("text") or "")
        return said or self.item.metaObject().className().partition("_QML")[0]

    @property
    def cut(self) -> bool:
        """Whether a clipping parent hides part of it, as a list does with its last row."""
        return self.shown != self.whole


def look(window: QQuickWindow) -> list[Seen]:
    """Everything that is seen, in the order in which it is drawn."""
    found: list[Seen] = []
    everything = QRectF(-1e6, -1e6, 2e6, 2e6)
    for item, clip, opacity in _drawn(window.contentItem(), everything, 1.0):
        if _covers(item, opacity):
            blanket = area(item).intersected(clip)
            found = [one for one in found if not blanket.contains(one.shown) or related(one.item, item)]
            for one in found:
                if one.shown.intersects(blanket) and not related(one.item, item):
                    one.under.append((item, blanket))
        kind = kind_of(item)
        if kind is None:
            continue
        whole = letters(item) if kind is Kind.TEXT else area(item)
        shown = whole.intersected(clip)
        if min(shown.width(), shown.height()) >= SLIVER:
            found.append(Seen(kind, item, whole, shown, opacity))
    return found


def kind_of(item: QQuickItem) -> Kind | None:
    """What an item is; None for what only carries or decorates others."""
    if item.inherits("QQuickAbstractButton") or item.inherits("QQuickSlider"):
        return Kind.TARGET if item.isEnabled() else None
    if any(child.inherits("QQuickTapHandler") and child.property("enabled") for child in item.children()):
        return Kind.TARGET
    if item.inherits("QQuickText"):
        return Kind.TEXT if item.property("text") else None
    if item.inherits("QQuickTextInput") or item.inherits("QQuickTextEdit") or item.objectName() == "keyboard":
        return Kind.ENTRY
    if item.inherits("QQuickItemView"):
        return Kind.LIST
    if item.inherits("QQuickVideoOutput"):
        return Kind.VIDEO
    return Kind.ICON if item.metaObject().className().startswith("Icon_QMLTYPE") and item.property("name") else None


def letters(item: QQuickItem) -> QRectF:
    """Where the letters of a Text lie in the window: its box less the room that its alignment leaves."""
    box = area(item)
    width = min(float(item.property("contentWidth")), box.width())
    height = min(float(item.property("contentHeight")), box.height())
    across, down = number(item, "effectiveHorizontalAlignment"), number(item, "verticalAlignment")
    x = box.x() + (box.width() - width) * (1.0 if across == _RIGHT else 0.5 if across == _CENTRE else 0.0)
    y = box.y() + (box.height() - height) * (1.0 if down == _BOTTOM else 0.5 if down == _MIDDLE else 0.0)
    return QRectF(x, y, width, height)


def number(item: QQuickItem, expression: str) -> float:
    """A value of a type that Python has no converter for, such as an alignment, through QML."""
    context = qmlContext(item)
    if context is None:
        return 0.0
    value: object = QQmlExpression(context, item, expression).evaluate()
    value = value[0] if isinstance(value, tuple) else value
    return float(value) if isinstance(value, int | float) else 0.0


def _drawn(item: QQuickItem, clip: QRectF, opacity: float) -> Iterator[tuple[QQuickItem, QRectF, float]]:
    opacity *= item.opacity()
    if not item.isVisible() or opacity < FAINT:
        return
    yield item, clip, opacity
    if item.clip():
        clip = clip.intersected(area(item))
    for child in sorted(item.childItems(), key=lambda one: one.z()):
        yield from _drawn(child, clip, opacity)


def _covers(item: QQuickItem, opacity: float) -> bool:
    if not item.inherits("QQuickRectangle") or opacity < 1:
        return False
    color = item.property("color")
    return isinstance(color, QColor) and color.alpha() == 255  # noqa: PLR2004  # opaque


def inside(item: QQuickItem, other: QQuickItem) -> bool:
    """Whether an item lies in another one's tree."""
    parent: QQuickItem | None = item
    while parent is not None:
        if parent == other:
            return True
        parent = cast("QQuickItem | None", parent.parentItem())
    return False


def related(one: QQuickItem, other: QQuickItem) -> bool:
    """Whether one of two items is part of the other."""
    return inside(one, other) or inside(other, one)
