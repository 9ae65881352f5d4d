# SPDX-License-Identifier: Apache-2.0
"""What the services process of the described car has recorded: consumption, charging, tyres, departures. Invented."""

import math
from datetime import UTC, datetime

import msgspec

from ivi.model.climate_schedule import Departure, Departures, ScheduleState, SubscribeDepartures
from ivi.model.energy_record import CurvePoint, EnergyRecord, EnergySpent, RangeBand, SubscribeEnergy
from ivi.model.tyres import SubscribeTyres, Trend, TyreTrends

_STRETCH = 0.2  # km
_DOWNHILL = range(120, 133)  # stretches
_STRONGEST, _BENDS_AT, _FROM, _TO = 150.0, 38, 11, 65  # kW, percent, percent, percent
_ENDED = round(datetime(2026, 11, 20, 17, 10, tzinfo=UTC).timestamp())
_LEAVES = round(datetime(2026, 11, 23, 7, 30, tzinfo=UTC).timestamp())


def _consumption(number: int) -> float:
    waves = 4 * math.sin(number / 9) + 3 * math.sin(number / 23) + 2.4 * math.sin(number * 1.7)
    return round(17.9 + waves - (14 if number in _DOWNHILL else 0), 1)


def _power(percent: int) -> float:
    return round(_STRONGEST * min(1.0, (percent - 8) / 6) if percent < _BENDS_AT else 222.2 - 1.9 * percent, 1)


EVENTS: dict[type[msgspec.Struct], msgspec.Struct] = {
    SubscribeEnergy: EnergyRecord(
        _STRETCH,
        [_consumption(number) for number in range(220)],
        17.2,
        RangeBand(241.0, 284.0, 322.0),
        0.0,
        EnergySpent(44.0, 7.6, 8.0, 1.9, 1.5),
        [CurvePoint(percent, _power(percent)) for percent in range(_FROM, _TO)],
        False,
        _ENDED,
    ),
    SubscribeTyres: TyreTrends(
        {
            "front_left": Trend.STEADY,
            "front_right": Trend.STEADY,
            "rear_left": Trend.STEADY,
            "rear_right": Trend.STEADY,
        }
    ),
    SubscribeDepartures: Departures(
        [
            Departure("work", 450, 0b0011111, 21.0),
            Departure("market", 555, 0b1100000, 20.0, enabled=False),
        ],
        ScheduleState.WAITING,
        "",
        _LEAVES,
    ),
}
"""The newest event of each stream, by the request that opens it."""
