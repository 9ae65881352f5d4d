# SPDX-License-Identifier: Apache-2.0
"""Whatever a VSS file holds: it is read, or refused with a ConfigurationError, and checking it never fails."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ivi.model.errors import ConfigurationError
from ivi.vss import convert, document
from ivi.vss.catalogue import Catalogue
from ivi.vss.check import check
from ivi.vss.diff import compare
from ivi.vss.loader import add_file, load_catalogue

OURS = load_catalogue()
WORD = st.sampled_from(
    ["type", "datatype", "unit", "min", "max", "allowed", "default", "pattern", "persist", "children", "dbc2vss"]
)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.sampled_from(
        ["sensor", "branch", "struct", "property", "float", "uint8[]", "T", "T.A", "x", "", "Celsius", "("]
    )
    | st.text(max_size=5)
)
VALUE = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORD | st.sampled_from(["A", "B"]), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["T", "T.A", "T.A.B", "Vehicle", "Vehicle.Speed", "ComplexDataTypes", "A..B", "*"])
FEW = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def use(file: Path) -> None:
    """Everything that is done with a file; nothing but a refusal may come out."""
    try:
        read = document.read(file)
    except ConfigurationError as error:
        must_name(error, file)
        return
    for finding in check(read, OURS):
        assert str(finding)
    assert not compare(read, read)
    for form in ("json", "yaml", "csv"):
        try:
            convert.render(read, form)
        except ConfigurationError:
            assert form == "json"  # a leaf under something that is none
    try:
        add_file(Catalogue(OURS.get(path) for path in OURS), file)
    except ConfigurationError as error:
        must_name(error, file)


def must_name(error: ConfigurationError, file: Path, reason: str = "") -> None:
    """A refusal says which file it is about, and why."""
    assert str(file) in error.message
    assert reason in error.message


@FEW
@given(st.dictionaries(NAMES, st.dictionaries(WORD, VALUE, max_size=6), max_size=4))
def test_any_nodes(tmp_path: Path, content: dict[str, object]) -> None:
    for name, text in (("a.json", json.dumps(content)), ("a.vspec", yaml.safe_dump(content))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        use(tmp_path / name)


@FEW
@given(st.sampled_from(["a.json", "a.vspec", "a.csv"]), st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes(tmp_path: Path, name: str, content: bytes | str) -> None:
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    use(tmp_path / name)


@FEW
@given(st.lists(st.lists(st.text(max_size=6) | st.sampled_from(["A.B", "sensor", "1", "[1]", "{}"]), max_size=13)))
def test_any_table(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = ["Node,Type,DataType,Deprecated,Unit,Min,Max,Desc,Comment,Allowed,Default,More"]
    lines += [",".join(row) for row in rows]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    use(tmp_path / "a.csv")


NODE_VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.lists(st.text())


@FEW
@example({"A.B": {"type": "\r", "description": "one\r\ntwo\rthree\nfour"}})
@given(
    st.dictionaries(st.sampled_from(["A.B", "A.C", "D"]), st.dictionaries(WORD.filter("children".__ne__), NODE_VALUES))
)
def test_a_table_holds_any_words(tmp_path: Path, nodes: dict[str, document.Node]) -> None:
    file = tmp_path / "a.csv"
    try:
        convert.write(document.Document(file, nodes), file)
    except ConfigurationError as error:
        must_name(error, file, "surrogates")  # half of a surrogate pair is no text
        assert not list(tmp_path.glob(".*.part"))
        return
    back = document.read(file).nodes
    assert back == nodes
    assert {path: {word: type(value) for word, value in node.items()} for path, node in back.items()} == {
        path: {word: type(value) for word, value in node.items()} for path, node in nodes.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "A: &a {children: {B: *a}}",
        "[" * 100_000,
        json.dumps({".".join(["A"] * 70): {"type": "branch"}}),
        "A: &a {x: 1}\nB: {children: {" + ", ".join(f"c{n}: {{children: &l{n} {{a: *a}}}}" for n in range(30)) + "}}",
    ],
)
def test_what_never_ends_is_refused_or_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.vspec").write_text(text)
    use(tmp_path / "a.vspec")
