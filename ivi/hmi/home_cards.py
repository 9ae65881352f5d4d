# SPDX-License-Identifier: Apache-2.0
"""Which cards the home page shows beside the drive: as the driver arranged them, but none that has nothing to say."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class HomeCard(StrEnum):
    """The cards, in the order in which they come. The drive itself has its fixed place."""

    ENERGY = "energy"
    APPS = "apps"
    ROUTE = "route"
    CHARGING = "charging"
    CABIN = "cabin"
    MEDIA = "media"


def ordered(chosen: str) -> list[HomeCard]:
    """A driver's order, as the profile keeps it (`apps,energy`). What it does not name follows in the usual order."""
    known = {card.value: card for card in HomeCard}
    named = [known[word] for word in dict.fromkeys(chosen.split(",")) if word in known]
    return [*named, *(card for card in HomeCard if card not in named)]


def written(order: Sequence[HomeCard]) -> str:
    """An order as the profile keeps it."""
    return ",".join(order)


def moved(order: Sequence[HomeCard], card: HomeCard, places: int) -> list[HomeCard]:
    """The order with one card so many places later, or earlier below 0."""
    others = [one for one in order if one is not card]
    place = min(len(others), max(0, list(order).index(card) + places))
    return [*others[:place], card, *others[place:]]


def arranged(order: Sequence[HomeCard], speaking: Collection[HomeCard], places: int) -> list[HomeCard]:
    """The cards for so many places. One with nothing to say steps back behind all that have something."""
    loud = [card for card in order if card in speaking]
    quiet = [card for card in order if card not in speaking]
    return [*loud, *quiet][:places]
