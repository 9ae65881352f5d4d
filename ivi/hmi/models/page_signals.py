# SPDX-License-Identifier: Apache-2.0
"""Signals that are followed only while somebody looks at the page that shows them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ivi.hmi.display import Rule
from ivi.hmi.models.reading import Actuator, Reading, Setting
from ivi.model.signal import Value

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PageSignals(QObject):
    """Readings and settings of one page. `look` begins and ends following them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.by_path: dict[str, Reading] = {}
        """Which reading shows which VSS path."""
        self.follow: Callable[[bool], None] | None = None
        """Begins or ends following; set by the source."""
        self._looks = 0

    @Slot(bool)
    def look(self, begins: bool) -> None:
        """A page with these signals came on the screen, or went."""
        before = self._looks > 0
        self._looks = max(0, self._looks + (1 if begins else -1))
        if self.follow is not None and before != self.looked_at:
            self.follow(self.looked_at)

    @property
    def looked_at(self) -> bool:
        """Whether any page shows them now."""
        return self._looks > 0

    def _read(self, path: str, rule: Rule) -> Reading:
        reading = Reading(rule, self)
        self.by_path[path] = reading
        return reading

    def _set(self, path: str, rule: Rule, actuator: Actuator) -> Setting:
        setting = Setting(rule, self, actuator)
        self.by_path[path] = setting
        return setting

    def _switch(self, path: str, name: str, rule: Rule) -> Setting:
        return self._set(path, rule, Actuator(path, name, bool))

    def _amount(self, path: str, name: str, rule: Rule, span: tuple[float, float, float]) -> Setting:
        lowest, highest, step = span
        return self._set(path, rule, Actuator(path, name, int, lowest, highest, step))

    def _choice(self, path: str, name: str, rule: Rule, options: tuple[str, ...]) -> Setting:
        def word(place: float) -> Value:
            return options[round(place)]

        return self._set(path, rule, Actuator(path, name, word, 0.0, len(options) - 1.0))
