# SPDX-License-Identifier: Apache-2.0
"""What the store of the described car has. Invented, as the whole car is."""

import time
from collections.abc import Callable
from typing import Any

import msgspec

from ivi.model.packages import GetPackage, PackageState
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


def _entry(*words: str, size: int, installed: str = "") -> StoreEntry:
    app_id, name, category, icon, summary = words
    return StoreEntry(app_id, name, "2.4.0", f"{name} GmbH", category, icon, {"en": summary}, size, installed)


ENTRIES = [
    _entry("pauses", "Pauses", "travel", "coffee", "Tells you when a break is due.", size=84_000),
    _entry(
        "charge", "Charge & Co", "charging", "bolt", "Free chargers along your way.", size=2_310_000, installed="2.4.0"
    ),
    _entry("tuneful", "Tuneful", "media", "music", "Your music, everywhere.", size=4_200_000, installed="2.3.1"),
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


STREAMS: dict[type[msgspec.Struct], Callable[[], msgspec.Struct]] = {SubscribeStore: store}
ANSWERS: dict[type[msgspec.Struct], Callable[[Any], msgspec.Struct]] = {
    LookIntoStore: lambda _: store(),
    DescribeOffer: offer,
    GetOffer: _got,
    CancelOffer: lambda _: StoreProgress(None),
    GetPackage: _package,
}
