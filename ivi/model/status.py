# SPDX-License-Identifier: Apache-2.0
"""What every process answers about itself, for `ivi status`, the summary file and the screen."""

import msgspec


class GetStatus(msgspec.Struct, array_like=True, frozen=True, tag="get_status"):
    """Asked of any process's socket."""


class Problem(msgspec.Struct, array_like=True, frozen=True):
    """Something that is off while the process goes on. Plain words: they reach the screen."""

    what: str
    """One sentence: what does not work, e.g. `No sound input`."""
    where: str
    """The device, file or address."""
    hint: str
    """One thing to do about it."""


class ProcessStatus(msgspec.Struct, array_like=True, frozen=True, tag="process_status"):
    """Answer of GetStatus."""

    name: str
    pid: int
    version: str
    uptime_s: float
    counters: dict[str, bool | int | float | str]
    """Named numbers, e.g. `frames_received`; docs/summary.md explains those that people ask for."""
    problems: list[Problem]
