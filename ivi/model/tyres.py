# SPDX-License-Identifier: Apache-2.0
"""Messages about the trend of the tyres' pressures."""

from enum import StrEnum

import msgspec

WHEELS = {
    "front_left": "Row1.Wheel.Left",
    "front_right": "Row1.Wheel.Right",
    "rear_left": "Row2.Wheel.Left",
    "rear_right": "Row2.Wheel.Right",
}
"""Name of each wheel and its part of Vehicle.Chassis.Axle."""


class Trend(StrEnum):
    """Where a tyre's pressure goes, at one temperature."""

    UNKNOWN = "unknown"
    FALLING = "falling"
    STEADY = "steady"
    RISING = "rising"


class SubscribeTyres(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_tyres"):
    """Opens a stream of TyreTrends: the present ones, then each change."""


class TyreTrends(msgspec.Struct, array_like=True, frozen=True, tag="tyre_trends"):
    """One trend per wheel, by the names of WHEELS."""

    trends: dict[str, Trend]
