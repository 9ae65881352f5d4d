# SPDX-License-Identifier: Apache-2.0
"""The paired phones as the screen shows them. The car is asked only while a page looks."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.model.phone import AnswerCall, Call, Calls, CallState, EndCall, Phones

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate
_RINGING = frozenset({CallState.INCOMING, CallState.WAITING})


@QmlElement
@QmlSingleton
class Telephone(QObject):
    """Bluetooth and the phones on it."""

    changed = Signal()
    rang = Signal()
    """Something about a call has changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: Phones | None = None
        self._look: Callable[[bool], None] | None = None
        self._wanted = False
        self._call: Call | None = None
        self._possible = False
        self.send: Callable[[msgspec.Struct], None] | None = None
        """Asks the services process; set by the source."""

    def serve(self, look: Callable[[bool], None]) -> None:
        """The source begins or ends following the phone service with `look`; a page may have asked for it already."""
        self._look = look
        look(self._wanted)

    @Property(str, notify=changed)
    def state(self) -> str:
        """on, off, no_adapter, no_service, no_library; empty while nothing was heard."""
        return self._said.state.value if self._said else ""

    @Property(str, notify=changed)
    def adapter(self) -> str:
        """The name that phones see."""
        return self._said.adapter if self._said else ""

    @Property(list, notify=changed)
    def phones(self) -> list[dict[str, object]]:
        """name, connected, battery (percent, -1 for unknown). Read it once, it is copied."""
        return [
            {"name": one.name, "connected": one.connected, "battery": -1 if one.battery is None else one.battery}
            for one in (self._said.phones if self._said else [])
        ]

    @Slot(bool)
    def watch(self, wanted: bool) -> None:
        """A page looks, or no longer."""
        self._wanted = wanted
        if self._look is not None:
            self._look(wanted)

    def update(self, said: Phones | None) -> None:
        """Show this; None while the service is away."""
        if said != self._said:
            self._said = said
            self.changed.emit()

    # -- calls --------------------------------------------------------------------------------------------------------
    @Property(str, notify=rang)
    def caller(self) -> str:
        """Who calls or is spoken to: the name, else the number; empty while there is no call."""
        if self._call is None:
            return ""
        return self._call.name or self._call.number or translate("Telephone", "Unknown number")

    @property
    def speaking(self) -> bool:
        """Whether there is a call."""
        return self._call is not None

    @Property(str, notify=rang)
    def call(self) -> str:
        """How the call is, in words."""
        match self._call.state if self._call else None:
            case CallState.INCOMING | CallState.WAITING:
                return translate("Telephone", "Incoming call")
            case CallState.ACTIVE:
                return translate("Telephone", "On the phone")
            case CallState.HELD:
                return translate("Telephone", "On hold")
            case CallState.DIALING | CallState.ALERTING:
                return translate("Telephone", "Calling")
            case _:
                return ""

    @Property(bool, notify=rang)
    def ringing(self) -> bool:
        """Whether the call waits to be taken."""
        return self._call is not None and self._call.state in _RINGING

    @Property(bool, notify=rang)
    def callable(self) -> bool:
        """Whether the car hears of calls at all."""
        return self._possible

    @Slot()
    def take(self) -> None:
        """Take the call that rings."""
        if self._call is not None and self.send is not None:
            self.send(AnswerCall(self._call.id))

    @Slot()
    def end(self) -> None:
        """Refuse the call, or end it."""
        if self._call is not None and self.send is not None:
            self.send(EndCall(self._call.id))

    def ring(self, said: Calls | None) -> None:
        """Take what the services process says of calls; None while it is away."""
        call, possible = (said.calls[0] if said.calls else None, said.possible) if said else (None, False)
        if (call, possible) != (self._call, self._possible):
            self._call, self._possible = call, possible
            self.rang.emit()
