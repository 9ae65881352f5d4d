# SPDX-License-Identifier: Apache-2.0
"""Updates as the driver decides about them: what is here, what it would change, what was done."""

import math
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.catalogues import later
from ivi.hmi.models.shown_rows import ShownRows
from ivi.hmi.moments import moment
from ivi.hmi.sentences import sentence
from ivi.model.updates import (
    ApplyUpdates,
    CheckUpdates,
    HistoryLine,
    ListUpdateHistory,
    RollBackUpdates,
    UpdateHistory,
    UpdateItem,
    UpdateState,
)
from ivi.model.updates import Updates as UpdatesState

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate
SHOWN_LINES = 50

_TITLES = {
    UpdateState.OFF: later("Updates", "Updates are not set up"),
    UpdateState.IDLE: later("Updates", "Everything is up to date"),
    UpdateState.FETCHING: later("Updates", "An update is being fetched"),
    UpdateState.WAITING: later("Updates", "An update is ready"),
    UpdateState.INSTALLING: later("Updates", "The update is being installed"),
    UpdateState.TRIAL: later("Updates", "The update is in use and watched"),
    UpdateState.FAILED: later("Updates", "The newest update was not taken"),
}


@QmlElement
@QmlSingleton
class Updates(QObject):
    """Where updates stand, as the cloud process says."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send: Callable[[msgspec.Struct], None] | None = None
        """Asks the cloud process; set by the source."""
        self._said: UpdatesState | None = None
        self._history: UpdateHistory | None = None
        self._busy = False
        self._items = ShownRows(("name", "version", "before", "done"), self)
        self._lines = ShownRows(("number", "when", "text"), self)

    @property
    def lists(self) -> tuple[ShownRows, ...]:
        """Lists that are cut while driving."""
        return (self._lines,)

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the cloud process has spoken."""
        return self._said is not None

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._busy

    @Property(str, notify=changed)
    def state(self) -> str:
        """`off`, `idle`, `fetching`, `waiting`, `installing`, `trial`, `failed`; empty while not known."""
        return self._said.state.value if self._said else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """The state as a sentence."""
        return translate("Updates", _TITLES[self._said.state]) if self._said else ""

    @Property(str, notify=changed)
    def text(self) -> str:
        """Why, and what it waits for."""
        if self._said is None:
            return ""
        said = self._said
        if said.state is UpdateState.WAITING and said.agreed and said.waits_for:
            return " ".join(map(sentence, said.waits_for))
        return sentence(said.reason)

    @Property(str, notify=changed)
    def duration(self) -> str:
        """How long installing takes, about."""
        if self._said is None or not self._said.items or self._said.expected_s <= 0:
            return ""
        return translate("Updates", "Installing takes about %n minutes.", "", math.ceil(self._said.expected_s / 60))

    @Property(str, notify=changed)
    def checked(self) -> str:
        """When the repositories were last asked; empty for never."""
        return moment(int(self._said.checked * 1000)) if self._said else ""

    @Property(str, notify=changed)
    def software(self) -> str:
        """Identifier of what is installed."""
        return self._said.software if self._said else ""

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def progress(self) -> float:
        """How much has come, 0 to 1."""
        items = self._said.items if self._said else []
        length = sum(item.length for item in items)
        return sum(min(item.here, item.length) for item in items) / length if length else 0.0

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether the driver may agree now."""
        return self._said is not None and self._said.state is UpdateState.WAITING and not self._said.agreed

    @Property(bool, notify=changed)
    def agreed(self) -> bool:
        """Whether the driver has agreed and it is not installed yet."""
        return self._said is not None and self._said.state is UpdateState.WAITING and self._said.agreed

    @Property(bool, notify=changed)
    def returnable(self) -> bool:
        """Whether something was installed that the driver may take back."""
        return bool(self._history and self._history.installed)

    @Property(ShownRows, constant=True)
    def items(self) -> ShownRows:
        """What is ordered: name, version, before, done (0 to 1)."""
        return self._items

    @Property(ShownRows, constant=True)
    def lines(self) -> ShownRows:
        """The history, newest first: number, when, text."""
        return self._lines

    @Property(str, notify=changed)
    def damage(self) -> str:
        """What is wrong with the history; empty when it is whole."""
        return sentence(self._history.problem) if self._history else ""

    @Slot()
    def check(self) -> None:
        """Ask the repositories now."""
        self._ask(CheckUpdates())

    @Slot(bool)
    def agree(self, wanted: bool) -> None:  # a slot has positions only
        """The driver agrees to what is shown, or no longer does."""
        if self._said is not None and self._said.order:
            self._ask(ApplyUpdates(self._said.order, wanted))

    @Slot()
    def back(self) -> None:
        """The driver wants what was installed before."""
        self._ask(RollBackUpdates())

    @Slot()
    def recall(self) -> None:
        """Read the history."""
        if self.send is not None and self._said is not None and self._said.state is not UpdateState.OFF:
            self.send(ListUpdateHistory(SHOWN_LINES))

    def update(self, said: UpdatesState | None) -> None:
        """Take what is; None while the process is away."""
        if said != self._said:
            self._said = said
            self._items.replace([_item(item) for item in said.items] if said else [])
            if said is None:
                self._busy = False
            self.changed.emit()

    def remember(self, history: UpdateHistory) -> None:
        """The history has been read."""
        if history != self._history:
            self._history = history
            self._lines.replace([_line(line) for line in reversed(history.lines)])
            self.changed.emit()

    def answered(self) -> None:
        """What was asked for has an answer."""
        self._busy = False
        self.changed.emit()

    def _ask(self, request: msgspec.Struct) -> None:
        if self.send is not None and not self._busy:
            self._busy = True
            self.changed.emit()
            self.send(request)


def _item(item: UpdateItem) -> dict[str, object]:
    done = min(item.here, item.length) / item.length if item.length else 1.0
    return {"name": item.name, "version": item.version, "before": item.before, "done": done}


def _line(line: HistoryLine) -> dict[str, object]:
    said = " ".join(part for part in (line.what.replace("_", " "), line.subject) if part)
    text = f"{said}: {line.why}" if line.why else said
    return {"number": line.seq, "when": moment(line.at_ms), "text": sentence(text)}
