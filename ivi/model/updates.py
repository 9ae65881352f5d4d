# SPDX-License-Identifier: Apache-2.0
"""Messages of the update service (in the cloud process) towards the screen and the command line."""

from enum import StrEnum

import msgspec


class UpdateState(StrEnum):
    """Where updates stand."""

    OFF = "off"
    """This car was not told where its updates come from."""
    IDLE = "idle"
    """What is installed is what the car is to have, as far as is known."""
    FETCHING = "fetching"
    WAITING = "waiting"
    """All is here and checked; `waits_for` says what is missing."""
    INSTALLING = "installing"
    TRIAL = "trial"
    """Installed, in use, and watched; it goes back by itself when it does not do well."""
    FAILED = "failed"
    """The newest one was refused or taken back; `reason` says why. It is not tried again."""


class GetUpdates(msgspec.Struct, array_like=True, frozen=True, tag="get_updates"):
    """Where updates stand."""


class SubscribeUpdates(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_updates"):
    """Opens a stream of Updates: the present one, then each change, at most one a second."""


class CheckUpdates(msgspec.Struct, array_like=True, frozen=True, tag="check_updates"):
    """Ask the repositories now and answer with Updates; what is found is fetched afterwards."""


class ApplyUpdates(msgspec.Struct, array_like=True, frozen=True, tag="apply_updates"):
    """The driver agrees to (or no longer to) the install of what waits; it begins once everything else allows it."""

    order: str
    """Updates.order of what was shown: agreeing counts for this and nothing newer."""
    agree: bool = True


class RollBackUpdates(msgspec.Struct, array_like=True, frozen=True, tag="roll_back_updates"):
    """The driver wants back what was installed before."""


class ListUpdateHistory(msgspec.Struct, array_like=True, frozen=True, tag="list_update_history"):
    """What was done, oldest first."""

    limit: int = 100


type Request = GetUpdates | SubscribeUpdates | CheckUpdates | ApplyUpdates | RollBackUpdates | ListUpdateHistory


class UpdateItem(msgspec.Struct, array_like=True, frozen=True):
    """One artefact of an update."""

    kind: str
    name: str
    version: str
    before: str
    """Version that is installed now; empty for none."""
    length: int
    """Bytes to fetch."""
    here: int
    """Bytes of them that have come."""


class Updates(msgspec.Struct, array_like=True, frozen=True, tag="updates"):
    """Where updates stand."""

    state: UpdateState
    reason: str
    """Why it is so, in plain words."""
    software: str
    """Identifier of what is installed, as UN R156's RXSWIN."""
    order: str = ""
    """Names what is ordered."""
    job: str = ""
    """The fleet's name for it."""
    items: list[UpdateItem] = []
    agreed: bool = False
    waits_for: list[str] = []
    """What keeps the install from beginning, in plain words."""
    expected_s: float = 0.0
    """Seconds that installing takes, about."""
    checked: float = 0.0
    """When the repositories were last read well, seconds since 1970; 0 for never."""
    bytes_today: int = 0
    bytes_per_day: int = 0
    """0 for no limit."""


class HistoryLine(msgspec.Struct, array_like=True, frozen=True):
    """One line of the history."""

    seq: int
    at_ms: int
    what: str
    subject: str
    why: str
    software: str
    hash: str


class InstalledItem(msgspec.Struct, array_like=True, frozen=True):
    """One artefact that is installed."""

    kind: str
    name: str
    version: str
    sha256: str


class UpdateHistory(msgspec.Struct, array_like=True, frozen=True, tag="update_history"):
    """Answer of ListUpdateHistory."""

    lines: list[HistoryLine]
    problem: str
    """What is wrong with the history; empty when every line follows from the one before."""
    software: str
    base: str
    """Version of what came with the car."""
    installed: list[InstalledItem]


type Answer = Updates | UpdateHistory
