# SPDX-License-Identifier: Apache-2.0
"""What one app shows now, and where the driver's answers to it go. Each answer carries the revision that was drawn."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ivi.hmi.models.template_rows import TemplateRows
from ivi.hmi.template_limits import within
from ivi.hmi.templates.present import Presented, presented, selected
from ivi.model.app import (
    InputEvent,
    Limits,
    MoreWanted,
    Searched,
    Tapped,
    Toggled,
    TransportPressed,
    WentBack,
    WentHome,
)
from ivi.model.app.screen import MAX_TYPED
from ivi.model.apphost import AppState, AppView
from ivi.model.templates import TransportCommand, kind_of

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_NOTHING = Presented("", "")
_NS = 1e9  # nanoseconds of a second

type Answer = Callable[[str, InputEvent], None]
type Resolve = Callable[[str], str]


@QmlElement
class AppPage(QObject):
    """One app's page."""

    changed = Signal()
    ticked = Signal()
    """Time has gone on in what plays."""

    def __init__(self, answer: Answer, resolve: Resolve, qr: Resolve, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = TemplateRows(resolve, self)
        self._answer, self._resolve, self._qr = answer, resolve, qr
        self._view: AppView | None = None
        self._shown = _NOTHING
        self._revision = 0
        self._hidden = 0
        self._withheld = ""
        self._asked_more = -1

    @property
    def pictures(self) -> frozenset[str]:
        """Ids of the pictures that the page names."""
        return self._shown.pictures

    @property
    def playing(self) -> tuple[str, str, str] | None:
        """Title, artist and the picture's address of what plays; None when nothing plays here."""
        content = self._shown.content
        if self._shown.kind != "media" or not content.get("playing"):
            return None
        return self._shown.title, str(content.get("artist") or ""), self._resolve(str(content.get("picture", "")))

    def show(self, view: AppView, limits: Limits) -> None:
        """Draw what this app shows, within these limits."""
        self._view, self._revision = view, view.revision
        page = view.template if view.state in {AppState.RUNNING, AppState.FROZEN} else None
        part = within(page, limits) if page is not None else None
        shown = presented(part.template) if part and part.template is not None else _NOTHING
        self._hidden = view.hidden + (part.hidden if part else 0)
        self._withheld = view.withheld or (kind_of(page) if page and part and part.template is None else "")
        if shown.kind != self._shown.kind:
            # The page of the old kind goes before its rows do, or its list would draw rows that are not its own.
            self._shown = _NOTHING
            self.changed.emit()
        self._rows.replace(shown.rows)
        if shown != self._shown:
            self._shown = shown
        self.changed.emit()
        self.ticked.emit()

    def picture_arrived(self, name: str) -> None:
        """Draw again what waited for this picture."""
        if name in self._shown.pictures:
            self._rows.picture_arrived(name)
            self.changed.emit()

    # -- what is drawn ------------------------------------------------------------------------------------------------
    @Property(str, notify=changed)
    def kind(self) -> str:
        """Kind of the page; empty while there is none."""
        return self._shown.kind

    @Property(int, notify=changed)
    def revision(self) -> int:
        """Counts what the app has shown."""
        return self._revision

    @Property(str, notify=changed)
    def title(self) -> str:
        """The page's title."""
        return self._shown.title

    @Property(str, notify=changed)
    def subtitle(self) -> str:
        """A line under it."""
        return self._shown.subtitle

    @Property(bool, notify=changed)
    def loading(self) -> bool:
        """Whether content is on its way."""
        return self._shown.loading

    @Property(bool, notify=changed)
    def filled(self) -> bool:
        """Whether there is content to show already."""
        return self._shown.filled

    @Property(str, notify=changed)
    def error(self) -> str:
        """What went wrong, in the app's words."""
        return self._shown.error

    @Property(bool, notify=changed)
    def stale(self) -> bool:
        """Whether the app is overdue with a sign of life."""
        return bool(self._view and self._view.stale and self._shown.kind)

    @Property(int, notify=changed)
    def hidden(self) -> int:
        """Rows that are kept for when the car is parked."""
        return self._hidden

    @Property(str, notify=changed)
    def withheld(self) -> str:
        """Kind of a page that is not shown in this driving state."""
        return self._withheld

    @Property(bool, notify=changed)
    def returnable(self) -> bool:
        """Whether there is a page to go back to."""
        view = self._view
        return bool(view and (view.depth > 1 or (view.template is not None and view.template.back)))

    @Property(int, notify=changed)
    def steps(self) -> int:
        """Further pages that the task may have; -1 for no limit."""
        return -1 if self._view is None or self._view.steps_left is None else self._view.steps_left

    @Property(int, notify=changed)
    def depth(self) -> int:
        """Pages of the task."""
        return self._view.depth if self._view else 0

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]  # stubs want a type
    def actions(self) -> list[dict[str, str]]:
        """Buttons."""
        return list(self._shown.actions)

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]  # stubs want a type
    def content(self) -> dict[str, Any]:
        """What only this kind has; read it once in QML, because each reading copies it."""
        return self._shown.content

    @Property(TemplateRows, constant=True)
    def rows(self) -> TemplateRows:
        """Rows, items or queue."""
        return self._rows

    @Property(int, notify=changed)
    def selected(self) -> int:
        """Number of the selected row; -1 for none."""
        return selected(self._shown.rows)

    @Property(str, notify=changed)
    def picture(self) -> str:
        """Address of the page's own picture or QR code; empty while there is none."""
        if self._shown.content.get("method") == "qr":
            return self._qr(str(self._shown.content["address"]))
        return self._resolve(str(self._shown.content.get("picture", "")))

    @Property("double", notify=ticked)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def position(self) -> float:
        """Seconds into what plays, counted on since it was shown."""
        page = self._view.template if self._view else None
        at = float(getattr(page, "position", 0.0))
        if self._view is None or not getattr(page, "playing", False):
            return at
        at += max(0.0, (time.monotonic_ns() - self._view.shown_ns) / _NS)
        duration = getattr(page, "duration", None)
        return at if duration is None else min(at, float(duration))

    # -- what the driver does -----------------------------------------------------------------------------------------
    def _say(self, event: InputEvent) -> None:
        if self._view is not None:
            self._answer(self._view.id, event)

    @Slot()
    def tick(self) -> None:
        """Draw the position of now."""
        self.ticked.emit()

    @Slot(str)
    def tap(self, target: str) -> None:
        """A row, item, marker, route or action."""
        self._say(Tapped(self._revision, target))

    @Slot(str, bool)
    def toggle(self, target: str, on: bool) -> None:
        """A row's switch."""
        self._say(Toggled(self._revision, target, on))

    @Slot(str, "double")
    def transport(self, command: str, value: float) -> None:
        """A button of the player."""
        self._say(TransportPressed(self._revision, TransportCommand(command), value))

    @Slot()
    def more(self) -> None:
        """The end of the list is near: ask for more, once a revision."""
        if self._shown.more and self._asked_more != self._revision:
            self._asked_more = self._revision
            self._say(MoreWanted(self._revision, self._rows.rowCount()))

    @Slot(str, bool)
    def search(self, text: str, submitted: bool) -> None:
        """The search field."""
        self._say(Searched(self._revision, text[:MAX_TYPED], submitted))

    @Slot()
    def back(self) -> None:
        """The page before."""
        self._say(WentBack(self._revision))

    @Slot()
    def home(self) -> None:
        """The task's first page."""
        self._say(WentHome(self._revision))
