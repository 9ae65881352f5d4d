# SPDX-License-Identifier: Apache-2.0
"""Patterns over VSS paths: `*` stands for one segment, a last `**` for any depth; anchored, ASCII, case-exact."""

import re

from ivi.model.errors import InvalidArgumentError

MAX_PATH = 1000  # characters, Kuksa's bound
_PATTERN = re.compile(r"(\*\*|(\*|[A-Za-z_][A-Za-z0-9_]*)(\.(\*|[A-Za-z_][A-Za-z0-9_]*))*(\.\*\*)?)", re.ASCII)


def is_pattern(path: str) -> bool:
    """Whether the text has a wildcard."""
    return "*" in path


def check(pattern: str) -> str:
    """The pattern itself. Raises InvalidArgumentError when it is neither a path nor a pattern."""
    if len(pattern) > MAX_PATH or not _PATTERN.fullmatch(pattern):
        raise InvalidArgumentError(
            f"{pattern[:80]!r} is not a VSS path",
            hint="segments of letters and digits joined by dots; * and a last ** as wildcards",
        )
    return pattern


def matches(pattern: str, path: str) -> bool:
    """Whether `path` falls under `pattern`. A branch name alone matches nothing: write `Branch.**`."""
    wanted, parts = pattern.split("."), path.split(".")
    if wanted[-1] == "**":
        wanted.pop()
        parts_head = parts[: len(wanted)]
        return len(parts) > len(wanted) and _same(wanted, parts_head)
    return len(parts) == len(wanted) and _same(wanted, parts)


def _same(wanted: list[str], parts: list[str]) -> bool:
    return all(w in ("*", p) for w, p in zip(wanted, parts, strict=True))
