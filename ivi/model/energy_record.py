# SPDX-License-Identifier: Apache-2.0
"""Messages about where the car's energy went: consumption by distance, the range that follows, the charge curve."""

import msgspec


class SubscribeEnergy(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_energy"):
    """Opens a stream of EnergyRecord: the present one, then each change."""


class RangeBand(msgspec.Struct, array_like=True, frozen=True):
    """How far the usable energy goes if the road ahead is like the road behind; kilometres."""

    low: float
    """What nine of ten stretches reach."""
    middle: float
    high: float
    """What one of ten stretches reaches."""


class EnergySpent(msgspec.Struct, array_like=True, frozen=True):
    """What became of the pack's energy over the recorded distance; kWh. None: the car did not say."""

    distance: float
    """Kilometres."""
    total: float
    """Drawn from the pack, less what came back."""
    drive: float | None
    """Taken by the motor."""
    recovered: float | None
    """Given back by the motor."""
    other: float | None
    """The rest: climate, 12 V and losses, which the car does not report apart."""


class CurvePoint(msgspec.Struct, array_like=True, frozen=True):
    """Mean charging power at one percent of the state of charge."""

    charge: int
    """Percent, rounded down."""
    power: float
    """kW into the pack."""


class EnergyRecord(msgspec.Struct, array_like=True, frozen=True, tag="energy_record"):
    """All that is recorded, ready to be drawn."""

    stretch: float
    """Length of one stretch, kilometres."""
    stretches: list[float]
    """Consumption of each stretch, kWh/100 km, oldest first; negative where the car gained energy."""
    average: float | None
    """Consumption over all stretches, kWh/100 km."""
    band: RangeBand | None
    """None until enough has been driven, or while the usable energy is not known."""
    missing: float
    """Kilometres still to be driven until there is a band; 0 when that is not what is missing."""
    spent: EnergySpent | None
    curve: list[CurvePoint]
    """Of this charge, or of the last one; by state of charge."""
    charging: bool
    """Whether the curve grows now."""
    ended: int
    """When the curve last grew, seconds since 1970; 0 when there is none."""
