# SPDX-License-Identifier: Apache-2.0
"""Struct types of VSS's data type tree: reading them, and values as mappings with checked fields."""

import json
from pathlib import Path

import msgspec
import pytest

from ivi.model.databroker import DatabrokerAnswer, MetadataList, Values
from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import Datapoint, DataType, Metadata
from ivi.vss.catalogue import check_value, parse_value
from ivi.vss.loader import load_catalogue

FLAT = """
Types: {type: branch}
Types.Position: {type: struct}
Types.Position.Lat: {type: property, datatype: double, unit: degrees, min: -90, max: 90}
Types.Position.Lon: {type: property, datatype: double, unit: degrees, min: -180, max: 180}
Types.Delivery: {type: struct}
Types.Delivery.Where: {type: property, datatype: Position}
Types.Delivery.Parcels: {type: property, datatype: "uint8[]"}
Vehicle.Next: {type: actuator, datatype: Types.Delivery}
Vehicle.Route: {type: sensor, datatype: "Types.Position[]"}
"""
NESTED = {
    "Vehicle": {"type": "branch", "children": {"Here": {"type": "sensor", "datatype": "Types.Position"}}},
    "ComplexDataTypes": {
        "Types": {
            "type": "branch",
            "children": {
                "Position": {
                    "type": "struct",
                    "children": {"Lat": {"type": "property", "datatype": "double", "unit": "degrees"}},
                }
            },
        }
    },
}
HOME = {"Lat": 47.1, "Lon": 9}


def entry(tmp_path: Path, path: str) -> Metadata:
    file = tmp_path / "own.vspec"
    file.write_text(FLAT)
    return load_catalogue(file).get(path)


def test_a_flat_file_brings_structs_and_leaves_of_them(tmp_path: Path) -> None:
    found = entry(tmp_path, "Vehicle.Next")
    assert (found.data_type, found.struct) == (DataType.STRUCT, "Types.Delivery")
    assert [(field.path, field.data_type) for field in found.fields] == [
        ("Where", DataType.STRUCT),
        ("Parcels", DataType.UINT8_ARRAY),
    ]
    assert found.fields[0].fields[0].maximum == 90


def test_an_export_keeps_them_beside_the_signals(tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(json.dumps(NESTED))
    catalogue = load_catalogue(file)
    assert catalogue.get("Vehicle.Here").struct == "Types.Position"
    assert [path for path in catalogue if "Types" in path] == []


def test_values_are_mappings_whose_fields_are_checked(tmp_path: Path) -> None:
    leaf = entry(tmp_path, "Vehicle.Next")
    checked = check_value(leaf, {"Parcels": [1, 2], "Where": HOME})
    assert checked == {"Where": {"Lat": 47.1, "Lon": 9.0}, "Parcels": [1, 2]}
    assert parse_value(leaf, json.dumps(checked)) == checked
    assert check_value(entry(tmp_path, "Vehicle.Route"), [HOME, HOME]) == [{"Lat": 47.1, "Lon": 9.0}] * 2


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (5, "takes the fields of Types.Delivery"),
        ({"Where": HOME}, "lacks the field Parcels"),
        ({"Where": HOME, "Parcels": [], "Sender": "x"}, "has no field 'Sender' (fields: Where, Parcels)"),
        ({"Where": {"Lat": 91, "Lon": 0}, "Parcels": []}, "Vehicle.Next.Where.Lat: 91 is out of range"),
        ({"Where": HOME, "Parcels": [300]}, "Vehicle.Next.Parcels: 300 is out of range"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, value: object, said: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        check_value(entry(tmp_path, "Vehicle.Next"), value)
    assert said in str(caught.value)


def test_typed_text_must_be_json(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgumentError, match=r"takes Types\.Delivery as JSON"):
        parse_value(entry(tmp_path, "Vehicle.Next"), "somewhere")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("T.A: {type: struct}\nT.A.X: {type: property, datatype: T.A}", "contains itself"),
        ("T.A: {type: struct}", "struct without properties"),
        ("T.A: {type: struct}\nT.A.X: {type: property, datatype: flaot}", "T.A.X: 'flaot' is no data type"),
        ("Vehicle.X: {type: sensor, datatype: T.Nothing}", "is no data type"),
        ("Vehicle.X: {type: sensor, datatype: struct}", "is no data type"),
    ],
)
def test_a_faulty_struct_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.vspec"
    file.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(file)
    assert said in str(caught.value)


def test_structs_cross_the_link(tmp_path: Path) -> None:
    leaf = entry(tmp_path, "Vehicle.Next")
    value = check_value(leaf, {"Parcels": [1], "Where": HOME})
    for message in (MetadataList([leaf]), Values({leaf.path: Datapoint(value, 1, 2)})):
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(message), type=DatabrokerAnswer) == message
