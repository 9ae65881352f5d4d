# SPDX-License-Identifier: Apache-2.0
"""Will it finish? How long an install takes, what it draws, and whether the batteries have it to spare."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ivi.cloud.updates.artefact import Artefact, Kind

SOC = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current"
VOLTAGE = "Vehicle.LowVoltageBattery.CurrentVoltage"
CHARGING = "Vehicle.Powertrain.TractionBattery.Charging.IsCharging"
PATHS = (SOC, VOLTAGE, CHARGING)

WRITE_RATE = 8 << 20  # bytes/s that are unpacked, written and flushed; a slow eMMC
EACH = 3.0  # seconds for one artefact, whatever its size
RUNTIME = 60.0  # seconds for the packages of the runtime and their check
MARGIN = 2.0  # times longer than expected
DRAW = 60.0  # W of the computer and of what is awake with it
CAPACITY = 500.0  # Wh of the 12 V battery: 42 Ah
FLOOR = 0.5  # of the 12 V battery that is never touched, so that the car starts
LEAST_SOC = 10.0  # percent of the traction battery below which nothing is installed
CONVERTER = 13.2  # V; above it something charges the 12 V battery
_REST = ((11.9, 0.0), (12.06, 0.25), (12.24, 0.5), (12.45, 0.75), (12.65, 1.0))
"""Volts at rest and charge of a lead battery (EN 50342-1 class values, 25 °C)."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Whether an install would finish."""

    seconds: float
    """Expected, without margin."""
    refusal: str
    """Why it must not begin, in plain words; empty when it may."""


def expected_seconds(artefacts: Iterable[Artefact]) -> float:
    """How long installing these takes."""
    return sum(
        EACH + (one.length + one.on_disk) / WRITE_RATE + (RUNTIME if one.kind is Kind.RUNTIME else 0.0)
        for one in artefacts
    )


def forecast(artefacts: Iterable[Artefact], values: Mapping[str, object]) -> Forecast:
    """Judge by the car's signals; what is not known counts as empty."""
    seconds = expected_seconds(artefacts)
    voltage, soc = _number(values.get(VOLTAGE)), _number(values.get(SOC))
    if voltage is None and soc is None:
        return Forecast(seconds, "the state of the batteries is not known")
    if values.get(CHARGING) is True:
        return Forecast(seconds, "")
    if soc is not None and soc < LEAST_SOC:
        return Forecast(seconds, f"the battery is at {soc:.0f} %; it needs {LEAST_SOC:.0f} %, or has to be charging")
    if voltage is None or voltage >= CONVERTER:
        return Forecast(seconds, "")
    need = seconds * MARGIN * DRAW / 3600
    spare = max(0.0, _charge(voltage) - FLOOR) * CAPACITY
    if need > spare:
        return Forecast(
            seconds,
            f"the 12 V battery is at {voltage:.1f} V and has {spare:.0f} Wh to spare; "
            f"installing takes about {_minutes(seconds)} and may need {need:.0f} Wh",
        )
    return Forecast(seconds, "")


def _charge(voltage: float) -> float:
    """Charge from 0 to 1 by the voltage at rest."""
    if voltage <= _REST[0][0]:
        return 0.0
    for (low, part), (high, more) in itertools.pairwise(_REST):
        if voltage <= high:
            return part + (more - part) * (voltage - low) / (high - low)
    return 1.0


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
