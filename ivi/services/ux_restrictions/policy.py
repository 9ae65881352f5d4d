# SPDX-License-Identifier: Apache-2.0
"""One pure function: gear, speed, parking brake and their age to driving state and restrictions.

Restrictions per state are those of AOSP's default car_ux_restrictions_map.xml: parked has none, idling forbids video,
moving has all of them; limits while moving are 120 characters and 6 rows (androidx car-app). Unknown means everything.
As in AOSP only the selector in P parks (or the parking brake in neutral): a car that charges, or stands in reverse, is
not parked by that. Stricter than AOSP: a speed above zero counts whatever the selector says, what is older than a
second counts as unknown, and a car that has just stopped is still driving for a moment, so that nothing flickers at
traffic lights or in a jam.
"""

from dataclasses import dataclass

from ivi.model.services import DrivingState, UxRestriction, UxRestrictions

GEAR_PARK, GEAR_NEUTRAL = 126, 0  # VSS SelectedGear
STANDSTILL = 0.5  # km/h; below this a wheel-speed sensor's noise is no movement
FASTEST = 500.0  # km/h; a car is not faster, so that a sensor that says so is not believed
STALE = 1.0  # seconds; older values are not known any more
SETTLED = 2.0  # seconds of standing after which a car that drove counts as standing
MAX_ROWS_MOVING = 6
MAX_CHARS_MOVING = 120

SPEED = "Vehicle.Speed"
GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
PARKING_BRAKE = "Vehicle.Chassis.ParkingBrake.IsEngaged"
PATHS = (SPEED, GEAR, PARKING_BRAKE)

_IDLING = [UxRestriction.NO_VIDEO]
_MOVING = [
    UxRestriction.NO_DIALPAD,
    UxRestriction.NO_FILTERING,
    UxRestriction.LIMIT_STRING_LENGTH,
    UxRestriction.NO_KEYBOARD,
    UxRestriction.NO_VIDEO,
    UxRestriction.LIMIT_CONTENT,
    UxRestriction.NO_SETUP,
    UxRestriction.NO_TEXT_MESSAGE,
]
_ALL = [*_MOVING, UxRestriction.NO_VOICE_TRANSCRIPTION]


@dataclass(frozen=True)
class Motion:
    """What is known of the car's motion; None means unknown or not available."""

    speed: float | None = None
    """km/h."""
    gear: int | None = None
    """VSS SelectedGear."""
    parking_brake: bool | None = None
    age: float = 0.0
    """Seconds since the oldest of these was known to be true."""
    standing: float | None = None
    """Seconds since the car stopped; None when it was not seen driving before."""


def restrict(motion: Motion) -> UxRestrictions:
    """The driving state and what it forbids. Never raises: doubt means moving or unknown, and all restrictions."""
    if doubt := _doubt(motion):
        return _restrictions(DrivingState.UNKNOWN, _ALL, doubt)
    speed = abs(motion.speed or 0.0)
    if speed >= STANDSTILL:
        return _restrictions(DrivingState.MOVING, _MOVING, f"driving at {speed:.0f} km/h")
    if motion.gear is None:
        return _restrictions(DrivingState.UNKNOWN, _ALL, "the gear is not known")
    if motion.standing is not None and not motion.standing >= SETTLED:
        return _restrictions(DrivingState.MOVING, _MOVING, "just stopped")
    if motion.gear == GEAR_PARK:
        return _restrictions(DrivingState.PARKED, [], "parked")
    if motion.parking_brake and motion.gear == GEAR_NEUTRAL:
        return _restrictions(DrivingState.PARKED, [], "parked with the parking brake")
    return _restrictions(DrivingState.IDLING, _IDLING, "standing, not in park")


def _doubt(motion: Motion) -> str:
    """Why the speed is not known; empty when it is."""
    if motion.speed is None:
        return "the speed is not known"
    if not motion.age <= STALE:
        return "the speed has not been heard for a while"
    if not abs(motion.speed) <= FASTEST:  # not a number, too
        return "the speed makes no sense"
    return ""


def _restrictions(state: DrivingState, flags: list[UxRestriction], reason: str) -> UxRestrictions:
    limited = UxRestriction.LIMIT_CONTENT in flags
    return UxRestrictions(
        state=state,
        restrictions=list(flags),
        reason=reason,
        max_rows=MAX_ROWS_MOVING if limited else 0,
        max_chars=MAX_CHARS_MOVING if limited else 0,
    )
