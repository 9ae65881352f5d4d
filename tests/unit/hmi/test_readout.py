# SPDX-License-Identifier: Apache-2.0
"""What a readout takes in a frame, and what it writes at the end of it."""

from ivi.hmi import car_display, display
from ivi.hmi.readout import Readout, Several


def followed() -> tuple[Readout, list[str]]:
    readout, texts = Readout(display.speed), list[str]()
    readout.show(1.0)
    readout.add_text(texts.append)
    texts.clear()
    return readout, texts


def test_digits_are_due_and_written_once_with_the_newest_text() -> None:
    readout, texts = followed()
    due: list[Readout] = []
    assert readout.take(2.0, due)
    assert (texts, readout.text, due) == ([], "2", [readout])
    assert not readout.take(2.1, due)
    readout.write()
    assert texts == ["2"]


def test_what_is_more_than_digits_is_written_at_once() -> None:
    readout, texts = followed()
    told: list[str] = []
    readout.turned = lambda: told.append("turned")
    due: list[Readout] = []
    assert readout.take(None, due)
    assert (texts, told, due) == (["—"], ["turned"], [])
    assert not readout.take(None, due)
    assert readout.take(3.0, due)
    assert (texts, told, due) == (["—", "3"], ["turned", "turned"], [])
    readout.outdate(3.0, "4 s")
    assert readout.take(3.0, due)
    assert (told, readout.old, due) == (["turned"] * 4, None, [])


def test_a_mark_that_comes_or_goes_is_told_at_once() -> None:
    readout, marks, due = Readout(car_display.LOW_VOLTAGE), list[bool](), list[Readout]()
    readout.show(12.0)
    readout.turned = lambda: marks.append(readout.shown is not None and readout.shown.doubtful)
    for value in (300.0, 301.0, 12.0):
        assert readout.take(value, due)
    assert (marks, due) == ([True, False], [])


def test_who_follows_the_number_or_every_change_does_not_wait() -> None:
    for follow in (Readout.add_number, lambda readout, heard: setattr(readout, "changed", lambda: heard(0.0))):
        readout, texts = followed()
        heard: list[float] = []
        follow(readout, heard.append)
        heard.clear()
        due: list[Readout] = []
        assert readout.take(2.0, due)
        assert (texts, len(heard), due) == (["2"], 1, [])


def test_what_is_followed_no_more_when_it_is_written_stays_as_it_is() -> None:
    readout, texts = followed()
    due: list[Readout] = []
    readout.take(2.0, due)
    readout.remove(readout._texts[0])
    for one in due:
        one.write()
    assert texts == []


def test_all_texts_of_one_readout_are_written() -> None:
    readout, texts = followed()
    more: list[str] = []
    readout.add_text(more.append)
    readout.take(2.0, [])
    readout.write()
    assert (texts, more) == (["2"], ["1", "2"])


def test_a_signal_that_is_shown_twice_changes_in_both() -> None:
    (one, first), (other, second) = followed(), followed()
    both, due = Several((one, other)), list[Readout]()
    other.show(2.0)
    assert both.take(2.0, due)
    assert (due, second) == ([one], ["2"])
    assert not both.take(2.0, due)
    assert both.show(None)
    assert (first, second) == (["—"], ["2", "—"])
    one.show(5.0)
    both.outdate(5.0, "2 s")
    assert (one.old is not None, other.old is not None) == (True, True)
