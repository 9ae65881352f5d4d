# SPDX-License-Identifier: Apache-2.0
"""How old what is known of the car's motion is, and how long the car has been standing."""

from ivi.model.services import DrivingState
from ivi.model.signal import Datapoint, Value
from ivi.services.ux_restrictions.motion_watch import PERSISTED, MotionWatch
from ivi.services.ux_restrictions.policy import GEAR, PARKING_BRAKE, SPEED, restrict


def points(now: float, source: str = "can:can0", **values: Value | None) -> dict[str, Datapoint]:
    paths = {"speed": SPEED, "gear": GEAR, "brake": PARKING_BRAKE}
    return {paths[name]: Datapoint(value, 0, round(now * 1e9), source) for name, value in values.items()}


def state(watch: MotionWatch, now: float) -> DrivingState:
    return restrict(watch.motion(now)).state


def test_nothing_is_known_before_the_first_word() -> None:
    assert state(MotionWatch(), 5.0) is DrivingState.UNKNOWN


def test_a_quiet_signal_of_a_living_bus_stays_known() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, speed=0.0, gear=126), 1.0)
    for tick in range(1, 40):
        now = 1.0 + tick / 4
        watch.heard({}, now)
        watch.frames(100 * tick, now)
        assert state(watch, now) is DrivingState.PARKED


def test_a_bus_that_goes_quiet_is_unknown_after_a_second_though_the_broker_lives() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, speed=0.0, gear=126), 1.0)
    watch.frames(500, 1.0)
    for now in (1.5, 2.0):
        watch.heard({}, now)
        watch.frames(500, now)
        assert state(watch, now) is DrivingState.PARKED
    watch.heard({}, 2.1)
    assert state(watch, 2.1) is DrivingState.UNKNOWN


def test_a_broker_that_goes_quiet_is_unknown_after_a_second() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, "viss", speed=0.0, gear=126), 1.0)
    assert not watch.wants_count
    watch.heard({}, 9.0)
    assert state(watch, 9.9) is DrivingState.PARKED
    assert state(watch, 10.1) is DrivingState.UNKNOWN
    watch.heard({}, 10.2)
    assert state(watch, 10.2) is DrivingState.PARKED
    watch.forget()
    assert state(watch, 10.2) is DrivingState.UNKNOWN


def test_a_value_from_before_a_restart_says_nothing_of_now() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, PERSISTED, speed=0.0, gear=126), 1.0)
    assert state(watch, 1.0) is DrivingState.UNKNOWN


def test_after_driving_the_car_has_to_stand_a_moment() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, speed=30.0, gear=127), 1.0)
    assert state(watch, 1.0) is DrivingState.MOVING
    watch.heard(points(1.5, speed=0.0, gear=126), 1.5)
    assert state(watch, 1.5) is DrivingState.MOVING
    watch.heard(points(3.0, speed=0.0), 3.0)
    assert state(watch, 3.4) is DrivingState.MOVING
    assert state(watch, 3.5) is DrivingState.PARKED


def test_a_gap_in_the_speed_starts_the_moment_anew() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, speed=30.0, gear=127), 1.0)
    watch.heard(points(1.5, speed=0.0), 1.5)
    watch.heard(points(2.5, speed=None), 2.5)
    assert state(watch, 2.6) is DrivingState.UNKNOWN
    watch.heard(points(3.0, speed=0.0, gear=126), 3.0)
    watch.heard(points(4.5, speed=0.0), 4.5)
    assert state(watch, 4.9) is DrivingState.MOVING
    assert state(watch, 5.0) is DrivingState.PARKED


def test_a_car_that_was_never_seen_driving_is_parked_at_once() -> None:
    watch = MotionWatch()
    watch.heard(points(1.0, speed=0.0, gear=126), 1.0)
    assert state(watch, 1.0) is DrivingState.PARKED
    watch.settled()
    assert watch.motion(1.0).standing is None
