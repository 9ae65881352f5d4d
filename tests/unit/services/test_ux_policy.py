# SPDX-License-Identifier: Apache-2.0
"""Driving state and restrictions: doubt always restricts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.services import DrivingState, UxRestriction
from ivi.services.ux_restrictions.policy import Motion, restrict


@pytest.mark.parametrize(
    ("motion", "state"),
    [
        (Motion(0.0, 126, True), DrivingState.PARKED),
        (Motion(0.0, 126, None), DrivingState.PARKED),
        (Motion(0.0, 0, True), DrivingState.PARKED),
        (Motion(0.0, 0, False), DrivingState.IDLING),
        (Motion(0.0, 127, True), DrivingState.IDLING),
        (Motion(0.4, 127, False), DrivingState.IDLING),
        (Motion(0.6, 127, False), DrivingState.MOVING),
        (Motion(43.0, 126, True), DrivingState.MOVING),
        (Motion(-3.0, -1, False), DrivingState.MOVING),
        (Motion(None, 126, True), DrivingState.UNKNOWN),
        (Motion(0.0, None, True), DrivingState.UNKNOWN),
        (Motion(), DrivingState.UNKNOWN),
    ],
)
def test_states(motion: Motion, state: DrivingState) -> None:
    assert restrict(motion).state is state


def test_moving_limits_and_parked_frees() -> None:
    moving = restrict(Motion(43.0, 127, False))
    assert {UxRestriction.NO_KEYBOARD, UxRestriction.NO_VIDEO, UxRestriction.LIMIT_CONTENT} <= set(moving.restrictions)
    assert (moving.max_rows, moving.max_chars) == (6, 120)
    assert moving.reason == "driving at 43 km/h"
    parked = restrict(Motion(0.0, 126, True))
    assert (parked.restrictions, parked.max_rows, parked.max_chars) == ([], 0, 0)
    assert restrict(Motion(0.0, 127, False)).restrictions == [UxRestriction.NO_VIDEO]


@given(
    st.builds(
        Motion,
        speed=st.none() | st.floats(-300, 300),
        gear=st.none() | st.integers(-128, 127),
        parking_brake=st.none() | st.booleans(),
    )
)
def test_only_a_known_standstill_is_ever_free(motion: Motion) -> None:
    decided = restrict(motion)
    if decided.state is DrivingState.PARKED:
        assert motion.speed is not None
        assert abs(motion.speed) < 0.5
    if motion.speed is None or motion.gear is None:
        assert decided.state in (DrivingState.UNKNOWN, DrivingState.MOVING)
        assert UxRestriction.NO_KEYBOARD in decided.restrictions
