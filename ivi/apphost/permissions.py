# SPDX-License-Identifier: Apache-2.0
"""What an app may do with VSS paths: patterns, the actuators nobody may have, and decisions with their reason.

A pattern is a path in which `*` stands for exactly one segment and a last `**` for one or more. Matching is anchored at
both ends, ASCII and case-exact. A read grant never covers actuation.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

MAX_PATH = 256  # characters; the longest path of VSS 6 has 96

_SEGMENT = r"[A-Za-z][A-Za-z0-9_]*"
_LEAF = re.compile(rf"Vehicle(?:\.{_SEGMENT})+", re.ASCII)
_PATTERN = re.compile(rf"Vehicle\.{_SEGMENT}(?:\.(?:{_SEGMENT}|\*))*(?:\.\*\*)?", re.ASCII)

NEVER_ACTUATED = (
    "Vehicle.ADAS.**",
    "Vehicle.Body.Hood.**",
    "Vehicle.Body.Horn.**",
    "Vehicle.Body.Lights.**",
    "Vehicle.Body.Mirrors.**",
    "Vehicle.Body.Windshield.**",
    "Vehicle.Cabin.Door.**",
    "Vehicle.Cabin.IsWindowChildLockEngaged",
    "Vehicle.Chassis.**",
    "Vehicle.MotionManagement.**",
    "Vehicle.Powertrain.Transmission.**",
    "Vehicle.Powertrain.ElectricMotor.**",
    "Vehicle.Powertrain.CombustionEngine.**",
)
"""Horn, wipers, lights and hazard, doors, steering, brakes, gear and drive: no manifest can ask for them."""


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and why. `hint` is for the app's author."""

    allowed: bool
    reason: str
    hint: str = ""


def is_leaf(path: str) -> bool:
    """Whether the text has the form of a VSS path without wildcards."""
    return len(path) <= MAX_PATH and _LEAF.fullmatch(path) is not None


def is_pattern(pattern: str) -> bool:
    """Whether a manifest may carry this pattern; the branch below Vehicle is named: nobody asks for the whole car."""
    return len(pattern) <= MAX_PATH and _PATTERN.fullmatch(pattern) is not None


def matches(path: str, pattern: str) -> bool:
    """Whether a pattern covers a leaf path. Both are checked for their form by the caller."""
    return overlaps(path, pattern)


def overlaps(first: str, second: str) -> bool:
    """Whether some leaf path is covered by both patterns."""
    for left, right in zip_longest(first.split("."), second.split(".")):
        if left is None or right is None:
            return False
        if "**" in {left, right}:
            return True
        if left != right and "*" not in {left, right}:
            return False
    return True


def never_actuated(pattern: str) -> str | None:
    """The entry of NEVER_ACTUATED that a pattern would reach into, if any."""
    return next((entry for entry in NEVER_ACTUATED if overlaps(pattern, entry)), None)


def decide_read(path: str, patterns: Iterable[str], app_id: str) -> Decision:
    """May this app read this path?"""
    if not is_leaf(path):
        return Decision(
            allowed=False, reason=f"{path[:MAX_PATH]!r} is not a VSS path", hint="name one leaf, without wildcards"
        )
    for pattern in patterns:
        if matches(path, pattern):
            return Decision(allowed=True, reason=f"granted by {pattern}")
    return Decision(
        allowed=False,
        reason=f"{path} may not be read by {app_id}",
        hint=f'its manifest.toml would need [[permission]] use = "vehicle.read" paths = ["{path}"]',
    )


def decide_actuate(path: str, patterns: Iterable[str], app_id: str) -> Decision:
    """May this app change this actuator, the driving state aside? `patterns` are those of its actuation grants only."""
    if not is_leaf(path):
        return Decision(
            allowed=False, reason=f"{path[:MAX_PATH]!r} is not a VSS path", hint="name one leaf, without wildcards"
        )
    if (entry := never_actuated(path)) is not None:
        return Decision(
            allowed=False, reason=f"{path} may never be changed by an app", hint=f"{entry} is closed to all apps"
        )
    for pattern in patterns:
        if matches(path, pattern):
            return Decision(allowed=True, reason=f"granted by {pattern}")
    return Decision(
        allowed=False,
        reason=f"{path} may not be changed by {app_id}",
        hint=f'its manifest.toml would need [[permission]] use = "vehicle.actuate" paths = ["{path}"]',
    )
