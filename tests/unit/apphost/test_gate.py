# SPDX-License-Identifier: Apache-2.0
"""How often and how exactly an app learns values, and what a coarse position gives away."""

import math
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost import coarse
from ivi.apphost.coarse import NEW_CELL_AFTER, CoarsePosition, cell_of, rounded
from ivi.apphost.gate import Gate
from ivi.apphost.manifest import Location, Manifest, Permission, VehicleRead, load
from ivi.apphost.rights import Rights
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.signal import Datapoint, Value

HEAD = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
"""


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    (tmp_path / "manifest.toml").write_text(HEAD)
    return load(tmp_path)


def rights(manifest: Manifest, *permissions: Permission) -> Rights:
    return Rights(manifest, permissions=permissions)


def point(value: Value | None) -> Datapoint:
    return Datapoint(value, time.time_ns(), time.monotonic_ns(), "test")


def test_a_path_gives_one_new_value_in_its_interval(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    gate = Gate(rights(manifest, VehicleRead(paths=["Vehicle.Speed"], max_hz=2, reason="r")))
    told: list[Value | None] = []
    for step in range(100):  # ten seconds at 10 Hz, as several streams and polls together
        gate.offer("Vehicle.Speed", point(float(step)))
        seen = gate.told("Vehicle.Speed")
        assert seen is not None
        if not told or told[-1] != seen.value:
            told.append(seen.value)
        now += 0.1
    assert 18 <= len(told) <= 21
    # What came in between is not lost: the newest comes with the next turn.
    now += 1
    last = gate.told("Vehicle.Speed")
    assert last is not None
    assert last.value == 99.0


def test_what_was_taken_back_is_not_told_from_memory(manifest: Manifest) -> None:
    in_force = rights(manifest, VehicleRead(paths=["Vehicle.Speed"], reason="r"))
    gate = Gate(in_force)
    gate.offer("Vehicle.Speed", point(5.0))
    assert gate.told("Vehicle.Speed") is not None
    in_force.change(())
    assert gate.told("Vehicle.Speed") is None
    gate.offer("Vehicle.Speed", point(6.0))
    in_force.change([VehicleRead(paths=["Vehicle.Speed"], reason="r")])
    seen = gate.told("Vehicle.Speed")
    assert seen is None or seen.value == 5.0


def test_of_two_grants_the_finer_counts(manifest: Manifest) -> None:
    wide = VehicleRead(paths=["Vehicle.Cabin.HVAC.**"], max_hz=1, precision=5.0, reason="r")
    fine = VehicleRead(paths=["Vehicle.Cabin.HVAC.AmbientAirTemperature"], max_hz=3, precision=0.5, reason="r")
    reading = rights(manifest, wide, fine).reading("Vehicle.Cabin.HVAC.AmbientAirTemperature")
    assert reading is not None
    assert (reading.max_hz, reading.precision) == (3, 0.5)


def test_reading_signals_is_no_reading_of_the_place(manifest: Manifest) -> None:
    anything = VehicleRead(paths=["Vehicle.CurrentLocation.**", "Vehicle.Raw.**"], reason="r")
    assert rights(manifest, anything).reading(LATITUDE) is None
    assert rights(manifest, anything).reading("Vehicle.Raw.X1.Y") is None
    roughly = rights(manifest, Location(precision="coarse", reason="r"))
    reading = roughly.reading(LATITUDE)
    assert reading is not None
    assert reading.coarse
    # Height, heading and accuracy would tell more than the cell.
    assert roughly.reading("Vehicle.CurrentLocation.Altitude") is None
    exactly = rights(manifest, Location(precision="fine", reason="r")).reading("Vehicle.CurrentLocation.Altitude")
    assert exactly is not None
    assert not exactly.coarse


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_a_cell_is_about_a_kilometre_wide_everywhere(latitude: float, longitude: float) -> None:
    row, column = cell_of(latitude, longitude)
    north = abs(row - latitude) * 111.32  # km
    east = abs(column - longitude) * 111.32 * math.cos(math.radians(row))
    assert north <= 0.56 + 0.02
    assert east <= 0.56 + 0.02
    assert cell_of(row, column) == (row, column) or math.isclose(abs(column), 180, abs_tol=0.2)


def test_a_drive_tells_a_new_cell_once_a_minute_at_most() -> None:
    position = CoarsePosition()
    told: list[tuple[float, float]] = []
    for second in range(1800):  # half an hour to the north-east at about 100 km/h
        now = 10_000.0 + second
        position.offer(LATITUDE, point(48.1 + second * 0.00018))
        position.offer(LONGITUDE, point(11.5 + second * 0.00025))
        latitude, longitude = position.told(LATITUDE, now), position.told(LONGITUDE, now)
        assert latitude is not None
        assert longitude is not None
        assert isinstance(latitude.value, float)
        assert isinstance(longitude.value, float)
        if not told or told[-1] != (latitude.value, longitude.value):
            told.append((latitude.value, longitude.value))
    assert 10 < len(told) <= 1800 / NEW_CELL_AFTER + 1


def test_asking_again_on_one_spot_tells_nothing_more() -> None:
    position = CoarsePosition()
    seen = set()
    for number in range(500):
        jitter = (number % 7 - 3) * 1e-5  # about a metre of noise
        position.offer(LATITUDE, point(48.137 + jitter))
        position.offer(LONGITUDE, point(11.5755 - jitter))
        told = position.told(LATITUDE, 1e4 + number * 61)
        assert told is not None
        seen.add(told.value)
    assert len(seen) == 1


def test_half_a_position_and_a_lost_one_tell_nothing() -> None:
    position = CoarsePosition()
    position.offer(LATITUDE, point(48.1))
    assert position.told(LATITUDE, 0.0) is None
    position.offer(LONGITUDE, point(11.5))
    assert position.told(LATITUDE, 1.0) is not None
    position.offer(LONGITUDE, point(None))
    lost = position.told(LATITUDE, 2.0)
    assert lost is not None
    assert lost.value is None


@given(st.floats(-1e6, 1e6), st.sampled_from([0.5, 1.0, 5.0, 10.0, 0.1]))
def test_precision_leaves_multiples(value: float, step: float) -> None:
    found = rounded(value, step)
    assert isinstance(found, float)
    assert abs(found - value) <= step / 2 + 1e-6
    assert abs(found / step - round(found / step)) < 1e-6


def test_precision_concerns_numbers_only() -> None:
    assert rounded(True, 5.0) is True
    assert rounded("P", 5.0) == "P"
    assert rounded(None, 5.0) is None
    assert rounded(7, 5.0) == 5
    assert rounded([7, 8.2], 5.0) == [5, 10.0]
    assert rounded(7.3, None) == 7.3
    assert coarse.CELL == 0.01
