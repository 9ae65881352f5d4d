# SPDX-License-Identifier: Apache-2.0
"""Apps of one purpose as a short list, and the one of them that a page shows: what plays, and who guides.

An app belongs to a purpose by the icon of its manifest, or because it has shown a page of that purpose. It stays while
it runs, so that browsing does not take the player off its own page.
"""

from typing import override

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import sentences
from ivi.hmi.models.app_page import AppPage
from ivi.hmi.models.apps import Apps
from ivi.hmi.models.field_rows import FieldRows
from ivi.model.apphost import AppView
from ivi.model.templates import MediaTemplate, PageTemplate, kind_of

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AppChoice(FieldRows):
    """Apps of one purpose, in the host's order."""

    ROLES = ("app", "name", "emblem", "active")
    KINDS: frozenset[str] = frozenset()
    """Kinds of pages that only apps of this purpose show."""
    EMBLEMS: frozenset[str] = frozenset()
    """Icons that such apps have in their manifests."""
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._apps: Apps | None = None
        self._shown: set[str] = set()
        self._members: list[tuple[int, AppView, AppPage]] = []
        self._lines: list[tuple[object, ...]] = []
        self._chosen = ""
        self._by_hand = False

    def follow(self, apps: Apps) -> None:
        """Choose among these."""
        self._apps = apps
        apps.redrawn.connect(self._look)
        self._look()

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many apps of the purpose there are."""
        return len(self._members)

    @Property(str, notify=changed)
    def app(self) -> str:
        """Id of the chosen app; empty for none."""
        return self._chosen

    @Property(int, notify=changed)
    def number(self) -> int:
        """The chosen app's number among all apps; -1 for none."""
        return next((number for number, view, _ in self._members if view.id == self._chosen), -1)

    @Property(AppPage, notify=changed)
    def page(self) -> AppPage | None:
        """What the chosen app shows."""
        return next((page for _, view, page in self._members if view.id == self._chosen), None)

    @property
    def front(self) -> tuple[AppView, AppPage] | None:
        """The chosen app and its page, for Python."""
        return next(((view, page) for _, view, page in self._members if view.id == self._chosen), None)

    @Property(str, notify=changed)
    def name(self) -> str:
        """The chosen app's name."""
        view = self._view
        return view.name if view else ""

    @Property(str, notify=changed)
    def emblem(self) -> str:
        """The chosen app's icon."""
        view = self._view
        return view.icon if view else ""

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why the chosen app does not run, as a sentence; empty while it runs."""
        view = self._view
        return sentences.app(view.state, view.reason) if view else ""

    @Property(bool, notify=changed)
    def startable(self) -> bool:
        """Whether the chosen app has stopped and may be started again."""
        view = self._view
        return view is not None and view.state in sentences.STARTABLE

    @Slot(str)
    def choose(self, app: str) -> None:
        """The driver wants this app; it stays chosen while it is there."""
        if any(view.id == app for _, view, _ in self._members):
            self._chosen, self._by_hand = app, True
            self._tell()

    @override
    def length(self) -> int:
        return len(self._lines)

    @override
    def cell(self, number: int, field: str) -> object:
        return self._lines[number][self.ROLES.index(field)]

    @property
    def _view(self) -> AppView | None:
        return next((view for _, view, _ in self._members if view.id == self._chosen), None)

    def _active(self, page: PageTemplate) -> bool:
        return kind_of(page) in self.KINDS

    @Slot()
    def _look(self) -> None:
        assert self._apps is not None  # noqa: S101  # follow() connects
        cards = list(enumerate(self._apps.cards))
        self._shown &= {view.id for _, (view, _) in cards}
        self._shown |= {
            view.id for _, (view, _) in cards if view.template is not None and kind_of(view.template) in self.KINDS
        }
        self._members = [
            (number, view, page)
            for number, (view, page) in cards
            if view.id in self._shown or view.icon in self.EMBLEMS
        ]
        names = [view.id for _, view, _ in self._members]
        if not (self._by_hand and self._chosen in names):
            self._by_hand = False
            active = [view.id for _, view, _ in self._members if view.template and self._active(view.template)]
            if self._chosen not in active:
                self._chosen = next(iter([*active, *([self._chosen] if self._chosen in names else []), *names]), "")
        self._tell()

    def _tell(self) -> None:
        lines: list[tuple[object, ...]] = [
            (view.id, view.name, view.icon, view.template is not None and self._active(view.template))
            for _, view, _ in self._members
        ]
        if [line[0] for line in lines] != [line[0] for line in self._lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
        elif lines != self._lines:
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        self.changed.emit()


@QmlElement
@QmlSingleton
class Media(AppChoice):
    """Apps that play something; without a choice of the driver the one that plays."""

    KINDS = frozenset({"media"})
    EMBLEMS = frozenset({"music", "radio", "podcast", "book", "album", "playlist"})

    @override
    def _active(self, page: PageTemplate) -> bool:
        return isinstance(page, MediaTemplate) and page.playing


@QmlElement
@QmlSingleton
class Guidance(AppChoice):
    """Apps that know the way; without a choice of the driver the one that guides."""

    KINDS = frozenset({"navigation", "route_preview"})
    EMBLEMS = frozenset({"route", "map", "compass", "flag"})
