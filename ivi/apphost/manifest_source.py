# SPDX-License-Identifier: Apache-2.0
"""Where in its file each key of a manifest stands, so that every refusal names the line and the fix.

tomllib gives values without places. This looks only for places: headers, keys, and the elements of arrays. Where it
cannot tell (inline tables), it names the line of what surrounds them.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ivi.model.errors import ConfigurationError

type Where = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_\-]+)["']?\s*=\s*(.*)""")
_MARKS = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#|[\[\]]')
_STEP = re.compile(r"([A-Za-z0-9_\-]+)|\[(\d+)\]")


class Source:
    """One manifest's text with the line of each key."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._text = text.splitlines()
        self._lines = dict(_places(self._text))

    def line(self, where: Where) -> int:
        """Line of a key or array element, or of the nearest thing around it; 1 when there is none."""
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 1)

    def use_at(self, where: Where) -> str:
        """What `use` says in the table at a place; empty where it says nothing."""
        line = self._lines.get((*where, "use"))
        found = _KEY.match(self._text[line - 1]) if line else None
        return found[2].split("#")[0].strip().strip("\"'") if found else ""

    def refusal(self, where: Where, text: str, hint: str) -> ConfigurationError:
        """The error that names file, line, key and fix."""
        return ConfigurationError(f"{self.path}:{self.line(where)}: `{spelled(where)}` {text}", hint=hint)


def spelled(where: Where) -> str:
    """Like permission[0].paths."""
    text = ""
    for step in where:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def parsed(text: str) -> Where:
    """The reverse of `spelled`, for the places that msgspec names."""
    return tuple(int(number) if number else name for name, number in _STEP.findall(text))


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the key that was probably meant."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, 1)
    meant = f"did you mean `{close[0]}`? " if close else ""
    return f"{meant}keys here are {', '.join(names)}"


def _places(lines: list[str]) -> Iterator[tuple[Where, int]]:
    counts: dict[str, int] = {}
    table: Where = ()
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if header := _HEADER.match(line):
            table = tuple(header[2].split("."))
            if header[1] == "[[":
                table = (*table, counts.get(header[2], 0))
                counts[header[2]] = counts.get(header[2], 0) + 1
            yield table, number
        elif key := _KEY.match(line):
            where = (*table, key[1])
            yield where, number
            for offset, element in (found := list(_elements(key[2], lines[number:]))):
                if element >= 0:
                    yield (*where, element), number + offset
            number += found[-1][0]


def _elements(first: str, following: list[str]) -> Iterator[tuple[int, int]]:
    """(line offset, element) for each string of an array; the last says where the value ends, as element -1."""
    depth = element = offset = 0
    quotes = ""
    for offset, line in enumerate([first, *following]):
        for match in _MARKS.finditer(line):
            mark = match[0]
            if quotes:
                quotes = "" if mark == quotes else quotes
            elif mark in {'"""', "'''"}:
                quotes = mark
            elif mark == "#":
                break
            elif mark in "[]":
                depth += 1 if mark == "[" else -1
            elif depth == 1:
                yield offset, element
                element += 1
        if depth <= 0 and not quotes:
            break
    yield offset, -1
