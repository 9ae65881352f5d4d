# SPDX-License-Identifier: Apache-2.0
"""Consumption by distance, the band of ranges, and the charge curve, against sums done by hand."""

import math
from pathlib import Path

import pytest

from ivi.services.energy_record.charge_curve import ChargeCurve, Curve
from ivi.services.energy_record.consumption import (
    ENOUGH,
    KEPT,
    LEAST,
    STRETCH,
    Consumption,
    Sample,
    Stretch,
    percentile,
)
from ivi.services.energy_record.store import EnergyStore, Kept


def drive(record: Consumption, seconds: int, *, power: float, motor: float | None = None, start: float = 0.0) -> float:
    """72 km/h, 20 m a second, one sample a second. Returns the time of the last one."""
    for n in range(seconds + 1):
        record.take(Sample(start + n, 72.0, power, motor, driving=True))
    return start + seconds


def test_consumption_is_energy_over_distance() -> None:
    record = Consumption()
    drive(record, 10, power=14_400.0)  # 14.4 kW for 10 s are 40 Wh; over 200 m that is 20 kWh/100 km
    assert [one.consumption for one in record.kept] == [pytest.approx(20.0)]
    assert record.average == pytest.approx(20.0)


def test_energy_is_told_apart_by_the_motor() -> None:
    record = Consumption()
    end = drive(record, 10, power=18_000.0, motor=14_000.0)
    drive(record, 10, power=-6_000.0, motor=-8_000.0, start=end)
    spent = record.spent()
    assert spent is not None
    assert spent.distance == pytest.approx(0.4)
    # The two halves meet in no sample of their own: the second begins at the end of the first.
    assert spent.total == pytest.approx((18_000 - 6_000) * 10 / 3.6e6, rel=0.01)
    assert spent.drive == pytest.approx(14_000 * 10 / 3.6e6, rel=0.01)
    assert spent.recovered == pytest.approx(8_000 * 10 / 3.6e6, rel=0.01)
    assert spent.other == pytest.approx((4_000 + 2_000) * 10 / 3.6e6, rel=0.01)
    parts = (spent.drive or 0.0) + (spent.other or 0.0) - (spent.recovered or 0.0)
    assert spent.total == pytest.approx(parts)


def test_what_the_motor_did_not_say_is_not_made_up() -> None:
    record = Consumption()
    drive(record, 10, power=14_400.0)
    spent = record.spent()
    assert spent is not None
    assert (spent.drive, spent.recovered, spent.other) == (None, None, None)


def test_a_gap_park_and_a_plug_are_no_consumption() -> None:
    record = Consumption()
    record.take(Sample(0.0, 72.0, 14_400.0, None, driving=True))
    record.take(Sample(100.0, 72.0, 14_400.0, None, driving=True))  # nobody knows what was in between
    drive(record, 100, power=14_400.0, start=200.0)
    kept = len(record.kept)
    for n in range(100):
        record.take(Sample(400.0 + n, 72.0, 14_400.0, None, driving=False))
        record.take(Sample(400.5 + n, None, 14_400.0, None, driving=True))
    assert kept == len(record.kept) == 10


def test_the_clock_never_runs_backwards_into_the_sum() -> None:
    record = Consumption()
    for at in (10.0, 5.0, 5.0, 4.0):
        record.take(Sample(at, 250.0, 1e6, None, driving=True))
    assert not record.kept


def test_no_band_before_ten_kilometres() -> None:
    record = Consumption([Stretch(STRETCH, 40.0)] * (ENOUGH - 1))
    assert record.band(50.0) is None
    assert record.missing == pytest.approx(0.2)
    record.kept.append(Stretch(STRETCH, 40.0))
    assert record.missing == 0.0
    assert record.band(None) is None
    band = record.band(50.0)
    assert band is not None
    assert (band.low, band.middle, band.high) == pytest.approx((250.0, 250.0, 250.0))  # 20 kWh/100 km always


def test_the_band_spans_what_the_road_behind_took() -> None:
    # 25 km at 15 kWh/100 km, then 25 km at 25: windows of 5 km lie at both ends and in between.
    record = Consumption([Stretch(STRETCH, 30.0)] * 125 + [Stretch(STRETCH, 50.0)] * 125)
    band = record.band(60.0)
    assert band is not None
    assert band.low == pytest.approx(60 / 25 * 100)
    assert band.high == pytest.approx(60 / 15 * 100)
    assert band.low < band.middle < band.high


def test_a_long_way_downhill_promises_no_endless_range() -> None:
    record = Consumption([Stretch(STRETCH, -20.0)] * ENOUGH)
    band = record.band(50.0)
    assert band is not None
    assert band.high == pytest.approx(50 / LEAST * 100)
    assert math.isfinite(band.high)


def test_the_record_is_bounded() -> None:
    record = Consumption([Stretch(STRETCH, 1.0)] * (3 * KEPT))
    assert len(record.kept) == KEPT


@pytest.mark.parametrize(("part", "value"), [(0.0, 1.0), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)])
def test_percentiles_are_interpolated(part: float, value: float) -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], part) == pytest.approx(value)


def test_the_charge_curve_is_the_mean_power_at_each_percent() -> None:
    curve = ChargeCurve()
    for n, (charge, power) in enumerate([(20.2, -100e3), (20.6, -100e3), (20.9, -120e3), (21.1, -90e3)]):
        curve.take(float(n), 1_000 + n, charge, power, charging=True)
    assert [(point.charge, point.power) for point in curve.points()] == [(20, 110.0), (21, 90.0)]
    assert curve.curve.ended == 1_003


def test_the_last_curve_stays_until_the_next_charge_begins() -> None:
    curve = ChargeCurve()
    for n in range(3):
        curve.take(float(n), n, 50.0, -50e3, charging=True)
    curve.take(3.0, 3, 50.0, 300.0, charging=False)
    curve.unplugged()
    assert [point.charge for point in curve.points()] == [50]
    assert not curve.charging
    for n in range(3):
        curve.take(10.0 + n, n, 30.0, -70e3, charging=True)
    assert [(point.charge, point.power) for point in curve.points()] == [(30, 70.0)]


def test_a_pause_at_the_same_plug_goes_on_with_the_same_curve() -> None:
    curve = ChargeCurve()
    for at, charge in ((0.0, 40.0), (1.0, 40.0), (500.0, 41.0), (501.0, 41.0)):
        curve.take(at, int(at), charge, -10e3, charging=True)
    assert [point.charge for point in curve.points()] == [40, 41]


@pytest.mark.parametrize("charge", [None, -1.0, 101.0, math.nan])
def test_impossible_charges_are_left_out(charge: float | None) -> None:
    curve = ChargeCurve()
    for n in range(3):
        curve.take(float(n), n, charge, -10e3, charging=True)
    assert curve.points() == []


def test_the_record_outlives_the_process(tmp_path: Path) -> None:
    path = tmp_path / "energy.db"
    store = EnergyStore(path)
    assert store.load() == Kept()
    curve = ChargeCurve(Curve())
    for n in range(3):
        curve.take(float(n), n, 50.0, -50e3, charging=True)
    store.save(Kept([Stretch(STRETCH, 40.0)] * 3, curve.curve))
    store.close()
    again = EnergyStore(path)
    kept = again.load()
    again.close()
    assert [one.consumption for one in kept.stretches] == [20.0] * 3
    assert [point.power for point in ChargeCurve(kept.curve).points()] == [50.0]


def test_a_damaged_file_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "energy.db"
    path.write_bytes(b"this is no database" * 100)
    store = EnergyStore(path)
    assert store.load() == Kept()
    store.close()
