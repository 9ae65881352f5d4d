# SPDX-License-Identifier: Apache-2.0
"""Messages of the apphost process towards the screen and the command line: apps, their cards, taps and the audit."""

from enum import StrEnum

import msgspec

from ivi.model.templates import ListTemplate


class AppState(StrEnum):
    """Life of an app; every failure is a state with a name."""

    STARTING = "starting"
    RUNNING = "running"
    BACKING_OFF = "backing_off"
    QUARANTINED = "quarantined"
    STOPPED_BY_LOAD_ERROR = "stopped_by_load_error"
    STOPPED_NO_SANDBOX = "stopped_no_sandbox"
    STOPPED_BY_DRIVER = "stopped_by_driver"
    STOPPED_WHILE_DRIVING = "stopped_while_driving"
    FROZEN = "frozen"
    STOPPED = "stopped"


class SubscribeApps(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_apps"):
    """Opens a stream of AppsUpdate: all apps, then again at each change."""


class Tap(msgspec.Struct, array_like=True, frozen=True, tag="tap"):
    """The driver chose a row or an action of an app's template."""

    app_id: str
    revision: int
    """Revision of the template that was on the screen; a tap on an older one is dropped and counted."""
    target: str
    """Id of the row or action."""


class ListAudit(msgspec.Struct, array_like=True, frozen=True, tag="list_audit"):
    """The newest audit records of an app, oldest first."""

    app_id: str
    limit: int = 100


class StartApp(msgspec.Struct, array_like=True, frozen=True, tag="start_app"):
    """The driver wants this app again: a stop, a quarantine or a back-off is over."""

    app_id: str


class StopApp(msgspec.Struct, array_like=True, frozen=True, tag="stop_app"):
    """The driver wants this app to end, until StartApp or the next start of the car."""

    app_id: str


class SetVisible(msgspec.Struct, array_like=True, frozen=True, tag="set_visible"):
    """The screen shows exactly these apps. It counts for ten seconds: the screen repeats itself."""

    app_ids: list[str]


class ListLog(msgspec.Struct, array_like=True, frozen=True, tag="list_log"):
    """What an app printed and what became of it, newest lines last."""

    app_id: str
    after: int = 0
    """Only lines with a greater number."""
    limit: int = 200


type ApphostRequest = SubscribeApps | Tap | ListAudit | StartApp | StopApp | SetVisible | ListLog


class AppView(msgspec.Struct, array_like=True, frozen=True):
    """One app as the screen needs it."""

    id: str
    name: str
    state: AppState
    reason: str
    """Why it is in this state, in plain words; empty while running."""
    revision: int
    """Counts the templates of this app; 0 before the first."""
    template: ListTemplate | None
    layers: list[str]
    """Isolation layers that are active for this app on this machine, e.g. `namespaces`, `seccomp`."""


class AppsUpdate(msgspec.Struct, array_like=True, frozen=True, tag="apps"):
    """One event of SubscribeApps."""

    apps: list[AppView]


class AuditRecord(msgspec.Struct, array_like=True, frozen=True):
    """One decision about one app; `hash` chains over the record before it."""

    seq: int
    time_ns: int
    app_id: str
    action: str
    """E.g. `vehicle.read`."""
    target: str
    """E.g. a VSS path."""
    decision: str
    """`allowed` or `denied`."""
    reason: str
    hash: str


class Audit(msgspec.Struct, array_like=True, frozen=True, tag="audit"):
    """Answer of ListAudit."""

    records: list[AuditRecord]
    verified: bool
    """Whether the hash chain of the whole log is intact."""


class TapTaken(msgspec.Struct, array_like=True, frozen=True, tag="tap_taken"):
    """Answer of Tap: whether it reached the app."""

    delivered: bool
    reason: str = ""


class Done(msgspec.Struct, array_like=True, frozen=True, tag="apphost_done"):
    """It was done."""


class LogLine(msgspec.Struct, array_like=True, frozen=True):
    """One line of an app's log."""

    number: int
    """Counts all lines of this app since the host started, from 1."""
    time_ns: int
    """Unix time."""
    said_by: str
    """`app` for what it printed, `host` for what the host says of it."""
    text: str


class Log(msgspec.Struct, array_like=True, frozen=True, tag="log"):
    """Answer of ListLog."""

    lines: list[LogLine]
    dropped: int
    """Lines that the app printed too fast to be kept."""


type ApphostAnswer = AppsUpdate | Audit | TapTaken | Done | Log
