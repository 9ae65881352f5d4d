# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the screen's tests: Qt without a display, a fake car in a process of its own, and the whole screen."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Before Qt is imported: tests draw without a display, and the same way on every machine.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, QRectF, QtMsgType, QUrl, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from ivi.daemon import paths
from ivi.hmi import app
from ivi.hmi.models import Models, singletons
from ivi.hmi.screen import Screen, area, find, items
from ivi.hmi.sources import Sources

ROOT = Path(__file__).resolve().parents[3]
FAKE_CAR = Path(__file__).parent / "fake_car.py"
START_TIMEOUT = 20.0  # seconds; a loaded machine starts Python slowly


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """No widgets anywhere."""
    return QGuiApplication


@pytest.fixture
def runtime_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of this test's sockets."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("IVI_RUNTIME_DIR", str(folder))
    return folder


class Car:
    """The fake car's process: tell it what to publish, read what it was asked for."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self.said: list[dict[str, Any]] = []

    def start(self, *processes: str) -> None:
        """Serve the sockets of these processes; all when none is named."""
        command = [sys.executable, str(FAKE_CAR), *processes]
        environment = dict(os.environ, PYTHONPATH=str(ROOT))  # the same ivi as in this process
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        deadline = time.monotonic() + START_TIMEOUT
        while not any("ready" in line for line in self.hear()):
            assert time.monotonic() < deadline, "the fake car did not start"
            assert self._process.poll() is None, "the fake car ended"
            time.sleep(0.01)

    def tell(self, **command: object) -> None:
        """Send one command (see fake_car.py)."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(command) + b"\n")
        self._process.stdin.flush()

    def hear(self) -> list[dict[str, Any]]:
        """Everything that it has said so far."""
        assert self._process is not None
        assert self._process.stdout is not None
        while data := self._process.stdout.read():
            self._buffer += data
        *lines, self._buffer = self._buffer.split(b"\n")
        self.said.extend(json.loads(line) for line in lines)
        return self.said

    def asked(self, what: str) -> list[Any]:
        """The arguments of each request of this kind, in order."""
        return [line[what] for line in self.hear() if what in line]

    def kill(self) -> None:
        """SIGKILL, as a crash would end it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None


@pytest.fixture
def car(runtime_dir: Path) -> Iterator[Car]:
    """A fake car that is not started yet."""
    car = Car()
    yield car
    car.kill()


OF_QTS_CLOCK = "QUnifiedTimer::"
"""Said by Qt, rarely, when a window goes while something in it moves: its clock has stopped before it is told to."""


class Words:
    """What Qt and QML say above debug."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.forgiven: list[str] = []
        """Parts of words that fail no test."""

    def hear(self, kind: QtMsgType, _context: object, message: str) -> None:
        """Qt's message handler."""
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and not message.startswith(OF_QTS_CLOCK):
            self.said.append(message)


@pytest.fixture
def words() -> Iterator[Words]:
    """Listens until everything that asked for it is taken down. Any word that is not forgiven fails the test."""
    words = Words()
    previous = qInstallMessageHandler(words.hear)
    yield words
    qInstallMessageHandler(previous)
    assert [line for line in words.said if not any(part in line for part in words.forgiven)] == []


class Cabin:
    """The whole screen in this process."""

    def __init__(self, window: QQuickWindow, models: Models, screen: Screen) -> None:
        self.window = window
        self.models = models
        self.screen = screen
        self.forgiven: list[str] = []
        """Parts of Qt's words that fail no test."""

    def items(self) -> list[QQuickItem]:
        """Everything that is drawn."""
        return [item for item in items(self.window.contentItem()) if item.isVisible()]

    def item(self, name: str) -> QQuickItem:
        """The item on the screen with this objectName."""
        return find(self.window, name)

    def has(self, name: str) -> bool:
        """Whether an item with this objectName is drawn."""
        return any(item.objectName() == name for item in self.items())

    def shows(self, name: str, text: str) -> bool:
        """Whether an item with this objectName is drawn with this text."""
        return any(item.objectName() == name and item.property("text") == text for item in self.items())

    def touch(self, name: str) -> None:
        """Touch an item as a finger does."""
        self.screen.touch(name)


@pytest.fixture
def cabin(qtbot: QtBot, runtime_dir: Path, words: Words) -> Iterator[Cabin]:
    """The screen at 1280x720."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    window = app.load_window(engine)
    window.resize(1280, 720)
    owner = QObject()
    sources = Sources(singletons(engine), owner)
    screen = Screen(window, owner)
    window.show()
    sources.open()
    qtbot.waitUntil(lambda: screen.frames > 0, timeout=10000)
    cabin = Cabin(window, singletons(engine), screen)
    cabin.forgiven = words.forgiven
    yield cabin
    sources.close()
    window.close()
    window.deleteLater()
    owner.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


PAGE_TIMEOUT = 10_000  # ms; the machine may be busy
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
    car: Car
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
        self.qtbot.waitUntil(lambda: self.text(name) == text, timeout=PAGE_TIMEOUT)

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait."""
        self.qtbot.waitUntil(reached, timeout=PAGE_TIMEOUT)

    def touch(self, name: str) -> None:
        """Touch it as a finger does, once it lies still."""
        before: list[QRectF] = []

        def still() -> bool:
            found = [area(item) for item in self.items() if item.objectName() == name and item.isEnabled()]
            lies = bool(found) and found == before and self.screen_area.contains(found[0].center())
            before[:] = found
            return lies

        self.until(still)
        self.screen.touch(name)

    @property
    def screen_area(self) -> QRectF:
        """What can be touched."""
        return QRectF(0, 0, self.window.width(), self.window.height())

    def asked(self, what: str) -> list[object]:
        """What the car was asked for."""
        return self.car.asked(what)


@pytest.fixture
def show(qtbot: QtBot, car: Car, tmp_path: Path, words: Words) -> Iterator[Callable[[str], Shown]]:
    """Opens one page by itself in a window, with its real models and links."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(paths.resource("qml")))
    owner = QObject()
    opened: list[tuple[QQuickWindow, Sources]] = []

    def open_page(name: str) -> Shown:
        file = tmp_path / "window.qml"
        file.write_text(WINDOW.format(page=name), encoding="utf-8")
        engine.load(QUrl.fromLocalFile(str(file)))
        assert engine.rootObjects(), words.said
        window = engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        models = singletons(engine)
        sources = Sources(models, owner)
        opened.append((window, sources))
        screen = Screen(window, owner)
        car.start()
        window.show()
        sources.open()
        qtbot.waitUntil(lambda: screen.frames > 0, timeout=PAGE_TIMEOUT)
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
