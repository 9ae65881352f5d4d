# SPDX-License-Identifier: Apache-2.0
"""The store of apps: what the screen asks the cloud process for, and what it is told."""

from enum import StrEnum

import msgspec

from ivi.model.rights import OfferedPermission


class StoreState(StrEnum):
    """How the catalogue stands."""

    OFF = "off"
    """This car was not told where its apps come from."""
    EMPTY = "empty"
    """No catalogue has ever been here."""
    LOOKING = "looking"
    """The newest one is being asked for; what is here already is shown."""
    READY = "ready"
    FAILED = "failed"
    """The last look failed; what is here already is shown with its age."""


class JobStep(StrEnum):
    """How far an install is."""

    FETCHING = "fetching"
    INSTALLING = "installing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Trouble(StrEnum):
    """What kind of thing went wrong, for a sentence of the screen's own."""

    NONE = ""
    NETWORK = "network"
    """The server does not answer, or not in time."""
    FULL = "full"
    """The disk is full."""
    ALTERED = "altered"
    """Signatures, ages or hashes of what came are not right: it must not be used."""
    UNTRUSTED = "untrusted"
    """The app host refuses the package: nobody vouches for it, or it is not what the store said."""
    UNFIT = "unfit"
    """It is no package that this car can use."""
    DRIVING = "driving"
    """The car is not parked."""
    GONE = "gone"
    """The store lists it no more, or in another version."""
    BROKEN = "broken"
    """Something in the car failed."""


class SubscribeStore(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_store"):
    """Follow the store. While nobody does, no catalogue is asked for. Events: Store, StoreProgress."""


class LookIntoStore(msgspec.Struct, array_like=True, frozen=True, tag="look_into_store"):
    """Ask for the newest catalogue now. Answered by Store."""


class DescribeOffer(msgspec.Struct, array_like=True, frozen=True, tag="describe_offer"):
    """All of one app of the catalogue. Answered by Offer, from what is on board."""

    app_id: str


class GetOffer(msgspec.Struct, array_like=True, frozen=True, tag="get_offer"):
    """Fetch an app of the catalogue and install it. Answered by StoreProgress when it has begun."""

    app_id: str
    version: str
    """The one that the driver saw."""


class CancelOffer(msgspec.Struct, array_like=True, frozen=True, tag="cancel_offer"):
    """End what GetOffer began; what has been fetched stays for the next time. Answered by StoreProgress."""


type Request = SubscribeStore | LookIntoStore | DescribeOffer | GetOffer | CancelOffer


class StoreEntry(msgspec.Struct, array_like=True, frozen=True):
    """A line of the catalogue."""

    app_id: str
    name: str
    version: str
    author: str
    """As its publisher's key was vouched for."""
    category: str
    icon: str
    """Name of one of the car's own icons."""
    summary: dict[str, str]
    """One sentence by language code; `en` is always there."""
    size: int
    """Bytes to fetch."""
    installed: str = ""
    """The version that is installed; empty for none."""
    mean: float = 0.0
    """Stars that drivers gave it, 1 to 5; 0 while too few did."""
    cars: int = 0
    """How many cars those are from."""


class StoreJob(msgspec.Struct, array_like=True, frozen=True):
    """The install that runs, or the last one."""

    app_id: str
    version: str
    step: JobStep
    here: int
    """Bytes that have come."""
    size: int
    trouble: Trouble = Trouble.NONE
    reason: str = ""
    """Why it failed, in words for whoever looks closely."""


class Store(msgspec.Struct, array_like=True, frozen=True, tag="store"):
    """Event of SubscribeStore."""

    state: StoreState
    trouble: Trouble = Trouble.NONE
    reason: str = ""
    """Why the last look failed, in words for whoever looks closely."""
    entries: list[StoreEntry] = []
    published: float = 0.0
    """Seconds since 1970 at which the catalogue was made; 0 for none."""
    looked: float = 0.0
    """The same at which it was last found to be the newest."""
    bytes_today: int = 0
    """Bytes that were fetched today (UTC), for updates and for apps that the driver chose."""
    bytes_per_day: int = 0
    """To which updates keep; 0 for no limit. What the driver chooses is counted and comes all the same."""


class StoreProgress(msgspec.Struct, array_like=True, frozen=True, tag="store_progress"):
    """The other event of SubscribeStore, and the answer of GetOffer and CancelOffer."""

    job: StoreJob | None
    """None before the first install."""


class Offer(msgspec.Struct, array_like=True, frozen=True, tag="offer"):
    """Answer of DescribeOffer."""

    entry: StoreEntry
    changes: dict[str, str]
    """What is new in this version, by language code; may be empty."""
    permissions: list[OfferedPermission]
    trust: int
    """1 to 8, as of an installed app."""
    known: bool
    """Whether somebody whom this car believes vouches for the publisher's key."""
    publisher: str
    """What was vouched for, or why nobody does."""
    problem: str = ""
    """Why this car cannot run it; empty when it can."""


type Answer = Store | StoreProgress | Offer
