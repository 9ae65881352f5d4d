# SPDX-License-Identifier: Apache-2.0
"""The answer to a request with the filter `metadata`: what is known of a branch or a signal, as VSS's JSON tree.

VISS v3.0, 5 (service discovery): `parameter` is the number of levels below the path that the answer holds; "0" for all.
"""

from collections.abc import Iterable
from typing import Any

from ivi.doors.leaves import Leaf
from ivi.model.signal import Metadata

MAX_DEPTH = 99  # levels; deeper trees do not exist


def tree(root: str, leaves: Iterable[Leaf], depth: int) -> dict[str, Any]:
    """The tree below `root` (its last name is the outermost key), `depth` levels of it; 0 for all."""
    parent, _, name = root.rpartition(".")
    skip = len(parent) + 1 if parent else 0
    top: dict[str, Any] = {}
    for leaf in leaves:
        names = leaf.path[skip:].split(".")
        children = top
        for level, branch in enumerate(names[:-1]):
            node = children.setdefault(branch, {"type": "branch", "children": {}})
            if depth and level >= depth:
                break
            children = node["children"]
        else:
            children[names[-1]] = _leaf(leaf.entry)
    return {name: top[name]}


def _leaf(entry: Metadata) -> dict[str, object]:
    """What VSS says of a leaf; words without a value are left out."""
    words: dict[str, object] = {
        "type": str(entry.entry_type),
        "datatype": str(entry.data_type),
        "unit": entry.unit,
        "min": entry.minimum,
        "max": entry.maximum,
        "allowed": list(entry.allowed),
        "description": entry.description,
    }
    return {word: value for word, value in words.items() if value not in ("", None, [])}
