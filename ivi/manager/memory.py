# SPDX-License-Identifier: Apache-2.0
"""Resident memory of processes and their descendants, from /proc (proc(5)).

A child between vfork(2) and its program still has its parent's memory, not a copy: it is counted once.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

_PAGE_MB = os.sysconf("SC_PAGESIZE") / 1e6
_PROC = Path("/proc")


def resident_mb(roots: Iterable[int]) -> dict[int, float]:
    """MB of each root process with all its descendants; a process that has gone counts 0."""
    seen: dict[int, Stat] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (found := _read(entry)) is not None:
            seen[int(entry.name)] = found
    return shares(seen, roots)


def shares(seen: Mapping[int, "Stat"], roots: Iterable[int]) -> dict[int, float]:
    """MB of each root process with all its descendants, from what was read of all processes."""
    wanted = set(roots)
    total = dict.fromkeys(wanted, 0.0)
    for pid, stat in seen.items():
        ancestor = pid
        while ancestor not in wanted and ancestor in seen:
            ancestor = seen[ancestor].parent
        if ancestor in wanted and not stat.borrows(seen.get(stat.parent)):
            total[ancestor] += stat.pages * _PAGE_MB
    return total


class Stat(NamedTuple):
    """What is asked of a process."""

    parent: int
    stack: int
    """Where it begins; 0 when that may not be read."""
    space: int
    """Bytes of address space."""
    pages: int
    """Resident ones."""

    def borrows(self, parent: "Stat | None") -> bool:
        """Whether the memory is its parent's: same place of the stack (a new program draws its own), same size."""
        return parent is not None and self.stack != 0 and (self.stack, self.space) == (parent.stack, parent.space)


def _read(entry: Path) -> Stat | None:
    """The process of a folder in /proc; None when it has gone meanwhile."""
    try:
        fields = (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return Stat(int(fields[1]), int(fields[25]), int(fields[20]), int(fields[21]))
    except (OSError, IndexError, ValueError):
        return None
