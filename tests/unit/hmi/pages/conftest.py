# SPDX-License-Identifier: Apache-2.0
"""One page alone in a window, in front of the fake car: what it shows and does needs no rail around it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from pytestqt.qtbot import QtBot

from ivi.daemon import paths
from ivi.hmi import app
from ivi.hmi.models import singletons
from ivi.hmi.screen import Screen
from ivi.hmi.sources import Sources

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Words

STAGE = """
import QtQuick
import Models
import Navigation
import Pages
import Style
Window {
    width: %(width)d
    height: %(height)d
    color: Style.ground
    readonly property string asked: Router.page
    Binding { target: Style; property: "night"; value: Lighting.night }
    %(page)s { anchors.fill: parent }
}
"""
SIZES = {"1280x720": (1176, 532), "1920x720": (1816, 532), "1024x600": (928, 412), "1080x1920": (1080, 1500)}
"""Room of a page beside the rail, by display."""

type Stage = Callable[..., Cabin]


@pytest.fixture
def stage(
    qtbot: QtBot, runtime_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: "Words"
) -> Iterator[Stage]:
    """Makes the window with one page."""
    from tests.unit.hmi.conftest import Cabin  # noqa: PLC0415  # the folder's own conftest, once it is loaded

    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    app.load_fonts()
    engine = QQmlApplicationEngine()
    owner = QObject()
    sources: list[Sources] = []
    windows: list[QQuickWindow] = []

    def make(page: str, display: str = "1280x720") -> Cabin:
        qml = paths.resource("qml")
        engine.addImportPath(str(qml))
        width, height = SIZES[display]
        text = STAGE % {"page": page, "width": width, "height": height}
        engine.loadData(text.encode(), QUrl.fromLocalFile(str(qml / "Stage.qml")))
        assert engine.rootObjects(), words.said
        window = engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        windows.append(window)
        sources.append(Sources(singletons(engine), owner))
        screen = Screen(window, owner)
        window.show()
        sources[0].open()
        qtbot.waitUntil(lambda: screen.frames > 0, timeout=10000)
        return Cabin(window, singletons(engine), screen)

    yield make
    for one in sources:
        one.close()
    for window in windows:
        window.close()
        window.deleteLater()
    owner.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
