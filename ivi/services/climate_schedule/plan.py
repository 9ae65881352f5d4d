# SPDX-License-Identifier: Apache-2.0
"""When the cabin has to be prepared for a departure, and whether the car may do it now. Pure functions.

Preparation begins `lead` before the departure: SHORTEST plus PER_KELVIN for each kelvin between the cabin and what is
wanted, at most LONGEST. It ends with the first movement, or GRACE after the departure when nobody came. The car must be
parked, and the pack fuller than FLOOR, or than FLOOR_AT_PLUG while a cable is connected: what is drawn comes back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivi.model.climate_schedule import Departure, ScheduleState

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(minutes=30)
PER_KELVIN = timedelta(minutes=1)
GRACE = timedelta(minutes=10)
FLOOR = 20.0  # percent displayed
FLOOR_AT_PLUG = 10.0  # percent displayed
_DAYS = 8  # to look ahead: a weekly departure whose time of today has passed comes in 7 days


@dataclass(frozen=True, slots=True)
class CarState:
    """What is known; None for what is not."""

    parked: bool | None = None
    plugged: bool | None = None
    charge: float | None = None
    """Displayed percent."""
    cabin: float | None = None
    """Celsius."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do about which departure."""

    state: ScheduleState
    departure: Departure | None = None
    at: datetime | None = None
    reason: str = ""


def following(departure: Departure, after: datetime) -> datetime | None:
    """The first time of this departure after that moment (local, aware); None when it is off or has no day."""
    if not departure.enabled:
        return None
    midnight = after.replace(hour=0, minute=0, second=0, microsecond=0)
    for number in range(_DAYS):
        day = midnight + timedelta(days=number)
        at = day.replace(hour=departure.minute // 60, minute=departure.minute % 60)
        if departure.days >> at.weekday() & 1 and at > after:
            return at
    return None


def lead(cabin: float | None, wanted: float) -> timedelta:
    """How long before the departure to begin; Celsius. An unknown cabin takes the longest."""
    if cabin is None:
        return LONGEST
    return min(LONGEST, SHORTEST + PER_KELVIN * abs(wanted - cabin))


def hindrance(car: CarState) -> str:
    """Why the car must not prepare the cabin now, as a sentence; empty when it may."""
    if car.parked is None:
        return "It is not known whether the car is parked."
    if not car.parked:
        return "The car is not parked."
    if car.charge is None:
        return "The state of charge is not known."
    floor = FLOOR_AT_PLUG if car.plugged else FLOOR
    if car.charge < floor:
        return f"The battery is below {floor:.0f} %."
    return ""


def judge(departures: Iterable[Departure], now: datetime, car: CarState, left: datetime | None = None) -> Verdict:
    """What to do now about the next departure. It stays the next one until GRACE after it, or until somebody has left.

    `left`: the departure for which that has happened.
    """
    coming = []
    for one in departures:
        at = following(one, now - GRACE)
        if at is not None and at == left:
            at = following(one, at)
        if at is not None:
            coming.append((at, one))
    if not coming:
        return Verdict(ScheduleState.NOTHING)
    at, departure = min(coming, key=lambda pair: pair[0])
    if now < at - lead(car.cabin, departure.temperature):
        return Verdict(ScheduleState.WAITING, departure, at)
    if reason := hindrance(car):
        return Verdict(ScheduleState.HINDERED, departure, at, reason)
    return Verdict(ScheduleState.RUNNING, departure, at)


def is_due(verdict: Verdict, now: datetime) -> bool:
    """Whether to begin now: nothing begins any more once the departure has come."""
    return verdict.state is ScheduleState.RUNNING and verdict.at is not None and now < verdict.at


def is_wanted(departures: Iterable[Departure], at: datetime) -> bool:
    """Whether somebody still wants to leave at that moment."""
    return any(following(one, at - timedelta(seconds=1)) == at for one in departures)
