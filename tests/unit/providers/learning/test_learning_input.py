# SPDX-License-Identifier: Apache-2.0
"""What a person types: marks, known values, CSV files; every mistake has its sentence."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.providers.can.learning import marks, reference
from ivi.providers.can.learning.value import confidence


def test_events_spans_and_toggles() -> None:
    """Three ways to say when."""
    assert marks.parse_events("it", "1,3,5", 0.5).spans == ((1, 1.5), (3, 3.5), (5, 5.5))
    assert marks.parse_events("it", "1,2,3,4,5,6", toggle=True).spans == ((1, 2), (3, 4), (5, 6))
    assert marks.parse_spans("it", "1-2, 3.5-4,5-6.5").spans == ((1, 2), (3.5, 4), (5, 6.5))


@pytest.mark.parametrize(
    ("text", "words"),
    [("1-2,3-4", "too few"), ("1-2,3-4,x", "no press and release"), ("1-2,5-4,6-7", "ends before it begins")],
)
def test_bad_spans_are_refused(text: str, words: str) -> None:
    """With the reason."""
    with pytest.raises(InvalidArgumentError, match=words):
        marks.parse_spans("brake", text)


def test_marks_outside_the_log_are_refused() -> None:
    """The recording's end is in the message."""
    with pytest.raises(InvalidArgumentError, match=r"outside the recording \(0 to 10.0 s\)"):
        marks.check(marks.parse_events("it", "1,5,30"), 10.0)
    with pytest.raises(InvalidArgumentError, match="not in order"):
        marks.parse_events("it", "5,1,9")


def test_near_a_mark_nothing_is_certain() -> None:
    """The frames around a press and a release count neither way."""
    pressed = marks.parse_spans("it", "1-2,3-4,5-6")
    assert [pressed.pressed(time, 0.0, 0.2) for time in (0.5, 0.9, 1.5, 2.1, 2.5)] == [False, None, True, None, False]


def test_csv_with_titles_and_with_a_wrong_line(tmp_path: Path) -> None:
    """A line of titles is fine; a wrong line is named by its number."""
    file = tmp_path / "gps.csv"
    file.write_text("time,speed\n0,1\n1,2\n2,4\n")
    assert reference.read_csv(file, 0.0).values == [1, 2, 4]
    file.write_text("0,1\n1,fast\n")
    with pytest.raises(ConfigurationError, match="line 2"):
        reference.read_csv(file, 0.0)
    file.write_text("0,1\n1,nan\n")
    with pytest.raises(ConfigurationError, match="line 2"):
        reference.read_csv(file, 0.0)


def test_csv_in_wall_clock_is_moved_to_the_recording(tmp_path: Path) -> None:
    """Times since 1970 count from the recording's first frame."""
    file = tmp_path / "gps.csv"
    file.write_text("1800000001.5,1\n1800000002,2\n")
    assert reference.read_csv(file, 1_800_000_000.0).times == [1.5, 2.0]


def test_known_values() -> None:
    """Typed from the old dashboard."""
    known = reference.read_known("speed=0@0s,50@12s,30@20,80@41s")
    assert (known.name, known.times, known.values) == ("speed", [0, 12, 20, 41], [0, 50, 30, 80])
    with pytest.raises(InvalidArgumentError, match="no known value"):
        reference.read_known("speed=0@0s,fast@3s")


def test_values_that_teach_nothing_are_refused() -> None:
    """Too few, outside, or always the same."""
    with pytest.raises(InvalidArgumentError, match="only 1 readings"):
        reference.check(reference.read_known("v=1@0s,2@70s,3@80s,4@90s"), 60)
    with pytest.raises(InvalidArgumentError, match="never changes"):
        reference.check(reference.read_known("v=1@0s,1@7s,1@8s,1@9s"), 60)


def test_a_step_is_not_a_ramp() -> None:
    """Between two readings of a setting nobody knows when it changed; between two of a speed it ran through."""
    setting = reference.Reference("set", [0, 1, 2, 3, 4, 5, 6, 7], [20, 20, 20, 20, 25, 25, 25, 25])
    assert setting.at([2.5, 3.5, 4.5]) == ([0, 2], [20, 25])
    speed = reference.Reference("speed", [0, 1, 2, 3], [0, 10, 20, 10])
    assert speed.at([0.5, 2.5, 9.0]) == ([0, 1], [5, 15])


def test_a_curve_without_turns_proves_little() -> None:
    """Everything that only rises resembles everything else that only rises."""
    assert confidence(0.99, 1) < 0.5 < confidence(0.99, 12)
