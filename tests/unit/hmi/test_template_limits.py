# SPDX-License-Identifier: Apache-2.0
"""What of a template is shown while driving, by the screen's own knowledge."""

from ivi.hmi.template_limits import FULLY_RESTRICTED, allowed, within
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import Action, ListTemplate, PinMethod, Row, SignInTemplate

TEMPLATE = ListTemplate(
    "Tracks", [Row(f"t{n}", f"Track {n}", "x" * 200, selected=n == 2) for n in range(24)], [Action("a", "Play")]
)
SIGN_IN = SignInTemplate("Sign in", "Type it.", PinMethod("ABC 123", "example.com"))


def test_while_nobody_knows_six_rows_are_shown_and_the_rest_is_counted() -> None:
    part = within(TEMPLATE, allowed(None))
    assert isinstance(part.template, ListTemplate)
    assert [row.id for row in part.template.rows] == ["t0", "t1", "t2", "t3", "t4", "t5"]
    assert part.hidden == 18
    assert all(len(row.text) <= 120 for row in part.template.rows)
    assert part.template.rows[0].text.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert part.template.rows[2].selected
    assert part.template.actions == [Action("a", "Play")]
    assert within(SIGN_IN, FULLY_RESTRICTED).template is None


def test_a_parked_car_shows_everything() -> None:
    parked = allowed(UxRestrictions(DrivingState.PARKED, [], "parked"))
    assert within(TEMPLATE, parked).template == TEMPLATE
    assert within(SIGN_IN, parked).template == SIGN_IN
    assert parked.keyboard
