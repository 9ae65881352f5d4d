# SPDX-License-Identifier: Apache-2.0
"""Every page in Arabic: lines begin on the right, and no text lies over another one or beside the page."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQml import QQmlApplicationEngine, QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem

from ivi.hmi import app, catalogues
from ivi.hmi.screen import area, find, items
from ivi.hmi.shots.stage import SIZES, Size, Stage, pages
from ivi.hmi.translator import Translator

TOUCHES = 6.0  # pixels that lines may share
LETTERS = 0.7  # of the height of a line's box
PAGES = pages()


@pytest.fixture(scope="module")
def stage(qapp: object) -> Iterator[Stage]:
    """The described car, parked, in Arabic."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    translator = Translator(engine, stage.models.language, stage.models.notice, stage)
    stage.models.language.choose("ar")
    assert stage.models.language.property("rtl") is True
    stage.settle()
    yield stage
    translator.change(catalogues.SOURCE)
    stage.close()
    engine.deleteLater()


def _texts(root: QQuickItem) -> list[tuple[str, QRectF]]:
    """Each text that is seen with the place of its letters."""
    found = []
    for item in items(root):
        text = item.property("text")
        painted = item.property("contentWidth")
        if not isinstance(text, str) or not text or painted is None or not item.isVisible() or item.opacity() == 0:
            continue
        box = area(item)
        wide = min(float(painted), box.width())
        left = {1: box.left(), 2: box.right() - wide, 4: box.center().x() - wide / 2}.get(_alignment(item), box.left())
        if not _uncovered(item, box):
            continue
        tall = min(box.height(), float(item.property("contentHeight")))
        found.append((text, QRectF(left, box.center().y() - tall * LETTERS / 2, wide, tall * LETTERS)))
    return found


def _alignment(item: QQuickItem) -> int:
    context = qmlContext(item)
    assert context is not None
    # PySide has no converter for QQuickText's enums, but QML turns them into numbers.
    value: object = QQmlExpression(context, item, "effectiveHorizontalAlignment").evaluate()
    number = value[0] if isinstance(value, tuple) else value
    return int(number) if isinstance(number, int | float) else 0


def _uncovered(item: QQuickItem, box: QRectF) -> bool:
    """Whether no list that clips hides the middle of it."""
    above: QQuickItem | None = item.parentItem()
    while above is not None:
        if above.clip() and not area(above).contains(box.center()):
            return False
        above = above.parentItem()
    return True


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("page", PAGES)
def test_no_text_lies_over_another(stage: Stage, page: str, size: Size) -> None:
    stage.resize(size)
    root = stage.go(page)
    stage.settle()
    texts = _texts(root)
    over = [
        (one, other)
        for (one, here), (other, there) in combinations(texts, 2)
        if min(here.intersected(there).width(), here.intersected(there).height()) > TOUCHES
    ]
    assert over == []
    inside = area(root)
    beside = [text for text, box in texts if box.left() < inside.left() - 1 or box.right() > inside.right() + 1]
    assert beside == []


def test_lines_begin_on_the_right_and_the_car_is_not_turned_round(stage: Stage) -> None:
    stage.resize(SIZES[0])
    stage.go("vehicle")
    stage.settle()
    window = stage.window.contentItem()
    shell = {item.objectName(): area(item) for item in items(window) if item.objectName()}
    assert shell["clock"].left() > shell["microphone"].left(), "the status bar is turned round"
    assert shell["climateDriverValue"].left() < shell["climatePassengerValue"].left(), "the seats are where they are"
    assert shell["rail"].left() == 0, "the rail is at the driver's side in every language"


def test_the_rail_and_the_drive_stay_at_the_drivers_side(stage: Stage) -> None:
    stage.resize(Size(1280, 720))
    home = stage.go("home")
    stage.settle()
    rail, drive = (find(stage.window, name) for name in ("rail", "speedValue"))
    assert area(rail).left() == 0
    assert area(drive).right() < area(home).center().x()
    stage.singleton("Style", "Style").setProperty("mirrored", True)  # as when the wheel is on the right
    try:
        stage.settle()
        assert area(rail).right() == stage.window.width()
        assert area(drive).left() > area(home).center().x()
    finally:
        stage.singleton("Style", "Style").setProperty("mirrored", False)
