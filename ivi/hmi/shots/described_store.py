# SPDX-License-Identifier: Apache-2.0
"""What the store of the described car has. Invented, as the whole car is."""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from ivi.model.packages import GetPackage, PackageState
from ivi.model.ratings import RateApp, RatingView, ShowRating, WithdrawRating
from ivi.model.rights import OfferedPermission
from ivi.model.store import (
    CancelOffer,
    DescribeOffer,
    GetOffer,
    JobStep,
    LookIntoStore,
    Offer,
    Store,
    StoreEntry,
    StoreJob,
    StoreProgress,
    StoreState,
    SubscribeStore,
)

_HOUR = 3600.0  # seconds


def _entry(*words: str, size: int, installed: str = "", rated: tuple[float, int] = (0.0, 0)) -> StoreEntry:
    app_id, name, category, icon, summary = words
    author = f"{name} GmbH"
    return StoreEntry(app_id, name, "2.4.0", author, category, icon, {"en": summary}, size, installed, *rated)


ENTRIES = [
    _entry("pauses", "Pauses", "travel", "coffee", "Tells you when a break is due.", size=84_000, rated=(4.3, 128)),
    _entry(
        "charge", "Charge & Co", "charging", "bolt", "Free chargers along your way.", size=2_310_000, installed="2.4.0"
    ),
    _entry(
        "tuneful",
        "Tuneful",
        "media",
        "music",
        "Your music, everywhere.",
        size=4_200_000,
        installed="2.3.1",
        rated=(3.9, 2041),
    ),
    _entry("trip", "Trip", "car", "route", "Each trip with what it took.", size=640_000, installed="2.4.0"),
    _entry("ready", "Ready to leave", "car", "check", "Says whether anything is still open.", size=91_000),
]


def store() -> Store:
    """The store as it stands."""
    now = time.time()
    return Store(StoreState.READY, entries=ENTRIES, published=now - 26 * _HOUR, looked=now - 60)


def offer(request: DescribeOffer) -> Offer:
    """All of one of them."""
    entry = next(one for one in ENTRIES if one.app_id == request.app_id)
    permissions = [
        OfferedPermission("vehicle.read", "Read how fast the car drives", "counts how long you have driven", True),
        OfferedPermission("ui", "Show its pages on the screen", "shows you its pages", True),
        OfferedPermission("notify", "Show up to 4 notifications an hour", "tells you when a break is due", False),
    ]
    changes = {"en": "Counts again after a ferry."} if entry.app_id == "pauses" else {}
    return Offer(entry, changes, permissions, 6, known=True, publisher=entry.author)


def _got(request: GetOffer) -> StoreProgress:
    size = next(one.size for one in ENTRIES if one.app_id == request.app_id)
    return StoreProgress(StoreJob(request.app_id, request.version, JobStep.FETCHING, size // 3, size))


def _package(request: GetPackage) -> PackageState:
    version = next((one.installed for one in ENTRIES if one.app_id == request.app_id), "")
    return PackageState(request.app_id, version)


class Opinion:
    """What the driver of the described car thinks of its apps."""

    def __init__(self) -> None:
        self.leaves = False
        """Whether he has agreed that his ratings leave the car."""
        self._stars = {"tuneful": 4}

    def show(self, request: ShowRating) -> RatingView:
        """What is kept."""
        return RatingView(request.app_id, self._stars.get(request.app_id, 0), "2.4.0", self.leaves)

    def rate(self, request: RateApp) -> RatingView:
        """Another rating."""
        self._stars[request.app_id] = request.stars
        return self.show(ShowRating(request.app_id))

    def withdraw(self, request: WithdrawRating) -> RatingView:
        """None any more."""
        self._stars.pop(request.app_id, None)
        return self.show(ShowRating(request.app_id))

    @property
    def answers(self) -> dict[type[msgspec.Struct], Callable[[Any], msgspec.Struct]]:
        """What is asked of it."""
        return {ShowRating: self.show, RateApp: self.rate, WithdrawRating: self.withdraw}


STREAMS: dict[type[msgspec.Struct], Callable[[], msgspec.Struct]] = {SubscribeStore: store}
ANSWERS: dict[type[msgspec.Struct], Callable[[Any], msgspec.Struct]] = {
    LookIntoStore: lambda _: store(),
    DescribeOffer: offer,
    GetOffer: _got,
    CancelOffer: lambda _: StoreProgress(None),
    GetPackage: _package,
}
