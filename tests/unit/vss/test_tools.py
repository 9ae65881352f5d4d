# SPDX-License-Identifier: Apache-2.0
"""`ivi vss check|convert|diff`, as they are run."""

import json
from pathlib import Path

import pytest

from ivi.cli.main import main
from ivi.model.errors import InvalidArgumentError
from ivi.vss import convert, document
from ivi.vss.catalogue import check_value
from ivi.vss.loader import load_catalogue


def written(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.write_text(text)
    return str(file)


@pytest.mark.parametrize("form", ["yaml", "csv", "json"])
def test_nothing_of_vss_6_is_lost_in_any_form(shared_data: Path, tmp_path: Path, form: str) -> None:
    source = shared_data / "vss" / "vss_release_6.0.json"
    target = tmp_path / f"all.{form}"
    assert main(["vss", "convert", str(source), str(target)]) == 0
    back = tmp_path / "back.json"
    assert main(["vss", "convert", str(target), str(back)]) == 0
    assert json.loads(back.read_text()) == json.loads(source.read_text())
    assert len(load_catalogue(target)) == 1263


def test_structs_keep_their_own_tree(tmp_path: Path) -> None:
    text = {
        "Vehicle": {"type": "branch", "children": {"X": {"type": "sensor", "datatype": "T.A"}}},
        "ComplexDataTypes": {
            "T": {
                "type": "branch",
                "children": {"A": {"type": "struct", "children": {"B": {"type": "property", "datatype": "int8"}}}},
            }
        },
    }
    source = written(tmp_path, "a.json", json.dumps(text))
    for name in ("a.vspec", "a.csv", "back.json"):
        assert main(["vss", "convert", source, str(tmp_path / name)]) == 0
        source = str(tmp_path / name)
    assert json.loads(Path(source).read_text()) == text


def test_what_a_table_would_change_is_kept_beside_it(tmp_path: Path) -> None:
    nodes: dict[str, document.Node] = {
        "A.B": {"type": "sensor", "datatype": "string", "default": "1", "description": ""},
        "A.C": {"type": "sensor", "datatype": "float", "min": 0.0, "dbc2vss": {"signal": "S"}, "unit": None},
        "A.D": {"type": "sensor", "datatype": "string", "comment": 'two\nlines, "quoted"', "allowed": ["a", "b"]},
    }
    file = tmp_path / "a.csv"
    convert.write(document.Document(file, nodes), file)
    assert document.read(file).nodes == nodes
    assert isinstance(document.read(file).nodes["A.C"]["min"], float)


def test_conversion_refuses_what_it_does_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = written(tmp_path, "a.vspec", "A.B: {type: sensor, datatype: float}")
    assert main(["vss", "convert", source, str(tmp_path / "a.xml")]) == 2
    assert "known: .json, .vspec" in capsys.readouterr().err
    assert main(["vss", "convert", source, str(tmp_path / "none" / "a.json")]) == 2
    assert list(tmp_path.iterdir()) == [Path(source)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Node,Typ\nA,sensor\n", "line 1 is not the heading"),
        ("Node,Type,DataType,Min\nA.B,sensor,float,low\n", "line 2: A.B"),
        ("Node,Type,More\nA.B,sensor,[]\n", "More must be a JSON object"),
    ],
)
def test_a_faulty_table_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    assert main(["vss", "check", written(tmp_path, "a.csv", text)]) == 1
    assert said in capsys.readouterr().out


def test_the_projects_own_files_and_vss_6_are_clean(
    root: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [
        shared_data / "vss" / "vss_release_6.0.json",
        root / "ivi" / "vss" / "ivi.vspec",
        root / "can_dbc" / "ivi_ev" / "ivi_ev.vspec",
    ]
    assert main(["vss", "check", "--strict", *map(str, files)]) == 0
    assert capsys.readouterr().out.count("0 errors, 0 warnings") == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A.B: {type: sensor, datatype: flaot}", "error: A.B: datatype: 'flaot' is no data type (did you mean float"),
        ("A.B: {type: sensr, datatype: float}", "error: A.B: type: 'sensr' is none (did you mean sensor?)"),
        ("A.B: {datatype: float}", "error: A.B: type: is missing"),
        ("A.B: {type: sensor}", "error: A.B: datatype: is missing"),
        ("Vehicle.Sped: {dbc2vss: {signal: S}}", "did you mean Vehicle.Speed?"),
        ("A.B: {type: sensor, datatype: float, min: 5, max: 1}", "error: A.B: min: 5 is over the maximum of 1"),
        ("A.B: {type: sensor, datatype: uint8, max: 300}", "error: A.B: max: 300 does not fit in uint8"),
        ("A.B: {type: sensor, datatype: float, min: low}", "error: A.B: min: `min` must be a number"),
        ("A.B: {type: sensor, datatype: boolean, min: 0}", "error: A.B: min: a boolean has no range"),
        ("A.B: {type: sensor, datatype: string, allowed: [YES, 5]}", "error: A.B: allowed: takes string, not 5"),
        ("A.B: {type: sensor, datatype: uint8, allowed: [1], max: 2}", "error: A.B: allowed: stands beside min or max"),
        ("A.B: {type: attribute, datatype: uint8, default: 300}", "error: A.B: default: 300 is out of range"),
        ("A.B: {type: sensor, datatype: string, pattern: '('}", "error: A.B: pattern: is no regular expression"),
        (
            "A.B: {type: sensor, datatype: float, unit: celsius}",
            "warning: A.B: unit: 'celsius' is no unit of VSS 6 (VSS",
        ),
        (
            "A.B: {type: sensor, datatype: float, untit: m}",
            "warning: A.B: untit: is an unknown word (did you mean unit?)",
        ),
        ("A.B: {type: branch, instances: [L, R]}", "error: A.B: instances: is not expanded"),
        ("A.B: {type: sensor, datatype: float}\nA.B: {type: sensor, datatype: float}", "A.B (line 2): stands twice"),
        ("A.B: {type: sensor, datatype: float, unit: m, unit: km}", "unit (line 1): stands twice"),
        ("A.B: {type: sensor, datatype: float}\nA.B.C: {type: sensor, datatype: float}", "A.B.C: lies below a signal"),
        ("A..B: {type: sensor, datatype: float}", "A..B: is not a VSS path"),
        ("A.B: {type: sensor, datatype: float, persist: 1}", "error: A.B: persist: `persist` must be true or false"),
        ("Vehicle.Speed: {persist: maybe}", "error: Vehicle.Speed: persist: must be true or false"),
        ("Vehicle.Speed: {max: 5}", "error: Vehicle.Speed: max: counts only beside a datatype"),
        ("Vehicle.Speed: {type: actuator, persist: true}", "error: Vehicle.Speed: type: is sensor in the catalogue"),
        ("Vehicle.Speed: {type: sensor, datatype: uint8, unit: m/s}", "warning: Vehicle.Speed: datatype: is float"),
        ("A.B: {type: sensor, datatype: float, dbc2vss: {signl: S}}", "error: A.B: dbc2vss: dbc2vss needs `signal`"),
        (
            "A.B: {type: sensor, datatype: float, vss2dbc: {signal: S, transform: {math: 'exec(x)'}}}",
            "error: A.B: vss2dbc: cannot use the formula",
        ),
        ("T.A: {type: struct}", "error: T.A: is a struct without properties"),
    ],
)
def test_each_fault_is_named_with_path_and_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    file = written(tmp_path, "own.vspec", text)
    status = main(["vss", "check", file])
    shown = capsys.readouterr().out
    assert said in shown
    assert shown.startswith(f"{file}: ")
    assert status == (1 if "error:" in shown else 0)
    assert main(["vss", "check", "--strict", file]) == 1


def test_all_faults_are_shown_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, "own.vspec", "A.B: {type: sensr, datatype: float}\nA.C: {type: sensor}\n")
    assert main(["vss", "check", file, str(tmp_path / "none.json")]) == 1
    shown = capsys.readouterr().out
    assert "2 leaves, 2 errors, 0 warnings" in shown
    assert "cannot read the VSS file" in shown


def test_a_file_may_amend_what_the_one_before_it_brings(tmp_path: Path) -> None:
    first = written(tmp_path, "a.vspec", "A.B: {type: sensor, datatype: float}")
    second = written(tmp_path, "b.vspec", "A.B: {persist: true}")
    assert main(["vss", "check", first, second]) == 0
    assert main(["vss", "check", second]) == 1
    assert main(["vss", "check", "--base", first, second]) == 0


def test_a_difference_is_readable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = written(
        tmp_path,
        "a.vspec",
        "A.Same: {type: sensor, datatype: float, min: 1, description: old}\n"
        "A.Old: {type: sensor, datatype: float, unit: m, min: 0, max: 9}\n"
        "A.Heat: {type: sensor, datatype: float, unit: celsius, allowed: [1.0, 2.0]}\n",
    )
    after = written(
        tmp_path,
        "b.vspec",
        "A.Same: {type: sensor, datatype: float, min: 1.0, description: new}\n"
        "A.New: {type: actuator, datatype: boolean}\n"
        "A.Heat: {type: sensor, datatype: float, unit: Celsius, max: 5, allowed: [1.0, 3.0], dbc2vss: {signal: S}}\n",
    )
    assert main(["vss", "diff", before, after]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "+ A.New  actuator  boolean",
        "- A.Old  sensor  float  m  0..9",
        "~ A.Heat  unit: celsius → Celsius; max: none → 5; allowed: -2.0 +3.0; dbc2vss: none → {'signal': 'S'}",
        "1 added, 1 removed, 1 changed",
    ]
    assert main(["vss", "diff", before, before]) == 0
    assert main(["vss", "diff", "--texts", before, after]) == 1
    assert "description: old → new" in capsys.readouterr().out


def test_an_overlay_keeps_the_range_that_it_does_not_mention(tmp_path: Path) -> None:
    base = written(
        tmp_path,
        "base.vspec",
        "A.B: {type: actuator, datatype: uint8, unit: percent, min: 0, max: 100, description: text}\n"
        "A.C: {type: actuator, datatype: uint8, unit: percent, max: 100}\n"
        "A.D: {type: actuator, datatype: uint8, max: 100}\n",
    )
    overlay = written(
        tmp_path,
        "over.vspec",
        "A.B: {type: sensor, datatype: uint8, max: 90}\n"
        "A.C: {type: actuator, datatype: uint8, unit: mm}\n"
        "A.D: {type: actuator, datatype: uint16}\n",
    )
    catalogue = load_catalogue(Path(base), Path(overlay))
    first = catalogue.get("A.B")
    assert (first.entry_type, first.unit, first.minimum, first.maximum, first.description) == (
        "sensor",
        "percent",
        0,
        90,
        "text",
    )
    # a range in percent means nothing in millimetres, nor one of a small type in a larger one
    assert (catalogue.get("A.C").maximum, catalogue.get("A.D").maximum) == (None, None)
    with pytest.raises(InvalidArgumentError):
        check_value(first, 95)
