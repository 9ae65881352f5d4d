# SPDX-License-Identifier: Apache-2.0
"""What may be believed of a camera's picture."""

import pytest

from ivi.hmi.rear_view.picture_watch import LOOK, MAX_AGE, Picture, PictureWatch
from ivi.hmi.rear_view.reversing import Reversing, is_reverse
from ivi.model.signal import Value

FRAME = 1 / 30  # s


def living(number: int) -> bytes:
    return bytes([20, 90, 200, number % 256])


def play(watch: PictureWatch, frames: int, picture: bytes | None = None, start: float = 0.0) -> float:
    """Frames at 30 Hz; returns the time of the last one."""
    now = start
    for number in range(frames):
        now = start + (number + 1) * FRAME
        watch.frame(now, living(number) if picture is None else picture)
    return now


@pytest.fixture
def watch() -> PictureWatch:
    watch = PictureWatch(0.5)
    watch.begin(0.0)
    return watch


def test_it_waits_a_moment_and_then_says_that_there_is_none(watch: PictureWatch) -> None:
    assert watch.judge(0.2) is Picture.WAITING
    assert watch.judge(MAX_AGE + 0.01) is Picture.LATE
    assert MAX_AGE + 2 * LOOK < 0.5, "said within 500 ms, with a late look"


def test_a_moving_picture_is_live(watch: PictureWatch) -> None:
    assert watch.judge(play(watch, 60)) is Picture.LIVE


def test_frames_that_stop_coming_are_late_and_new_ones_are_live_again(watch: PictureWatch) -> None:
    last = play(watch, 30)
    assert watch.judge(last + MAX_AGE - 0.01) is Picture.LIVE
    assert watch.judge(last + MAX_AGE + 0.01) is Picture.LATE
    watch.frame(last + 3.0, b"\x00\x80\xff")
    assert watch.judge(last + 3.0) is Picture.LIVE


def test_frames_that_repeat_are_frozen_until_one_differs(watch: PictureWatch) -> None:
    last = play(watch, 30)
    frozen = play(watch, 10, living(29), start=last)
    assert watch.judge(frozen) is Picture.LIVE, "a third of a second proves nothing"
    frozen = play(watch, 20, living(29), start=frozen)
    assert watch.judge(frozen) is Picture.FROZEN
    watch.frame(frozen + FRAME, living(1))
    assert watch.judge(frozen + FRAME) is Picture.LIVE


def test_a_source_that_repeats_where_nothing_moves_can_be_excused() -> None:
    watch = PictureWatch(0.0)
    watch.begin(0.0)
    assert watch.judge(play(watch, 200, living(1))) is Picture.LIVE


def test_one_brightness_everywhere_is_blank_not_frozen(watch: PictureWatch) -> None:
    assert watch.judge(play(watch, 60, bytes([16] * 50))) is Picture.BLANK
    assert watch.judge(play(watch, 60, bytes([16, 18, 17] * 50), start=2.0)) is Picture.BLANK


def test_frames_that_cannot_be_read_are_not_called_frozen(watch: PictureWatch) -> None:
    assert watch.judge(play(watch, 60, b"")) is Picture.LIVE


def test_what_was_seen_before_the_view_opened_is_old(watch: PictureWatch) -> None:
    last = play(watch, 30)
    watch.begin(last)
    assert watch.judge(last + 0.01) is Picture.WAITING


@pytest.mark.parametrize(
    ("selected", "current", "answer"),
    [
        (-1, None, True),
        (127, None, False),
        (126, -1, False),
        (0, None, False),
        (None, -1, True),
        (None, 0, False),
        (None, None, None),
        ("R", None, None),
        (float("nan"), None, None),
        (True, None, None),
    ],
)
def test_reverse_is_a_negative_gear(selected: Value | None, current: Value | None, answer: bool | None) -> None:
    assert is_reverse(selected, current) is answer


def played(*gears: bool | None) -> list[bool]:
    """Whether it was open after each of these."""
    view = Reversing()
    answers = []
    for gear in gears:
        view.gear(gear)
        answers.append(view.open)
    return answers


def test_r_opens_and_any_other_known_gear_ends() -> None:
    assert played(False, True, False) == [False, True, False]
    assert played(True, False, True, True) == [True, False, True, True]


def test_an_unknown_gear_changes_nothing() -> None:
    assert played(None, True, None, True, None, False, None) == [False, True, True, True, True, False, False]


def test_the_driver_may_close_it_and_have_it_back() -> None:
    view = Reversing()
    view.gear(True)
    view.close()
    view.gear(True)
    view.gear(None)
    assert (view.open, view.closed) == (False, True)
    view.reopen()
    assert (view.open, view.closed) == (True, False)


def test_what_the_driver_closed_ends_with_r() -> None:
    view = Reversing()
    view.gear(True)
    view.close()
    view.gear(False)
    view.reopen()
    assert (view.open, view.closed) == (False, False), "there is nothing to open again"
    view.gear(True)
    assert view.open, "the next R opens it"
