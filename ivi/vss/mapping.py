# SPDX-License-Identifier: Apache-2.0
"""Which DBC signal feeds which VSS path (`dbc2vss`) and which one commands it (`vss2dbc`), in Kuksa's words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.vss.catalogue import Catalogue
from ivi.vss.document import Node
from ivi.vss.loader import leaves
from ivi.vss.protection import Protection, protection_from_words
from ivi.vss.transform import Transform, compile_transform

DEFAULT_INTERVAL_MS = 1000  # Kuksa's default of `interval_ms`
_PATH_LINE = re.compile(r"(Vehicle[\w.]*)\s*:")
_FROM_WORDS = frozenset(
    {"signal", "message", "interval_ms", "on_change", "transform", "timeout_ms", "counter", "checksum"}
)
_TO_WORDS = frozenset({"signal", "message", "transform", "counter", "checksum"})


@dataclass(frozen=True)
class FromDbc:
    """`dbc2vss`: this DBC signal becomes that VSS path."""

    path: str
    signal: str
    message: str
    """Name of the message where the signal's name is not unique; empty otherwise (our addition to Kuksa's words)."""
    interval_ms: int
    """At most one update in this many milliseconds; 0 for every one."""
    on_change: bool
    """Whether an unchanged value is left out."""
    transform: Transform | None
    maps: bool = False
    """Whether the transform is a mapping, whose `from` may be a value table's text."""
    timeout_ms: int | None = None
    """Milliseconds without its message after which the value is "not available"; None: five cycles (our addition)."""
    protection: Protection | None = None
    """Counter and checksum that received frames of this message must have."""
    where: str = ""
    """File, line and path in the overlay, for errors; empty when it came from none."""


@dataclass(frozen=True)
class ToDbc:
    """`vss2dbc`: a target value of that VSS path is sent as this DBC signal."""

    path: str
    signal: str
    message: str
    transform: Transform | None
    protection: Protection | None = None
    """Counter and checksum that commands of this message are given."""
    where: str = ""
    """As in FromDbc."""


@dataclass(frozen=True)
class DbcMapping:
    """All mappings of one car."""

    reads: tuple[FromDbc, ...]
    writes: tuple[ToDbc, ...]


def load_mapping(file: Path, catalogue: Catalogue) -> DbcMapping:
    """Read an overlay and add the leaves that it defines to the catalogue.

    Raises ConfigurationError that names file, path and word.
    """
    reads: list[FromDbc] = []
    writes: list[ToDbc] = []
    lines = _lines(file)
    for path, node in leaves(file):
        where = f"{file}, line {lines[path]}: {path}" if path in lines else f"{file}: {path}"
        _add_leaf(where, path, node, catalogue)
        reads.extend(reads_of(where, path, node))
        writes.extend(writes_of(where, path, node))
    if not reads and not writes:
        raise ConfigurationError(f"{file} maps no signal", hint="give nodes dbc2vss or vss2dbc")
    return DbcMapping(tuple(reads), tuple(writes))


def _lines(file: Path) -> dict[str, int]:
    """In which line a path stands, as overlays write them: whole, at the beginning of a line."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}  # reading it in earnest says what is wrong
    found = ((number, _PATH_LINE.match(line)) for number, line in enumerate(text.splitlines(), start=1))
    return {path[1]: number for number, path in found if path}


def reads_of(where: str, path: str, node: Node) -> Iterator[FromDbc]:
    """The rule of a node's `dbc2vss`, if it has one. Raises ConfigurationError that names `where` and the word."""
    if "dbc2vss" in node:
        yield _from_dbc(where, path, _words(where, node["dbc2vss"], "dbc2vss", _FROM_WORDS))


def writes_of(where: str, path: str, node: Node) -> Iterator[ToDbc]:
    """The rule of a node's `vss2dbc`, if it has one. Raises ConfigurationError that names `where` and the word."""
    if "vss2dbc" in node:
        yield _to_dbc(where, path, _words(where, node["vss2dbc"], "vss2dbc", _TO_WORDS))


def _add_leaf(where: str, path: str, node: Node, catalogue: Catalogue) -> None:
    if "datatype" not in node and path not in catalogue:
        raise ConfigurationError(
            f"{where} is not in the VSS catalogue", hint="give it type and datatype, or mend the name"
        )
    try:
        catalogue.overlay(path, node)
    except InvalidArgumentError as error:
        raise ConfigurationError(f"{where}: {error.message}") from error


def _words(where: str, words: object, name: str, known: Iterable[str]) -> Mapping[str, object]:
    if not isinstance(words, Mapping) or not isinstance(words.get("signal"), str):
        raise ConfigurationError(f"{where}: {name} needs `signal`, the name of a DBC signal")
    unknown = set(words) - set(known)
    if unknown:
        raise ConfigurationError(
            f"{where}: {name} has no word {sorted(map(str, unknown))[0]!r}", hint=f"known: {', '.join(sorted(known))}"
        )
    return words


def _from_dbc(where: str, path: str, words: Mapping[str, object]) -> FromDbc:
    interval = words.get("interval_ms", DEFAULT_INTERVAL_MS)
    on_change = words.get("on_change", False)
    if not isinstance(interval, int) or isinstance(interval, bool) or interval < 0:
        raise ConfigurationError(f"{where}: interval_ms must be a whole number of milliseconds, not {interval!r}")
    if not isinstance(on_change, bool):
        raise ConfigurationError(f"{where}: on_change must be true or false, not {on_change!r}")
    transform = compile_transform(where, words.get("transform"))
    node = words.get("transform")
    maps = isinstance(node, Mapping) and "mapping" in node
    return FromDbc(
        path,
        str(words["signal"]),
        str(words.get("message", "")),
        interval,
        on_change,
        transform,
        maps,
        timeout_ms=_timeout(where, words.get("timeout_ms")),
        protection=protection_from_words(where, words),
        where=where,
    )


def _timeout(where: str, value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ConfigurationError(
            f"{where}: timeout_ms must be a whole number of milliseconds above 0, not {value!r}",
            hint="leave it out for five cycles of the message",
        )
    return value


def _to_dbc(where: str, path: str, words: Mapping[str, object]) -> ToDbc:
    transform = compile_transform(where, words.get("transform"))
    protection = protection_from_words(where, words)
    return ToDbc(path, str(words["signal"]), str(words.get("message", "")), transform, protection, where)
