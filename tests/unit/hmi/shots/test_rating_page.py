# SPDX-License-Identifier: Apache-2.0
"""Rating an app with real touches and keys, and what the store says of others' ratings."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.audit.rules import audit
from ivi.hmi.screen import Screen, items
from ivi.hmi.shots import described_store
from ivi.hmi.shots.described_apps import restrictions
from ivi.hmi.shots.stage import SIZES, Scene, Size, Stage
from ivi.model.errors import IviError, ResourceExhaustedError, UnavailableError
from ivi.model.packages import PackageState
from ivi.model.ratings import RateApp, WithdrawRating
from ivi.model.services import DrivingState
from ivi.model.store import Store, StoreState, SubscribeStore

WAIT = 15_000  # milliseconds on a loaded machine
STARS = tuple(f"appStar{number}" for number in range(1, 6))


class Page:
    """The page of an app that the store has brought, opened where it is rated."""

    def __init__(self, stage: Stage, qtbot: QtBot, owner: QObject) -> None:
        self.stage, self._qtbot = stage, qtbot
        self._screen = Screen(stage.window, owner)
        self.opinion = described_store.Opinion()
        stage.world.answers.update(self.opinion.answers)

    def item(self, name: str) -> QQuickItem | None:
        found = (one for one in items(self.stage.window.contentItem()) if one.objectName() == name)
        return next((one for one in found if one.isVisible()), None)

    def text(self, name: str) -> str | None:
        item = self.item(name)
        return None if item is None else str(item.property("text"))

    def until(self, condition: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(condition, timeout=WAIT)

    def reads(self, name: str, text: str) -> None:
        self.until(lambda: self.text(name) == text)

    def touch(self, name: str) -> None:
        self.until(lambda: self.item(name) is not None)
        self.stage.settle()
        self._screen.touch(name)

    def rating(self) -> None:
        """Open it."""
        self.stage.go("apps", "tuneful")
        self.touch("appView_rate")
        self.until(lambda: self.full() == 4)

    def full(self) -> int:
        """How many stars are full."""
        stars = [self.item(name) for name in STARS]
        return sum(star is not None and bool(star.property("full")) for star in stars)

    def asked(self, kind: type[msgspec.Struct]) -> list[msgspec.Struct]:
        return [one for one in self.stage.world.asked if isinstance(one, kind)]


@pytest.fixture
def page(qtbot: QtBot, runtime_dir: Path) -> Iterator[Page]:
    """A parked car."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    owner = QObject()
    stage.resize(Size(1080, 1920))
    stage.play(Scene.PARKED)
    yield Page(stage, qtbot, owner)
    stage.close()
    owner.deleteLater()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_an_app_is_rated_rated_otherwise_and_no_more(page: Page) -> None:
    page.rating()
    page.touch("appStar2")
    page.until(lambda: page.full() == 2)
    page.touch("appStar5")
    page.until(lambda: page.full() == 5)
    page.touch("appStar5")  # as it is already: nothing to ask for
    page.touch("appRatingWithdraw")
    page.until(lambda: page.full() == 0)
    page.until(lambda: page.item("appRatingWithdraw") is None)
    assert page.asked(RateApp) == [RateApp("tuneful", 2), RateApp("tuneful", 5)]
    assert page.asked(WithdrawRating) == [WithdrawRating("tuneful")]


def test_the_stars_are_reached_and_pressed_by_keys(page: Page) -> None:
    page.rating()
    star = page.item("appStar1")
    assert star is not None
    star.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.stage.window, Qt.Key.Key_Right)
    QTest.keyClick(page.stage.window, Qt.Key.Key_Right)
    QTest.keyClick(page.stage.window, Qt.Key.Key_Return)
    page.until(lambda: page.full() == 3)


def test_the_page_says_whether_ratings_leave_the_car_and_leads_to_the_choice(page: Page) -> None:
    page.rating()
    page.reads("appRatingLeaves", "Your rating stays in this car. It counts in the store if you agree to that.")
    page.touch("appRatingPrivacy")
    router = page.stage.router
    page.until(lambda: (router.property("page"), router.property("detail")) == ("settings", "privacy"))
    page.opinion.leaves = True
    page.rating()
    page.reads("appRatingLeaves", "Your rating counts in the store, without this car's name.")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ResourceExhaustedError("the disk is full"), "There is not enough room. Your rating is as it was before."),
        (UnavailableError("not now"), "Your rating could not be kept. It is as it was before."),
    ],
)
def test_what_could_not_be_kept_is_said_and_changes_no_star(page: Page, error: IviError, text: str) -> None:
    page.rating()
    page.stage.world.answers[RateApp] = lambda _: error
    page.touch("appStar1")
    page.reads("appRatingProblem", text)
    assert page.full() == 4
    page.stage.world.answers.update(page.opinion.answers)
    page.touch("appStar1")
    page.until(lambda: page.full() == 1 and page.item("appRatingProblem") is None)


@pytest.mark.parametrize("scene", [Scene.IDLING, Scene.MOVING, Scene.UNKNOWN])
def test_apps_are_rated_while_parked_only(page: Page, scene: Scene) -> None:
    page.rating()
    page.stage.play(scene)
    page.until(lambda: page.item("appStar1") is None and page.item("appView_rate") is None)
    page.until(lambda: page.item("appView_may") is not None)


def test_an_app_that_came_with_the_car_is_not_rated(page: Page) -> None:
    page.stage.go("apps", "nobody")
    page.stage.settle()
    page.touch("app_charge")
    page.until(lambda: page.item("appView_rate") is not None)
    page.stage.models.store.take_package(PackageState("charge", ""))
    page.until(lambda: page.item("appView_rate") is None)


def test_the_store_says_what_others_think_or_that_too_few_have_said_so(page: Page) -> None:
    page.stage.go("store")
    page.reads("storeRating", "4.3 of 5 stars, from 128 cars.")
    page.reads("store_pausesMark", "4.3 ★ (128)")
    assert page.item("store_chargeMark") is None
    assert page.item("storeUnrated") is None
    page.touch("store_charge")
    page.reads("storeRating", "Not enough ratings yet.")
    entries = [msgspec.structs.replace(one, mean=0.0, cars=0) for one in described_store.ENTRIES]
    page.stage.world.say(SubscribeStore, Store(StoreState.READY, entries=entries))
    page.reads("storeUnrated", "Not enough ratings yet.")
    page.until(lambda: page.item("store_pausesMark") is None)


@pytest.mark.parametrize("night", [True, False])
def test_where_apps_are_rated_no_rule_is_broken(page: Page, night: bool) -> None:
    found = {}
    page.stage.light(night=night)
    for size in SIZES:
        page.stage.resize(size)
        page.rating()
        picture = page.stage.settle()
        if broken := audit(page.stage.window, picture, restrictions(DrivingState.PARKED)):
            found[str(size)] = [str(one) for one in broken]
        page.touch("appView_may")
    assert found == {}
