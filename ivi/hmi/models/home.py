# SPDX-License-Identifier: Apache-2.0
"""How the driver has arranged the cards of the home page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ivi.hmi.home_cards import HomeCard, arranged, moved, ordered, written

QML_IMPORT_NAME = "Models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Home(QObject):
    """The order of the profile, and what is shown of it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order = ordered("")
        self.keep: Callable[[str], None] | None = None
        """Has the profile keep an order; set by the source."""

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # stubs want a type
    def order(self) -> list[str]:
        """All cards as the driver wants them."""
        return [card.value for card in self._order]

    @Slot("QStringList", "QStringList", int, result="QStringList")
    def arrange(self, order: Sequence[str], speaking: Sequence[str], places: int) -> list[str]:
        """The cards for so many places, of those that have something to say first."""
        cards = [HomeCard(card) for card in order]
        return [card.value for card in arranged(cards, {HomeCard(card) for card in speaking}, places)]

    @Slot(str, int)
    def move(self, card: str, places: int) -> None:
        """This card so many places later, or earlier below 0; the profile keeps it."""
        order = moved(self._order, HomeCard(card), places)
        if order != self._order and self.keep is not None:
            self.keep(written(order))

    def take(self, chosen: str) -> None:
        """The order that the profile has."""
        order = ordered(chosen)
        if order != self._order:
            self._order = order
            self.changed.emit()
