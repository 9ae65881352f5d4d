# SPDX-License-Identifier: Apache-2.0
"""What the described car has recorded: consumption, a charge curve, tyres, departures. Invented as the car is."""

import math
import time
from collections.abc import Callable

import msgspec

from ivi.model.climate_schedule import Departure, Departures, ScheduleState, SubscribeDepartures
from ivi.model.energy_record import CurvePoint, EnergyRecord, EnergySpent, RangeBand, SubscribeEnergy
from ivi.model.tyres import WHEELS, SubscribeTyres, Trend, TyreTrends

_WORKDAYS = 0b0011111
_DAY = 86_400  # seconds


def _energy() -> EnergyRecord:
    stretches = [round(17.5 + 4.0 * math.sin(n / 3.1) + 2.5 * math.sin(n * 1.7), 1) for n in range(40)]
    curve = [CurvePoint(charge, round(128.0 - 0.018 * (charge - 22) ** 2, 1)) for charge in range(22, 81, 2)]
    spent = EnergySpent(40.0, 7.0, 7.6, 1.9, 1.3)
    band = RangeBand(228.0, 268.0, 301.0)
    ended = round(time.time()) - 2 * _DAY
    return EnergyRecord(1.0, stretches, 17.5, band, 0.0, spent, curve, charging=False, ended=ended)


def _tyres() -> TyreTrends:
    trends = dict.fromkeys(WHEELS, Trend.STEADY)
    return TyreTrends(trends | {"rear_left": Trend.FALLING})


def _departures() -> Departures:
    kept = [
        Departure("a", 7 * 60 + 15, _WORKDAYS, 21.0),
        Departure("b", 9 * 60 + 30, 0b1100000, 20.5, enabled=False),
    ]
    tomorrow = time.localtime(time.time() + _DAY)
    leave = time.struct_time((tomorrow.tm_year, tomorrow.tm_mon, tomorrow.tm_mday, 7, 15, 0, 0, 0, -1))
    return Departures(kept, ScheduleState.WAITING, next=round(time.mktime(leave)))


RECORDS: dict[type[msgspec.Struct], Callable[[], msgspec.Struct]] = {
    SubscribeEnergy: _energy,
    SubscribeTyres: _tyres,
    SubscribeDepartures: _departures,
}
