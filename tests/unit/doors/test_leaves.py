# SPDX-License-Identifier: Apache-2.0
"""Leaves as doors see them: ids that stay, branches, Kuksa's wildcards."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.doors.leaves import Leaves, field_of
from ivi.model.errors import InvalidArgumentError, NotFoundError
from ivi.model.signal import DataType, EntryType, Metadata

PATHS = ("Vehicle.Speed", "Vehicle.IsOpen", "Vehicle.Cabin.Door.Row1.IsOpen", "Vehicle.Cabin.Door.Row2.IsOpen")


def leaves(*paths: str) -> Leaves:
    """A catalogue of floats."""
    return Leaves(Metadata(path, DataType.FLOAT, EntryType.SENSOR) for path in paths)


@pytest.mark.parametrize(
    ("root", "count"),
    [
        ("", 4),
        ("**", 4),
        ("Vehicle", 4),
        ("Vehicle.Speed", 1),
        ("Vehicle.Cabin", 2),
        ("Vehicle.**", 4),
        ("Vehicle.*", 2),
        ("**.IsOpen", 3),
        ("Vehicle.**.IsOpen", 3),
        ("Vehicle.Cabin.Door.*.IsOpen", 2),
        ("Vehicle.Cabin.*.Row2.**", 1),
    ],
)
def test_under(root: str, count: int) -> None:
    assert len(leaves(*PATHS).under(root)) == count


@pytest.mark.parametrize("root", ["Vehicle.Cab", "Vehicle.Cabin.*", "vehicle", "Speed", "*.IsClosed"])
def test_nothing_under(root: str) -> None:
    with pytest.raises(NotFoundError):
        leaves(*PATHS).under(root)


@pytest.mark.parametrize("root", ["Vehicle.", ".Speed", "Vehicle.Sp*", "Vehicle.(a+)+", "x" * 1001, "**.**.**", "a b"])
def test_no_pattern(root: str) -> None:
    with pytest.raises(InvalidArgumentError):
        leaves(*PATHS).under(root)


@given(st.lists(st.sampled_from(["*", "**", "Vehicle", "A", "IsOpen"]), min_size=1, max_size=300))
def test_no_pattern_takes_long(parts: list[str]) -> None:
    catalogue = leaves(*PATHS, "Vehicle." + ".".join(["A"] * 100))
    started = time.monotonic()
    try:
        found = catalogue.under(".".join(parts))
    except (NotFoundError, InvalidArgumentError):
        found = []
    assert len(found) <= 5
    assert time.monotonic() - started < 2


def test_ids_depend_on_the_path_only() -> None:
    few, many = leaves(*PATHS), leaves(*reversed(PATHS), *(f"Vehicle.Extra.S{i}" for i in range(2000)))
    assert all(few.find(path).id == many.find(path).id for path in PATHS)
    assert len(many.by_id) == len(many.by_path) == 2004
    assert all(0 < number < 1 << 31 for number in many.by_id)
    assert many.find_id(few.find("Vehicle.Speed").id).path == "Vehicle.Speed"


def test_two_alike_give_way() -> None:
    alike = ("plumless", "buckeroo")  # a known pair with one CRC-32
    catalogue = leaves(*alike)
    assert len(catalogue.by_id) == 2


def test_what_is_not_there() -> None:
    catalogue = leaves(*PATHS)
    with pytest.raises(NotFoundError):
        catalogue.find("Vehicle.Nothing")
    with pytest.raises(NotFoundError):
        catalogue.find_id(5)
    for path in ("", "x" * 1001):
        with pytest.raises(InvalidArgumentError):
            catalogue.find(path)


def test_every_type_has_a_field() -> None:
    for data_type in DataType:
        if data_type.element is DataType.STRUCT:
            continue
        assert re.fullmatch(r"(string|bool|u?int(32|64)|float|double)(_array)?", field_of(data_type))
        assert field_of(data_type).endswith("_array") == data_type.is_array


def test_struct_types_stay_behind_the_door() -> None:
    entry = Metadata("Vehicle.Own.Place", DataType.STRUCT, EntryType.SENSOR)
    assert Leaves([entry]).by_path == {}
