# SPDX-License-Identifier: Apache-2.0
"""dbc2vss and vss2dbc words, and the formulas inside them."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError
from ivi.vss.catalogue import Catalogue
from ivi.vss.loader import load_catalogue
from ivi.vss.mapping import load_mapping
from ivi.vss.transform import compile_transform


def test_our_cars_overlay_loads(root: Path) -> None:
    mapping = load_mapping(root / "can_dbc" / "ivi_ev" / "ivi_ev.vspec", load_catalogue())
    assert len(mapping.reads) >= 90
    assert "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature" in {rule.path for rule in mapping.writes}


def test_words_have_kuksas_defaults(tmp_path: Path) -> None:
    file = tmp_path / "a.vspec"
    file.write_text("Vehicle.Speed: {type: sensor, datatype: float, dbc2vss: {signal: S}}")
    (rule,) = load_mapping(file, Catalogue()).reads
    assert (rule.interval_ms, rule.on_change, rule.transform) == (1000, False, None)


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ("{type: sensor, datatype: float, dbc2vss: {interval_ms: 5}}", "needs `signal`"),
        ("{type: sensor, datatype: float, dbc2vss: {signal: S, intervall_ms: 5}}", "no word 'intervall_ms'"),
        ("{type: sensor, datatype: float, dbc2vss: {signal: S, interval_ms: soon}}", "whole number of milliseconds"),
        ("{type: sensor, datatype: float, dbc2vss: {signal: S, on_change: 1}}", "true or false"),
        (
            "{type: sensor, datatype: float, dbc2vss: {signal: S, transform: {math: 'open(x)'}}}",
            "cannot use the formula",
        ),
        ("{dbc2vss: {signal: S}}", "not in the VSS catalogue"),
        ("{type: sensor, datatype: float}", "maps no signal"),
    ],
)
def test_a_malformed_overlay_names_path_and_word(tmp_path: Path, node: str, said: str) -> None:
    file = tmp_path / "a.vspec"
    file.write_text(f"Vehicle.Own.Thing: {node}")
    with pytest.raises(ConfigurationError) as caught:
        load_mapping(file, Catalogue())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("formula", "x", "expected"),
    [("x*1000", 2, 2000), ("floor(x+0.5)", 2.5, 3), ("-x/(4-2)", 3, -1.5), ("x^2 + 1", 3, 10), ("abs(x) % 7", -9, 2)],
)
def test_formulas(formula: str, x: float, expected: float) -> None:
    transform = compile_transform("here", {"math": formula})
    assert transform is not None
    assert transform(x) == expected


@pytest.mark.parametrize(
    "formula",
    ["x.real", "__import__('os')", "[x]", "x if x else 1", "y", "'a'", "x(", "lambda: x", "x" + "+x" * 200, "True"],
)
def test_nothing_but_arithmetic_is_taken(formula: str) -> None:
    with pytest.raises(ConfigurationError):
        compile_transform("here", {"math": formula})


def test_a_division_by_zero_is_no_value() -> None:
    transform = compile_transform("here", {"math": "1/x"})
    assert transform is not None
    assert transform(0) is None


def test_mappings_and_what_is_not_in_them() -> None:
    transform = compile_transform("here", {"mapping": [{"from": "DRIVE", "to": 127}, {"from": 3, "to": 0}]})
    assert transform is not None
    assert [transform("DRIVE"), transform(3), transform("PARK")] == [127, 0, None]
