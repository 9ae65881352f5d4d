# SPDX-License-Identifier: Apache-2.0
"""The driving state and what it allows on the screen."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import sentences
from ivi.hmi.template_limits import FULLY_RESTRICTED, allowed
from ivi.model.services import DrivingState, UxRestriction, UxRestrictions

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Driving(QObject):
    """What the services process says of the car's state. While it says nothing, everything is restricted."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = DrivingState.UNKNOWN
        self._reason = ""
        self._limited = True
        self._setup = False
        self.limits = FULLY_RESTRICTED

    @Property(str, notify=changed)
    def state(self) -> str:
        """`parked`, `idling`, `moving` or `unknown`."""
        return self._state.value

    @property
    def judged(self) -> DrivingState:
        """The same for Python."""
        return self._state

    @Property(str, notify=changed)
    def text(self) -> str:
        """The state in a word or two."""
        return sentences.driving(self._state)

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why, as a sentence."""
        return sentences.sentence(self._reason) or f"{sentences.driving(self._state)}."

    @Property(bool, notify=changed)
    def limited(self) -> bool:
        """Whether lists and texts are cut now."""
        return self._limited

    @Property(bool, notify=changed)
    def setup(self) -> bool:
        """Whether things may be set up now (no NO_SETUP); never while nobody says what is allowed."""
        return self._setup

    def update(self, said: UxRestrictions | None) -> None:
        """Take what the services process says; None while it is away."""
        if said is None:
            state, reason = DrivingState.UNKNOWN, ""
        else:
            state, reason = said.state, said.reason
        limits = allowed(said)
        setup = said is not None and UxRestriction.NO_SETUP not in said.restrictions
        limited = bool(limits.max_rows or limits.max_chars or (said and said.restrictions))
        now = (state, reason, limits, limited, setup)
        if now != (self._state, self._reason, self.limits, self._limited, self._setup):
            self._state, self._reason, self.limits, self._limited, self._setup = now
            self.changed.emit()
