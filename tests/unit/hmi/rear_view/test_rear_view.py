# SPDX-License-Identifier: Apache-2.0
"""The rear view in the whole window, in front of a fake car: when it opens, what it says, and when it ends."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ivi.daemon.paths import socket_path
from ivi.hmi import rear_view
from ivi.hmi.rear_view.gear_link import OBSTACLES, SELECTED, WHEEL
from ivi.hmi.rear_view.setup import Mounting, read_setup
from ivi.hmi.rear_view.view import RearViewControl
from ivi.model.errors import ConfigurationError

pytest.importorskip("PySide6.QtMultimedia", reason="Qt Multimedia is not installed")

from ivi.hmi.rear_view.moving_picture import MovingPicture

if TYPE_CHECKING:
    from tests.unit.hmi.conftest import Cabin, Car

REVERSE, DRIVE, PARK = -1, 127, 126
TIMEOUT = 10_000  # ms; the machine may be busy

type Start = Callable[[str], RearViewControl]


@pytest.fixture
def rear(cabin: "Cabin") -> Iterator[Start]:
    """Starts the rear view of the cabin with a source."""
    owner = QObject()
    started: list[RearViewControl] = []

    def start(source: str) -> RearViewControl:
        control = RearViewControl(cabin.models.rear_view, read_setup(None, source), socket_path("databroker"), owner)
        control.start()
        started.append(control)
        return control

    yield start
    for control in started:
        control.stop()


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=TIMEOUT)


def backing_up(qtbot: QtBot, car: "Car", cabin: "Cabin") -> None:
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE, WHEEL: 90})
    until(qtbot, partial(cabin.has, "rearPicture"))


def test_r_shows_the_picture_over_everything_and_leaving_r_ends_it(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start
) -> None:
    model = cabin.models.rear_view
    rear("test")
    car.start("databroker")
    car.tell(set={SELECTED: DRIVE})
    until(qtbot, lambda: bool(model.property("warm")))
    assert not cabin.has("rearTitle")
    car.tell(set={SELECTED: REVERSE})
    until(qtbot, partial(cabin.has, "rearPicture"))
    assert cabin.has("rearTest"), "a test picture is called one"
    before = cabin.window.grabWindow()
    until(qtbot, lambda: cabin.window.grabWindow() != before)
    car.tell(set={SELECTED: DRIVE})
    until(qtbot, lambda: not cabin.has("rearTitle"))


def test_r_right_after_the_start_needs_no_warmth(qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start) -> None:
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE})
    rear("test")
    until(qtbot, partial(cabin.has, "rearPicture"))


def test_lines_and_distances_are_drawn_when_they_are_known(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start
) -> None:
    model = cabin.models.rear_view
    rear("test")
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE})
    until(qtbot, partial(cabin.has, "rearPicture"))
    assert model.property("bands") == []
    assert not cabin.has("rearNearest")
    car.tell(set={WHEEL: 0, OBSTACLES[0]: 1.234, OBSTACLES[1]: 655.35})
    until(qtbot, partial(cabin.shows, "rearNearest", "1.2 m"))
    until(qtbot, lambda: len(model.property("bands")) == 3)
    straight = model.property("marks")
    assert model.property("obstacles") == [1.23, -1.0, -1.0]
    car.tell(set={WHEEL: 300})
    until(qtbot, lambda: model.property("marks") != straight)


def test_a_lost_databroker_leaves_the_picture_and_says_so(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start
) -> None:
    rear("test")
    backing_up(qtbot, car, cabin)
    assert not cabin.has("rearWarning")
    car.kill()
    until(qtbot, partial(cabin.has, "rearWarning"))
    assert cabin.has("rearPicture")
    assert cabin.models.rear_view.property("bands") == [], "an old angle draws no lines"
    car.start("databroker")
    car.tell(set={SELECTED: PARK})
    until(qtbot, lambda: not cabin.has("rearTitle"))


def test_a_source_that_stops_is_said_within_500_ms_and_comes_back(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start
) -> None:
    control = rear("test")
    backing_up(qtbot, car, cabin)
    assert control.source is not None
    control.source.look(wanted=False)
    stopped = time.monotonic()
    until(qtbot, partial(cabin.shows, "rearProblem", "No picture"))
    assert time.monotonic() - stopped < 2.0, "500 ms on a machine four times slower"
    assert not cabin.has("rearPicture")
    control.source.look(wanted=True)
    until(qtbot, partial(cabin.has, "rearPicture"))
    assert not cabin.has("rearProblem")


def test_a_picture_that_freezes_is_taken_away_and_comes_back(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    rear("test")
    backing_up(qtbot, car, cabin)
    still = MovingPicture(Mounting(), mirrored=False).frame(1.0)
    with monkeypatch.context() as patch:
        patch.setattr(MovingPicture, "frame", lambda _self, _seconds: still)
        until(qtbot, partial(cabin.shows, "rearProblem", "Picture frozen"))
        assert not cabin.has("rearPicture")
    until(qtbot, partial(cabin.has, "rearPicture"))


@pytest.mark.parametrize("colour", [0x000000, 0xFFFFFF, 0x0000FF])
def test_an_empty_picture_is_shown_and_said(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start, monkeypatch: pytest.MonkeyPatch, colour: int
) -> None:
    rear("test")
    backing_up(qtbot, car, cabin)
    blank = QImage(320, 240, QImage.Format.Format_RGB32)
    blank.fill(colour)
    monkeypatch.setattr(MovingPicture, "frame", lambda _self, _seconds: blank)
    until(qtbot, partial(cabin.shows, "rearProblem", "Nothing to see"))
    assert cabin.has("rearPicture")


def test_the_driver_may_close_it_and_have_it_back(qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start) -> None:
    rear("test")
    backing_up(qtbot, car, cabin)
    cabin.touch("rearClose")
    until(qtbot, lambda: not cabin.has("rearTitle"))
    cabin.touch("rearReopen")
    until(qtbot, partial(cabin.has, "rearPicture"))
    cabin.touch("rearClose")
    car.tell(set={SELECTED: DRIVE})
    until(qtbot, lambda: not cabin.has("rearReopen"))


def test_without_a_camera_r_changes_nothing(qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start) -> None:
    rear("none")
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE})
    until(qtbot, partial(cabin.shows, "gearValue", "R"))
    qtbot.wait(100)
    assert not cabin.models.rear_view.property("warm")
    assert not cabin.has("rearTitle")


def test_a_camera_that_is_not_there_is_said(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start, caplog: pytest.LogCaptureFixture
) -> None:
    rear("camera:/dev/no-such-camera")
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE})
    until(qtbot, partial(cabin.shows, "rearProblem", "No picture"))
    assert cabin.shows("rearReason", "The rear camera cannot be reached. Use the mirrors and look back.")
    qtbot.wait(2500)
    said = [line for line in caplog.records if line.getMessage() == "the rear view has no picture"]
    assert len(said) == 1, "once, not with every attempt"


def test_an_installation_without_qt_multimedia_is_said(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("picture_source", "frame_samples"):
        monkeypatch.delitem(sys.modules, f"ivi.hmi.rear_view.{name}", raising=False)
        monkeypatch.delattr(rear_view, name, raising=False)
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    rear("test")
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE})
    until(qtbot, partial(cabin.shows, "rearProblem", "No picture"))
    assert cabin.shows("rearReason", "This computer cannot show cameras. Use the mirrors and look back.")


def motion_jpeg(path: Path) -> None:
    """A video as cameras on USB send it: one JPEG after the other."""
    yard = MovingPicture(Mounting(), mirrored=False)
    frames = b""
    for number in range(50):
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        yard.frame(number / 25).save(buffer, "JPG", 80)  # type: ignore[call-overload]  # stubs want bytes here
        frames += bytes(buffer.data().data())
    path.write_bytes(frames)


def test_a_video_file_that_appears_later_is_played(
    qtbot: QtBot, car: "Car", cabin: "Cabin", rear: Start, tmp_path: Path
) -> None:
    cabin.forgiven.append("No RHI backend")  # Qt's word on a machine without a graphics card
    video = tmp_path / "yard.mjpeg"
    rear(f"file:{video}")
    car.start("databroker")
    car.tell(set={SELECTED: REVERSE})
    until(qtbot, partial(cabin.shows, "rearProblem", "No picture"))
    motion_jpeg(video)
    until(qtbot, partial(cabin.has, "rearPicture"))


@pytest.mark.parametrize("source", ["", "tset", "file:", "camera:", "none:x", "test:1"])
def test_a_source_that_is_none_is_refused(source: str) -> None:
    with pytest.raises(ConfigurationError, match="no source of pictures"):
        read_setup(None, source)


def test_a_cars_file_is_read_and_its_mistakes_are_named(tmp_path: Path) -> None:
    file = tmp_path / "car.toml"
    file.write_text('[camera]\nsource = "camera:/dev/video2"\n[car]\nwheelbase_m = 3.1\n')
    setup = read_setup(file, None)
    assert (setup.camera.source, setup.car.wheelbase_m, setup.mounting.tilt_deg) == ("camera:/dev/video2", 3.1, 32.0)
    assert read_setup(file, "test").camera.source == "test"
    for text, word in (("[car]\nwheelbase_m = 0.1\n", "wheelbase_m"), ("[cra]\n", "cra"), ("[car\n", "line 1")):
        file.write_text(text)
        with pytest.raises(ConfigurationError, match=word):
            read_setup(file, None)
    with pytest.raises(ConfigurationError, match="cannot read"):
        read_setup(tmp_path / "none.toml", None)


def test_our_own_cars_file_holds_what_is_assumed_without_one() -> None:
    assert read_setup(Path(__file__).parents[4] / "can_dbc" / "ivi_ev" / "rear_view.toml", None) == read_setup(
        None, None
    )
