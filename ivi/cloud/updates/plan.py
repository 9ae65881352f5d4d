# SPDX-License-Identifier: Apache-2.0
"""What is to be done: the director's wish against what is installed; and the records that survive a power cut."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.generations import SoftwareSet, item
from ivi.cloud.updates.refusal import UpdateRefusedError, Why

ORDER_DIGITS = 16  # hexadecimal digits


@dataclass(frozen=True)
class Plan:
    """A verified order and what of it is not installed yet."""

    director: int
    """Version of the director's file."""
    job: str
    order: str
    """Names what is ordered: the job and all artefacts. Agreements and failures are of an order; when the director
    only says the same again, with a later end, the order stays."""
    artefacts: tuple[Artefact, ...]

    def applied(self, before: SoftwareSet, number: int) -> SoftwareSet:
        """The set as it is after this plan."""
        items = before.by_key() | {one.key: item(one) for one in self.artefacts}
        return SoftwareSet(
            number=number,
            before=before.number,
            items=[items[key] for key in sorted(items)],
            job=self.job,
            director=self.director,
            order=self.order,
        )

    def changes(self, kind: Kind) -> list[Artefact]:
        """What of this kind changes."""
        return [one for one in self.artefacts if one.kind is kind]


@dataclass(frozen=True)
class Agreement:
    """The driver's word."""

    order: str


@dataclass(frozen=True)
class GivenUp:
    """An order that failed or was taken back; it is not tried again."""

    order: str
    why: str


@dataclass(frozen=True)
class Installing:
    """An install that began."""

    number: int
    before: int
    plan: Plan


@dataclass(frozen=True)
class AppChange:
    """An app that was handed over."""

    app_id: str
    version: str
    before: str


@dataclass(frozen=True)
class Trial:
    """An install that is in use and watched."""

    number: int
    before: int
    plan: Plan
    apps: tuple[AppChange, ...] = ()
    well_s: float = 0.0
    """Seconds for which all was well."""
    restarts: int = -1
    """Restarts of all processes when it began; -1: not known yet."""
    readers: dict[str, int] = field(default_factory=dict)
    """Processes that read what is new when they start, with the ids they had when it was installed."""
    ill: str = ""
    """Why it is being taken back."""
    strikes: int = 0
    """Looks in a row at which something was wrong."""


def make_plan(director: int, job: str, wanted: Sequence[Artefact], installed: SoftwareSet) -> Plan:
    """What is missing. Raises UpdateRefusedError when the order contradicts itself or lacks what it needs."""
    keys: dict[str, Artefact] = {}
    for one in wanted:
        if one.key in keys:
            raise UpdateRefusedError(Why.MALFORMED, f"the director names {one.key} twice: {one.path}")
        keys[one.key] = one
    present = {one.path for one in wanted} | {old.path for old in installed.items if old.key not in keys}
    for one in wanted:
        for need in one.needs:
            if need not in present:
                raise UpdateRefusedError(
                    Why.NEEDS, f"{one.path} needs {need!r}, which the director does not give this car"
                )
    have = installed.by_key()
    missing = [one for one in wanted if one.key not in have or have[one.key].sha256 != one.sha256]
    lines = [job, *sorted(f"{one.path} {one.sha256}" for one in wanted)]
    order = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:ORDER_DIGITS]
    return Plan(director, job, order, tuple(missing))
