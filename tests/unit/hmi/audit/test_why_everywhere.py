# SPDX-License-Identifier: Apache-2.0
"""Whatever waits for a parked car, and whatever the screen recommends, tells why when it is touched."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from ivi.hmi import app, why_rules
from ivi.hmi.audit.seen import Kind, look
from ivi.hmi.screen import Screen, items
from ivi.hmi.shots.stage import SIZES, Scene, Stage, pages

WAITS = re.compile(r"\bparked\b|\bnot now\b", re.IGNORECASE)
"""How the screen says that something waits."""
STATES = {"Parked"}
"""Texts that say how the car is, and not that something waits."""
SECTIONS = ("driver", "display", "privacy", "updates", "language", "system")
ADVICE = {
    "energy": {"rangeBand": "range", "chargeState": "charge"},
    "climate": {"departureText": "departures"},
    "vehicle": {"tyre": "tyres"},
}
"""What recommends something, by page, and the topic that explains it."""


@pytest.fixture
def stage(qtbot: QtBot, runtime_dir: Path) -> Iterator[Stage]:
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    yield stage
    stage.close()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def explains(item: QQuickItem) -> bool:
    """Whether a touch on it explains it, or does what it says; a low card explains once it is grown."""
    part: QQuickItem | None = item
    while part is not None:
        if (
            part.property("topic")
            or (part.property("expandable") and not part.property("expanded"))
            or (part.inherits("QQuickAbstractButton") and part.isEnabled())
        ):
            return True
        part = cast("QQuickItem | None", part.parentItem())
    return False


def answered_beside(item: QQuickItem) -> bool:
    """Whether a sentence, or a button that waits, has its "why" in the same column."""
    part: QQuickItem | None = item
    while part is not None and not part.inherits("QQuickAbstractButton"):
        part = cast("QQuickItem | None", part.parentItem())
    column = item.parentItem() if part is None else part.parentItem()
    around = column.parentItem() if column.inherits("QQuickRow") else column
    return any(one.property("topic") and one.isVisible() for one in around.childItems())


def unexplained(stage: Stage) -> set[str]:
    """Texts in sight that say that something waits, and lead to no explanation."""
    texts = [one.item for one in look(stage.window) if one.kind is Kind.TEXT]
    waiting = [item for item in texts if WAITS.search(said := str(item.property("text"))) and said not in STATES]
    return {str(item.property("text")) for item in waiting if not explains(item) and not answered_beside(item)}


def topics(stage: Stage) -> set[str]:
    return {str(item.property("topic")) for item in items(stage.window.contentItem()) if item.property("topic")}


@pytest.mark.parametrize("page", pages())
def test_what_waits_on_a_page_says_why(stage: Stage, page: str) -> None:
    found: dict[str, set[str]] = {}
    for scene in (Scene.MOVING, Scene.UNKNOWN, Scene.IDLING):
        stage.play(scene)
        for size in SIZES:
            stage.resize(size)
            for detail in SECTIONS if page == "settings" else ("",):
                stage.go(page, detail)
                stage.settle()
                if missing := unexplained(stage):
                    found[f"{scene} {size} {detail}"] = missing
                assert topics(stage) <= set(why_rules.TOPICS)
    assert found == {}


@pytest.mark.parametrize("page", sorted(ADVICE))
def test_what_a_page_recommends_says_why(stage: Stage, page: str) -> None:
    stage.play(Scene.PARKED)
    for size in SIZES:
        stage.resize(size)
        stage.go(page)
        stage.settle()
        names = {item.objectName() for item in items(stage.window.contentItem()) if item.isVisible()}
        for shown, topic in ADVICE[page].items():
            assert any(name.startswith(shown) for name in names), f"{size}: {shown} is gone"
            if page == "climate" and "departureList" not in names:
                Screen(stage.window, stage).touch("departureBar")
                stage.settle()
            assert topic in topics(stage), f"{size}: nothing explains {shown}"


def test_the_rows_that_an_app_s_ledger_keeps_back_say_why(stage: Stage) -> None:
    stage.play(Scene.MOVING)
    stage.go("apps")
    stage.settle()
    screen = Screen(stage.window, stage)
    screen.touch("appView_did")
    stage.settle()
    assert unexplained(stage) == set()
