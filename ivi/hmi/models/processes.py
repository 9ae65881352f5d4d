# SPDX-License-Identifier: Apache-2.0
"""How the other processes are, in words."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.sentences import NAMES, OK, Explained, connection

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

PROCESSES = tuple(NAMES)


@QmlElement
class Connection(QObject):
    """One process as the driver needs it."""

    changed = Signal()

    def __init__(self, process: str, parent: QObject) -> None:
        super().__init__(parent)
        self._process = process
        self._said = connection(NAMES[process], 0.0, seen=False)

    @Property(str, constant=True)
    def process(self) -> str:
        """Name of the process, e.g. `voice`."""
        return self._process

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the driver calls it."""
        return NAMES[self._process].title

    @Property(str, notify=changed)
    def state(self) -> str:
        """`ok`, `waiting`, `problem` or `away`."""
        return self._said.state

    @Property(bool, notify=changed)
    def fine(self) -> bool:
        """Whether there is nothing to say."""
        return self._said.state == OK

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What is the matter."""
        return self._said.sentence

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What to do about it; may be empty."""
        return self._said.hint

    def say(self, explained: Explained) -> None:
        """Replace what is said."""
        if explained != self._said:
            self._said = explained
            self.changed.emit()


@QmlElement
@QmlSingleton
class Processes(QObject):
    """One connection for each process."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.by_process = {process: Connection(process, self) for process in PROCESSES}
        """Which connection describes which process."""

    @Property(Connection, constant=True)
    def databroker(self) -> Connection:
        """Vehicle data."""
        return self.by_process["databroker"]

    @Property(Connection, constant=True)
    def services(self) -> Connection:
        """Driving state and restrictions."""
        return self.by_process["services"]

    @Property(Connection, constant=True)
    def apphost(self) -> Connection:
        """Partner apps."""
        return self.by_process["apphost"]

    @Property(Connection, constant=True)
    def voice(self) -> Connection:
        """Spoken requests."""
        return self.by_process["voice"]

    @Property(Connection, constant=True)
    def cloud(self) -> Connection:
        """Uplink."""
        return self.by_process["cloud"]
