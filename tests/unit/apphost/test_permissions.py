# SPDX-License-Identifier: Apache-2.0
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost.decisions import decide_actuate, decide_read
from ivi.apphost.permissions import is_leaf, is_pattern, matches
from ivi.model.protected import NEVER_ACTUATED
from ivi.model.vss_patterns import covered, overlaps

APP = "dev.ivi.test"


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("Vehicle.Speed", "Vehicle.Speed", True),
        ("Vehicle.Speed", "Vehicle.speed", False),
        ("Vehicle.SpeedLimit", "Vehicle.Speed", False),
        ("Vehicle.Cabin.HVAC.AmbientAirTemperature", "Vehicle.Cabin.*", False),
        ("Vehicle.Cabin.Convertible", "Vehicle.Cabin.*", True),
        ("Vehicle.Cabin.HVAC.AmbientAirTemperature", "Vehicle.Cabin.**", True),
        ("Vehicle.Cabin", "Vehicle.Cabin.**", False),
        ("Vehicle.Cabin.Seat.Row1.DriverSide.Position", "Vehicle.Cabin.Seat.*.DriverSide.Position", True),
        ("Vehicle.Cabin.Seat.Row1.DriverSide.Height", "Vehicle.Cabin.Seat.*.DriverSide.Position", False),
        ("Vehicle.Cabin.Seat.Row1.DriverSide.Position", "Vehicle.Cabin.*.DriverSide.Position", False),
    ],
)
def test_a_pattern_covers_exactly_its_leaves(path: str, pattern: str, expected: bool) -> None:
    assert matches(path, pattern) is expected


NO_LEAVES = [
    "", "Vehicle", "Vehicle.", "Speed", "Vehicle.Speed\n", " Vehicle.Speed", "Vehicle..Speed", "Vehicle.*",
    "Vehicle.**", "vehicle.Speed", "Vehicle.Spe\u0435d", "Vehicle.Speed\0", "Vehicle.1", "Vehicle." + "A" * 300,
    "Vehicle.Speed/../X",
]  # fmt: skip


@pytest.mark.parametrize("path", NO_LEAVES)
def test_what_is_no_leaf_is_never_readable(path: str) -> None:
    assert not is_leaf(path)
    assert not decide_read(path, APP, granted=True).allowed


@pytest.mark.parametrize(
    "pattern", ["Vehicle.**", "Vehicle.*", "**", "*", "Vehicle.*.Speed", "Vehicle.Cabin.**.Speed", "Vehicle.Ca*"]
)
def test_a_manifest_cannot_ask_for_the_whole_car(pattern: str) -> None:
    assert not is_pattern(pattern)


def test_a_denied_read_names_path_app_and_the_missing_line() -> None:
    decision = decide_read("Vehicle.Speed", APP, granted=False)
    assert not decision.allowed
    assert "Vehicle.Speed" in decision.reason
    assert APP in decision.reason
    assert 'use = "vehicle.read" paths = ["Vehicle.Speed"]' in decision.hint
    place = decide_read("Vehicle.CurrentLocation.Latitude", APP, granted=False)
    assert 'use = "location"' in place.hint


def test_nobody_sounds_the_horn_whatever_is_granted() -> None:
    for path in (
        "Vehicle.Body.Horn.IsActive", "Vehicle.Body.Windshield.Front.Wiping.Mode",
        "Vehicle.Body.Lights.Hazard.IsSignaling",
        "Vehicle.Powertrain.Transmission.SelectedGear", "Vehicle.Chassis.ParkingBrake.IsEngaged",
        "Vehicle.MotionManagement.Brake.VehicleForceMaximum", "Vehicle.ADAS.ESC.IsEnabled",
    ):  # fmt: skip
        assert not decide_actuate(path, APP, granted=True).allowed


def test_an_actuation_grant_covers_its_path() -> None:
    path = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
    assert decide_actuate(path, APP, granted=True).allowed
    assert not decide_actuate(path, APP, granted=False).allowed


segments = st.sampled_from(["A", "B", "C"])
paths = st.lists(segments, min_size=1, max_size=4).map(lambda parts: "Vehicle." + ".".join(parts))
patterns = st.tuples(st.lists(st.sampled_from(["A", "B", "*"]), min_size=1, max_size=4), st.booleans()).map(
    lambda parts: "Vehicle." + ".".join(parts[0]) + (".**" if parts[1] else "")
)


def as_regex(pattern: str) -> re.Pattern[str]:
    text = re.escape(pattern).replace(r"\.\*\*", r"(\.\w+)+").replace(r"\*", r"\w+")
    return re.compile(text)


@given(paths, patterns)
def test_matching_agrees_with_a_regular_expression(path: str, pattern: str) -> None:
    assert matches(path, pattern) == bool(as_regex(pattern).fullmatch(path))


@given(paths, patterns, patterns)
def test_patterns_that_share_a_path_overlap(path: str, first: str, second: str) -> None:
    assert overlaps(first, second) == overlaps(second, first)
    if matches(path, first) and matches(path, second):
        assert overlaps(first, second)


def test_the_closed_list_is_made_of_patterns() -> None:
    assert all(is_pattern(entry) for entry in NEVER_ACTUATED)


@given(paths, patterns, patterns)
def test_what_is_covered_has_no_path_outside(path: str, inner: str, outer: str) -> None:
    assert covered(inner, inner)
    if covered(inner, outer) and matches(path, inner):
        assert matches(path, outer)
