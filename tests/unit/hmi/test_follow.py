# SPDX-License-Identifier: Apache-2.0
"""Properties that follow a reading: only what changed is written, and only where it can be seen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from ivi.hmi import car_display, display, measures
from ivi.hmi.models.reading import Actuator, Reading, Setting
from ivi.model.profiles import DistanceUnit

ITEM = b"""
import QtQuick
import Models
Item {
    id: root
    required property Reading reading
    property bool seen: true
    property int writes: 0
    Text {
        objectName: "words"
        visible: root.seen
        onTextChanged: root.writes += 1
        Follow on text { reading: root.reading; unit: " km/h" }
    }
    Item {
        objectName: "bar"
        visible: root.seen
        property real kmh: -1
        Follow on kmh { reading: root.reading }
    }
    QtObject {
        id: bound
        property string text: root.reading.text
        property real value: root.reading.value
        property bool known: root.reading.known
        property bool stale: root.reading.stale
        property bool doubtful: root.reading.doubtful
        property string age: root.reading.age
    }
    property QtObject bindings: bound
}
"""


class Shown:
    """An item that follows, and one that binds."""

    def __init__(self, reading: Reading) -> None:
        self.engine = QQmlEngine()
        self.component = QQmlComponent(self.engine)  # it owns what it makes
        self.component.setData(ITEM, QUrl())
        made = self.component.createWithInitialProperties({"reading": reading})
        assert made is not None, self.component.errorString()
        self.root: QObject | None = made

    def item(self, name: str) -> QObject:
        assert self.root is not None
        found = self.root.findChild(QObject, name)
        assert found is not None
        return found

    @property
    def words(self) -> str:
        return str(self.item("words").property("text"))

    @property
    def kmh(self) -> float:
        return float(self.item("bar").property("kmh"))

    def bound(self, name: str) -> object:
        assert self.root is not None
        return self.root.property("bindings").property(name)

    def see(self, seen: bool) -> None:
        assert self.root is not None
        self.root.setProperty("seen", seen)

    def destroy(self) -> None:
        assert self.root is not None
        self.root.deleteLater()
        self.root = None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def heard(reading: Reading) -> bool:
    """Whether the signal of each change is sent."""
    return reading.readout.changed is not None


@pytest.fixture
def owner(qapp: QGuiApplication) -> Iterator[QObject]:
    made = QObject(qapp)
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def reading(owner: QObject) -> Reading:
    return Reading(display.speed, owner)


@pytest.fixture
def shown(reading: Reading) -> Shown:
    return Shown(reading)


def test_what_is_unknown_is_a_dash_without_a_unit_and_never_a_frozen_number(shown: Shown, reading: Reading) -> None:
    assert (shown.words, shown.kmh) == ("—", 0.0)
    reading.show(73.2)
    assert (shown.words, shown.kmh) == ("73 km/h", 73.0)
    reading.show(None)
    assert (shown.words, shown.kmh) == ("—", 0.0)


def test_a_change_below_what_is_drawn_writes_nothing(shown: Shown, reading: Reading) -> None:
    reading.show(73.2)
    assert shown.root is not None
    before = shown.root.property("writes")
    assert not reading.show(73.1)
    assert shown.root.property("writes") == before
    assert reading.show(74.0)
    assert shown.root.property("writes") == before + 1


def test_nothing_is_written_to_what_cannot_be_seen_and_all_of_it_is_there_when_it_can(
    shown: Shown, reading: Reading
) -> None:
    reading.show(50.0)
    shown.see(False)
    assert reading.show(90.0)
    assert (shown.words, shown.kmh) == ("50 km/h", 50.0)
    shown.see(True)
    assert (shown.words, shown.kmh) == ("90 km/h", 90.0)
    reading.show(91.0)
    assert (shown.words, shown.kmh) == ("91 km/h", 91.0)


def test_a_value_that_is_too_old_stays_with_its_unit_and_its_number_is_not_given(
    shown: Shown, reading: Reading
) -> None:
    reading.show(50.0)
    reading.outdate(50.0, "3 s")
    assert (shown.words, shown.kmh) == ("50 km/h", 0.0)
    assert (shown.bound("known"), shown.bound("stale"), shown.bound("age")) == (False, True, "3 s")
    reading.outdate(50.0, "4 s")
    assert shown.bound("age") == "4 s"
    reading.show(50.0)
    assert (shown.words, shown.kmh) == ("50 km/h", 50.0)
    assert (shown.bound("known"), shown.bound("stale"), shown.bound("age")) == (True, False, "")


def test_bindings_see_what_followers_see(shown: Shown, reading: Reading) -> None:
    for value in (12.0, 13.4, None, 14.0):
        reading.show(value)
        assert shown.bound("text") == shown.words.removesuffix(" km/h")
        assert shown.bound("value") == shown.kmh
        assert shown.bound("known") is (value is not None)


def test_what_cannot_be_is_marked_and_the_mark_goes(owner: QObject) -> None:
    reading = Reading(car_display.LOW_VOLTAGE, owner)
    shown = Shown(reading)
    reading.show(12.4)
    assert shown.bound("doubtful") is False
    reading.show(300.0)
    assert shown.bound("doubtful") is True
    reading.show(12.4)
    assert shown.bound("doubtful") is False


def test_another_unit_is_shown_with_the_next_look_at_the_same_value(shown: Shown, reading: Reading) -> None:
    reading.show(100.0)
    try:
        measures.choose(measures.Measures(distance=DistanceUnit.MILES))
        assert reading.show(100.0)
        assert shown.words == "62 km/h"  # the label's unit is the page's
        assert shown.kmh == 100.0
    finally:
        measures.choose(measures.Measures())


def test_a_follower_takes_another_reading_and_another_unit(shown: Shown, reading: Reading, owner: QObject) -> None:
    other = Reading(display.speed, owner)
    other.show(5.0)
    reading.show(50.0)
    assert shown.root is not None
    shown.root.setProperty("reading", other)
    assert (shown.words, shown.kmh) == ("5 km/h", 5.0)
    reading.show(51.0)
    assert (shown.words, shown.kmh) == ("5 km/h", 5.0)
    assert reading.readout.followers == 0


def test_destroyed_items_are_written_to_no_more(shown: Shown, reading: Reading) -> None:
    assert (reading.readout.followers, heard(reading)) == (2, True)
    shown.destroy()
    assert (reading.readout.followers, heard(reading)) == (0, False), "a signal that nobody hears is not free"
    assert reading.show(1.0)


def test_python_is_told_of_each_change(reading: Reading, owner: QObject) -> None:
    told: list[float | None] = []
    reading.changed.connect(lambda: told.append(reading.shown.value if reading.shown else None))
    for value in (1.0, 1.1, 2.0, None, None, 2.0):
        reading.show(value)
    assert told == [1.0, 2.0, None, 2.0]


def test_a_setting_follows_and_settles_by_its_report(owner: QObject) -> None:
    setting = Setting(display.speed, owner, Actuator("Vehicle.Any", "Anything", float, 0.0, 100.0))
    shown = Shown(setting)
    setting.send = lambda one, value: None
    setting.show(20.0)
    setting.set(30.0)
    assert setting.property("pending")
    assert shown.words == "20 km/h"
    setting.show(30.0)
    assert not setting.property("pending")
    assert shown.words == "30 km/h"
