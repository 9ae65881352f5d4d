# SPDX-License-Identifier: Apache-2.0
"""Apps and their cards, as lists that change in place, so that a new track does not scroll a list back to its top."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import sentences
from ivi.hmi.template_limits import Limits, within
from ivi.model.apphost import AppState, AppView
from ivi.model.templates import Row

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

type Index = QModelIndex | QPersistentModelIndex
_FIRST = int(Qt.ItemDataRole.UserRole) + 1
_NO_PARENT = QModelIndex()


@QmlElement
class TemplateRows(QAbstractListModel):
    """Rows of one app's list."""

    ROLES = ("key", "title", "detail", "glyph", "badge", "chosen")

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST + n: QByteArray(name.encode()) for n, name in enumerate(self.ROLES)}

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = _FIRST) -> object:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        return (row.id, row.title, row.text, row.icon.value, row.badge, row.selected)[role - _FIRST]

    def replace(self, rows: tuple[Row, ...]) -> None:
        """Show these rows. Rows that stay in place are changed, rows at the end come and go."""
        common = min(len(rows), len(self._rows))
        changed = [n for n in range(common) if rows[n] != self._rows[n]]
        if len(rows) < len(self._rows):
            self.beginRemoveRows(_NO_PARENT, len(rows), len(self._rows) - 1)
            self._rows = self._rows[: len(rows)]
            self.endRemoveRows()
        elif len(rows) > len(self._rows):
            self.beginInsertRows(_NO_PARENT, len(self._rows), len(rows) - 1)
            self._rows = self._rows + rows[common:]
            self.endInsertRows()
        self._rows = rows
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


@dataclass(slots=True)
class _Card:
    """One app with what is shown of it."""

    view: AppView
    rows: TemplateRows
    title: str = ""
    subtitle: str = ""
    hidden: int = 0
    selected: int = -1
    """Number of the selected row; -1 for none."""
    actions: tuple[dict[str, str], ...] = ()


@QmlElement
@QmlSingleton
class Apps(QAbstractListModel):
    """All apps, in the host's order."""

    ROLES = ("app", "name", "state", "reason", "revision", "title", "subtitle", "hidden", "actions", "rows", "selected")
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: list[_Card] = []
        self._limits = Limits()
        self.send: Callable[[str, int, str], None] | None = None
        """Carries a tap (app, revision, target) to the host; set by the source."""

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many apps there are."""
        return len(self._cards)

    @Property(str, notify=changed)
    def first(self) -> str:
        """Id of the first app; empty for none."""
        return self._cards[0].view.id if self._cards else ""

    @Slot(str, int, str)
    def tap(self, app: str, revision: int, target: str) -> None:
        """The driver chose a row or an action."""
        if self.send is not None:
            self.send(app, revision, target)

    @override
    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST + n: QByteArray(name.encode()) for n, name in enumerate(self.ROLES)}

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._cards)

    @override
    def data(self, index: Index, role: int = _FIRST) -> object:
        if not 0 <= index.row() < len(self._cards):
            return None
        card = self._cards[index.row()]
        view = card.view
        match self.ROLES[role - _FIRST]:
            case "app":
                return view.id
            case "name":
                return view.name
            case "state":
                return view.state.value
            case "reason":
                return sentences.app(view.state, view.reason)
            case "revision":
                return view.revision
            case "actions":
                return list(card.actions)
            case drawn:
                return getattr(card, drawn)

    def update(self, views: list[AppView], limits: Limits) -> None:
        """Show these apps within these limits. The same apps change in place."""
        self._limits = limits
        if [view.id for view in views] != [card.view.id for card in self._cards]:
            self.beginResetModel()
            for card in self._cards:
                card.rows.deleteLater()
            self._cards = [self._draw(_Card(view, TemplateRows(self))) for view in views]
            self.endResetModel()
            self.changed.emit()
            return
        for number, (card, view) in enumerate(zip(self._cards, views, strict=True)):
            if card.view != view:
                card.view = view
                self._redraw(number, card)

    def limit(self, limits: Limits) -> None:
        """The driving state changed what may be shown."""
        if limits != self._limits:
            self._limits = limits
            for number, card in enumerate(self._cards):
                self._redraw(number, card)

    def _redraw(self, number: int, card: _Card) -> None:
        self._draw(card)
        self.dataChanged.emit(self.index(number), self.index(number))

    def _draw(self, card: _Card) -> _Card:
        template = card.view.template if card.view.state is AppState.RUNNING else None
        if template is None:
            card.title = card.subtitle = ""
            card.hidden, card.selected, card.actions = 0, -1, ()
            card.rows.replace(())
            return card
        shown = within(template, self._limits)
        card.title, card.subtitle, card.hidden = shown.title, shown.subtitle, shown.hidden
        card.selected = next((number for number, row in enumerate(shown.rows) if row.selected), -1)
        card.actions = tuple({"key": one.id, "title": one.title, "style": one.style.value} for one in shown.actions)
        card.rows.replace(shown.rows)
        return card
