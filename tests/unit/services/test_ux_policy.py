# SPDX-License-Identifier: Apache-2.0
"""Driving state and restrictions: doubt always restricts."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.services import DrivingState, UxRestriction
from ivi.services.ux_restrictions.policy import SETTLED, STALE, STANDSTILL, Motion, restrict


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


def motions(**fixed: st.SearchStrategy[object]) -> st.SearchStrategy[Motion]:
    fields: dict[str, st.SearchStrategy[object]] = {
        "speed": st.none() | st.floats(),
        "gear": st.none() | st.integers(-128, 127),
        "parking_brake": st.none() | st.booleans(),
        "age": st.floats(min_value=0) | st.just(math.nan),
        "standing": st.none() | st.floats(min_value=0),
    }
    return st.builds(Motion, **(fields | fixed))


def still(motion: Motion) -> bool:
    return motion.speed is not None and abs(motion.speed) < STANDSTILL


@given(motions())
def test_only_a_known_standstill_is_ever_free(motion: Motion) -> None:
    decided = restrict(motion)
    if decided.state in (DrivingState.PARKED, DrivingState.IDLING):
        assert still(motion)
        assert motion.gear is not None
        assert motion.age <= STALE
        assert motion.standing is None or motion.standing >= SETTLED
    else:
        assert UxRestriction.NO_KEYBOARD in decided.restrictions
        assert (decided.max_rows, decided.max_chars) == (6, 120)
    if decided.state is not DrivingState.PARKED:
        assert UxRestriction.NO_VIDEO in decided.restrictions


@given(motions(age=st.floats(min_value=1.001) | st.just(math.nan)))
def test_what_is_older_than_a_second_is_fully_restricted(motion: Motion) -> None:
    decided = restrict(motion)
    assert decided.state is DrivingState.UNKNOWN
    assert set(decided.restrictions) == set(UxRestriction)


@given(motions(speed=st.floats().filter(lambda speed: not abs(speed) <= 500)))
def test_an_impossible_speed_is_fully_restricted(motion: Motion) -> None:
    assert restrict(motion).state is DrivingState.UNKNOWN


@given(motions(speed=st.floats(0, 0.49), gear=st.integers(-128, 127), age=st.just(0.2)))
def test_only_p_or_the_brake_in_neutral_parks(motion: Motion) -> None:
    parked = restrict(motion).state is DrivingState.PARKED
    settled = motion.standing is None or motion.standing >= SETTLED
    assert parked == (settled and (motion.gear == 126 or (motion.gear == 0 and motion.parking_brake is True)))


@given(motions(speed=st.floats(0.5, 500) | st.floats(-500, -0.5), age=st.floats(0, 1)))
def test_a_car_that_moves_drives_whatever_the_selector_says(motion: Motion) -> None:
    assert restrict(motion).state is DrivingState.MOVING


@given(motions(), st.floats(min_value=0))
def test_knowing_less_never_frees_anything(motion: Motion, older: float) -> None:
    allowed = set(UxRestriction) - set(restrict(motion).restrictions)
    for less in (
        replace(motion, speed=None),
        replace(motion, gear=None),
        replace(motion, parking_brake=None),
        replace(motion, age=motion.age + older),
    ):
        assert set(UxRestriction) - set(restrict(less).restrictions) <= allowed


def test_standing_in_reverse_is_not_parked() -> None:
    assert restrict(Motion(0.0, -1, parking_brake=True)).state is DrivingState.IDLING


def test_a_car_that_has_just_stopped_still_drives_for_a_moment() -> None:
    just = [restrict(Motion(0.0, 126, True, standing=seconds)) for seconds in (0.0, 1.9, math.nan)]
    assert {(one.state, one.reason) for one in just} == {(DrivingState.MOVING, "just stopped")}
    assert restrict(Motion(0.0, 126, True, standing=2.0)).state is DrivingState.PARKED
