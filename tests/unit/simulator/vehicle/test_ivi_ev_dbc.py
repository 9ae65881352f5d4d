# SPDX-License-Identifier: Apache-2.0
"""The car's DBC and its VSS overlay: complete, consistent, and true to VSS 6.0."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from cantools.database.can import Database

from simulator.vehicle.protection import is_protection

VSS_JSON = Path(__file__).resolve().parents[5] / "shared" / "data" / "vss" / "vss_release_6.0.json"
SCREEN = [
    "Vehicle.Speed",
    "Vehicle.Powertrain.TractionBattery.CurrentPower",
    "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed",
    "Vehicle.Powertrain.Range",
    "Vehicle.Exterior.AirTemperature",
    "Vehicle.Cabin.HVAC.AmbientAirTemperature",
    "Vehicle.Powertrain.Transmission.SelectedGear",
    "Vehicle.Powertrain.Transmission.CurrentGear",
    "Vehicle.Chassis.ParkingBrake.IsEngaged",
    "Vehicle.Powertrain.TractionBattery.Charging.IsCharging",
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature",
    "Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature",
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed",
    "Vehicle.Cabin.HVAC.IsAirConditioningActive",
    "Vehicle.Cabin.HVAC.IsFrontDefrosterActive",
    "Vehicle.Cabin.HVAC.IsRecirculationActive",
    "Vehicle.Exterior.LightIntensity",
    "Vehicle.Body.Lights.Beam.Low.IsOn",
]
OWN = {f"Vehicle.Chassis.SteeringWheel.Keys.{side}" for side in ("Left", "Right")}
"""Paths that VSS does not have."""
MATH = re.compile(r"(floor|ceil|round|abs|x|[\d.]+|[-+*/() ])+")

type Overlay = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def overlay(dbc_file: Path) -> Overlay:
    loaded: Overlay = yaml.safe_load(dbc_file.with_suffix(".vspec").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def leaves() -> Overlay:
    if not VSS_JSON.exists():
        pytest.skip("the VSS 6.0 catalogue is not beside this checkout")
    found: Overlay = {}

    def walk(node: dict[str, Any], path: str) -> None:
        if node["type"] != "branch":
            found[path] = node
        for name, child in node.get("children", {}).items():
            walk(child, f"{path}.{name}")

    for name, node in json.loads(VSS_JSON.read_text(encoding="utf-8")).items():
        walk(node, name)
    return found


def test_the_bus_is_as_rich_as_promised(dbc: Database) -> None:
    signals = [signal for message in dbc.messages for signal in message.signals]
    assert len(dbc.messages) >= 40
    assert len(signals) >= 200
    assert {signal.byte_order for signal in signals} == {"little_endian", "big_endian"}
    assert any(signal.is_signed for signal in signals)
    assert sum(bool(signal.choices) for signal in signals) >= 30
    assert any(message.is_multiplexed() for message in dbc.messages)
    assert any(message.is_extended_frame for message in dbc.messages)
    assert sorted(message.length for message in dbc.messages if message.is_fd) == [32, 64]


def test_names_are_unique_and_every_message_is_explained(dbc: Database) -> None:
    counts = Counter(signal.name for message in dbc.messages for signal in message.signals)
    assert [name for name, count in counts.items() if count > 1] == []
    assert [message.name for message in dbc.messages if not message.comment] == []
    assert [node.name for node in dbc.nodes if not node.comment] == []


def test_the_cyclic_load_is_what_the_demo_needs(dbc: Database) -> None:
    load = sum(1000 / message.cycle_time for message in dbc.messages if message.cycle_time)
    assert 1150 <= load <= 1300
    assert {message.send_type for message in dbc.messages} == {"Cyclic", "OnChange", "CyclicAndOnChange"}


def test_only_the_head_unit_commands_and_its_start_values_request_nothing(dbc: Database) -> None:
    for message in dbc.messages:
        assert (message.senders == ["IVI"]) == message.name.endswith("Command"), message.name
        if message.senders != ["IVI"]:
            continue
        for signal in message.signals:
            if is_protection(message, signal.name):
                continue
            top = (1 << signal.length) - 1
            assert signal.raw_initial == top, signal.name
            assert signal.choices is not None, signal.name
            assert str(signal.choices[top]) == "NO_REQUEST"
            assert "NO_REQUEST" in (signal.comment or ""), signal.name
            assert signal.name.endswith("Req")


def test_ranges_fit_into_the_bits(dbc: Database) -> None:
    for message in dbc.messages:
        for signal in message.signals:
            span = 1 << signal.length
            low, high = (-span // 2, span // 2 - 1) if signal.is_signed else (0, span - 1)
            ends = sorted((low * signal.scale + signal.offset, high * signal.scale + signal.offset))
            assert signal.minimum is not None
            assert signal.maximum is not None
            assert ends[0] - 1e-9 <= signal.minimum < signal.maximum <= ends[1] + 1e-9, signal.name


def test_the_readme_table_names_each_message_with_its_cycle(dbc: Database, dbc_file: Path) -> None:
    rows = re.findall(
        r"^\| 0x([0-9A-F]+) \| `(\w+)` \| (\w+) \| (\d+)( FD)? \| (\d+|-) \|",
        dbc_file.with_name("README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    told = {
        (int(i, 16), name, node, int(size), bool(fd), int(cycle) if cycle != "-" else 0)
        for i, name, node, size, fd, cycle in rows
    }
    assert told == {(m.frame_id, m.name, m.senders[0], m.length, m.is_fd, m.cycle_time or 0) for m in dbc.messages}


def test_the_overlay_maps_the_screen_and_the_rest_of_the_car(overlay: Overlay) -> None:
    assert len(overlay) >= 90
    assert [path for path in SCREEN if path not in overlay] == []
    for row, side in ((1, "DriverSide"), (1, "PassengerSide"), (2, "DriverSide"), (2, "PassengerSide")):
        door = f"Vehicle.Cabin.Door.Row{row}.{side}"
        assert {f"{door}.IsOpen", f"{door}.IsLocked", f"{door}.Window.Position"} <= overlay.keys()
    for row, side in ((1, "Left"), (1, "Right"), (2, "Left"), (2, "Right")):
        assert f"Vehicle.Chassis.Axle.Row{row}.Wheel.{side}.Tire.Pressure" in overlay


def test_the_overlay_uses_signals_that_exist_in_the_right_direction(overlay: Overlay, dbc: Database) -> None:
    sender = {signal.name: message.senders[0] for message in dbc.messages for signal in message.signals}
    for path, entry in overlay.items():
        assert sender.get(entry["dbc2vss"]["signal"], "IVI") != "IVI", path
        assert (entry["type"] == "actuator") == ("vss2dbc" in entry), path
        if "vss2dbc" in entry:
            assert sender.get(entry["vss2dbc"]["signal"]) == "IVI", path


def test_the_overlay_uses_kuksas_words_and_our_three(overlay: Overlay) -> None:
    for path, entry in overlay.items():
        assert entry.keys() <= {"type", "datatype", "unit", "min", "max", "allowed", "persist", "dbc2vss", "vss2dbc"}, (
            path
        )
        assert entry["dbc2vss"].keys() <= {"signal", "interval_ms", "on_change", "transform", "counter", "checksum"}, (
            path
        )
        assert entry.get("vss2dbc", {}).keys() <= {"signal", "transform", "counter", "checksum"}, path
        for side in ("dbc2vss", "vss2dbc"):
            transform = entry.get(side, {}).get("transform", {})
            assert transform.keys() <= {"math"} or transform.keys() <= {"mapping"}, path
            assert MATH.fullmatch(transform.get("math", "x")), path
            for row in transform.get("mapping", []):
                assert row.keys() == {"from", "to"}, path


def test_texts_of_the_bus_are_strings_of_vss(overlay: Overlay, dbc: Database, leaves: Overlay) -> None:
    """A string path without a transform takes the value table's text, so each text must be allowed there."""
    signals = {signal.name: signal for message in dbc.messages for signal in message.signals}
    checked = 0
    for path, entry in overlay.items():
        if entry["datatype"] != "string" or "transform" in entry["dbc2vss"]:
            continue
        texts = {str(text) for text in (signals[entry["dbc2vss"]["signal"]].choices or {}).values()}
        assert texts, path
        assert texts <= set((entry if path in OWN else leaves[path])["allowed"]), path
        if "vss2dbc" in entry:
            asked = {str(text) for text in (signals[entry["vss2dbc"]["signal"]].choices or {}).values()}
            assert texts == asked - {"NO_REQUEST"}, path
        checked += 1
    assert checked >= 8


def test_paths_datatypes_and_units_are_those_of_vss(overlay: Overlay, leaves: Overlay) -> None:
    assert not OWN & leaves.keys()
    for path, entry in overlay.items():
        if path in OWN:
            continue
        leaf = leaves[path]
        assert (entry["datatype"], entry.get("unit")) == (leaf["datatype"], leaf.get("unit")), path
        # A car may offer less than VSS allows (no command for an actuator), never more.
        assert entry["type"] in {leaf["type"], "sensor"}, path
        assert leaf["type"] != "attribute", path
