# SPDX-License-Identifier: Apache-2.0
"""How patterns over VSS paths relate: `*` stands for exactly one segment, a last `**` for one or more."""

from itertools import zip_longest


def overlaps(first: str, second: str) -> bool:
    """Whether some leaf path is covered by both patterns."""
    for left, right in zip_longest(first.split("."), second.split(".")):
        if left is None or right is None:
            return False
        if "**" in {left, right}:
            return True
        if left != right and "*" not in {left, right}:
            return False
    return True


def covered(pattern: str, by: str) -> bool:
    """Whether every path that `pattern` covers is covered `by` the other one, too."""
    wanted, bounds = pattern.split("."), by.split(".")
    for number, bound in enumerate(bounds):
        if bound == "**":
            return len(wanted) > number
        if number >= len(wanted) or wanted[number] == "**" or bound not in {"*", wanted[number]}:
            return False
    return len(wanted) == len(bounds)
