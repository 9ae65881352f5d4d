# SPDX-License-Identifier: Apache-2.0
"""Trouble codes, codecs and the description file; and that our car's file and our car's ECUs say the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError
from ivi.providers.uds.codec import TYPES, DataItem
from ivi.providers.uds.description import STANDARD_DATA, Description, load
from ivi.providers.uds.trouble import format_code, format_obd, parse_code, status_words
from simulator.diagnostics.ecus import ECUS, FUNCTIONAL
from simulator.diagnostics.faults import code_number


@pytest.fixture(scope="module")
def ours() -> Description:
    root = Path(__file__).resolve().parents[3]
    return load(root / "can_dbc" / "ivi_ev" / "diagnostics.toml")


@given(st.integers(0, 0xFFFFFF))
def test_codes_round_trip(code: int) -> None:
    assert parse_code(format_code(code)) == code
    assert code_number(format_code(code)) == code, "the simulator writes them the same way"


def test_code_forms() -> None:
    assert format_code(0x0A1F00) == "P0A1F-00"
    assert format_code(0xC10087) == "U0100-87"
    assert format_obd(0x0A1F) == "P0A1F"
    assert parse_code(" p0a1f ") == 0x0A1F00
    with pytest.raises(InvalidArgumentError, match="no trouble code"):
        parse_code("X0A1F")


def test_status_in_words() -> None:
    assert status_words(0x8A) == ["failed in this cycle", "confirmed", "warning lamp"]
    assert status_words(0) == []


@pytest.mark.parametrize(
    ("item", "data", "value"),
    [
        (DataItem(1, "a", kind="ascii"), b"AB \0\0", "AB"),
        (DataItem(1, "a", kind="ascii"), b"A\x1b[2J", "A\ufffd[2J"),
        (DataItem(1, "a", kind="uint16", length=2, factor=0.1, offset=-60), b"\x03\x20", 20.0),
        (DataItem(1, "a", kind="int16", length=2), b"\xff\xff", -1),
        (DataItem(1, "a", kind="uint8", length=1, words={2: "open"}), b"\x02", "open"),
        (DataItem(1, "a", kind="uint16", length=2), b"\x01", "01"),
        (DataItem(1, "a"), b"\x01\xfe", "01fe"),
    ],
)
def test_values(item: DataItem, data: bytes, value: object) -> None:
    assert item.decode(data) == value


@given(st.sampled_from(TYPES), st.integers(0, 4), st.binary(max_size=40))
def test_any_bytes_have_a_value(kind: str, length: int, data: bytes) -> None:
    shown = DataItem(1, "a", kind=kind, length=length).decode(data)
    assert not isinstance(shown, str) or shown.isprintable()


def test_names_and_numbers(ours: Description) -> None:
    assert ours.item("VIN").identifier == ours.item("f190").identifier == ours.item("0xF190").identifier == 0xF190
    assert ours.item("1234").name == "1234"
    assert ours.ecu("bms").request == 0x7E4
    assert ours.ecu("0x7E4").name == "BMS"
    assert ours.ecu("0x712").response == 0x71A
    for missing in (lambda: ours.item("nothing"), lambda: ours.ecu("XYZ"), lambda: ours.routine("dance")):
        with pytest.raises(NotFoundError):
            missing()


def test_our_file_is_our_car(ours: Description) -> None:
    assert ours.functional == FUNCTIONAL
    assert {ecu.name: (ecu.request, ecu.response) for ecu in ours.ecus.values()} == {
        spec.name: (spec.request, spec.response) for spec in ECUS
    }
    assert set(ours.codes) == {kind.code for spec in ECUS for kind in spec.kinds}
    assert all(ours.codes.values())
    assert {(item.ecu, item.identifier) for item in ours.routines} == {
        (spec.name, number) for spec in ECUS for number in spec.routines
    }
    for spec in ECUS:
        described = {item.identifier for item in ours.data if not item.ecus or spec.name in item.ecus}
        assert described == set(spec.data)
        for number, read in spec.data.items():
            item = ours.numbered(number)
            assert item.length in {0, len(read(lambda _name: 0.0))}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense", "no TOML"),
        ("[ecu]", "unknown key 'ecu'"),
        ("[ecus.A]\nrequest = 0", "ecus.A needs two different identifiers"),
        ("[ecus.A]\nrequest = 'x'", "ecus.A request has a value of the wrong type"),
        ("[ecus]\nA = 3", "ecus.A is no table"),
        ("[data.F1XX]\nname = 'a'", "data.F1XX is no hexadecimal number"),
        ("[data.F100]\ntype = 'float'", "data.F100 has the unknown type 'float'"),
        ("[data.F100]\ncolour = 1", "data.F100 has the unknown key 'colour'"),
        ("[codes]\nQ0000 = 'x'", "codes.Q0000 is no trouble code"),
        ("[bus]\nshare = true", "share has a value of the wrong type"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "car.toml"
    file.write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        load(file)
    assert said in refused.value.message
    assert str(file) in refused.value.message
    assert refused.value.hint


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read"):
        load(tmp_path / "none.toml")


def test_the_standard_data_need_no_file() -> None:
    assert Description().item("vin") in STANDARD_DATA
