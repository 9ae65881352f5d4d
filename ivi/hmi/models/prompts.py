# SPDX-License-Identifier: Apache-2.0
"""The host's sheet: one question to the driver, with lines that can be switched and buttons that answer."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi import permission_words
from ivi.model.prompts import Prompt, PromptItem

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

READ_FIRST = 800  # milliseconds before its buttons work: nobody agrees to what popped up under a finger


@QmlElement
@QmlSingleton
class Prompts(QObject):
    """The oldest open question; the next one comes when it is answered or withdrawn."""

    changed = Signal()
    armed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send: Callable[[int, str, list[str]], None] | None = None
        """Carries an answer (question, action, switched lines) to the host; set by the source."""
        self._prompt: Prompt | None = None
        self._waiting = 0
        self._chosen: set[str] = set()
        self._ready = False
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.timeout.connect(self._arm)

    @Property(bool, notify=changed)
    def shown(self) -> bool:
        """Whether there is a question."""
        return self._prompt is not None

    @Property(bool, notify=armed)
    def ready(self) -> bool:
        """Whether its buttons work."""
        return self._ready

    @Property(str, notify=changed)
    def kind(self) -> str:
        """`consent`, `confirm` or `payment`."""
        return self._prompt.kind.value if self._prompt else ""

    @Property(str, notify=changed)
    def app(self) -> str:
        """Name of the app that it is about."""
        return self._prompt.app_name if self._prompt else ""

    @Property(str, notify=changed)
    def title(self) -> str:
        """The question."""
        return permission_words.said(self._prompt.title) if self._prompt else ""

    @Property(str, notify=changed)
    def text(self) -> str:
        """What it means."""
        return permission_words.told(self._prompt.text) if self._prompt else ""

    @Property(list, notify=changed)
    def items(self) -> list[dict[str, object]]:
        """Lines: key, title, text, choice (can be switched), on."""
        found = self._prompt.items if self._prompt else []
        return [self._line(one) for one in found]

    @Property(list, notify=changed)
    def actions(self) -> list[dict[str, object]]:
        """Buttons: key, title, primary."""
        found = self._prompt.actions if self._prompt else []
        return [{"key": one.id, "title": permission_words.said(one.title), "primary": one.primary} for one in found]

    @Property(int, notify=changed)
    def waiting(self) -> int:
        """Questions that come after this one."""
        return self._waiting

    @Slot(str)
    def flip(self, key: str) -> None:
        """Switch a line."""
        if self._prompt and any(item.key == key and item.choice for item in self._prompt.items):
            self._chosen ^= {key}
            self.changed.emit()

    @Slot(str)
    def answer(self, action: str) -> None:
        """The driver touched a button."""
        if self._prompt is not None and self._ready and self.send is not None:
            self.send(self._prompt.id, action, sorted(self._chosen))

    def retell(self) -> None:
        """Write everything anew: the language has changed."""
        self.changed.emit()

    def _line(self, one: PromptItem) -> dict[str, object]:
        text = permission_words.quoted(one.reason, one.reasons) if one.reason else one.text
        title = permission_words.said(one.title)
        return {"key": one.key, "title": title, "text": text, "choice": one.choice, "on": one.key in self._chosen}

    def update(self, prompts: Sequence[Prompt]) -> None:
        """Show the first of these."""
        first = prompts[0] if prompts else None
        waiting = max(0, len(prompts) - 1)
        if first == self._prompt and waiting == self._waiting:
            return
        if (first.id if first else 0) != (self._prompt.id if self._prompt else 0):
            self._chosen.clear()
            self._ready = False
            self.armed.emit()
            if first:
                self._reading.start(READ_FIRST)
            else:
                self._reading.stop()
        self._prompt, self._waiting = first, waiting
        self.changed.emit()

    @Slot()
    def _arm(self) -> None:
        self._ready = True
        self.armed.emit()
