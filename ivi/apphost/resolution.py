# SPDX-License-Identifier: Apache-2.0
"""A manifest against this car: each pattern must reach leaves that exist, few enough, and none that is closed.

A required permission that cannot be resolved keeps the app from running, with the line; an optional one is left out,
and the app's page says so.
"""

from dataclasses import dataclass

from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.manifest import Manifest, Permission, VehicleActuate, VehicleRead
from ivi.apphost.manifest_source import Source, Where
from ivi.model.protected import never_actuated, parked_only

MAX_LEAVES = 64  # that one pattern may reach; a seat has 57, all of HVAC 31


@dataclass(frozen=True)
class Resolved:
    """What of a manifest this car can give."""

    permissions: tuple[Permission, ...]
    absent: tuple[tuple[int, str], ...] = ()
    """Number of each optional permission that is left out, and why."""


def resolve(manifest: Manifest, source: Source, catalogue: SignalCatalogue) -> Resolved:
    """Raises ConfigurationError that names line and fix when a required pattern cannot be."""
    kept: list[Permission] = []
    absent: list[tuple[int, str]] = []
    for number, permission in enumerate(manifest.permission):
        if isinstance(permission, VehicleRead | VehicleActuate):
            missing = _missing(number, permission, source, catalogue)
            if missing is not None:
                where, pattern, what = missing
                if not permission.optional:
                    raise source.refusal(
                        where, f"{pattern}: {what}", "see `ivi signals list`, or make the permission optional = true"
                    )
                absent.append((number, f"{pattern}: {what}"))
                continue
        kept.append(permission)
    return Resolved(tuple(kept), tuple(absent))


def _missing(
    number: int, permission: VehicleRead | VehicleActuate, source: Source, catalogue: SignalCatalogue
) -> tuple[Where, str, str] | None:
    """The first pattern that this car cannot give. Raises ConfigurationError for one that no car may give."""
    actuates = isinstance(permission, VehicleActuate)
    for element, pattern in enumerate(permission.paths):
        where: Where = ("permission", number, "paths", element)
        leaves = catalogue.actuators(pattern) if actuates else catalogue.resolve(pattern)
        if not leaves:
            known = bool(catalogue.resolve(pattern))
            return where, pattern, "can only be read" if known else "this car has no such signal"
        if len(leaves) > MAX_LEAVES:
            raise source.refusal(
                where, f"{pattern} reaches {len(leaves)} signals", f"name at most {MAX_LEAVES} with one pattern"
            )
        if isinstance(permission, VehicleActuate):
            _check_actuators(source, where, permission, leaves)
    return None


def _check_actuators(source: Source, where: Where, permission: VehicleActuate, leaves: frozenset[str]) -> None:
    for leaf in sorted(leaves):
        if (closed := never_actuated(leaf)) is not None:
            raise source.refusal(where, f"reaches {leaf}, which no app may change ({closed})", "name the actuators")
        if permission.when == "always" and parked_only(leaf):
            raise source.refusal(where, f"reaches {leaf}, which changes only while parked", 'write when = "parked"')
