# SPDX-License-Identifier: Apache-2.0
"""Issues sets of campaigns: what data the fleet asks a car for."""

import time
from typing import Any

from aiohttp import web

from ivi.cloud.campaigns.campaign import Campaign, parse_campaign
from ivi.cloud.campaigns.signed import sign_campaigns
from ivi.cloud.consent.purposes import PURPOSES
from ivi.cloud.delivery import OPERATION
from ivi.cloud.trust import Role
from ivi.fleet.serve import views
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.guard import OPERATOR
from ivi.fleet.serve.interface import answer, body_of, vehicle_of, whole
from ivi.fleet.serve.issuing import Issuing, Retained
from ivi.model.errors import InvalidArgumentError

POLICY = "policy"
DAYS = 90  # that a set is valid unless somebody says otherwise
MAX_DAYS = 3650
_DAY_MS = 86_400_000
EXAMPLE: views.Json = {
    "days": DAYS,
    "campaigns": [
        {
            "id": "battery-health",
            "signals": [
                "Vehicle.Powertrain.TractionBattery.CurrentVoltage",
                "Vehicle.Powertrain.TractionBattery.StateOfHealth",
                "Vehicle.Powertrain.TractionBattery.Temperature.Average",
            ],
            "use": {
                "purpose": "diagnostics",
                "category": "technical",
                "recipient": "service",
                "retention_days": 30,
            },
            "period_ms": 1000,
            "priority": 2,
            "budget": 2_000_000,
        }
    ],
}
"""What the page shows where nothing was issued yet."""


class CampaignsInterface:
    """Handlers."""

    def __init__(self, data: FleetData, issuing: Issuing) -> None:
        self._data, self._issuing = data, issuing

    def routes(self) -> list[web.RouteDef]:
        """Paths below /api/."""
        car = "/api/vehicles/{vehicle}/campaigns"
        return [
            web.get("/api/campaigns", self._all),
            web.get(car, self._look),
            web.post(car, self._issue),
        ]

    async def _all(self, _request: web.Request) -> web.Response:
        found = await self._data.ask(lambda _, issued: issued.documents(POLICY))
        return answer([views.document(one) for one in found])

    async def _look(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        found = await self._data.ask(lambda _, issued: issued.newest(vehicle, POLICY))
        return answer({"issued": views.document(found), "example": EXAMPLE})

    async def _issue(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        body = await body_of(request, {"content", "base"})
        base = whole(body, "base", 0) if "base" in body else None
        days, campaigns = _content(body.get("content"))
        made = [_askable(parse_campaign(entry)) for entry in campaigns]
        expires_ms = time.time_ns() // 10**6 + days * _DAY_MS
        content = {"days": days, "campaigns": campaigns}
        wanted = Retained(vehicle, POLICY, content, Role.CAMPAIGNS, request[OPERATOR].name, base=base)
        version = await self._issuing.document(
            wanted,
            lambda version, key: sign_campaigns(
                made, vehicle=vehicle, version=version, expires_ms=expires_ms, kid=key.kid, key=key.private
            ),
        )
        return answer({"version": version}, status=201)


def _askable(campaign: Campaign) -> Campaign:
    """Raises InvalidArgumentError for a purpose that no driver can agree to."""
    askable = [purpose for purpose in PURPOSES if purpose != OPERATION]
    if campaign.use.purpose not in askable:
        raise InvalidArgumentError(
            f"campaign {campaign.id}: no driver can agree to the purpose `{campaign.use.purpose}`",
            hint=f"one of {', '.join(askable)}",
        )
    return campaign


def _content(given: object) -> tuple[int, list[Any]]:
    match given:
        case {"campaigns": list(campaigns), **rest} if set(rest) <= {"days"}:
            days = whole({"days": rest.get("days", DAYS)}, "days", DAYS)
        case _:
            raise InvalidArgumentError("`content` has `campaigns`, a list, and perhaps `days` that they are valid")
    if not 1 <= days <= MAX_DAYS:
        raise InvalidArgumentError(f"`days` is from 1 to {MAX_DAYS}")
    return days, campaigns
