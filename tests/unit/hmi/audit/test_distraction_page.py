# SPDX-License-Identifier: Apache-2.0
"""docs/distraction.md says what the screen takes off the road today, and every task of it can be done."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.audit.report import page
from ivi.hmi.audit.tasks import tasks
from ivi.hmi.audit.walk import Walked, walk_all
from ivi.hmi.shots.stage import Stage

PAGE = Path(__file__).parents[4] / "docs" / "distraction.md"


@pytest.fixture
def walked(qtbot: QtBot, runtime_dir: Path) -> list[Walked]:
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    try:
        return walk_all(stage, tasks())
    finally:
        stage.close()
        engine.deleteLater()
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()


def test_the_page_is_what_the_screen_does(walked: list[Walked]) -> None:
    assert page(walked) == PAGE.read_text(encoding="utf-8"), "write it again: ivi hmi --distraction docs/distraction.md"
    assert [one.task.title for one in walked if one.offered and not one.done] == []
    assert sum(one.offered for one in walked) >= 14
