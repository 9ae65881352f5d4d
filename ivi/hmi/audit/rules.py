# SPDX-License-Identifier: Apache-2.0
"""The rules of a screen in a car, applied to what is drawn: each violation says which rule, which item and how much.

Sources: Android for Cars, visual principles and sizing (targets of 76 dp, texts of 24 dp, contrast 4.5:1 and 3:1, 120
characters), androidx car-app (6 rows), AOSP's car_ux_restrictions_map.xml (keyboard, video), NHTSA 78 FR 24817 (no text
that moves by itself), Android's accessibility help, "Touch target size" (8 dp between targets; the guides for cars name
no gap, only that targets must not overlap).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import cast

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ivi.hmi.audit.colours import Picture, contrast, text_contrast
from ivi.hmi.audit.seen import Kind, Seen, inside, look, number, related
from ivi.hmi.screen import items
from ivi.model.services import UxRestriction, UxRestrictions

TARGET = 76.0  # dp
APART = 8.0  # dp between neighbouring targets
TEXT_SIZE = 24  # dp
TEXT_CONTRAST, FILL_CONTRAST = 4.5, 3.0
ROUNDING = 0.6  # dp; layouts may divide their room unevenly by this
TOUCHING = 1.5  # dp that two areas may share before they overlap
_STATES = ("on", "checked", "primary", "filled")  # properties of a target whose fill carries its meaning
_NAMELESS = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}
_SHEETS = {QAccessible.Role.AlertMessage, QAccessible.Role.Dialog}
_REAR = re.compile(r"^rear", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Violation:
    """One rule that one item breaks."""

    rule: str
    item: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.item}: {self.why}"


@dataclass(frozen=True)
class View:
    """What the rules look at."""

    seen: Sequence[Seen]
    picture: Picture
    window: QRectF
    allowed: UxRestrictions

    def of(self, kind: Kind) -> list[Seen]:
        """All items of a kind."""
        return [one for one in self.seen if one.kind is kind]

    def forbids(self, what: UxRestriction) -> bool:
        """Whether the driving state forbids something."""
        return what in self.allowed.restrictions


def audit(window: QQuickWindow, image: QImage, allowed: UxRestrictions) -> list[Violation]:
    """Everything on this window that breaks a rule in this driving state."""
    frame = QRectF(0, 0, window.width(), window.height())
    view = View(look(window), Picture(image, window.width()), frame, allowed)
    return sorted({violation for rule in RULES for violation in rule(view)})


def _target_size(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.TARGET):
        if min(one.whole.width(), one.whole.height()) < TARGET - ROUNDING:
            yield Violation("target size", one.name, f"{one.whole.width():.0f}x{one.whole.height():.0f} dp")


def _target_overlap(view: View) -> Iterator[Violation]:
    targets = view.of(Kind.TARGET)
    for number_, one in enumerate(targets):
        for other in targets[number_ + 1 :]:
            sheet = _role(one.item) in _SHEETS or _role(other.item) in _SHEETS  # lies above the page while it is needed
            if not sheet and _overlap(one, other) and not related(one.item, other.item):
                yield Violation("target overlap", one.name, f"lies on {other.name}")


def _target_gap(view: View) -> Iterator[Violation]:
    for one, other in close_targets(view.seen):
        distance = max(_between(one.shown, other.shown))
        yield Violation("target gap", one.name, f"{distance:.0f} dp from {other.name}")


def close_targets(seen: Iterable[Seen]) -> Iterator[tuple[Seen, Seen]]:
    """Neighbours of which the wrong one is touched easily."""
    targets = [one for one in seen if one.kind is Kind.TARGET and not one.under]
    for one, other in combinations(targets, 2):
        if related(one.item, other.item) or (_is_tab(one.item) and _is_tab(other.item)):
            continue  # a part of the other; the wrong tab only shows another page
        if _crowded(one, other):
            yield one, other


def _crowded(one: Seen, other: Seen) -> bool:
    """Whether two neighbours are so close, and so small, that the wrong one is touched easily.

    Large ones, such as the rows of a list, may adjoin: the targets in their middles are far enough from each other.
    """
    across, down = _between(one.shown, other.shown)
    if max(across, down) >= APART - ROUNDING or min(across, down) > -TOUCHING:
        return False
    away = one.whole.center() - other.whole.center()
    return abs(away.x() if across > down else away.y()) < TARGET + APART - ROUNDING


def _between(one: QRectF, other: QRectF) -> tuple[float, float]:
    """How far two areas are from each other across and down; what they share is negative."""
    across = max(one.left(), other.left()) - min(one.right(), other.right())
    return across, max(one.top(), other.top()) - min(one.bottom(), other.bottom())


def _text_overlap(view: View) -> Iterator[Violation]:
    texts = view.of(Kind.TEXT)
    for number_, one in enumerate(texts):
        for other in texts[number_ + 1 :]:
            if _overlap(one, other, down=one.whole.height() * 0.25):
                yield Violation("text overlap", one.name, f"lies on {other.name}")


def _overlap(one: Seen, other: Seen, down: float = TOUCHING) -> bool:
    # Letters seldom fill their line, so texts may share a part of its height.
    shared = one.shown.intersected(other.shown)
    if any(blanket.contains(shared) and not inside(item, other.item) for item, blanket in one.under):
        return False  # a sheet lies between them; the other's own background is none
    return shared.width() > TOUCHING and shared.height() > max(TOUCHING, down)


def _outside(view: View) -> Iterator[Violation]:
    frame = view.window.adjusted(-ROUNDING, -ROUNDING, ROUNDING, ROUNDING)
    for one in view.seen:
        if one.kind in {Kind.TARGET, Kind.TEXT} and not frame.contains(one.shown):
            place = f"{one.shown.x():.0f},{one.shown.y():.0f} {one.shown.width():.0f}x{one.shown.height():.0f}"
            yield Violation("off the window", one.name, place)


def _text_size(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.TEXT):
        size = number(one.item, "fontInfo.pixelSize")
        if size < TEXT_SIZE:
            yield Violation("text size", one.name, f"{size:.0f} dp")


def _contrast(view: View) -> Iterator[Violation]:
    for one in view.seen:
        needed = {Kind.TEXT: TEXT_CONTRAST, Kind.ICON: FILL_CONTRAST}.get(one.kind)
        ink = one.item.property("color")
        if needed is None or not isinstance(ink, QColor) or not view.window.intersects(one.shown) or one.under:
            continue
        ratio = text_contrast(view.picture, one.shown, ink, one.opacity)
        if ratio < needed:
            name = one.name if one.kind is Kind.TEXT else f"icon {one.item.property('name')}"
            yield Violation(f"{one.kind} contrast", name, f"{ratio:.1f}:1")


def _fill_contrast(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.TARGET):
        fill = one.item.property("background")
        state = next((name for name in _STATES if one.item.property(name) is True), None)
        if state is None or not isinstance(fill, QQuickItem) or not fill.inherits("QQuickRectangle") or one.cut:
            continue
        middle, top = one.whole.center().x(), one.whole.top()
        around = view.picture.at(middle, top - 3)
        # A fill, or the line around it: what stands out most tells the state.
        edge = [pixel for pixel in (view.picture.at(middle, top + down) for down in (1, 2, 4, 6)) if pixel is not None]
        if around is None or not edge:
            continue
        ratio = max(contrast(pixel, around) for pixel in edge)
        if ratio < FILL_CONTRAST and not _marked(one.item, fill) and not _is_tab(one.item):
            yield Violation("fill contrast", one.name, f"{state}, {ratio:.1f}:1")


def _marked(target: QQuickItem, fill: QQuickItem) -> bool:
    """Whether the state is told by something on the target, such as a switch's mark, that stands out from its fill."""
    ground = _rgb(fill)
    marks = (item for item in items(target) if item is not fill and item.inherits("QQuickRectangle"))
    return any(contrast(_rgb(mark), ground) >= FILL_CONTRAST for mark in marks if _solid(mark))


def _is_tab(target: QQuickItem) -> bool:
    """Whether it is a tab; the chosen one is told by the weight and colour of its words."""
    return _role(target) is QAccessible.Role.PageTab


def _role(item: QQuickItem) -> QAccessible.Role:
    interface = cast("QAccessibleInterface | None", QAccessible.queryAccessibleInterface(item))
    return interface.role() if interface is not None else QAccessible.Role.NoRole


def _rgb(item: QQuickItem) -> tuple[int, int, int]:
    colour = item.property("color")
    return colour.red(), colour.green(), colour.blue()


def _solid(item: QQuickItem) -> bool:
    return item.isVisible() and item.property("color").alphaF() > 0.9  # noqa: PLR2004  # nothing shines through


def _text_length(view: View) -> Iterator[Violation]:
    longest = view.allowed.max_chars
    for one in view.of(Kind.TEXT):
        text = str(one.item.property("text"))
        if longest and len(text) > longest:
            yield Violation("text length", one.item.objectName() or text[:40], f"{len(text)} characters")


def _list_length(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.LIST):
        count = int(one.item.property("count"))
        if view.allowed.max_rows and count > view.allowed.max_rows:
            yield Violation("list length", one.name, f"{count} rows")


def _elided(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.TEXT):
        text = str(one.item.property("text"))
        important = one.item.objectName().endswith("Value") or re.fullmatch(r"[\W\d]*\d[\W\d]*\s?\S{0,3}", text)
        if one.item.property("truncated") and important:
            yield Violation("cut number", one.name, text)


def _accessible(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.TARGET):
        interface = cast("QAccessibleInterface | None", QAccessible.queryAccessibleInterface(one.item))
        if interface is None or interface.role() in _NAMELESS:
            yield Violation("accessible role", one.name, "none")
        elif not interface.text(QAccessible.Text.Name).strip():
            yield Violation("accessible name", one.name, "none")


def _typing(view: View) -> Iterator[Violation]:
    if view.forbids(UxRestriction.NO_KEYBOARD):
        for one in view.of(Kind.ENTRY):
            yield Violation("keyboard", one.name, f"open while {view.allowed.state}")


def _video(view: View) -> Iterator[Violation]:
    if view.forbids(UxRestriction.NO_VIDEO):
        for one in view.of(Kind.VIDEO):
            if not _is_rear_view(one.item):
                yield Violation("video", one.name, f"shown while {view.allowed.state}")


def _is_rear_view(item: QQuickItem) -> bool:
    parent: QQuickItem | None = item
    while parent is not None:
        if _REAR.match(parent.objectName()) or _REAR.match(parent.metaObject().className()):
            return True
        parent = parent.parentItem()
    return False


def _markup(view: View) -> Iterator[Violation]:
    for one in view.of(Kind.TEXT):
        if number(one.item, "textFormat") != 0:  # Text.PlainText
            yield Violation("markup", one.name, "read as more than plain text")


RULES: tuple[Callable[[View], Iterator[Violation]], ...] = (
    _target_size,
    _target_overlap,
    _target_gap,
    _text_overlap,
    _outside,
    _text_size,
    _contrast,
    _fill_contrast,
    _text_length,
    _list_length,
    _elided,
    _accessible,
    _typing,
    _video,
    _markup,
)


def texts_at(window: QQuickWindow) -> dict[QQuickItem, tuple[float, float]]:
    """Where each text is now."""
    return {one.item: (one.whole.x(), one.whole.y()) for one in look(window) if one.kind is Kind.TEXT}


def moved(before: dict[QQuickItem, tuple[float, float]], window: QQuickWindow) -> list[Violation]:
    """Texts that have moved by themselves since `before`, while nobody touched anything and nothing changed."""
    after = texts_at(window)
    return [
        Violation("moving text", str(item.property("text"))[:40], f"from {place} to {after[item]}")
        for item, place in before.items()
        if item in after and max(abs(place[0] - after[item][0]), abs(place[1] - after[item][1])) > 0.5  # noqa: PLR2004  # dp
    ]
