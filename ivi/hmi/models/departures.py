# SPDX-License-Identifier: Apache-2.0
"""Departures for which the cabin is prepared, as rows, and what the driver changes of them."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import override

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import display, measures
from ivi.hmi.catalogues import later
from ivi.hmi.models.field_rows import FieldRows
from ivi.hmi.sentences import sentence
from ivi.model.climate_schedule import (
    EVERY_DAY,
    MAX_DEPARTURES,
    MINUTES,
    TEMPERATURES,
    Departure,
    RemoveDeparture,
    ScheduleState,
    SetDeparture,
)
from ivi.model.climate_schedule import Departures as Said

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate

_NEW = Departure("", 7 * 60 + 30, 0b0011111)
_WEEKDAYS, _WEEKEND = 0b0011111, 0b1100000
_DAYS = (
    later("Departures", "Mon"),
    later("Departures", "Tue"),
    later("Departures", "Wed"),
    later("Departures", "Thu"),
    later("Departures", "Fri"),
    later("Departures", "Sat"),
    later("Departures", "Sun"),
)


def days_in_words(days: int) -> str:
    """Which days of the week a departure has."""
    match days:
        case _ if days == EVERY_DAY:
            return translate("Departures", "Every day")
        case _ if days == _WEEKDAYS:
            return translate("Departures", "Monday to Friday")
        case _ if days == _WEEKEND:
            return translate("Departures", "At the weekend")
        case _:
            return " ".join(translate("Departures", _DAYS[n]) for n in range(len(_DAYS)) if days >> n & 1)


@QmlElement
@QmlSingleton
class Departures(FieldRows):
    """One row each departure. `send` asks the services process; nothing changes here before it says so."""

    ROLES = ("name", "time", "days", "warmth", "enabled")
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: Said | None = None
        self._draft: Departure | None = None
        self.send: Callable[[SetDeparture | RemoveDeparture], None] | None = None
        """Set by the source."""

    @property
    def _departures(self) -> list[Departure]:
        return self._said.departures if self._said else []

    @override
    def length(self) -> int:
        return len(self._departures)

    @override
    def cell(self, number: int, field: str) -> object:
        one = self._departures[number]
        match field:
            case "name":
                return one.id
            case "time":
                return clock(one.minute)
            case "days":
                return days_in_words(one.days)
            case "warmth":
                return measures.decimal(f"{one.temperature:.1f}°")
            case _:
                return one.enabled

    def update(self, said: Said | None) -> None:
        """Take what the services process keeps; None while it is away."""
        if said == self._said:
            return
        before = self._departures
        after = said.departures if said else []
        if [one.id for one in before] == [one.id for one in after]:
            self._said = said
            if after and before != after:
                self.dataChanged.emit(self.index(0), self.index(len(after) - 1))
        else:
            self.beginResetModel()
            self._said = said
            self.endResetModel()
        self.changed.emit()

    @Property(bool, notify=changed)
    def kept(self) -> bool:
        """Whether anybody keeps departures."""
        return self._said is not None

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many there are."""
        return self.rowCount()

    @Property(bool, notify=changed)
    def full(self) -> bool:
        """Whether there is no room for one more."""
        return self.rowCount() >= MAX_DEPARTURES

    @Property(bool, notify=changed)
    def running(self) -> bool:
        """Whether the cabin is being prepared."""
        return self._said is not None and self._said.state is ScheduleState.RUNNING

    @Property(str, notify=changed)
    def text(self) -> str:
        """What is done about the next departure, in a sentence."""
        if self._said is None:
            return translate("Departures", "Departures are not kept at the moment.")
        at = datetime.fromtimestamp(self._said.next, UTC).astimezone().strftime("%H:%M") if self._said.next else ""
        match self._said.state:
            case ScheduleState.NOTHING:
                return translate("Departures", "No departure is planned.")
            case ScheduleState.WAITING:
                return translate("Departures", "The cabin will be ready at {time}.").format(time=at)
            case ScheduleState.RUNNING:
                return translate("Departures", "The cabin is being made ready for {time}.").format(time=at)
            case ScheduleState.HINDERED:
                said = translate("Departures", "The cabin will not be ready at {time}.").format(time=at)
                return f"{said} {sentence(self._said.reason)}"

    # -- the departure that is being edited ---------------------------------------------------------------------------
    @Property(bool, notify=changed)
    def editing(self) -> bool:
        """Whether one is being edited."""
        return self._draft is not None

    @Property(str, notify=changed)
    def time(self) -> str:
        """Time of day of the one that is being edited."""
        return clock(self._draft.minute) if self._draft else display.UNKNOWN

    @Property(str, notify=changed)
    def warmth(self) -> str:
        """Its temperature."""
        return measures.decimal(f"{self._draft.temperature:.1f}°") if self._draft else display.UNKNOWN

    @Property(int, notify=changed)
    def days(self) -> int:
        """Its days, bit 0 for Monday."""
        return self._draft.days if self._draft else 0

    @Property(bool, notify=changed)
    def fresh(self) -> bool:
        """Whether it is a new one."""
        return self._draft is not None and not self._draft.id

    @Slot(str)
    def edit(self, name: str) -> None:
        """Begin to edit the departure of this name, or a new one when the name is empty."""
        known = {one.id: one for one in self._departures}
        self._change(known.get(name, _NEW))

    @Slot(int)
    def later(self, minutes: int) -> None:
        """Move it by so many minutes, around midnight."""
        if self._draft:
            self._change(msgspec.structs.replace(self._draft, minute=(self._draft.minute + minutes) % MINUTES))

    @Slot(int)
    def warmer(self, halves: int) -> None:
        """Change its temperature by so many half degrees."""
        if self._draft:
            celsius = min(TEMPERATURES[1], max(TEMPERATURES[0], self._draft.temperature + halves / 2))
            self._change(msgspec.structs.replace(self._draft, temperature=celsius))

    @Slot(int)
    def toggle(self, day: int) -> None:
        """Add or take a day of the week; the last one stays."""
        if self._draft and (days := self._draft.days ^ 1 << day):
            self._change(msgspec.structs.replace(self._draft, days=days))

    @Slot()
    def cancel(self) -> None:
        """Forget what was edited."""
        self._change(None)

    @Slot()
    def keep(self) -> None:
        """Ask to keep what was edited."""
        if self._draft and self.send is not None:
            name = self._draft.id or uuid.uuid4().hex
            self.send(SetDeparture(msgspec.structs.replace(self._draft, id=name, enabled=True)))
        self._change(None)

    @Slot()
    def remove(self) -> None:
        """Ask to forget the departure that is being edited."""
        if self._draft and self._draft.id and self.send is not None:
            self.send(RemoveDeparture(self._draft.id))
        self._change(None)

    @Slot(str)
    def flip(self, name: str) -> None:
        """Ask to switch a departure on or off."""
        for one in self._departures:
            if one.id == name and self.send is not None:
                self.send(SetDeparture(msgspec.structs.replace(one, enabled=not one.enabled)))

    def _change(self, draft: Departure | None) -> None:
        self._draft = draft
        self.changed.emit()


def clock(minute: int) -> str:
    """Minutes since midnight as a time of day."""
    return f"{minute // 60}:{minute % 60:02d}"
