# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a VSS file, all of it at once: each finding names the path, the word and what to do.

The loader refuses a file at its first fault; this is for whoever writes one.
"""

import difflib
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import DataType, EntryType, Metadata
from ivi.vss import patterns, units
from ivi.vss.catalogue import INTEGERS, NUMBERS, Catalogue, check_value, metadata_from_node
from ivi.vss.document import Document, Node
from ivi.vss.loader import struct_types
from ivi.vss.mapping import reads_of, writes_of

KINDS = ("branch", "sensor", "actuator", "attribute", "struct", "property")
OUR_WORDS = frozenset({"dbc2vss", "vss2dbc", "persist"})
WORDS = frozenset(
    {"type", "datatype", "unit", "min", "max", "allowed", "default", "description", "comment", "deprecation", "pattern"}
    | {"arraysize", "constUID", "fka", "staticUID", "uuid"}
    | OUR_WORDS
)
UNEXPANDED = {"instances": "vspec export writes one node for each instance", "aggregate": "vspec export resolves it"}


@dataclass(frozen=True)
class Finding:
    """One thing to look at."""

    path: str
    word: str
    message: str
    hint: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        """One line for people."""
        where = f"{self.path}: {self.word}" if self.word else self.path
        hint = f" ({self.hint})" if self.hint else ""
        return f"{'error' if self.is_error else 'warning'}: {where}: {self.message}{hint}"


def check(document: Document, known: Catalogue) -> list[Finding]:
    """Everything that is wrong with a file, over the catalogue of leaves that it may amend. `known` is not changed."""
    found = [
        Finding(key, "", "stands twice in one mapping; the later one counts", "remove one") for key in document.repeated
    ]
    structs = dict(known.structs)
    try:
        structs.update(struct_types(document, known.structs))
    except InvalidArgumentError as error:
        path, _, message = error.message.partition(": ")
        found.append(Finding(path, "", message or error.message, error.hint))
    leaves = dict(document.leaves())
    for path, node in document.nodes.items():
        found.extend(_check_place(document, path))
        found.extend(_check_words(path, node))
        if path in leaves:
            found.extend(_check_leaf(path, node, known, structs))
    return found


def _check_place(document: Document, path: str) -> Iterator[Finding]:
    try:
        patterns.check(path)
    except InvalidArgumentError as error:
        yield Finding(path, "", "is not a VSS path", error.hint)
        return
    if patterns.is_pattern(path):
        yield Finding(path, "", "a node's name has no wildcard")
    above = document.nodes.get(path.rpartition(".")[0])
    if above is not None and above.get("type") in tuple(EntryType):
        yield Finding(path, "", "lies below a signal", "only branches and structs have children")


def _check_words(path: str, node: Node) -> Iterator[Finding]:
    kind = node.get("type")
    if kind is not None and kind not in KINDS:
        yield Finding(path, "type", f"{kind!r} is none", _nearest(str(kind), KINDS))
    for word in node:
        if word in UNEXPANDED:
            yield Finding(path, word, "is not expanded, so its leaves are unknown", UNEXPANDED[word])
        elif word not in WORDS:
            yield Finding(path, word, "is an unknown word", _nearest(word, WORDS), is_error=False)


def _check_leaf(path: str, node: Node, known: Catalogue, structs: dict[str, tuple[Metadata, ...]]) -> Iterator[Finding]:
    yield from _check_mapping(path, node)
    if "datatype" not in node and path in known:
        yield from _check_amendment(path, node, known)
        return
    if "datatype" not in node:
        yield Finding(path, "datatype", "is missing", _nearest(path, known) or "give it type and datatype")
        return
    if node.get("type") not in tuple(EntryType):
        if "type" not in node:
            yield Finding(path, "type", "is missing", "sensor, actuator or attribute")
        return
    try:
        entry = metadata_from_node(path, node, structs)
    except InvalidArgumentError as error:
        yield Finding(path, _word_in(error.message), error.message.removeprefix(f"{path}: "), error.hint)
        return
    for test in (_check_unit, _check_bounds, _check_allowed, _check_default, _check_pattern):
        yield from test(entry, node)
    if path in known:
        yield from _check_override(entry, known.get(path))


def _check_mapping(path: str, node: Node) -> Iterator[Finding]:
    rules: tuple[tuple[str, Callable[[str, str, Node], Iterable[object]]], ...] = (
        ("dbc2vss", reads_of),
        ("vss2dbc", writes_of),
    )
    for word, read in rules:
        try:
            list(read(path, path, node))
        except ConfigurationError as error:
            yield Finding(path, word, error.message.removeprefix(f"{path}: "), error.hint)


def _check_amendment(path: str, node: Node, known: Catalogue) -> Iterator[Finding]:
    ignored = [word for word in node if word in WORDS - OUR_WORDS and word not in ("type", "description", "comment")]
    if ignored:
        yield Finding(path, ignored[0], "counts only beside a datatype", "give the node its datatype too")
    if not isinstance(node.get("persist", False), bool):
        yield Finding(path, "persist", f"must be true or false, not {node['persist']!r}")
    kind = node.get("type")
    if kind is not None and kind != known.get(path).entry_type:
        yield Finding(
            path, "type", f"is {known.get(path).entry_type} in the catalogue", "give the node its datatype too"
        )


def _check_unit(entry: Metadata, _node: Node) -> Iterator[Finding]:
    if not entry.unit:
        return
    if not units.is_known(entry.unit):
        near = units.ALIASES.get(entry.unit)
        hint = f"VSS 6 writes {near}" if near else "values cannot be converted"
        yield Finding(entry.path, "unit", f"{entry.unit!r} is no unit of VSS 6", hint, is_error=False)
    elif entry.data_type.element not in NUMBERS and entry.unit not in units.TEXT_UNITS:
        yield Finding(entry.path, "unit", f"a {entry.data_type} has no unit", "remove it", is_error=False)


def _check_bounds(entry: Metadata, _node: Node) -> Iterator[Finding]:
    low, high = entry.minimum, entry.maximum
    if low is None and high is None:
        return
    word = "min" if low is not None else "max"
    if entry.data_type.element not in NUMBERS:
        yield Finding(entry.path, word, f"a {entry.data_type} has no range", "remove it")
        return
    if low is not None and high is not None and low > high:
        yield Finding(entry.path, word, f"{low:g} is over the maximum of {high:g}", "exchange them")
    least, greatest = INTEGERS.get(entry.data_type.element, (-math.inf, math.inf))
    for name, bound in (("min", low), ("max", high)):
        if bound is not None and not least <= bound <= greatest:
            yield Finding(entry.path, name, f"{bound:g} does not fit in {entry.data_type}", f"{least} to {greatest}")


def _check_allowed(entry: Metadata, _node: Node) -> Iterator[Finding]:
    if not entry.allowed:
        return
    if entry.minimum is not None or entry.maximum is not None:
        yield Finding(entry.path, "allowed", "stands beside min or max", "VSS takes one of them")
    if len(set(map(repr, entry.allowed))) != len(entry.allowed):
        yield Finding(entry.path, "allowed", "names a value twice", is_error=False)
    plain = Metadata(entry.path, entry.data_type.element, entry.entry_type)
    for item in entry.allowed:
        try:
            check_value(plain, item)
        except InvalidArgumentError as error:
            yield Finding(entry.path, "allowed", error.message.removeprefix(f"{entry.path} "), "quote texts in YAML")


def _check_default(entry: Metadata, node: Node) -> Iterator[Finding]:
    if "default" in node:
        try:
            check_value(entry, node["default"])
        except InvalidArgumentError as error:
            yield Finding(entry.path, "default", error.message.removeprefix(entry.path).lstrip(": "), error.hint)


def _check_pattern(entry: Metadata, node: Node) -> Iterator[Finding]:
    if "pattern" not in node:
        return
    if entry.data_type.element is not DataType.STRING:
        yield Finding(entry.path, "pattern", f"a {entry.data_type} has none", "remove it")
    try:
        re.compile(str(node["pattern"]))
    except re.error as error:
        yield Finding(entry.path, "pattern", f"is no regular expression: {error}")


def _check_override(entry: Metadata, standard: Metadata) -> Iterator[Finding]:
    """A leaf of the catalogue that is declared again should stay what it is; some apps rely on it."""
    if entry.data_type != standard.data_type:
        yield Finding(
            entry.path, "datatype", f"is {standard.data_type} in the catalogue, not {entry.data_type}", is_error=False
        )
    if entry.unit != standard.unit:
        yield Finding(
            entry.path,
            "unit",
            f"is {standard.unit or 'none'} in the catalogue, not {entry.unit or 'none'}",
            is_error=False,
        )


def _word_in(message: str) -> str:
    """The word that a message quotes in back quotes; a message about a type quotes none."""
    quoted = re.search(r"`(\w+)`", message)
    return quoted[1] if quoted else "datatype"


def _nearest(text: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(text, list(names), n=1, cutoff=0.7)
    return f"did you mean {near[0]}?" if near else ""
