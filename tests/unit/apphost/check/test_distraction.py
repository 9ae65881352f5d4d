# SPDX-License-Identifier: Apache-2.0
"""The distraction grade: each bound decides on its own, and fewer words are better."""

import pytest

from ivi.apphost.check import distraction
from ivi.apphost.check.distraction import Page, grade


def test_a_short_list_is_easy() -> None:
    found = grade([[Page("Tracks", ("Rain", "Night train"), choice=True)]])
    assert found is not None
    assert found.letter == "A"
    assert found.passed


def test_the_longest_line_makes_the_longest_glance() -> None:
    page = Page("News", ("one two three four", "one two three four five six seven eight"), choice=False)
    assert distraction.glance(page) == pytest.approx(0.4 + 8 * 0.25)
    found = grade([[page]])
    assert found is not None
    assert (found.letter, found.page, found.passed) == ("D", "News", False)


def test_many_pages_make_a_long_task() -> None:
    page = Page("List", tuple("two words" for _ in range(6)), choice=True)
    short, long = grade([[page]]), grade([[page], [page] * 4])
    assert short is not None
    assert long is not None
    assert short.glance == long.glance
    assert long.steps == 4
    assert long.task == pytest.approx(4 * distraction.total(page), abs=0.1)
    assert short.passed
    assert not long.passed


def test_every_letter() -> None:
    letters = []
    for words in (1, 4, 6, 8, 10, 30):
        found = grade([[Page("T", (" ".join(["w"] * words),), choice=False)]])
        letters.append(found.letter if found else "")
    assert letters == ["A", "B", "C", "D", "E", "F"]


def test_nothing_shown_has_no_grade() -> None:
    assert grade([]) is None
    assert grade([[]]) is None
