# SPDX-License-Identifier: Apache-2.0
"""Properties of QML that follow a reading: `Follow on text { reading: Vehicle.speed }`.

A binding to a reading's text costs a signal, its getters in Python and an evaluation for each change; this writes what
changed, and nothing else, straight into the property. Nothing is written while the item is not visible; it is up to
date again before it is drawn. An item that hides itself by this very property would never come back: bind there.
"""

from typing import override

from PySide6.QtCore import SLOT, Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QPyQmlPropertyValueSource, QQmlProperty

from ivi.hmi.display import UNKNOWN
from ivi.hmi.models.reading import Reading
from ivi.hmi.readout import Readout, Writer

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


class _Tie:
    """What ties a property to a readout. It outlives its follower, so that it can be ended when QML destroys that."""

    __slots__ = ("readout", "write")

    def __init__(self) -> None:
        self.readout: Readout | None = None
        self.write: Writer | None = None
        """What the readout writes to; None while nothing follows."""

    def end(self) -> None:
        """Let the property be."""
        if self.readout is not None and self.write is not None:
            self.readout.remove(self.write)
        self.write = None


@QmlElement
class Follow(QPyQmlPropertyValueSource):
    """A text follows the reading's text, with the unit when there is a value; a number follows its number."""

    pointed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self._unit = ""
        self._target: QQmlProperty | None = None
        self._visible: QQmlProperty | None = None
        """Of the item; None for what is no item. Nothing here keeps a Python object of an item that QML may destroy."""
        self._tie = _Tie()
        self.destroyed.connect(self._tie.end)

    @override
    def setTarget(self, target: QQmlProperty) -> None:  # type: ignore[override]  # QML passes no object
        """Take the property that follows; called by QML."""
        self._target = target
        visible = QQmlProperty(target.object(), "visible")
        if visible.isValid():
            self._visible = visible
            visible.connectNotifySignal(self, SLOT("_look()"))  # type: ignore[call-overload]  # the stub wants bytes, Qt the text
        self._look()

    def _get_reading(self) -> Reading | None:
        return self._reading

    def _set_reading(self, reading: Reading | None) -> None:
        if reading is not self._reading:
            self._tie.end()
            self._reading = reading
            self._tie.readout = None if reading is None else reading.readout
            self._look()
            self.pointed.emit()

    def _get_unit(self) -> str:
        return self._unit

    def _set_unit(self, unit: str) -> None:
        if unit != self._unit:
            self._tie.end()
            self._unit = unit
            self._look()
            self.pointed.emit()

    reading = Property(Reading, _get_reading, _set_reading, notify=pointed)
    """What is followed."""
    unit = Property(str, _get_unit, _set_unit, notify=pointed)
    """What stands behind a number in a text, with its space, such as " %"."""

    @Slot()
    def _look(self) -> None:
        """Begin or end, as the item can be seen or not."""
        tie = self._tie
        if tie.readout is None or self._target is None or (self._visible is not None and not self._visible.read()):
            tie.end()
        elif tie.write is None:
            tie.write = self._begin(tie.readout, self._target)

    def _begin(self, readout: Readout, target: QQmlProperty) -> Writer:
        write = target.write
        if target.propertyTypeName() != "QString":  # type: ignore[comparison-overlap]  # the stub says bytes
            readout.add_number(write)
            return write
        written = _with_unit(write, self._unit) if self._unit else write
        readout.add_text(written)
        return written


def _with_unit(write: Writer, unit: str) -> Writer:
    def united(text: str) -> None:
        write(text if text == UNKNOWN else text + unit)

    return united
