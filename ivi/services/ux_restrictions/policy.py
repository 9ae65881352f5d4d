# SPDX-License-Identifier: Apache-2.0
"""One pure function: gear, speed and parking brake to driving state and restrictions.

Restrictions per state are those of AOSP's default car_ux_restrictions_map.xml: parked has none, idling forbids video,
moving has all of them; limits while moving are 120 characters and 6 rows (androidx car-app). Unknown means everything.
"""

from dataclasses import dataclass

from ivi.model.services import DrivingState, UxRestriction, UxRestrictions

GEAR_PARK = 126  # VSS SelectedGear
STANDSTILL = 0.5  # km/h; below this a wheel-speed sensor's noise is no movement
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
    """What is known of the car's motion; None means unknown, stale or not available."""

    speed: float | None = None
    """km/h."""
    gear: int | None = None
    """VSS SelectedGear."""
    parking_brake: bool | None = None


def restrict(motion: Motion) -> UxRestrictions:
    """The driving state and what it forbids. Never raises: doubt means moving or unknown, and all restrictions."""
    speed = motion.speed
    if speed is None:
        return _restrictions(DrivingState.UNKNOWN, _ALL, "the speed is not known")
    if abs(speed) >= STANDSTILL:
        return _restrictions(DrivingState.MOVING, _MOVING, f"driving at {abs(speed):.0f} km/h")
    if motion.gear is None:
        return _restrictions(DrivingState.UNKNOWN, _ALL, "the gear is not known")
    if motion.gear == GEAR_PARK:
        return _restrictions(DrivingState.PARKED, [], "parked")
    if motion.parking_brake and motion.gear == 0:
        return _restrictions(DrivingState.PARKED, [], "parked with the parking brake")
    return _restrictions(DrivingState.IDLING, _IDLING, "standing, not in park")


def _restrictions(state: DrivingState, flags: list[UxRestriction], reason: str) -> UxRestrictions:
    limited = UxRestriction.LIMIT_CONTENT in flags
    return UxRestrictions(
        state=state,
        restrictions=list(flags),
        reason=reason,
        max_rows=MAX_ROWS_MOVING if limited else 0,
        max_chars=MAX_CHARS_MOVING if limited else 0,
    )
