# SPDX-License-Identifier: Apache-2.0
"""What makes the screen readable and usable in a car: contrast, size of text and of targets, nothing cut or outside."""

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor
from PySide6.QtQml import qmlEngine
from pytestqt.qtbot import QtBot

from ivi.hmi.screen import area

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

SMALLEST_TARGET = 76  # px, Android Auto's 76 dp
SMALLEST_TEXT = 24  # px, secondary text
CONTRAST = 4.5  # WCAG AA for text; for icons too, as developers.google.com/cars/design asks
GROUNDS = ("ground", "surface", "raised", "pressed")
INKS = ("text", "muted", "accent", "good", "warn", "bad")
BATTERY = "Vehicle.Powertrain.TractionBattery"
LONGEST = {
    "Vehicle.Speed": 188.0,
    f"{BATTERY}.CurrentPower": -128_000.0,
    f"{BATTERY}.StateOfCharge.Displayed": 100.0,
    "Vehicle.Powertrain.Range": 888_000,
    "Vehicle.Exterior.AirTemperature": -28.0,
    "Vehicle.Cabin.HVAC.AmbientAirTemperature": -18.5,
    "Vehicle.Powertrain.Transmission.SelectedGear": 127,
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature": 26.5,
    "Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature": 26.5,
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed": 100,
}


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def style(cabin: "Cabin") -> QObject:
    engine = qmlEngine(cabin.window)
    assert engine is not None
    tokens = engine.singletonInstance("Style", "Style")
    assert isinstance(tokens, QObject)
    return tokens


@pytest.mark.parametrize("night", [True, False], ids=["night", "day"])
def test_contrast_of_every_ink_on_every_ground(cabin: "Cabin", night: bool) -> None:
    if cabin.models.lighting.property("night") != night:
        cabin.models.lighting.toggle()
    tokens = style(cabin)
    assert tokens.property("night") == night
    low = {
        (ink, ground): round(contrast(tokens.property(ink), tokens.property(ground)), 2)
        for ink in INKS
        for ground in GROUNDS
        if contrast(tokens.property(ink), tokens.property(ground)) < CONTRAST
    }
    assert low == {}
    assert contrast(tokens.property("overAccent"), tokens.property("accent")) >= CONTRAST
    assert all(contrast(tokens.property("focus"), tokens.property(ground)) >= CONTRAST for ground in GROUNDS)


SIZES = [(1280, 720), (1920, 720), (1024, 600)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_layout_holds_at_every_size(qtbot: QtBot, car: "Car", cabin: "Cabin", width: int, height: int) -> None:
    cabin.window.resize(width, height)
    car.start()
    car.tell(set=LONGEST, ux=["moving", ["LIMIT_CONTENT"], "moving", 6, 120], dialogue=["idle"])
    qtbot.waitUntil(lambda: cabin.shows("speedValue", "188") and cabin.shows("climateFanValue", "100 %"), timeout=10000)
    qtbot.waitUntil(lambda: cabin.window.contentItem().width() == width)
    qtbot.wait(100)
    shown = [item for item in cabin.items() if item.opacity() > 0]
    buttons = [item for item in shown if item.inherits("QQuickAbstractButton")]
    texts = [item for item in shown if item.inherits("QQuickText") and item.property("text")]
    assert len(buttons) >= 16, "the audit sees the whole screen"
    assert len(texts) >= 20
    small = [item.objectName() for item in buttons if min(item.width(), item.height()) < SMALLEST_TARGET]
    assert small == []
    window = QRectF(0, 0, width, height)
    outside = [
        item.objectName() or item.property("text") for item in buttons + texts if not window.contains(area(item))
    ]
    assert outside == []
    tiny = [item.property("text") for item in texts if item.property("font").pixelSize() < SMALLEST_TEXT]
    assert tiny == []
    assert [item.property("text") for item in texts if item.property("truncated")] == []
    overlapping = [
        (one.objectName(), other.objectName())
        for number, one in enumerate(buttons)
        for other in buttons[number + 1 :]
        if area(one).adjusted(1, 1, -1, -1).intersects(area(other).adjusted(1, 1, -1, -1))
    ]
    assert overlapping == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_texts_of_the_climate_bar_do_not_touch_its_buttons(
    qtbot: QtBot, car: "Car", cabin: "Cabin", width: int, height: int
) -> None:
    cabin.window.resize(width, height)
    car.start()
    car.tell(set=LONGEST)
    qtbot.waitUntil(lambda: cabin.shows("climateFanValue", "100 %"), timeout=10000)
    qtbot.wait(100)
    for side in ("climateDriver", "climateFan", "climatePassenger"):
        value = cabin.item(f"{side}Value")
        used = value.property("contentWidth")
        middle = area(value).center().x()
        assert area(cabin.item(f"{side}Down")).right() <= middle - used / 2
        assert middle + used / 2 <= area(cabin.item(f"{side}Up")).left()
