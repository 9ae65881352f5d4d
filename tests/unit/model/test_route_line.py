# SPDX-License-Identifier: Apache-2.0
"""A route travels as one bounded text, its charge stops with it; a page without them is what it was."""

import msgspec
import pytest

from ivi.model.errors import InvalidArgumentError
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import (
    ChargeStop,
    Maneuver,
    NavigationTemplate,
    Position,
    Rule,
    Turn,
    polyline,
)
from ivi.model.templates.checks import check
from ivi.model.templates.limits import limits_of, shortened
from ivi.model.templates.rules import rule_of
from ivi.model.templates.targets import tappable

# The example of the algorithm's own page.
POINTS = [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)]
TEXT = "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
TURN = Turn(Maneuver.RIGHT, 350, "Quay Road")


def stops(count: int) -> list[ChargeStop]:
    return [ChargeStop(f"c{n}", f"Harbour {n}", Position(47.1, 9.5), 12_000, 18, 1_500) for n in range(count)]


def test_the_algorithm_s_own_example_is_read_and_written() -> None:
    assert polyline.encode(POINTS) == TEXT
    assert polyline.decode(TEXT) == POINTS
    assert polyline.decode("") == []


@pytest.mark.parametrize(
    "text",
    [TEXT[:-1], "_p~iF", "\x20\x20", "~" * 20, "é", polyline.encode(POINTS[:1]) * 501, "?" * 4001, "_}_`~|U??"],
)
def test_what_is_no_line_is_refused_by_the_host(text: str) -> None:
    with pytest.raises(InvalidArgumentError):
        polyline.decode(text)
    with pytest.raises(InvalidArgumentError) as refused:
        check(NavigationTemplate(TURN, route=text))
    assert rule_of(refused.value) is Rule.FORM


def test_a_line_off_the_map_or_too_long_is_not_written() -> None:
    with pytest.raises(InvalidArgumentError):
        polyline.encode([(86.0, 0.0)])
    with pytest.raises(InvalidArgumentError):
        polyline.encode([(float("nan"), 0.0)])
    with pytest.raises(InvalidArgumentError):
        polyline.encode([(0.0, 0.0)] * (polyline.MAX_POINTS + 1))


def test_charge_stops_are_checked_cut_and_can_be_chosen() -> None:
    page = NavigationTemplate(TURN, route=TEXT, stops=stops(8))
    check(page)
    assert {"c0", "c7"} <= tappable(page)
    driving = limits_of(UxRestrictions(DrivingState.MOVING, [], "", max_rows=6, max_chars=120))
    part = shortened(page, driving)
    assert isinstance(part.template, NavigationTemplate)
    assert (len(part.template.stops), part.hidden) == (6, 2)
    assert part.template.route == TEXT
    with pytest.raises(InvalidArgumentError):
        check(NavigationTemplate(TURN, stops=stops(1) * 2))


def test_a_page_of_an_older_app_is_read_as_before() -> None:
    old = b'{"template":"navigation","turn":{"maneuver":"right","distance":350.0}}'
    page = msgspec.json.decode(old, type=NavigationTemplate)
    assert (page.route, page.stops) == ("", [])
    check(page)
