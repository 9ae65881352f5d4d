# SPDX-License-Identifier: Apache-2.0
"""The page of the store with real touches: list, one app, install, stop, what went wrong, and removing."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.screen import Screen, items
from ivi.hmi.shots import described_store
from ivi.hmi.shots.stage import Scene, Size, Stage
from ivi.model.packages import RemovePackage
from ivi.model.store import (
    CancelOffer,
    GetOffer,
    JobStep,
    LookIntoStore,
    Store,
    StoreJob,
    StoreProgress,
    StoreState,
    SubscribeStore,
    Trouble,
)

WAIT = 15_000  # milliseconds on a loaded machine


@pytest.fixture
def stage(qtbot: QtBot, runtime_dir: Path) -> Iterator[Stage]:
    """A parked car with the store open."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    stage.resize(Size(1080, 1920))
    stage.play(Scene.PARKED)
    stage.go("store")
    yield stage
    stage.close()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def touch(stage: Stage, qtbot: QtBot) -> Iterator["Finger"]:
    """A finger on it."""
    owner = QObject()
    yield Finger(stage, qtbot, Screen(stage.window, owner))
    owner.deleteLater()


class Finger:
    """Looks, and touches what lies still."""

    def __init__(self, stage: Stage, qtbot: QtBot, screen: Screen) -> None:
        self._stage, self._qtbot, self._screen = stage, qtbot, screen

    def text(self, name: str) -> str | None:
        """What an item in sight says; None when it is not there."""
        shown = (one for one in items(self._stage.window.contentItem()) if one.objectName() == name)
        return next((str(one.property("text")) for one in shown if one.isVisible()), None)

    def reads(self, name: str, text: str) -> None:
        """Wait until it says so."""
        self._qtbot.waitUntil(lambda: self.text(name) == text, timeout=WAIT)

    def gone(self, name: str) -> None:
        """Wait until it is not there."""
        self._qtbot.waitUntil(lambda: self.text(name) is None, timeout=WAIT)

    def at(self, name: str) -> None:
        """Touch it."""
        self._qtbot.waitUntil(lambda: self.text(name) is not None, timeout=WAIT)
        self._stage.settle()
        self._screen.touch(name)

    def asked[T: msgspec.Struct](self, kind: type[T]) -> T:
        """Wait until the screen has asked this."""
        found: list[T] = []

        def look() -> bool:
            found[:] = [one for one in self._stage.world.asked if isinstance(one, kind)]
            return bool(found)

        self._qtbot.waitUntil(look, timeout=WAIT)
        return found[-1]


def say(stage: Stage, step: JobStep, here: int = 0, trouble: Trouble = Trouble.NONE) -> None:
    stage.world.say(SubscribeStore, StoreProgress(StoreJob("pauses", "2.4.0", step, here, 84_000, trouble)))


def test_an_app_is_chosen_fetched_and_stopped(stage: Stage, touch: Finger) -> None:
    touch.at("store_ready")
    touch.reads("storeTitle", "Ready to leave")
    touch.at("store_pauses")
    touch.reads("storeTitle", "Pauses")
    touch.reads("storeSigned", "Signed by Pauses GmbH, whom the store vouches for.")
    touch.reads("storeChanges", "Counts again after a ferry.")
    touch.at("storeGet")
    assert touch.asked(GetOffer) == GetOffer("pauses", "2.4.0")
    touch.reads("storeStep", "It is being fetched.")
    touch.gone("storeGet")
    assert stage.models.store.property("progress") == pytest.approx(1 / 3)
    touch.at("storeCancel")
    touch.asked(CancelOffer)
    say(stage, JobStep.INSTALLING, 84_000)
    touch.reads("storeStep", "It is being checked and installed.")
    touch.gone("storeCancel")


@pytest.mark.parametrize(
    ("trouble", "text"),
    [
        (Trouble.NETWORK, "The store does not answer. Try again when there is a connection."),
        (Trouble.FULL, "There is not enough room. Remove an app that you do not need."),
        (Trouble.UNTRUSTED, "The car refuses this package: it is not what was promised. Choose another app."),
    ],
)
def test_what_failed_is_said_with_one_thing_to_do(stage: Stage, touch: Finger, trouble: Trouble, text: str) -> None:
    touch.reads("storeTitle", "Pauses")
    say(stage, JobStep.FAILED, 100, trouble)
    touch.reads("storeStep", text)
    touch.reads("storeGet", "Try again")


def test_what_is_installed_is_updated_or_shown(stage: Stage, touch: Finger) -> None:
    touch.at("store_tuneful")
    touch.reads("storeGet", "Update")
    touch.at("store_trip")
    touch.gone("storeGet")
    touch.at("storeShow")
    assert stage.router.property("page") == "apps"


def test_nothing_is_shown_while_driving_and_nothing_installed_while_standing(stage: Stage, touch: Finger) -> None:
    stage.play(Scene.IDLING)
    touch.reads("storeGet", "Install when parked")
    stage.play(Scene.MOVING)
    touch.reads("whenParked", "You can look through the store when parked.")
    touch.gone("store_pauses")


def test_without_a_server_the_last_list_is_shown_with_its_age(stage: Stage, touch: Finger) -> None:
    said = described_store.store()
    stage.world.say(SubscribeStore, Store(StoreState.FAILED, Trouble.NETWORK, "", said.entries, said.published))
    touch.reads("store_pauses", "Pauses")
    assert str(touch.text("storeAge")).startswith("The store does not answer. This list is of ")
    stage.world.say(SubscribeStore, Store(StoreState.FAILED, Trouble.NETWORK))
    touch.reads("storeNoneText", "The store does not answer. Try again when there is a connection.")
    touch.at("storeNoneAction")
    touch.asked(LookIntoStore)


def test_the_store_is_followed_only_while_it_is_shown(stage: Stage, touch: Finger) -> None:
    touch.reads("storeTitle", "Pauses")
    assert stage.models.store.wanted
    stage.go("home")
    stage.settle()
    assert not stage.models.store.wanted


@pytest.mark.parametrize(("button", "keep"), [("appRemoveKeep", True), ("appRemoveAll", False)])
def test_an_app_is_removed_with_its_data_or_without(stage: Stage, touch: Finger, button: str, keep: bool) -> None:
    stage.go("apps", "tuneful")
    touch.at("appRemove")
    touch.at(button)
    assert touch.asked(RemovePackage) == RemovePackage("tuneful", keep)


def test_with_a_limit_it_is_said_how_much_was_fetched_today(stage: Stage, touch: Finger) -> None:
    told = described_store.store()
    touch.reads("storeTitle", "Pauses")
    stage.world.say(SubscribeStore, msgspec.structs.replace(told, bytes_today=2_500_000, bytes_per_day=10_000_000))
    model = stage.models.store
    assert str(model.property("text")).endswith("2.5 MB of 10.0 MB were fetched today.")
    stage.world.say(SubscribeStore, msgspec.structs.replace(told, bytes_today=12_000_000, bytes_per_day=10_000_000))
    assert str(model.property("text")).endswith(": updates wait, what you choose comes.")
    stage.world.say(SubscribeStore, told)
    assert "today" not in str(model.property("text"))
