# SPDX-License-Identifier: Apache-2.0
"""What is to be done: the director's wish against what is installed; and the records that survive a power cut."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.generations import SoftwareSet, item
from ivi.cloud.updates.refusal import UpdateRefusedError, Why


@dataclass(frozen=True)
class Plan:
    """A verified order and what of it is not installed yet."""

    director: int
    job: str
    artefacts: tuple[Artefact, ...]

    def applied(self, before: SoftwareSet, number: int) -> SoftwareSet:
        """The set as it is after this plan."""
        items = before.by_key() | {one.key: item(one) for one in self.artefacts}
        return SoftwareSet(
            number=number, items=[items[key] for key in sorted(items)], job=self.job, director=self.director
        )

    def changes(self, kind: Kind) -> list[Artefact]:
        """What of this kind changes."""
        return [one for one in self.artefacts if one.kind is kind]


@dataclass(frozen=True)
class Agreement:
    """The driver's word, for one version of the director's file."""

    director: int


@dataclass(frozen=True)
class Given:
    """An order that was refused or taken back; it is not tried again."""

    director: int
    why: str


@dataclass(frozen=True)
class Installing:
    """An install that began."""

    number: int
    before: int
    plan: Plan
    agreed_by: str = "driver"


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
    ill: str = ""
    """Why it is being taken back."""
    strikes: int = field(default=0)
    """Looks in a row at which something was wrong."""


def plan(director: int, job: str, wanted: Sequence[Artefact], installed: SoftwareSet) -> Plan:
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
    return Plan(director, job, tuple(missing))
