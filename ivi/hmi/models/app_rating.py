# SPDX-License-Identifier: Apache-2.0
"""What the driver thinks of the app that is shown, and whether anybody else learns of it."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.model.errors import IviError, ResourceExhaustedError
from ivi.model.ratings import RateApp, RatingView, ShowRating, WithdrawRating

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1

translate = QCoreApplication.translate


@QmlElement
@QmlSingleton
class AppRating(QObject):
    """One for the screen. The stars are what the car has kept, never what was touched."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send: Callable[[msgspec.Struct], None] | None = None
        """Asks the cloud process; set by the source."""
        self._app = ""
        self._said: RatingView | None = None
        self._problem: IviError | None = None

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the cloud process has said what is kept."""
        return self._said is not None

    @Property(int, notify=changed)
    def stars(self) -> int:
        """0 for none."""
        return self._said.stars if self._said else 0

    @Property(bool, notify=changed)
    def leaves(self) -> bool:
        """Whether ratings leave the car."""
        return self._said is not None and self._said.leaves

    @Property(str, notify=changed)
    def words(self) -> str:
        """Whether ratings leave the car, in a sentence."""
        if self._said is None:
            return translate("AppRating", "Your rating is being looked up.")
        if self._said.leaves:
            return translate("AppRating", "Your rating counts in the store, without this car's name.")
        return translate("AppRating", "Your rating stays in this car. It counts in the store if you agree to that.")

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why the last touch changed nothing; empty when it did."""
        if self._problem is None:
            return ""
        if isinstance(self._problem, ResourceExhaustedError):
            return translate("AppRating", "There is not enough room. Your rating is as it was before.")
        return translate("AppRating", "Your rating could not be kept. It is as it was before.")

    @Slot(str)
    def look(self, app: str) -> None:
        """Show an app's rating."""
        if app != self._app:
            self._app, self._said, self._problem = app, None, None
            self.changed.emit()
        self._ask(ShowRating(app))

    @Slot(int)
    def rate(self, stars: int) -> None:
        """The driver gives the app that is shown so many stars."""
        if self._said is None or stars != self._said.stars:
            self._change(RateApp(self._app, stars))

    @Slot()
    def withdraw(self) -> None:
        """The driver takes his rating back."""
        self._change(WithdrawRating(self._app))

    def update(self, said: RatingView | None) -> None:
        """Take what is kept; None while the process is away."""
        if said is not None and said.app_id != self._app:
            return
        if said != self._said:
            self._said = said
            self.changed.emit()

    def refuse(self, error: IviError) -> None:
        """What the driver touched was not done."""
        self._problem = error
        self.changed.emit()

    def _change(self, request: msgspec.Struct) -> None:
        self._problem = None
        self.changed.emit()
        self._ask(request)

    def _ask(self, request: msgspec.Struct) -> None:
        if self._app and self.send is not None:
            self.send(request)
