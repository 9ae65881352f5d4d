# SPDX-License-Identifier: Apache-2.0
"""Permissions cut into the smallest things that can be agreed to, and when an agreement covers another one.

A permission with three paths is three atoms, each with the permission's other terms and its reason. An agreement
covers an atom that asks for the same or for less for the same reason, so that an update asks only for what is more.
"""

import hashlib
from typing import Any

import msgspec

from ivi.apphost.manifest import (
    DataShare,
    Location,
    Net,
    Notify,
    Payment,
    Permission,
    Storage,
    VehicleActuate,
    VehicleRead,
    reason_of,
    reasons_of,
)
from ivi.model.vss_patterns import covered

_LISTS = ("paths", "hosts", "intents", "kinds")
_ASKING = {"never": 0, "first": 1, "each": 2}


def list_of(permission: Permission) -> str:
    """The key under which a kind names several things that can be agreed to one by one; empty for none."""
    return next((key for key in _LISTS if key in permission.__struct_fields__), "")


def names(permission: Permission) -> list[str]:
    """Paths, hosts or the like; empty for kinds without."""
    key = list_of(permission)
    return list(getattr(permission, key)) if key else []


def atoms(permission: Permission) -> list[Permission]:
    """The permission's atoms, in order."""
    key = list_of(permission)
    if not key:
        return [permission]
    return [_with(permission, key, [name]) for name in getattr(permission, key)]


def narrowed(permission: Permission, kept: list[Permission]) -> Permission | None:
    """The permission with only those of its atoms; None when there are none."""
    if not kept:
        return None
    key = list_of(permission)
    return permission if not key else _with(permission, key, [getattr(atom, key)[0] for atom in kept])


def digest(atom: Permission) -> str:
    """SHA-256 over the atom's terms and reason; whether it is optional is no part of what is agreed to."""
    terms = {**msgspec.to_builtins(atom), "optional": False}
    return hashlib.sha256(msgspec.json.encode(terms, order="sorted")).hexdigest()


def covers(agreed: Permission, asked: Permission) -> bool:
    """Whether who agreed to one atom has agreed to the other."""
    if type(agreed) is not type(asked) or not _same_reason(agreed, asked):
        return False
    for key in asked.__struct_fields__:
        if key not in {"reason", "optional"} and not _within(asked, key, getattr(agreed, key), getattr(asked, key)):
            return False
    return True


def _same_reason(agreed: Permission, asked: Permission) -> bool:
    """Whether no words changed that the driver may have read. A further language is no other reason."""
    if reason_of(agreed) != reason_of(asked):
        return False
    before, now = reasons_of(agreed), reasons_of(asked)
    return all(now.get(language) == text for language, text in before.items()) if now else not before


def _within(asked: Permission, key: str, agreed: Any, wanted: Any) -> bool:  # noqa: ANN401  # terms of any kind
    """Whether one term asks for no more than was agreed to."""
    match asked, key:
        case (VehicleRead() | VehicleActuate(), "paths"):
            return covered(wanted[0], agreed[0])
        case (VehicleRead(), "precision"):
            return bool(agreed is None or (wanted is not None and wanted >= agreed))
        case (VehicleActuate(), "when"):
            return bool(agreed == "always" or wanted == "parked")
        case (VehicleActuate(), "confirm"):
            return bool(_ASKING[wanted] >= _ASKING[agreed])
        case (Location(), "precision"):
            return bool(agreed == "fine" or wanted == "coarse")
        case (Payment(), "max_amount"):
            return float(wanted) <= float(agreed)
        case (VehicleRead() | Net() | Storage() | Notify() | DataShare(), _) if isinstance(wanted, int | float):
            return bool(wanted <= agreed)
        case _:
            return bool(wanted == agreed)


def _with(permission: Permission, key: str, values: list[str]) -> Permission:
    return msgspec.structs.replace(permission, **{key: values})
