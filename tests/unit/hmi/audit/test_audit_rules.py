# SPDX-License-Identifier: Apache-2.0
"""The audit catches what it is there to catch: screens with one planted fault each, and the same screens put right."""

import os
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QByteArray, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from ivi.daemon import paths
from ivi.hmi import app
from ivi.hmi.audit.rules import Violation, audit, moved, texts_at
from ivi.model.services import UxRestrictions
from ivi.services.ux_restrictions.policy import Motion, restrict

PARKED = restrict(Motion(0.0, 126, parking_brake=True))
IDLING = restrict(Motion(0.0, 127, parking_brake=False))
MOVING = restrict(Motion(50.0, 127, parking_brake=False))
UNKNOWN = restrict(Motion())

HEAD = """
import QtQuick
import QtQuick.Templates as T
import Controls
import Style
Window {
    width: 800; height: 480; visible: true; color: Style.ground
"""
LETTERS = "x" * 121
TILE = """
T.AbstractButton {
    property bool on: true; y: 20; width: 90; height: 90; text: 'x'
    Accessible.role: Accessible.%s; Accessible.name: 'x'; background: Rectangle { color: %s }
}
"""
ON_BLUE = "Rectangle { anchors.fill: parent; color: Style.accent } Label { text: 'on blue'; color: %s }"
BUTTON = "IconButton { objectName: 'b'; text: 'Home'; glyph: 'home'; "

type Make = Callable[..., QQuickWindow]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    """Make a window from the inside of its QML."""
    app.load_fonts()
    engines: list[QQmlApplicationEngine] = []

    def made(inside: str, imports: str = "") -> QQuickWindow:
        engine = QQmlApplicationEngine()
        engine.addImportPath(os.fspath(paths.resource("qml")))
        engine.loadData(QByteArray((imports + HEAD + inside + "\n}").encode()))
        engines.append(engine)
        window = engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        qtbot.waitUntil(window.isExposed, timeout=10_000)
        window.grabWindow()
        return window

    yield made
    for engine in engines:
        engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def has_moved(before: dict[QQuickItem, tuple[float, float]], window: QQuickWindow) -> bool:
    return moved(before, window) != []


def found(window: QQuickWindow, allowed: UxRestrictions = PARKED) -> set[str]:
    return {violation.rule for violation in audit(window, window.grabWindow(), allowed)}


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("target size", BUTTON + "width: 60; }", BUTTON + "}"),
        (
            "target overlap",
            BUTTON + "} IconButton { x: 60; text: 'Back'; glyph: 'close' }",
            BUTTON + "} IconButton { x: 84; text: 'Back'; glyph: 'close' }",
        ),
        (
            "target gap",
            BUTTON + "} IconButton { x: 80; text: 'Back'; glyph: 'close' }",
            BUTTON + "} IconButton { x: 84; text: 'Back'; glyph: 'close' }",
        ),
        (
            "target gap",
            BUTTON + "width: 400; height: 80 } IconButton { y: 80; width: 400; height: 80; text: 'B'; glyph: 'close' }",
            BUTTON + "width: 400; height: 84 } IconButton { y: 84; width: 400; height: 84; text: 'B'; glyph: 'close' }",
        ),
        (
            "text overlap",
            "Label { text: 'one two' } Label { x: 20; y: 4; text: 'three' }",
            "Label { text: 'one two' } Label { y: 40; text: 'three' }",
        ),
        ("off the window", "Label { x: 780; text: 'too far' }", "Label { x: 600; text: 'near' }"),
        ("off the window", BUTTON + "y: 440; }", BUTTON + "y: 400; }"),
        ("text size", "Label { text: 'small'; font.pixelSize: 20 }", "Label { text: 'small' }"),
        ("text contrast", "Label { text: 'pale'; color: '#3a4450' }", "Label { text: 'clear' }"),
        ("text contrast", "Label { text: 'faded'; opacity: 0.3 }", "Label { text: 'dim'; opacity: 0.8 }"),
        ("text contrast", ON_BLUE % "Style.text", ON_BLUE % "Style.overAccent"),
        ("icon contrast", "Icon { name: 'home'; color: '#222831' }", "Icon { name: 'home' }"),
        ("fill contrast", TILE % ("Button", "'#1a222c'"), TILE % ("Button", "Style.accent")),
        (
            "cut number",
            "Label { objectName: 'rangeValue'; width: 60; text: '268 km' }",
            "Label { objectName: 'rangeValue'; text: '268 km' }",
        ),
        ("cut number", "Label { width: 40; text: '12 345' }", "Label { width: 90; text: 'a longer name' }"),
        ("accessible name", "IconButton { glyph: 'home' }", BUTTON + "}"),
        ("accessible role", TILE % ("Pane", "Style.accent"), TILE % ("Button", "Style.accent")),
        ("markup", "Label { text: 'a'; textFormat: Text.AutoText }", "Label { text: 'a' }"),
    ],
)
def test_a_planted_fault_is_found_and_its_cure_is_not(make: Make, rule: str, bad: str, good: str) -> None:
    assert rule in found(make(bad))
    assert rule not in found(make(good))


@pytest.mark.parametrize(
    ("rule", "bad", "forbidden", "free"),
    [
        ("text length", f"Label {{ width: 700; text: '{LETTERS}' }}", (MOVING, UNKNOWN), (PARKED, IDLING)),
        (
            "list length",
            "ListView { anchors.fill: parent; model: 7; delegate: Label { text: 'row' } }",
            (MOVING, UNKNOWN),
            (PARKED, IDLING),
        ),
        ("keyboard", "TextInput { text: 'letters'; font.pixelSize: 32 }", (MOVING, UNKNOWN), (PARKED, IDLING)),
        ("keyboard", "Item { objectName: 'keyboard'; width: 700; height: 200 }", (MOVING, UNKNOWN), (PARKED, IDLING)),
    ],
)
def test_what_depends_on_the_driving_state(
    make: Make, rule: str, bad: str, forbidden: tuple[UxRestrictions, ...], free: tuple[UxRestrictions, ...]
) -> None:
    window = make(bad)
    assert {one.state for one in (PARKED, IDLING, MOVING, UNKNOWN) if rule in found(window, one)} == {
        one.state for one in forbidden
    }
    assert all(rule not in found(window, one) for one in free)


def test_video_only_while_parked_except_what_lies_behind_the_car(make: Make) -> None:
    pytest.importorskip("PySide6.QtMultimedia", reason="the add-ons of Qt are not installed")
    video = "Item { objectName: '%s'; anchors.fill: parent; VideoOutput { anchors.fill: parent } }"
    for name, states in (("film", {"idling", "moving", "unknown"}), ("rearView", set())):
        window = make(video % name, "import QtMultimedia\n")
        shown = {str(one.state) for one in (PARKED, IDLING, MOVING, UNKNOWN) if "video" in found(window, one)}
        assert shown == states


def test_what_cannot_be_seen_is_not_judged(make: Make) -> None:
    tiny = "Label { text: 'tiny'; font.pixelSize: 9; %s }"
    for hidden in ("visible: false", "opacity: 0"):
        assert found(make(tiny % hidden)) == set()
    assert found(make("Item { clip: true; width: 100; height: 40; " + tiny % "y: 60" + " }")) == set()
    assert found(make(tiny % "" + " Rectangle { anchors.fill: parent; color: Style.ground }")) == set()
    assert found(make("Rectangle { anchors.fill: parent; color: Style.ground } " + tiny % "")) == {"text size"}


def test_a_sound_screen_has_no_violations(make: Make) -> None:
    window = make(
        BUTTON + "} Label { x: 100; text: 'Everything is fine.' } PillButton { y: 100; text: 'Go'; primary: true }"
    )
    assert audit(window, window.grabWindow(), UNKNOWN) == []


def test_a_text_that_runs_by_itself_is_found(make: Make, qtbot: QtBot) -> None:
    run = "Label { text: 'news'; NumberAnimation on x { from: 0; to: 400; duration: 2000; loops: -1 } }"
    for inside, rules in ((run, ["moving text"]), ("Label { text: 'news' }", [])):
        window = make(inside)
        before = texts_at(window)
        assert len(before) == 1
        if rules:
            qtbot.waitUntil(partial(has_moved, before, window), timeout=10_000)
        else:
            qtbot.wait(100)
        assert [violation.rule for violation in moved(before, window)] == rules


def test_a_violation_reads_as_a_sentence() -> None:
    assert str(Violation("target size", "homeButton", "60x76 dp")) == "target size: homeButton: 60x76 dp"
