# SPDX-License-Identifier: Apache-2.0
"""One page of the car by itself in a window, with its real models and links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from ivi.daemon import paths
from ivi.hmi import app
from ivi.hmi.models import Models, singletons
from ivi.hmi.screen import Screen, find, items
from ivi.hmi.sources import Sources

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Car

TIMEOUT = 10_000  # ms; the machine may be busy
WINDOW = """
import QtQuick
import Models
import Pages
import Style
Window {{
    width: 1176
    height: 532
    color: Style.ground
    {page}Page {{
        anchors.fill: parent
    }}
}}
"""


@dataclass
class Shown:
    """A page on the screen."""

    window: QQuickWindow
    models: Models
    screen: Screen
    car: "Car"
    qtbot: QtBot
    engine: QQmlApplicationEngine

    @property
    def root(self) -> QQuickItem:
        """The page."""
        return self.window.contentItem().childItems()[0]

    def items(self) -> list[QQuickItem]:
        """Everything that is drawn."""
        return [item for item in items(self.window.contentItem()) if item.isVisible()]

    def item(self, name: str) -> QQuickItem:
        """The item with this objectName."""
        return find(self.window, name)

    def text(self, name: str) -> object:
        """The text of the item with this objectName that is drawn; None without one."""
        return next((item.property("text") for item in self.items() if item.objectName() == name), None)

    def reads(self, name: str, text: str) -> None:
        """Wait until this text is there."""
        self.qtbot.waitUntil(lambda: self.text(name) == text, timeout=TIMEOUT)

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait."""
        self.qtbot.waitUntil(reached, timeout=TIMEOUT)

    def touch(self, name: str) -> None:
        """Touch it as a finger does."""
        self.until(lambda: any(item.objectName() == name and item.isEnabled() for item in self.items()))
        self.screen.touch(name)

    def asked(self, what: str) -> list[object]:
        """What the car was asked for."""
        return self.car.asked(what)


@pytest.fixture
def show(qtbot: QtBot, car: "Car", tmp_path: Path) -> Iterator[Callable[[str], Shown]]:
    """Opens a page; a word of Qt or QML above debug fails the test."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: object, message: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            said.append(message)

    previous = qInstallMessageHandler(hear)
    app.load_fonts()
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(paths.resource("qml")))
    owner = QObject()
    opened: list[tuple[QQuickWindow, Sources]] = []

    def open_page(name: str) -> Shown:
        file = tmp_path / "window.qml"
        file.write_text(WINDOW.format(page=name), encoding="utf-8")
        engine.load(QUrl.fromLocalFile(str(file)))
        assert engine.rootObjects(), said
        window = engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        models = singletons(engine)
        sources = Sources(models, owner)
        opened.append((window, sources))
        screen = Screen(window, owner)
        car.start()
        window.show()
        sources.open()
        qtbot.waitUntil(lambda: screen.frames > 0, timeout=TIMEOUT)
        return Shown(window, models, screen, car, qtbot, engine)

    yield open_page
    for window, sources in opened:
        sources.close()
        window.close()
        window.deleteLater()
    owner.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qInstallMessageHandler(previous)
    assert said == []
