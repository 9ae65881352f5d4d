# SPDX-License-Identifier: Apache-2.0
"""One shown quantity, and one that the driver can change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from PySide6.QtCore import Property, QMetaMethod, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ivi.hmi.display import Rule, Shown
from ivi.hmi.readout import Readout
from ivi.model.signal import Value

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class Reading(QObject):
    """A signal as it is drawn: what QML may ask of a readout.

    A text or a bar that changes as the car drives is followed by `Follow`, which is much cheaper than a binding to
    `text` or `value`; those are for what changes rarely, such as switches.
    """

    changed = Signal()
    """Anything has changed."""
    turned = Signal()
    """More than the digits has changed: whether it is known, how old it is, whether it can be."""

    def __init__(self, rule: Rule, parent: QObject) -> None:
        super().__init__(parent)
        self.readout = Readout(rule)
        """Where the values go; for Python."""
        self.readout.turned = self.turned.emit
        self._ears = 0

    @property
    def shown(self) -> Shown | None:
        """What is drawn now; None while unknown. For Python; QML has the properties."""
        return self.readout.shown

    @Property(str, notify=changed)
    def text(self) -> str:
        """The value as text, without its unit."""
        return self.readout.text

    @Property(bool, notify=turned)
    def stale(self) -> bool:
        """Whether the text is that of a value which is too old."""
        return self.readout.old is not None

    @Property(str, notify=turned)
    def age(self) -> str:
        """How old a stale value is, short."""
        return self.readout.old[1] if self.readout.old else ""

    @Property("double", notify=changed)  # type: ignore[arg-type]  # stubs want a type; QML has no `float`
    def value(self) -> float:
        """The value in the shown unit, 0 while unknown (look at `known` first)."""
        return self.readout.number

    @Property(bool, notify=turned)
    def known(self) -> bool:
        """Whether there is a fresh value."""
        return self.readout.shown is not None

    @Property(bool, notify=turned)
    def doubtful(self) -> bool:
        """Whether the value is not possible; it is drawn with a mark."""
        return self.readout.shown is not None and self.readout.shown.doubtful

    def show(self, value: Value | None) -> bool:
        """Draw this value; None when it is absent or too old. Returns True when the drawing changes."""
        return self.readout.show(value)

    def take(self, value: Value | None, due: list[Readout]) -> bool:
        """Draw this value at once: nothing of it is ever due."""
        del due
        return self.show(value)

    def outdate(self, value: Value | None, age: str) -> None:
        """Draw this value as one that is too old."""
        self.readout.outdate(value, age)

    @override
    def connectNotify(self, signal: QMetaMethod) -> None:
        # A signal costs as much as the rule and the text together, so that there is none while nobody listens.
        if signal.name() == b"changed":
            self._ears += 1
            self.readout.changed = self.changed.emit

    @override
    def disconnectNotify(self, signal: QMetaMethod) -> None:
        if signal.name() == b"changed":
            self._ears -= 1
            if self._ears == 0:  # isSignalConnected remembers the bindings of items that are gone
                self.readout.changed = None


@dataclass(frozen=True, slots=True)
class Actuator:
    """What can be asked of the car, and what the driver calls it."""

    path: str
    name: str
    """Begins the sentence that says it was not changed."""
    kind: Callable[[float], Value]
    """From the shown number to the value on the link; mostly its type."""
    lowest: float = 0.0
    highest: float = 1.0
    step: float = 1.0
    confirm: bool = True
    """False for what moves longer than the databroker waits for a report, such as a window."""


@QmlElement
class Setting(Reading):
    """An actuator. It draws what the car reports; what the driver asked for is apart, until the report agrees."""

    asked = Signal()

    def __init__(self, rule: Rule, parent: QObject, actuator: Actuator) -> None:
        super().__init__(rule, parent)
        self.actuator = actuator
        self._wanted: float | None = None
        self._in_flight: float | None = None
        self.send: Callable[[Setting, Value], None] | None = None
        """Asks the car to make a value true; set by the source. It must call `answered` in the end."""

    @Property(bool, notify=asked)
    def pending(self) -> bool:
        """Whether the driver asked for something that the car has not reported yet."""
        return self._wanted is not None

    @Property("double", notify=asked)  # type: ignore[arg-type]  # as `value`
    def aim(self) -> float:
        """What the driver asked for, else what the car reports: where a slider's handle is."""
        return self._wanted if self._wanted is not None else (self.shown.value if self.shown else 0.0)

    @Property(str, notify=asked)
    def wanted(self) -> str:
        """What the driver asked for, as text; empty when nothing is pending."""
        shown = None if self._wanted is None else self.readout.rule(self.actuator.kind(self._wanted))
        return shown.text if shown else ""

    @Slot(int)
    def step(self, count: int) -> None:
        """Ask for so many steps more (or fewer), from what was asked for last, within the actuator's range."""
        start = self._wanted if self._wanted is not None else (self.shown.value if self.shown else None)
        if start is not None:
            aim = start + count * self.actuator.step
            self._ask(min(self.actuator.highest, max(self.actuator.lowest, aim)))

    @Slot()
    def flip(self) -> None:
        """Ask for the other position of a switch."""
        if self.shown is not None:
            self._ask(0.0 if (self._wanted if self._wanted is not None else self.shown.value) else 1.0)

    @Slot(float)
    def set(self, value: float) -> None:
        """Ask for this value, within the actuator's range."""
        if self.shown is not None:
            self._ask(min(self.actuator.highest, max(self.actuator.lowest, value)))

    def answered(self, *, failed: bool) -> None:
        """The car has answered the value in flight. What was asked for meanwhile is sent now; a failure ends all."""
        sent, self._in_flight = self._in_flight, None
        if failed or self._wanted == sent:
            self._settle(None)
        elif self._wanted is not None:
            self._ask(self._wanted)

    @override
    def show(self, value: Value | None) -> bool:
        """Draw what the car reports; when it is what the driver asked for, nothing is pending any more."""
        changed = super().show(value)
        if changed:
            self.asked.emit()
        if self.shown is not None and self.shown.value == self._wanted and self._in_flight in {None, self._wanted}:
            self._settle(None)
        return changed

    def _ask(self, value: float) -> None:
        if self.send is None or (self.shown is not None and value == self.shown.value and self._in_flight is None):
            self._settle(None)
            return
        self._settle(value)
        if self._in_flight is None:
            self._in_flight = value
            self.send(self, self.actuator.kind(value))

    def _settle(self, wanted: float | None) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.asked.emit()
