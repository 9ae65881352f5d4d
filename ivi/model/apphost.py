# SPDX-License-Identifier: Apache-2.0
"""Messages of the apphost process towards the screen and the command line: apps, their cards, taps and the audit."""

from enum import StrEnum

import msgspec

from ivi.model import app_intents, notices, packages, prompts, rights
from ivi.model.app.screen import InputEvent
from ivi.model.templates import NoticeTemplate, PageTemplate


class AppState(StrEnum):
    """Life of an app; every failure is a state with a name."""

    STARTING = "starting"
    RUNNING = "running"
    BACKING_OFF = "backing_off"
    QUARANTINED = "quarantined"
    STOPPED_BY_LOAD_ERROR = "stopped_by_load_error"
    STOPPED_NO_SANDBOX = "stopped_no_sandbox"
    STOPPED_NEEDS_CONSENT = "stopped_needs_consent"
    """It waits for the driver's agreement to what it cannot do without."""
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


class Input(msgspec.Struct, array_like=True, frozen=True, tag="input"):
    """Anything else that the driver does with an app's page or notice."""

    app_id: str
    event: InputEvent


class GetPicture(msgspec.Struct, array_like=True, frozen=True, tag="get_picture"):
    """A picture that an app's template names."""

    app_id: str
    id: str


class ListAudit(msgspec.Struct, array_like=True, frozen=True, tag="list_audit"):
    """The newest audit records of an app, oldest first."""

    app_id: str
    limit: int = 100
    since_ns: int = 0
    """Wall clock; only records from then on, and 0 for all."""


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


class FollowLog(msgspec.Struct, array_like=True, frozen=True, tag="follow_log"):
    """Opens a stream of Log: the newest lines after `after` at once, then what comes. It goes on when the app is away.

    Lines that come too fast for the reader are left out; the numbers tell.
    """

    app_id: str
    after: int = 0
    limit: int = 200
    """Lines in one event, the newest ones."""


class ReloadApp(msgspec.Struct, array_like=True, frozen=True, tag="reload_app"):
    """For development: read the folder again and run what is in it now, then answer Done.

    Only for a folder that the host was started with. What cannot be read is refused with the line and the fix, and the
    app that runs goes on.
    """

    folder: str
    """Absolute, with links resolved."""


class InstalledChanged(msgspec.Struct, array_like=True, frozen=True, tag="installed_changed"):
    """Apps were installed, updated, removed or revoked: have what runs be what is installed, then answer Done."""


type ApphostRequest = (
    SubscribeApps
    | Tap
    | Input
    | GetPicture
    | ListAudit
    | StartApp
    | StopApp
    | SetVisible
    | ListLog
    | FollowLog
    | ReloadApp
    | InstalledChanged
    | packages.Request
    | prompts.Request
    | rights.Request
    | app_intents.Request
    | notices.Request
)


class NoticeView(msgspec.Struct, array_like=True, frozen=True):
    """A notice of an app that is up now."""

    revision: int
    template: NoticeTemplate


class AppView(msgspec.Struct, array_like=True, frozen=True):
    """One app as the screen needs it."""

    id: str
    name: str
    state: AppState
    reason: str
    """Why it is in this state, in plain words; empty while running."""
    revision: int
    """Counts the templates of this app; 0 before the first. This is the page's."""
    template: PageTemplate | None
    """The page, within the limits of the driving state."""
    layers: list[str]
    """Isolation layers that are active for this app on this machine, e.g. `namespaces`, `seccomp`."""
    hidden: int = 0
    """Rows that the limits left out."""
    withheld: str = ""
    """Kind of the page when the driving state does not allow it; `template` is None then."""
    depth: int = 0
    """Pages of the present task: with more than one there is a way back."""
    steps_left: int | None = None
    """Further pages that the task may have; None for no limit."""
    stale: bool = False
    """The app has not given a sign of life for longer than it should; what it shows may be old."""
    shown_ns: int = 0
    """When the page was shown, CLOCK_MONOTONIC, nanoseconds."""
    icon: str = "apps"
    """What the host draws beside the app's name."""
    notices: list[NoticeView] = []
    """What lies above the pages now, oldest first."""


class AppsUpdate(msgspec.Struct, array_like=True, frozen=True, tag="apps"):
    """One event of SubscribeApps."""

    apps: list[AppView]


class AuditRecord(msgspec.Struct, array_like=True, frozen=True):
    """One decision about one app, or what it did within a minute; `hash` chains over the record before it."""

    seq: int
    time_ns: int
    app_id: str
    action: str
    """E.g. `vehicle.read`, `vehicle.actuate`, `net.send`, `consent`."""
    target: str
    """E.g. a VSS path or a host."""
    decision: str
    """`allowed` or `denied`."""
    reason: str
    hash: str
    count: int = 1
    """How often."""
    bytes: int = 0
    """What was sent, for hosts."""
    since_ns: int = 0
    """When the first of them was; 0 for the same as `time_ns`."""
    words: str = ""
    """The record as a sentence for people; made for the answer, not part of the chain."""


class Audit(msgspec.Struct, array_like=True, frozen=True, tag="audit"):
    """Answer of ListAudit."""

    records: list[AuditRecord]
    verified: bool
    """Whether the whole ledger is intact: chain, sealed sums, and its end against the anchor."""
    problem: str = ""
    """What is wrong with it, in words; empty when it is intact."""
    sums: list[AuditRecord] = []
    """What older, sealed parts of the ledger say of the app, summed; `seq` is 0."""
    more: int = 0
    """Older records that did not fit into the answer."""


class TapTaken(msgspec.Struct, array_like=True, frozen=True, tag="tap_taken"):
    """Answer of Tap and Input: whether it reached the app."""

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
    """Answer of ListLog, and one event of FollowLog."""

    lines: list[LogLine]
    dropped: int
    """Lines that the app printed too fast to be kept."""


class PictureData(msgspec.Struct, array_like=True, frozen=True, tag="picture_data"):
    """Answer of GetPicture: a PNG that the host has checked."""

    png: bytes


type ApphostAnswer = (
    AppsUpdate
    | Audit
    | TapTaken
    | PictureData
    | Done
    | Log
    | packages.Answer
    | prompts.Answer
    | rights.Answer
    | app_intents.Answer
    | notices.Answer
)
