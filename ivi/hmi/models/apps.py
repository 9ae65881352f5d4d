# SPDX-License-Identifier: Apache-2.0
"""Apps and what they show, as a list that changes in place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import sentences
from ivi.hmi.models.app_notice import AppNotice
from ivi.hmi.models.app_page import AppPage
from ivi.hmi.models.field_rows import FieldRows
from ivi.hmi.template_limits import FULLY_RESTRICTED
from ivi.hmi.templates.picture_files import PictureFiles
from ivi.model.app import InputEvent, Limits
from ivi.model.apphost import AppState, AppView

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

_STOPPABLE = frozenset({AppState.STARTING, AppState.RUNNING, AppState.FROZEN})


@dataclass(slots=True)
class _Card:
    """One app with what is shown of it."""

    view: AppView
    page: AppPage


@QmlElement
@QmlSingleton
class Apps(FieldRows):
    """All apps, in the host's order."""

    ROLES = ("app", "name", "emblem", "state", "reason", "page", "startable", "stoppable")
    changed = Signal()
    looked = Signal()
    """Another app is on the screen, or none."""
    redrawn = Signal()
    """Something that an app shows has changed, or which apps there are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[_Card] = []
        self._limits = FULLY_RESTRICTED
        self._files = PictureFiles()
        self._wanted: set[str] = set()
        self._notice = AppNotice(self._answer, self)
        self.send: Callable[[str, InputEvent], None] | None = None
        """Carries what the driver did with an app to the host; set by the source."""
        self.fetch: Callable[[str, str], None] | None = None
        """Asks the host for an app's picture (app, id), which comes by `picture_arrived`; set by the source."""
        self.begin: Callable[[str], None] | None = None
        """Asks the host to start an app again; set by the source."""
        self.finish: Callable[[str], None] | None = None
        """Asks the host to end an app; set by the source."""
        self._on_screen = -1

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many apps there are."""
        return len(self._cards)

    @Property(str, notify=changed)
    def first(self) -> str:
        """Id of the first app; empty for none."""
        return self._cards[0].view.id if self._cards else ""

    @Property(AppNotice, constant=True)
    def notice(self) -> AppNotice:
        """What an app says above the pages."""
        return self._notice

    @property
    def up(self) -> AppNotice:
        """The same for Python."""
        return self._notice

    @Slot(int)
    def look(self, number: int) -> None:
        """The screen shows the app of this number and no other; -1 for none."""
        if number != self._on_screen:
            self._on_screen = number
            self.looked.emit()

    @property
    def on_screen(self) -> list[str]:
        """Ids of the apps that the screen shows."""
        shown = self._cards[self._on_screen : self._on_screen + 1] if self._on_screen >= 0 else []
        return [card.view.id for card in shown]

    @property
    def cards(self) -> list[tuple[AppView, AppPage]]:
        """Each app with what is shown of it, in the host's order."""
        return [(card.view, card.page) for card in self._cards]

    @Slot(str)
    def start(self, app: str) -> None:
        """The driver wants an app again that has stopped."""
        if self.begin is not None:
            self.begin(app)

    @Slot(str)
    def stop(self, app: str) -> None:
        """The driver wants an app to end until it is started again."""
        if self.finish is not None:
            self.finish(app)

    def close(self) -> None:
        """Delete the pictures' files."""
        self._files.close()

    @override
    def length(self) -> int:
        return len(self._cards)

    @override
    def cell(self, number: int, field: str) -> object:
        card = self._cards[number]
        view = card.view
        match field:
            case "app":
                return view.id
            case "name":
                return view.name
            case "emblem":
                return view.icon
            case "state":
                return view.state.value
            case "reason":
                return sentences.app(view.state, view.reason)
            case "startable":
                return view.state in sentences.STARTABLE
            case "stoppable":
                return view.state in _STOPPABLE
            case _:
                return card.page

    def update(self, views: list[AppView], limits: Limits) -> None:
        """Show these apps within these limits. The same apps change in place."""
        limits_changed, self._limits = limits != self._limits, limits
        if [view.id for view in views] != [card.view.id for card in self._cards]:
            self._replace(views)
        else:
            for number, (card, view) in enumerate(zip(self._cards, views, strict=True)):
                if card.view != view or limits_changed:
                    self._redraw(number, card, view)
        self._notice.show(views)
        self._want_pictures()
        self.redrawn.emit()

    def limit(self, limits: Limits) -> None:
        """The driving state changed what may be shown."""
        self.update([card.view for card in self._cards], limits)

    @Slot()
    def redraw(self) -> None:
        """Write all numbers anew: the driver's units have changed."""
        for card in self._cards:
            card.page.show(card.view, self._limits)
        self.redrawn.emit()

    def picture_arrived(self, name: str, png: bytes) -> None:
        """A picture came from the host. Raises InvalidArgumentError when it is none that may be shown."""
        self._files.put(name, png)
        self._wanted.discard(name)
        for card in self._cards:
            card.page.picture_arrived(name)

    def forget_requests(self) -> None:
        """The host is gone: what was asked of it will not come."""
        self._wanted.clear()

    def _replace(self, views: list[AppView]) -> None:
        gone = self._cards
        self.beginResetModel()
        self._cards = [_Card(view, AppPage(self._answer, self._files.url, self._files.qr, self)) for view in views]
        for card in self._cards:
            card.page.show(card.view, self._limits)
        self.endResetModel()
        self.changed.emit()
        # After the delegates that look at them, which the reset has marked for deletion.
        for card in gone:
            card.page.deleteLater()

    def _redraw(self, number: int, card: _Card, view: AppView) -> None:
        before, card.view = card.view, view
        card.page.show(view, self._limits)
        if (before.name, before.state, before.reason, before.icon) != (view.name, view.state, view.reason, view.icon):
            self.dataChanged.emit(self.index(number), self.index(number))

    def _want_pictures(self) -> None:
        for card in self._cards:
            for name in card.page.pictures:
                if self.fetch is not None and name not in self._wanted and not self._files.url(name):
                    self._wanted.add(name)
                    self.fetch(card.view.id, name)

    def _answer(self, app: str, event: InputEvent) -> None:
        if self.send is not None:
            self.send(app, event)
