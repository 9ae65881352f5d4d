# SPDX-License-Identifier: Apache-2.0
"""The stage: the real screen in front of a described car, and the pictures that are taken of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ivi.hmi import app
from ivi.hmi.screen import items
from ivi.hmi.shots.pictures import SHEET, Wish, take, wish_of
from ivi.hmi.shots.stage import STATES, Scene, Size, Stage
from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Words


@pytest.fixture
def stage(qtbot: QtBot, runtime_dir: Path, words: "Words") -> Iterator[Stage]:
    """The stage."""
    words.forgiven.append("NowherePage")
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    yield stage
    stage.close()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def texts(stage: Stage) -> set[str]:
    shown = (item for item in items(stage.window.contentItem()) if item.isVisible() and item.inherits("QQuickText"))
    return {str(item.property("text")) for item in shown}


def test_every_scene_reaches_the_screen(stage: Stage) -> None:
    stage.go("home")
    speed = stage.models.vehicle.by_path["Vehicle.Speed"]
    seen = {}
    for scene in Scene:
        stage.play(scene)
        stage.settle()
        seen[scene] = (stage.models.driving.property("state"), speed.property("text"))
    unknown = speed.property("text")
    assert unknown == "—"
    assert seen == {
        Scene.PARKED: ("parked", "0"),
        Scene.IDLING: ("idling", "0"),
        Scene.MOVING: ("moving", "87"),
        Scene.UNKNOWN: ("unknown", unknown),
        Scene.NOTHING: ("unknown", unknown),
        Scene.STALE: ("unknown", unknown),
        Scene.LOST: ("unknown", unknown),
    }
    for scene, text in ((Scene.PARKED, "0"), (Scene.LOST, unknown), (Scene.MOVING, "87")):
        stage.play(scene)
        stage.settle()
        assert speed.property("text") == text
    assert stage.models.driving.property("state") == "moving"


def test_day_and_night_by_the_light_outside(stage: Stage) -> None:
    for night in (False, True, False):
        stage.light(night=night)
        ground = stage.settle().pixelColor(2, 300)
        assert (ground.lightnessF() < 0.5) == night


def test_pictures_of_a_page_and_the_sheet(stage: Stage, tmp_path: Path) -> None:
    wish = Wish(("home",), (Size(1024, 600),), (Scene.PARKED, Scene.MOVING))
    taken = take(stage, tmp_path / "out", wish)
    names = [str(file.relative_to(tmp_path / "out")) for file in taken.files]
    assert names == [
        f"home/1024x600-{light}-{scene}.png" for light in ("day", "night") for scene in ("parked", "moving")
    ]
    pictures = [QImage(str(file)) for file in taken.files]
    assert all((picture.width(), picture.height()) == (1024, 600) for picture in pictures)
    assert len({bytes(picture.constBits()) for picture in pictures}) == len(pictures), "each shows something else"
    sheet = QImage(str(tmp_path / "out" / SHEET))
    assert sheet.height() > 200
    assert taken.absent == []


def test_wrong_wishes_are_refused(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="there is no page cockpit"):
        take(stage, tmp_path, Wish(("cockpit",)))
    with pytest.raises(InvalidArgumentError, match="there is no scene flying"):
        wish_of((), None, ("flying",))
    with pytest.raises(NotFoundError):
        stage.go("nowhere")
    stage.go("home")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write to"):
        take(stage, tmp_path / "file", Wish(("home",)))
    assert wish_of((), None, None).scenes == STATES
