# SPDX-License-Identifier: Apache-2.0
"""Gives the whole screen another language while it runs."""

import logging
import os

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine

from ivi.hmi import catalogues
from ivi.hmi.models.language import Language
from ivi.hmi.models.notice import Notice
from ivi.model.errors import ConfigurationError

log = logging.getLogger(__name__)


class Translator(QObject):
    """Holds the loaded catalogue. The engine's texts change at once; what Python says, from its next word on."""

    def __init__(self, engine: QQmlEngine, language: Language, notice: Notice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._notice = notice
        self._loaded: QTranslator | None = None
        language.change = self.change
        self.change(catalogues.SOURCE)

    def change(self, code: str) -> bool:
        """Load this language. Returns False, and says so on the screen, when that cannot be done."""
        translator: QTranslator | None = None
        try:
            translator = self._load(code)
        except ConfigurationError as error:
            log.warning("the language cannot be shown", extra={"language": code, "error": str(error)})
            # English needs its catalogue for plurals only.
            if code != catalogues.SOURCE:
                said = QCoreApplication.translate(
                    "Translator", "The language cannot be shown. The screen stays as it is."
                )
                self._notice.say(said)
                return False
        if self._loaded is not None:
            QCoreApplication.removeTranslator(self._loaded)
        self._loaded = translator
        if translator is not None:
            QCoreApplication.installTranslator(translator)
        QLocale.setDefault(QLocale(code))
        right = code in catalogues.RIGHT_TO_LEFT
        if right != QGuiApplication.isRightToLeft():
            from PySide6.QtCore import Qt  # noqa: PLC0415  # making its enums takes 15 ms of a start

            QGuiApplication.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
            )
        self._engine.retranslate()
        return True

    def _load(self, code: str) -> QTranslator:
        path = catalogues.compiled(code)
        translator = QTranslator(self)
        if not translator.load(os.fspath(path)):
            raise ConfigurationError(f"Qt does not take the catalogue {path}", hint="remove it; it is made anew")
        return translator
