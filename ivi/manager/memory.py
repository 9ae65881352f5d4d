# SPDX-License-Identifier: Apache-2.0
"""Resident memory of processes and their descendants, from /proc (proc(5))."""

import os
from collections.abc import Iterable
from pathlib import Path

_PAGE_MB = os.sysconf("SC_PAGESIZE") / 1e6
_PROC = Path("/proc")


def resident_mb(roots: Iterable[int]) -> dict[int, float]:
    """MB of each root process with all its descendants; a process that has gone counts 0."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (found := _read(entry)) is not None:
            parents[int(entry.name)], pages[int(entry.name)] = found
    wanted = set(roots)
    total = dict.fromkeys(wanted, 0.0)
    for pid, count in pages.items():
        ancestor = pid
        while ancestor not in wanted and ancestor in parents:
            ancestor = parents[ancestor]
        if ancestor in wanted:
            total[ancestor] += count * _PAGE_MB
    return total


def _read(entry: Path) -> tuple[int, int] | None:
    """Parent and resident pages of a process; None when it has gone meanwhile."""
    try:
        fields = (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return int(fields[1]), int(fields[21])
    except (OSError, IndexError, ValueError):
        return None
