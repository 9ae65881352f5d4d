# SPDX-License-Identifier: Apache-2.0
"""Messages of the resolution centre: what is off, how one knows, what ends it, and the log to read first."""

from enum import StrEnum

import msgspec

MAX_FAULTS = 64
MAX_SOLVED = 20


class Severity(StrEnum):
    """How much is off."""

    LOST = "lost"
    """A part of the car's computer does nothing."""
    LIMITED = "limited"
    """It goes on, with less."""
    WAITING = "waiting"
    """Nothing is broken: it waits for the driver."""


class FixKind(StrEnum):
    """What ends a fault."""

    RESTART = "restart"
    """The service has the manager start a process again; `target` is its name."""
    START_APP = "start_app"
    """The service has the app host start an app again; `target` is its id."""
    ASK = "ask"
    """The service has the app host put its question about an app on the screen; `target` is its id."""
    OPEN = "open"
    """The screen opens a page; `target` is the page, and after a colon what it begins with."""


class Fix(msgspec.Struct, array_like=True, frozen=True):
    """The one thing to do about a fault."""

    kind: FixKind
    target: str
    parked: bool = False
    """Whether it is done only while the car is parked."""


class Evidence(msgspec.Struct, array_like=True, frozen=True):
    """How one knows."""

    source: str
    """What said so: a process, a bus, a VSS path."""
    said: str


class Fault(msgspec.Struct, array_like=True, frozen=True):
    """One fault."""

    id: str
    """The same for as long as it lasts, also over restarts."""
    severity: Severity
    sentence: str
    """What is off, in plain words."""
    hint: str
    """What to do, in plain words; may be empty."""
    evidence: list[Evidence]
    fix: Fix | None = None
    log: str = ""
    """Whose log is to be read first: a process, or `app:` and the id of an app; empty for none."""
    since_ms: int = 0
    """When it was first seen, milliseconds since 1970."""


class SolvedFault(msgspec.Struct, array_like=True, frozen=True):
    """One that is over."""

    id: str
    sentence: str
    since_ms: int
    solved_ms: int


class SubscribeResolution(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_resolution"):
    """Opens a stream of Resolution: what is off now, then each change."""


class ApplyFix(msgspec.Struct, array_like=True, frozen=True, tag="apply_fix"):
    """Do what ends this fault. Answered with FixApplied.

    Errors: not_found when the fault is over, invalid_argument for one that has no fix here, unavailable while driving
    or when who would do it is away.
    """

    id: str


class ReadFaultLog(msgspec.Struct, array_like=True, frozen=True, tag="read_fault_log"):
    """The newest lines of the log to read first. Answered with FaultLog.

    Errors: not_found when the fault is over or has no log, unavailable when nobody can read it.
    """

    id: str
    limit: int = 40


type Request = SubscribeResolution | ApplyFix | ReadFaultLog


class Resolution(msgspec.Struct, array_like=True, frozen=True, tag="resolution"):
    """What is off, the worst first, and what was off and is not any more, the newest first."""

    faults: list[Fault]
    solved: list[SolvedFault]
    left_out: int = 0
    """Faults beyond MAX_FAULTS."""


class FixApplied(msgspec.Struct, array_like=True, frozen=True, tag="fix_applied"):
    """It is under way. Whether it helped is told by the stream: the fault goes or stays."""

    said: str
    """What is done, in plain words."""


class FaultLine(msgspec.Struct, array_like=True, frozen=True):
    """One line of a log."""

    time_ms: int
    """Milliseconds since 1970; 0 for a line without a time."""
    level: str
    """`debug`, `info`, `warning`, `error`, `critical`; empty for a plain line."""
    text: str


class FaultLog(msgspec.Struct, array_like=True, frozen=True, tag="fault_log"):
    """Answer of ReadFaultLog; the newest line is the last."""

    of: str
    lines: list[FaultLine]


type Answer = Resolution | FixApplied | FaultLog
