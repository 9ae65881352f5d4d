# SPDX-License-Identifier: Apache-2.0
"""The dialogue as the overlay shows it."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.model.voice import DialogueUpdate, Phase

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

READING_TIME = 7000  # milliseconds that an answer stays: two glances of two seconds each, with room


@QmlElement
@QmlSingleton
class Voice(QObject):
    """Phase, what was heard, and the answer."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = DialogueUpdate(Phase.IDLE)
        self._shown = False
        self.ask: Callable[[], None] | None = None
        """Starts listening; set by the source."""
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.timeout.connect(self.dismiss)

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether the overlay is on the screen."""
        return self._shown

    @Property(str, notify=changed)
    def phase(self) -> str:
        """`idle`, `listening`, `thinking`, `acting` or `answered`."""
        return self._now.phase.value

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What was heard."""
        return self._now.sentence

    @Property(str, notify=changed)
    def answer(self) -> str:
        """What is answered."""
        return self._now.answer

    @Property(bool, notify=changed)
    def ok(self) -> bool:
        """Whether it was done."""
        return self._now.ok

    @Slot()
    def listen(self) -> None:
        """The driver touched the microphone."""
        if self.ask is not None:
            self.ask()

    @Slot()
    def dismiss(self) -> None:
        """Take the overlay away."""
        self._hide.stop()
        if self._shown:
            self._shown = False
            self.changed.emit()

    def update(self, said: DialogueUpdate | None, *, fresh: bool = True) -> None:
        """Take the dialogue's state; None when the voice process has gone. One that is not fresh opens no overlay."""
        if said is None or (said.phase is Phase.IDLE and not self._hide.isActive()):
            self._now = said or DialogueUpdate(Phase.IDLE)
            self._shown = False
        elif said.phase is not Phase.IDLE:
            # Phases carry only what is new; the sentence stays while the answer is worked out.
            continues = said.phase in {Phase.THINKING, Phase.ACTING, Phase.ANSWERED} and not said.sentence
            sentence = self._now.sentence if continues else said.sentence
            self._now = DialogueUpdate(said.phase, sentence, said.answer, said.ok)
            self._shown = fresh
            if said.phase is Phase.ANSWERED:
                self._hide.start(READING_TIME)
            else:
                self._hide.stop()
        self.changed.emit()
