# SPDX-License-Identifier: Apache-2.0
"""What of a template is shown while driving."""

from ivi.hmi.template_limits import ELLIPSIS, FULLY_RESTRICTED, Limits, cut, within
from ivi.model.templates import Action, ListTemplate, Row

TEMPLATE = ListTemplate(
    "Tracks", [Row(f"t{n}", f"Track {n}", "x" * 200, selected=n == 2) for n in range(24)], [Action("a", "Play")]
)


def test_a_moving_car_shows_six_rows_and_says_how_many_are_left() -> None:
    shown = within(TEMPLATE, FULLY_RESTRICTED)
    assert [row.id for row in shown.rows] == ["t0", "t1", "t2", "t3", "t4", "t5"]
    assert shown.hidden == 18
    assert all(len(row.text) <= 120 for row in shown.rows)
    assert shown.rows[0].text.endswith(ELLIPSIS)
    assert shown.rows[2].selected
    assert shown.actions == (Action("a", "Play"),)


def test_a_parked_car_shows_everything() -> None:
    shown = within(TEMPLATE, Limits())
    assert len(shown.rows) == 24
    assert shown.hidden == 0
    assert shown.rows[0].text == "x" * 200


def test_cutting_keeps_short_texts_and_leaves_no_space_before_the_ellipsis() -> None:
    assert cut("short", 10) == "short"
    assert cut("exactly ten", 11) == "exactly ten"
    assert cut("one two three", 9) == f"one two{ELLIPSIS}"
