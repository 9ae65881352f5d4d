# SPDX-License-Identifier: Apache-2.0
import pytest

from ivi.apphost.templates import ShowRate, check, limits_of, shortened, targets
from ivi.model.app import Limits
from ivi.model.errors import InvalidArgumentError
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import Action, ListTemplate, Row


def test_plain_text_of_many_scripts_is_fine() -> None:
    check(
        ListTemplate("Música · 音楽", [Row("1", "می‌خواهم", "Ünïcode"), Row("2", "☕")], [Action("play", "Play")], "ok")
    )


@pytest.mark.parametrize("text", ["a\nb", "a\x1b[31m", "a\u202eb", "a\u0000", "a\u200bb", "a\ud800"])
def test_control_and_direction_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"rows\[0\]\.title"):
        check(ListTemplate("List", [Row("1", text)]))


def test_two_things_with_one_id_are_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="twice"):
        check(ListTemplate("List", [Row("play", "Play")], [Action("play", "Play")]))


def test_driving_shortens_rows_and_texts() -> None:
    template = ListTemplate(
        "A title", [Row(str(n), f"Row number {n} with a long text", "t" * 50) for n in range(10)], [], "s" * 50
    )
    short = shortened(template, Limits("moving", 3, 12))
    assert [row.id for row in short.rows] == ["0", "1", "2"]
    assert short.rows[0].title == "Row number…"
    assert max(len(text) for row in short.rows for text in (row.title, row.text)) <= 12
    assert len(short.subtitle) == 12
    assert shortened(template, Limits("parked", 0, 0)) == template


def test_limits_are_those_of_the_services() -> None:
    assert limits_of(UxRestrictions(DrivingState.MOVING, [], "moving", 6, 40)) == Limits("moving", 6, 40)


def test_targets_are_rows_and_actions() -> None:
    assert list(targets(ListTemplate("L", [Row("a", "A")], [Action("b", "B")]))) == ["a", "b"]


@pytest.mark.parametrize("state", list(DrivingState))
def test_a_burst_then_a_rate(state: DrivingState) -> None:
    rate = ShowRate()
    assert [rate.take(state) for _ in range(5)] == [True, True, True, False, False]
