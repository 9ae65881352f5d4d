# SPDX-License-Identifier: Apache-2.0
"""Names, types and ranges of signals; patterns over them; loading them from files."""

import json
from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, EntryType, Metadata
from ivi.vss import patterns
from ivi.vss.catalogue import Catalogue, check_value, parse_value
from ivi.vss.loader import leaves, load_catalogue

TEMPERATURE = Metadata("Vehicle.Cabin.Temperature", DataType.FLOAT, EntryType.ACTUATOR, "Celsius", 16, 28)
PERCENT = Metadata("Vehicle.Fan", DataType.UINT8, EntryType.ACTUATOR, "percent", 0, 100)
MODE = Metadata("Vehicle.Mode", DataType.STRING, EntryType.ACTUATOR, allowed=("OFF", "SLOW"))
FLAG = Metadata("Vehicle.Flag", DataType.BOOLEAN, EntryType.SENSOR)
LIST = Metadata("Vehicle.List", DataType.INT8_ARRAY, EntryType.SENSOR)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("Vehicle.Speed", "Vehicle.Speed", True),
        ("Vehicle.Speed", "Vehicle.Speed.Other", False),
        ("Vehicle.*", "Vehicle.Speed", True),
        ("Vehicle.*", "Vehicle.Cabin.Temperature", False),
        ("Vehicle.*.Temperature", "Vehicle.Cabin.Temperature", True),
        ("Vehicle.**", "Vehicle.Cabin.Temperature", True),
        ("Vehicle.**", "Vehicle", False),
        ("**", "Vehicle.Speed", True),
        ("Vehicle.Spee", "Vehicle.Speed", False),
    ],
)
def test_patterns_are_anchored(pattern: str, path: str, expected: bool) -> None:
    assert patterns.matches(pattern, path) is expected


@pytest.mark.parametrize(
    "text", ["", "Vehicle..Speed", "Vehicle.Speed\n", ".Vehicle", "Vehicle.**.Speed", "Véhicule.Speed", "a" * 1001]
)
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgumentError):
        patterns.check(text)


def test_an_unknown_path_suggests_its_neighbours() -> None:
    catalogue = Catalogue([TEMPERATURE, PERCENT])
    with pytest.raises(NotFoundError) as caught:
        catalogue.get("Vehicle.Temperature")
    assert "Vehicle.Cabin.Temperature" in caught.value.hint
    assert catalogue.resolve(["Vehicle.*", "Vehicle.Fan"]) == ["Vehicle.Fan"]


@pytest.mark.parametrize(
    ("entry", "given", "kept"),
    [
        (TEMPERATURE, 21, 21.0),
        (TEMPERATURE, 16.0, 16.0),
        (PERCENT, 50.0, 50),
        (MODE, "SLOW", "SLOW"),
        (FLAG, True, True),
        (LIST, [1, -2], [1, -2]),
    ],
)
def test_values_get_the_leafs_type(entry: Metadata, given: object, kept: object) -> None:
    checked = check_value(entry, given)
    assert checked == kept
    assert type(checked) is type(kept)


@pytest.mark.parametrize(
    ("entry", "given", "said"),
    [
        (TEMPERATURE, 99.0, "16 to 28 Celsius"),
        (TEMPERATURE, "warm", "takes a number"),
        (TEMPERATURE, True, "takes a number"),
        (TEMPERATURE, float("nan"), "finite"),
        (PERCENT, -1, "0 to 100 percent"),
        (PERCENT, 3.5, "whole numbers"),
        (MODE, "FAST", "allowed: OFF, SLOW"),
        (FLAG, 1, "takes boolean"),
        (LIST, 4, "takes a list"),
        (LIST, [200], "-128 to 127"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_do(entry: Metadata, given: object, said: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_value(entry, given)
    assert said in str(caught.value)
    assert entry.path in str(caught.value)


def test_typed_values_are_understood() -> None:
    assert parse_value(TEMPERATURE, "21.5") == 21.5
    assert parse_value(FLAG, "on") is True
    assert parse_value(LIST, "1, 2") == [1, 2]
    with pytest.raises(InvalidArgumentError, match="true or false"):
        parse_value(FLAG, "perhaps")


def test_our_catalogue_agrees_with_vss_6(shared_data: Path) -> None:
    full = dict(leaves(shared_data / "vss" / "vss_release_6.0.json"))
    ours = dict(leaves(Path(__file__).resolve().parents[3] / "ivi" / "vss" / "ivi.vspec"))
    assert len(ours) > 100
    for path, node in ours.items():
        standard = {word: full[path].get(word) for word in ("type", "datatype", "unit", "min", "max", "allowed")}
        assert {word: node.get(word) for word in standard} == standard, path


def test_the_full_catalogue_loads_over_ours(shared_data: Path) -> None:
    catalogue = load_catalogue(shared_data / "vss" / "vss_release_6.0.json")
    assert len(catalogue) == 1263
    assert catalogue.get("Vehicle.Speed").unit == "km/h"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "malformed VSS file"),
        ("a.vspec", "a: [1", "malformed VSS file"),
        ("a.vspec", "- a", "mapping of paths"),
        (
            "a.json",
            json.dumps({"Vehicle": {"type": "branch", "children": {"Speed": {"type": "sensor", "datatype": "flaot"}}}}),
            "flaot",
        ),
        ("a.json", json.dumps({"Vehicle": {"type": "branch", "children": []}}), "children must be a mapping"),
        ("a.vspec", "Vehicle.Speed: {type: sensor, datatype: float, min: low}", "`min` must be a number"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, name: str, text: str, said: str) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(file)
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read the VSS file"):
        load_catalogue(tmp_path / "none.json")
