# SPDX-License-Identifier: Apache-2.0
"""VSS documents in their three forms: the standard's nested JSON, flat YAML (`.vspec`), and CSV for spreadsheets."""

import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from ivi.model.errors import ConfigurationError
from ivi.vss import table
from ivi.vss.document import STRUCT_TREE, Document, Node, form_of


def render(document: Document, form: str) -> str:
    """The text of a document as `json`, `yaml` or `csv`. Reading it again gives the same nodes."""
    if form == "csv":
        return table.render(document.nodes)
    if form == "yaml":
        return yaml.safe_dump(document.nodes, sort_keys=False, allow_unicode=True, width=120)
    # YAML reads an unquoted date as one; JSON and CSV have texts
    return json.dumps(_nested(document), indent=2, ensure_ascii=False, default=str) + "\n"


def write(document: Document, file: Path) -> None:
    """Write a document in the form of the file's suffix, whole or not at all. Raises ConfigurationError."""
    text = render(document, form_of(file))
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except (OSError, UnicodeEncodeError) as error:
        part.unlink(missing_ok=True)
        raise ConfigurationError(f"cannot write {file}: {error}", hint="check the folder, and the texts") from error


def _nested(document: Document) -> dict[str, object]:
    """The tree; branches that the file only implies are made, and the data type tree has its own key."""
    types = _type_branches(document.nodes)
    signals: dict[str, object] = {}
    structs: dict[str, object] = {}
    for path, node in document.nodes.items():
        _put(structs if path in types else signals, path, node)
    if structs:
        signals[STRUCT_TREE] = structs
    return signals


def _type_branches(nodes: Mapping[str, Node]) -> set[str]:
    """Paths of the data type tree: structs, their properties, and branches that hold nothing else."""
    inside = {path for path, node in nodes.items() if node.get("type") in ("struct", "property")}
    used = {path for path, node in nodes.items() if node.get("type") not in ("branch", "struct", "property")}
    above = {path for path, node in nodes.items() if node.get("type") == "branch"}
    for path in above:
        holds = [other for other in inside if other.startswith(f"{path}.")]
        if holds and not any(other.startswith(f"{path}.") for other in used):
            inside.add(path)
    return inside


def _put(tree: dict[str, object], path: str, node: Node) -> None:
    *branches, name = path.split(".")
    level = tree
    for branch in branches:
        parent = level.setdefault(branch, {"type": "branch"})
        if not isinstance(parent, dict):  # only a node that is no mapping, and those were refused when it was read
            raise ConfigurationError(f"{path} lies below something that is no node")
        level = parent.setdefault("children", {})
    present = level.get(name)
    children = present.get("children") if isinstance(present, dict) else None
    level[name] = node if children is None else {**node, "children": children}
