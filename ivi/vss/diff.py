# SPDX-License-Identifier: Apache-2.0
"""What changed between two VSS files: leaves and structs that came, went, or mean something else."""

from collections.abc import Mapping
from dataclasses import dataclass

from ivi.vss.document import Document, Node

WORDS = ("type", "datatype", "unit", "min", "max", "allowed", "default", "pattern", "persist", "dbc2vss", "vss2dbc")
"""What makes a node mean something else."""
LONG = 80  # characters of one value that are shown
TEXTS = ("description", "comment", "deprecation")
"""What only explains it."""


@dataclass(frozen=True)
class Change:
    """One word of one node."""

    word: str
    before: object
    after: object

    def __str__(self) -> str:
        """For people."""
        if isinstance(self.before, list) and isinstance(self.after, list):
            gone = [f"-{item}" for item in self.before if item not in self.after]
            come = [f"+{item}" for item in self.after if item not in self.before]
            return f"{self.word}: {' '.join([*gone, *come]) or 'another order'}"
        if isinstance(self.before, dict) and isinstance(self.after, dict):
            inner = [key for key in {**self.before, **self.after} if self.before.get(key) != self.after.get(key)]
            return "; ".join(
                f"{self.word}.{key}: {_shown(self.before.get(key))} → {_shown(self.after.get(key))}" for key in inner
            )
        return f"{self.word}: {_shown(self.before)} → {_shown(self.after)}"


@dataclass(frozen=True)
class Difference:
    """Two files compared."""

    added: Mapping[str, Node]
    removed: Mapping[str, Node]
    changed: Mapping[str, list[Change]]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.added or self.removed or self.changed)


def compare(before: Document, after: Document, *, texts: bool = False) -> Difference:
    """The difference of two files, branches left out; with `texts` descriptions and comments count too."""
    old, new = _counted(before), _counted(after)
    words = WORDS + (TEXTS if texts else ())
    changed: dict[str, list[Change]] = {}
    for path in old.keys() & new.keys():
        changes = [
            Change(word, old[path].get(word), new[path].get(word))
            for word in words
            if not _same(old[path].get(word), new[path].get(word))
        ]
        if changes:
            changed[path] = changes
    return Difference(
        {path: node for path, node in new.items() if path not in old},
        {path: node for path, node in old.items() if path not in new},
        {path: changed[path] for path in new if path in changed},
    )


def summary(node: Node) -> str:
    """A node in a few words: type, data type, unit, range."""
    parts = [str(node[word]) for word in ("type", "datatype", "unit") if word in node]
    if "min" in node or "max" in node:
        parts.append(f"{node.get('min', '')}..{node.get('max', '')}")
    if isinstance(allowed := node.get("allowed"), list):
        parts.append("|".join(map(str, allowed)))
    return "  ".join(parts)


def _counted(document: Document) -> dict[str, Node]:
    return {path: node for path, node in document.nodes.items() if node.get("type") != "branch"}


def _same(first: object, second: object) -> bool:
    """1 and 1.0 are one bound; True and 1 are not one value."""
    return first == second and isinstance(first, bool) == isinstance(second, bool)


def _shown(value: object) -> str:
    if value is None:
        return "none"
    text = "|".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
