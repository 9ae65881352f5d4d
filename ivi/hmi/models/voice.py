# SPDX-License-Identifier: Apache-2.0
"""The dialogue as the overlay shows it."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.models.shown_rows import ShownRows
from ivi.model.voice import DialogueUpdate, Phase

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

MAX_SUGGESTIONS = 6
MOVING_SUGGESTIONS = 2  # while texts are short: an older driver reads no more in 12 s (docs/distraction.md)
OPEN_TIME = 22000  # milliseconds that an open question stays at most; the voice process withdraws it sooner
READING_TIME = 7000  # milliseconds that an answer stays: two glances of two seconds each, with room


@QmlElement
@QmlSingleton
class Voice(QObject):
    """Phase, what was heard, the answer, what may be said, and what can be touched instead."""

    changed = Signal()
    wanted = Signal(str)
    """A page that the driver asked for by name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = DialogueUpdate(Phase.IDLE)
        self._shown = False
        self.ask: Callable[[], None] | None = None
        """Starts listening; set by the source."""
        self.answer_with: Callable[[int, str], None] | None = None
        """Answers an open question; set by the source."""
        self._limit = 0
        self._choices = ShownRows(("key", "title"), self)
        self._suggestions = ShownRows(("sentence",), self)
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.timeout.connect(self.dismiss)

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether the overlay is on the screen."""
        return self._shown

    @Property(str, notify=changed)
    def phase(self) -> str:
        """`idle`, `listening`, `thinking`, `acting`, `answered` or `asking`."""
        return self._now.phase.value

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What was heard; while the car listens, the words so far."""
        return self._short(self._now.sentence)

    @Property(str, notify=changed)
    def answer(self) -> str:
        """What is answered or asked."""
        return self._short(self._now.answer)

    @Property(bool, notify=changed)
    def ok(self) -> bool:
        """Whether it was done."""
        return self._now.ok

    @Property(ShownRows, constant=True)
    def suggestions(self) -> ShownRows:
        """Sentences that may be said now, at most six, two while driving, and none once words have been heard.

        Their field is `sentence`.
        """
        return self._suggestions

    @Property(ShownRows, constant=True)
    def choices(self) -> ShownRows:
        """Answers to the open question: key and title."""
        return self._choices

    @Slot(str)
    def choose(self, key: str) -> None:
        """The driver touched an answer."""
        if self.answer_with is not None and self._now.question:
            self.answer_with(self._now.question, key)

    def limit(self, max_chars: int) -> None:
        """How long a text may be in this driving state; 0 for no limit."""
        if max_chars != self._limit:
            self._limit = max_chars
            self._suggest()
            self.changed.emit()

    def _short(self, text: str) -> str:
        if not self._limit or len(text) <= self._limit:
            return text
        return text[: self._limit - 1].rsplit(" ", 1)[0] + "…"

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
            self._choices.replace([])
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
            self._now = msgspec.structs.replace(said, sentence=sentence)
            self._shown = fresh
            if said.phase is Phase.ANSWERED:
                self._hide.start(READING_TIME)
            elif said.phase is Phase.ASKING:
                self._hide.start(OPEN_TIME)
            else:
                self._hide.stop()
            if said.page and fresh:
                self.wanted.emit(said.page)
        open_question = self._now.choices if self._shown and self._now.question else []
        self._suggest()
        self._choices.replace([{"key": one.id, "title": one.title} for one in open_question])
        self.changed.emit()

    def _suggest(self) -> None:
        silent = self._now.phase is not Phase.LISTENING or not self._now.sentence
        most = MOVING_SUGGESTIONS if self._limit else MAX_SUGGESTIONS
        self._suggestions.replace([{"sentence": one} for one in self._now.suggestions[:most] if silent])
