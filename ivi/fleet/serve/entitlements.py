# SPDX-License-Identifier: Apache-2.0
"""Issues snapshots of what a car is entitled to. A bundle is a name for features, and is spelt out here."""

import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from ivi.cloud.entitlements.snapshot import MAX_GRACE, MAX_NUMBER, Feature, Snapshot, sign_snapshot
from ivi.cloud.trust import Role
from ivi.fleet.serve import views
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.guard import OPERATOR
from ivi.fleet.serve.interface import answer, body_of, vehicle_of, whole
from ivi.fleet.serve.issued import Issued
from ivi.fleet.serve.issuing import Issuing, Retained
from ivi.fleet.store.reading import Reader
from ivi.model.entitlements import FeatureKind
from ivi.model.errors import InvalidArgumentError

ENT = "ent"
ISSUER = "fleet"
DAYS, MAX_DAYS = 365, 3650  # that a snapshot is valid
GRACE_DAYS = 30
SKEW_S = 3600  # a car's clock may be behind ours
_DAY_S = 86_400
_TYPES: Mapping[str, type] = {
    "id": str,
    "kind": str,
    "transferable": bool,
    "until": int,
    "quota": int,
    "unit": str,
    "spent": int,
}
EXAMPLE: views.Json = {
    "days": DAYS,
    "grace_days": GRACE_DAYS,
    "bundles": {"comfort": [{"id": "seat.massage", "kind": "perpetual", "transferable": True}]},
    "features": [
        "comfort",
        {"id": "navigation.live", "kind": "term", "until": 1_893_456_000},
        {"id": "charging.plan", "kind": "metered", "quota": 100, "unit": "plans"},
    ],
}
"""What the page shows where nothing was issued yet."""


class EntitlementsInterface:
    """Handlers."""

    def __init__(self, data: FleetData, issuing: Issuing) -> None:
        self._data, self._issuing = data, issuing

    def routes(self) -> list[web.RouteDef]:
        """Paths below /api/."""
        car = "/api/vehicles/{vehicle}/entitlements"
        return [web.get(car, self._look), web.post(car, self._issue)]

    async def _look(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        return answer(await self._data.ask(lambda reader, issued: _view(reader, issued, vehicle)))

    async def _issue(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        body = await body_of(request, {"content", "base"})
        base = whole(body, "base", 0) if "base" in body else None
        content = _Content(body.get("content"), await self._data.ask(lambda reader, _: _spent(reader, vehicle)))
        wanted = Retained(vehicle, ENT, body["content"], Role.ENTITLEMENTS, request[OPERATOR].name, base=base)
        version = await self._issuing.document(
            wanted, lambda version, key: sign_snapshot(content.snapshot(vehicle, version), key.kid, key.private)
        )
        return answer({"version": version}, status=201)


def _view(reader: Reader, issued: Issued, vehicle: str) -> views.Json:
    told = reader.events(vehicle, "entitlement", 1)
    return {
        "issued": views.document(issued.newest(vehicle, ENT)),
        "example": EXAMPLE,
        "reported": views.event(told[0]) if told else None,
        "spent": _spent(reader, vehicle),
    }


def _spent(reader: Reader, vehicle: str) -> dict[str, int]:
    """Units of metered features that the fleet has receipts for."""
    spent: dict[str, int] = {}
    for receipt in reader.newest_usage(vehicle):
        if isinstance(total := receipt.data.get("total"), int) and not isinstance(total, bool):
            spent[receipt.feature] = max(spent.get(receipt.feature, 0), total)
    return spent


class _Content:
    """What an operator wrote, checked."""

    def __init__(self, given: object, spent: Mapping[str, int]) -> None:
        """`spent`: what receipts say, for features of which the operator says nothing."""
        if not isinstance(given, dict) or not set(given) <= set(EXAMPLE):
            raise InvalidArgumentError(f"`content` is an object of {', '.join(EXAMPLE)}")
        self.days = whole(given, "days", DAYS)
        self.grace_days = whole(given, "grace_days", GRACE_DAYS)
        if not 1 <= self.days <= MAX_DAYS or not 0 <= self.grace_days * _DAY_S <= MAX_GRACE:
            raise InvalidArgumentError(f"`days` is 1 to {MAX_DAYS}, `grace_days` 0 to {MAX_GRACE // _DAY_S}")
        bundles, features = given.get("bundles", {}), given.get("features")
        if not isinstance(bundles, dict) or not all(isinstance(bundle, list) for bundle in bundles.values()):
            raise InvalidArgumentError("`bundles` is an object of lists of features")
        if not isinstance(features, list):
            raise InvalidArgumentError("`features` is a list of features and names of bundles")
        entries: list[object] = []
        for entry in features:
            if isinstance(entry, str) and entry not in bundles:
                raise InvalidArgumentError(f"there is no bundle `{entry[:40]}`")
            entries += bundles[entry] if isinstance(entry, str) else [entry]
        self.features = tuple(_feature(entry, spent) for entry in entries)

    def snapshot(self, vehicle: str, version: int) -> Snapshot:
        """The snapshot of a version, from now on."""
        now = int(time.time())
        return Snapshot(
            *(ISSUER, vehicle, version, now, now - SKEW_S, now + self.days * _DAY_S),
            *(self.grace_days * _DAY_S, self.features),
        )


def _feature(entry: object, spent: Mapping[str, int]) -> Feature:
    if not isinstance(entry, dict) or not isinstance(name := entry.get("id"), str):
        raise InvalidArgumentError("a feature is an object with an `id`")
    for word, value in entry.items():
        if word not in _TYPES or type(value) is not _TYPES[word]:
            raise InvalidArgumentError(f"feature `{name[:40]}`: `{str(word)[:40]}` is not known, or of another type")
    try:
        kind = FeatureKind(entry.get("kind", ""))
    except ValueError as error:
        kinds = ", ".join(kind.value for kind in FeatureKind)
        raise InvalidArgumentError(f"feature `{name[:40]}`: `kind` is one of {kinds}") from error
    words: dict[str, Any] = entry | {"kind": kind}
    if kind is FeatureKind.METERED:
        words.setdefault("spent", min(max(0, spent.get(name, 0)), MAX_NUMBER))
    return Feature(**words)
