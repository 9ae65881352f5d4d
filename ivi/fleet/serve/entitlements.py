# SPDX-License-Identifier: Apache-2.0
"""Issues snapshots of what a car is entitled to. A bundle is a name for features, and is spelt out here."""

import time
from dataclasses import replace

from aiohttp import web

from ivi.cloud.entitlements.snapshot import MAX_NUMBER, sign_snapshot
from ivi.cloud.trust import Role
from ivi.fleet.entitlements import DAYS, GRACE_DAYS, MAX_DENY_EPOCH, compose, parse_order
from ivi.fleet.serve import views
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.guard import OPERATOR
from ivi.fleet.serve.interface import answer, body_of, vehicle_of, whole
from ivi.fleet.serve.issued import Issued
from ivi.fleet.serve.issuing import ENT, Issuing, Retained
from ivi.fleet.serve.keys import SigningKey
from ivi.fleet.store.reading import Reader

ISSUER = "fleet"
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
        order = parse_order(body.get("content"))
        spent, denied = await self._data.ask(lambda reader, _: (_spent(reader, vehicle), _denied(reader, vehicle)))
        order = replace(order, deny_epoch=max(order.deny_epoch, denied))
        now = time.time()

        def sign(version: int, key: SigningKey) -> bytes:
            snapshot = compose(vehicle, version, order, issuer=ISSUER, now=now, spent=spent)
            return sign_snapshot(snapshot, key.kid, key.private)

        wanted = Retained(vehicle, ENT, body["content"], Role.ENTITLEMENTS, request[OPERATOR].name, base=base)
        version = await self._issuing.document(wanted, sign)
        return answer({"version": version}, status=201)


def _view(reader: Reader, issued: Issued, vehicle: str) -> views.Json:
    told = reader.events(vehicle, "entitlement", 1)
    return {
        "issued": views.document(issued.newest(vehicle, ENT)),
        "example": EXAMPLE,
        "reported": views.event(told[0]) if told else None,
        "spent": _spent(reader, vehicle),
    }


def _denied(reader: Reader, vehicle: str) -> int:
    """The deny epoch that the car has; it takes nothing below."""
    told = reader.events(vehicle, "entitlement", 1)
    said = told[0].data.get("deny_epoch") if told else 0
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < MAX_DENY_EPOCH else 0


def _spent(reader: Reader, vehicle: str) -> dict[str, int]:
    """Units of metered features that the fleet has receipts for."""
    spent: dict[str, int] = {}
    for receipt in reader.newest_usage(vehicle):
        if isinstance(total := receipt.data.get("total"), int) and not isinstance(total, bool):
            spent[receipt.feature] = max(spent.get(receipt.feature, 0), min(total, MAX_NUMBER))
    return spent
