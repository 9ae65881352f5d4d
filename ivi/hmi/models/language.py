# SPDX-License-Identifier: Apache-2.0
"""The language that the driver reads."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.catalogues import NAMES, RIGHT_TO_LEFT, SOURCE

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Language(QObject):
    """What is shown now, and what there is to choose from."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._code = SOURCE
        self.change: Callable[[str], bool] | None = None
        """Loads the texts of a language and says whether that worked; set by ivi.hmi.translator."""

    @Property(str, notify=changed)
    def code(self) -> str:
        """The language's code, such as `de`."""
        return self._code

    @Property(bool, notify=changed)
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self._code in RIGHT_TO_LEFT

    @Property(list, constant=True)
    def codes(self) -> list[str]:
        """Every language's code."""
        return list(NAMES)

    @Slot(str, result=str)
    def name(self, code: str) -> str:
        """A language's own name; its code when it is not known."""
        return NAMES.get(code, code)

    @Slot(str)
    def choose(self, code: str) -> None:
        """Show this language. A language that cannot be loaded leaves things as they are."""
        if code != self._code and code in NAMES and self.change is not None and self.change(code):
            self._code = code
            self.changed.emit()
