# SPDX-License-Identifier: Apache-2.0
"""VSS nodes as CSV, one row each, with the columns of the vss-tools export and one more for what these cannot hold."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.model.errors import ConfigurationError

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = {
    "Type": "type",
    "DataType": "datatype",
    "Deprecated": "deprecation",
    "Unit": "unit",
    "Min": "min",
    "Max": "max",
    "Desc": "description",
    "Comment": "comment",
    "Allowed": "allowed",
    "Default": "default",
}
"""The word of each column."""
MORE = "More"
"""Column with the words that have no column, or whose value a plain text would change, as one JSON object."""
_NAMES = ("Signal", "Node")
_AS_JSON = frozenset({"min", "max", "allowed"})
csv.field_size_limit(1 << 20)  # characters


def render(nodes: Mapping[str, Mapping[str, object]]) -> str:
    """The CSV of these nodes. Reading it again gives the same nodes, values and types."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Node", *COLUMNS, MORE])
    for path, node in nodes.items():
        texts = [_text(word, node[word]) if word in node else "" for word in COLUMNS.values()]
        back = _words(texts)
        more = {word: value for word, value in node.items() if word not in back or not _same(back[word], value)}
        writer.writerow([path, *texts, json.dumps(more, ensure_ascii=False, default=str) if more else ""])
    return out.getvalue()


def parse(file: Path, text: str) -> dict[str, dict[str, object]]:
    """The nodes of a CSV. Raises ConfigurationError that names the line."""
    reader = csv.reader(io.StringIO(text))
    try:
        heading = next(reader, [])
        if not heading or heading[0] not in _NAMES or "Type" not in heading:
            raise ConfigurationError(
                f"{file}: line 1 is not the heading of a VSS table", hint=f"Node,{','.join(COLUMNS)},{MORE}"
            )
        return dict(_rows(file, reader, heading))
    except csv.Error as error:
        raise ConfigurationError(f"malformed VSS file {file}: line {reader.line_num}: {error}") from error


def _rows(file: Path, reader: "Reader", heading: list[str]) -> Iterator[tuple[str, dict[str, object]]]:
    for row in reader:
        if not row:
            continue
        cells = dict(zip(heading, row, strict=False))
        where = f"{file}: line {reader.line_num}: {row[0]}"
        try:
            node = _words([cells.get(column, "") for column in COLUMNS])
            more = json.loads(cells.get(MORE) or "{}")
        except ValueError as error:
            raise ConfigurationError(f"{where}: {error}", hint="numbers and lists are written as in JSON") from error
        if not isinstance(more, dict):
            raise ConfigurationError(f"{where}: {MORE} must be a JSON object")
        yield row[0], node | more


def _text(word: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and word not in _AS_JSON:
        # A text file turns a carriage return into a line feed when it is read; JSON writes it out.
        return "" if "\r" in value else value
    return json.dumps(value, ensure_ascii=False, default=str)


def _words(texts: list[str]) -> dict[str, object]:
    """The words of a row. Raises ValueError for a cell that must be JSON and is not."""
    found: dict[str, object] = {}
    for word, text in zip(COLUMNS.values(), texts, strict=True):
        if text:
            found[word] = json.loads(text) if word in _AS_JSON else _default(text) if word == "default" else text
    return found


def _default(text: str) -> object:
    """A default is text unless it reads as a number, a truth value or a list."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value


def _same(first: object, second: object) -> bool:
    return type(first) is type(second) and first == second
