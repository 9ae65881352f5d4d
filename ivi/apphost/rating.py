# SPDX-License-Identifier: Apache-2.0
"""Trust rating of an app, 1 to 8, from its permissions alone: 8 can do nothing, 1 can do nearly everything.

Each permission adds points of power, each kind of harm by its own rule; more power (another path, a higher rate, a
host, no asking) never takes points away. Two powers together can be more than their sum: what reads and also sends, and
what knows the place and sends it. The rating is 8 less one step for each threshold that the points have reached.
docs/permissions.md has the formula in words.
"""

import math
from collections.abc import Iterable

from ivi.apphost.manifest import (
    AudioFocus,
    Background,
    DataShare,
    Location,
    Net,
    Notify,
    Payment,
    Permission,
    Storage,
    Ui,
    VehicleActuate,
    VehicleRead,
    VoiceIntents,
)
from ivi.model.protected import SENSITIVE, parked_only

BEST, WORST = 8, 1
STEPS = (1, 4, 8, 14, 22, 32, 46)  # points at which the rating falls by one

SEND_WITH_READ, SEND_WITH_PLACE = 2.0, 5.0  # points for sending what one reads, for sending where the car is


def rating(permissions: Iterable[Permission]) -> int:
    """1 to 8; 8 is the most trustworthy."""
    points = power(permissions)
    return BEST - sum(points >= step for step in STEPS)


def power(permissions: Iterable[Permission]) -> float:
    """Points of power; monotone in every term of every permission."""
    asked = list(permissions)
    kinds = {type(permission) for permission in asked}
    total = sum(_points(permission) for permission in asked)
    sends = bool(kinds & {Net, DataShare})
    if sends and VehicleRead in kinds:
        total += SEND_WITH_READ
    if sends and Location in kinds:
        total += SEND_WITH_PLACE
    return total


def _points(permission: Permission) -> float:  # noqa: PLR0911  # one for each kind
    match permission:
        case VehicleRead():
            return sum(map(_reading, permission.paths)) * _rate(permission.max_hz)
        case VehicleActuate():
            unasked = {"never": 1.0, "first": 0.8, "each": 0.5}[permission.confirm]
            driving = 2.0 if permission.when == "always" else 1.0
            return sum(map(_changing, permission.paths)) * unasked * driving
        case Location():
            return 4.0 if permission.precision == "coarse" else 9.0
        case Net():
            return 3.0 + len(permission.hosts) + math.log10(permission.mb_per_day)
        case Payment():
            return 4.0 + math.log10(1 + float(permission.max_amount))
        case DataShare():
            return 4.0 + math.log10(1 + permission.retention_days)
        case AudioFocus():
            return 0.5 * len(permission.kinds)
        case Background():
            return 1.5
        case VoiceIntents():
            return 0.2 * len(permission.intents)
        case Notify():
            return 0.5 + permission.per_hour / 20
        case Ui() | Storage():
            return 0.5


def _reading(pattern: str) -> float:
    """A whole branch weighs more than a signal, safety and persons more than the weather."""
    wide = 3.0 if pattern.endswith("**") else 1.5 if "*" in pattern else 0.5
    return wide * (3.0 if any(pattern.startswith(f"{branch}.") for branch in SENSITIVE) else 1.0)


def _changing(pattern: str) -> float:
    wide = 6.0 if pattern.endswith("**") else 4.0 if "*" in pattern else 3.0
    return wide * (1.5 if parked_only(pattern) else 1.0)


def _rate(max_hz: float) -> float:
    return 1.0 + math.log10(1 + max_hz) / 2
