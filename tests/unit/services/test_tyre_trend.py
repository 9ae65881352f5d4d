# SPDX-License-Identifier: Apache-2.0
"""The trend of a tyre's pressure: leaks are seen, warming is not taken for one."""

import pytest

from ivi.model.tyres import Trend
from ivi.services.tyre_trend.trend import KEPT, LEAST_SPAN, SAMPLE, TyreHistory, at_reference


def history(pressures: list[float], temperatures: list[float] | None = None) -> TyreHistory:
    made = TyreHistory()
    for n, pressure in enumerate(pressures):
        made.take(n * SAMPLE, pressure, temperatures[n] if temperatures else 20.0)
    return made


def test_pressure_is_compared_at_one_temperature() -> None:
    # 250 kPa over the atmosphere at 20 degrees are 351.3 kPa; at 50 degrees that is 351.3 * 323.15 / 293.15 = 387.3.
    assert at_reference(387.25 - 101.3, 50.0) == pytest.approx(250.0, abs=0.05)


@pytest.mark.parametrize(
    ("per_hour", "trend"), [(-12.0, Trend.FALLING), (-4.0, Trend.STEADY), (0.0, Trend.STEADY), (12.0, Trend.RISING)]
)
def test_the_slope_becomes_a_word(per_hour: float, trend: Trend) -> None:
    assert history([250 + per_hour * n * SAMPLE / 3600 for n in range(60)]).trend() is trend


def test_a_tyre_that_warms_up_is_steady() -> None:
    temperatures = [10 + n * 0.5 for n in range(60)]
    pressures = [351.3 / 293.15 * (celsius + 273.15) - 101.3 for celsius in temperatures]
    assert pressures[-1] - pressures[0] > 30
    assert history(pressures, temperatures).trend() is Trend.STEADY


def test_a_leak_is_seen_while_the_tyre_warms_up() -> None:
    temperatures = [10 + n * 0.5 for n in range(60)]
    pressures = [351.3 / 293.15 * (c + 273.15) - 101.3 - n * 0.3 for n, c in enumerate(temperatures)]
    assert pressures[-1] > pressures[0], "the sensor itself shows a rise"
    assert history(pressures, temperatures).trend() is Trend.FALLING


def test_one_step_of_each_sensor_is_no_trend() -> None:
    count = round(LEAST_SPAN / SAMPLE) + 1
    pressures = [250.0] * (count // 2) + [249.0] * (count - count // 2)
    temperatures = [20.0] * (count // 2) + [21.0] * (count - count // 2)
    assert history(pressures, temperatures).trend() is Trend.STEADY


def test_too_little_is_unknown() -> None:
    assert TyreHistory().trend() is Trend.UNKNOWN
    assert history([250.0] * 20).trend() is Trend.UNKNOWN


def test_missing_and_impossible_samples_are_left_out() -> None:
    made = history([250.0] * 40)
    for pressure, temperature in ((None, 20.0), (250.0, None), (-50.0, 20.0), (5000.0, 20.0), (250.0, 900.0)):
        made.take(41 * SAMPLE, pressure, temperature)
    assert made.slope() == pytest.approx(0.0)


def test_the_history_forgets_the_oldest() -> None:
    made = history([300.0] * 10 + [250.0] * KEPT)
    assert made.trend() is Trend.STEADY
