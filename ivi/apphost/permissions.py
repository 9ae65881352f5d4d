# SPDX-License-Identifier: Apache-2.0
"""Patterns over VSS paths, and what a decision about an app is.

A pattern is a path in which `*` stands for exactly one segment and a last `**` for one or more. Matching is anchored at
both ends, ASCII and case-exact. A read grant never covers actuation.
"""

import re
from dataclasses import dataclass

from ivi.model.vss_patterns import overlaps

MAX_PATH = 256  # characters; the longest path of VSS 6 has 96

_SEGMENT = r"[A-Za-z][A-Za-z0-9_]*"
_LEAF = re.compile(rf"Vehicle(?:\.{_SEGMENT})+", re.ASCII)
_PATTERN = re.compile(rf"Vehicle\.{_SEGMENT}(?:\.(?:{_SEGMENT}|\*))*(?:\.\*\*)?", re.ASCII)


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and why. `hint` is for the app's author."""

    allowed: bool
    reason: str
    hint: str = ""


def is_leaf(path: str) -> bool:
    """Whether the text has the form of a VSS path without wildcards."""
    return len(path) <= MAX_PATH and _LEAF.fullmatch(path) is not None


def is_pattern(pattern: str) -> bool:
    """Whether a manifest may carry this pattern; the branch below Vehicle is named: nobody asks for the whole car."""
    return len(pattern) <= MAX_PATH and _PATTERN.fullmatch(pattern) is not None


def matches(path: str, pattern: str) -> bool:
    """Whether a pattern covers a leaf path. Both are checked for their form by the caller."""
    return overlaps(path, pattern)
