# SPDX-License-Identifier: Apache-2.0
"""Every page, in every size and driving state, by night and by day, keeps the rules of a screen in a car."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QDateTime, QEvent, QTime
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.audit.rules import audit, moved, texts_at
from ivi.hmi.shots.described_apps import restrictions
from ivi.hmi.shots.described_voice import OVERLAYS
from ivi.hmi.shots.pictures import show
from ivi.hmi.shots.stage import SIZES, STATES, Scene, Stage, pages
from ivi.model.services import DrivingState

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Words

WATCHED = 12  # looks at a page that nobody touches, to see whether a text moves


@pytest.fixture
def stage(qtbot: QtBot, runtime_dir: Path, words: "Words") -> Iterator[Stage]:
    """The stage."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    yield stage
    stage.close()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def state_of(scene: Scene) -> DrivingState:
    return DrivingState(scene) if scene in STATES else DrivingState.UNKNOWN


@pytest.mark.parametrize("page", [*pages(), *OVERLAYS])
def test_a_page_breaks_no_rule(stage: Stage, page: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    show(stage, page)
    for night in (True, False):
        stage.light(night=night)
        for size in SIZES:
            stage.resize(size)
            for scene in Scene if night else (Scene.MOVING,):
                stage.play(scene)
                if page in OVERLAYS:
                    stage.say(OVERLAYS[page])
                picture = stage.settle()
                for violation in audit(stage.window, picture, restrictions(state_of(scene))):
                    found[str(violation)].append(f"{size} {'night' if night else 'day'} {scene}")
    assert dict(found) == {}


@pytest.mark.parametrize("page", pages())
def test_no_text_of_a_page_moves_while_nothing_changes(stage: Stage, page: str) -> None:
    stage.go(page)
    stage.play(Scene.MOVING)
    stage.settle()
    before = texts_at(stage.window)
    assert len(before) > 3
    for _ in range(WATCHED):
        stage.wait()
    assert moved(before, stage.window) == []


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (8, 58), (11, 11), (23, 47)])
def test_no_minute_moves_what_stands_beside_the_time(stage: Stage, hour: int, minute: int) -> None:
    stage.go("phone")
    stage.play(Scene.MOVING)
    stage.settle()
    clock = stage.window.findChild(QQuickItem, "clock")
    assert clock is not None
    before = texts_at(stage.window)
    clock.setProperty("now", QDateTime(QDate(2026, 6, 1), QTime(hour, minute)))
    stage.settle()
    assert clock.property("text") == f"{hour:02}:{minute:02}"
    assert moved(before, stage.window) == []
