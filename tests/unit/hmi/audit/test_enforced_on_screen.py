# SPDX-License-Identifier: Apache-2.0
"""What the screen itself enforces in each driving state, in front of a car whose other processes enforce nothing."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.gallery import samples
from ivi.hmi.models.app_page import AppPage
from ivi.hmi.models.template_rows import TemplateRows
from ivi.hmi.screen import items
from ivi.hmi.shots.stage import STATES, Scene, Stage
from ivi.model.apphost import AppState, AppsUpdate, AppView, SubscribeApps
from ivi.model.prompts import Prompt, PromptAction, PromptItem, PromptKind, PromptsUpdate, SubscribePrompts
from ivi.model.templates import ListTemplate, MessageTemplate, PageTemplate, Row

LIMITED = {Scene.MOVING, Scene.UNKNOWN}
LONG = ListTemplate(
    "Long", [Row(f"r{number}", f"Row {number}") for number in range(20)], search=samples.stations().search
)


@pytest.fixture
def stage(qtbot: QtBot, runtime_dir: Path) -> Iterator[Stage]:
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    stage.go("home")
    yield stage
    stage.close()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def shows(stage: Stage, name: str) -> bool:
    return any(item.objectName() == name and item.isVisible() for item in items(stage.window.contentItem()))


def role(model: QAbstractItemModel, name: str) -> int:
    return next(number for number, known in model.roleNames().items() if bytes(known.data()) == name.encode())


def page_of(stage: Stage) -> AppPage:
    apps = stage.models.apps
    page = apps.data(apps.index(0), role(apps, "page"))
    assert isinstance(page, AppPage)
    return page


def careless(stage: Stage, scene: Scene, page: PageTemplate = LONG) -> None:
    """The host sends everything in every state."""
    stage.play(scene)
    stage.world.say(SubscribeApps, AppsUpdate([AppView("a", "A", AppState.RUNNING, "", 1, page, [])]))
    stage.settle()


def test_rows_and_characters_are_cut_while_driving_though_the_host_sends_all(stage: Stage) -> None:
    for scene in STATES:
        careless(stage, scene)
        assert page_of(stage).findChildren(TemplateRows)[0].rowCount() == (6 if scene in LIMITED else 20)
        careless(stage, scene, MessageTemplate("Long", "many words " * 30))
        text = page_of(stage).property("content")["text"]
        assert (len(text) <= 120) == (scene in LIMITED)


def test_the_keyboard_opens_in_a_parked_car_only(stage: Stage) -> None:
    entry = stage.singleton("Templates", "TextEntry")
    for scene in STATES:
        careless(stage, scene)
        entry.setProperty("page", page_of(stage))
        stage.settle()
        assert shows(stage, "keyboard") == (scene is Scene.PARKED)
        entry.setProperty("page", None)


@pytest.mark.parametrize("scene", [Scene.IDLING, Scene.MOVING, Scene.UNKNOWN])
def test_an_open_keyboard_closes_and_stays_closed_when_the_car_is_not_parked_any_more(
    stage: Stage, scene: Scene
) -> None:
    entry = stage.singleton("Templates", "TextEntry")
    careless(stage, Scene.PARKED)
    entry.setProperty("page", page_of(stage))
    stage.settle()
    assert shows(stage, "keyboard")
    careless(stage, scene)
    assert not shows(stage, "keyboard")
    careless(stage, Scene.PARKED)
    assert not shows(stage, "keyboard")


def test_consent_is_asked_for_in_a_parked_car_only(stage: Stage) -> None:
    item = PromptItem("p0", "Know how fast the car drives")
    expires = time.monotonic_ns() + 60 * 10**9
    for kind, allowed in ((PromptKind.CONSENT, {Scene.PARKED}), (PromptKind.CONFIRM, set(STATES))):
        prompt = Prompt(7, "a", "A", kind, "Allow?", "", [item], [PromptAction("no", "No")], expires)
        stage.world.say(SubscribePrompts, PromptsUpdate([prompt]))
        seen = set()
        for scene in STATES:
            stage.play(scene)
            stage.settle()
            if shows(stage, "promptSheet"):
                seen.add(scene)
        assert seen == allowed


def test_what_is_lost_is_as_strict_as_driving(stage: Stage) -> None:
    driving: QObject = stage.models.driving
    for scene in (Scene.NOTHING, Scene.STALE, Scene.LOST):
        stage.play(Scene.PARKED)
        stage.settle()
        assert driving.property("limited") is False
        stage.play(scene)
        stage.settle()
        assert driving.property("limited") is True
        assert driving.property("state") == "unknown"
