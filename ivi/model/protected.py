# SPDX-License-Identifier: Apache-2.0
"""Signals with rules of their own: what no app may ever change, what changes only while parked, what tells a place.

All of it is judged on names of leaves. Branches of the standard are listed; signals of a car maker's own overlay are
caught by the words in their names, so that a second horn under another branch is still a horn.
"""

import re

from ivi.model.vss_patterns import covered, overlaps

NEVER_ACTUATED = (
    "Vehicle.ADAS.**",
    "Vehicle.Body.Hood.**",
    "Vehicle.Body.Horn.**",
    "Vehicle.Body.IsAutoPowerOptimize",
    "Vehicle.Body.Lights.**",
    "Vehicle.Body.Mirrors.**",
    "Vehicle.Body.PowerOptimizeLevel",
    "Vehicle.Body.RearMainSpoilerPosition",
    "Vehicle.Body.Windshield.**",
    "Vehicle.Cabin.Door.**",
    "Vehicle.Cabin.IsWindowChildLockEngaged",
    "Vehicle.Cabin.RearviewMirror.**",
    "Vehicle.Cabin.Seat.*.*.SeatBeltHeight",
    "Vehicle.Chassis.**",
    "Vehicle.IsAutoPowerOptimize",
    "Vehicle.MotionManagement.**",
    "Vehicle.PowerOptimizeLevel",
    "Vehicle.Powertrain.CombustionEngine.**",
    "Vehicle.Powertrain.ElectricMotor.**",
    "Vehicle.Powertrain.IsAutoPowerOptimize",
    "Vehicle.Powertrain.PowerOptimizeLevel",
    "Vehicle.Powertrain.Transmission.**",
    "Vehicle.Raw.**",
)
"""Horn, wipers, lights and hazard, mirrors, doors, steering, brakes, gear and drive, belts, driver assistance, power
saving of whole domains, and signals without a name: no manifest can ask for them."""

_CLOSED_WORDS = {
    "sos", "airbag", "horn", "hazard", "wiper", "wipers", "wiping", "washer", "brake", "brakes", "gear",
    "clutch", "throttle", "accelerator", "pedal", "steering", "immobilizer", "ignition", "headlight",
    "headlights", "foglight", "beam", "transmission", "torque", "emergency", "belt",
}  # fmt: skip
_CLOSED_PARTS = ("ecall", "seatbelt", "hornis", "drivemode", "emergencycall")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+", re.ASCII)

PARKED_ONLY = (
    "Vehicle.Body.Trunk.**",
    "Vehicle.Cabin.Infotainment.HMI.**",
    "Vehicle.Cabin.RearShade.**",
    "Vehicle.Cabin.Seat.**",
    "Vehicle.Cabin.Sunroof.**",
    "Vehicle.Powertrain.FuelSystem.**",
    "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.**",
)
"""Seats that move, what opens, and the screen's own settings: `when = "always"` is refused for them."""
_ALWAYS_AFTER_ALL = (
    "Vehicle.Cabin.Seat.*.*.HeatingCooling",
    "Vehicle.Cabin.Seat.*.*.Backrest.HeatingCooling",
    "Vehicle.Cabin.Seat.*.*.Seating.HeatingCooling",
    "Vehicle.Cabin.Seat.*.*.NeckScarf.**",
)

LOCATION = (
    "Vehicle.CurrentLocation.**",
    "Vehicle.Cabin.Infotainment.Navigation.DestinationSet.**",
    "Vehicle.Powertrain.TractionBattery.Charging.Location.**",
)
"""Leaves that tell a place: read with the `location` permission only."""
LATITUDE, LONGITUDE = "Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"

SENSITIVE = (
    "Vehicle.ADAS", "Vehicle.Chassis", "Vehicle.ControlUnit", "Vehicle.Driver", "Vehicle.MotionManagement",
    "Vehicle.Occupant", "Vehicle.Powertrain", "Vehicle.VehicleIdentification",
)  # fmt: skip
"""Branches about safety and persons: their signals are named, never asked for as a whole."""
UNNAMED = "Vehicle.Raw"
"""Signals of a bus that nobody has named: nobody could tell the driver what an app reads there."""


def never_actuated(pattern: str) -> str | None:
    """Why no app may change what a path or pattern reaches, as the entry or the word that closes it; None if it may."""
    if (entry := next((entry for entry in NEVER_ACTUATED if overlaps(pattern, entry)), None)) is not None:
        return entry
    for segment in pattern.split(".")[1:]:
        for word in _WORD.findall(segment):
            if word.lower() in _CLOSED_WORDS:
                return str(word)
        if any(part in segment.lower() for part in _CLOSED_PARTS):
            return segment
    return None


def parked_only(pattern: str) -> bool:
    """Whether what a path or pattern reaches may change only while the car is parked, whatever the manifest says."""
    if any(covered(pattern, entry) for entry in _ALWAYS_AFTER_ALL):
        return False
    return any(overlaps(pattern, entry) for entry in PARKED_ONLY)


def tells_location(pattern: str) -> bool:
    """Whether a path or pattern reaches a leaf that tells a place."""
    return any(overlaps(pattern, entry) for entry in LOCATION)


def too_wide(pattern: str) -> str | None:
    """The sensitive branch of which a pattern wants everything, if it does."""
    for branch in SENSITIVE:
        below = pattern.removeprefix(f"{branch}.")
        if pattern.startswith(f"{branch}.") and set(below.split(".")) <= {"*", "**"}:
            return branch
    return None


def is_unnamed(pattern: str) -> bool:
    """Whether it reaches signals without a name."""
    return overlaps(pattern, f"{UNNAMED}.**")
