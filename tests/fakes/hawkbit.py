# SPDX-License-Identifier: Apache-2.0
"""A stub of hawkBit's DDI v1 controller interface: what a device may ask, and what it said, checked for its form."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

EXECUTIONS = {"closed", "proceeding", "canceled", "scheduled", "rejected", "resumed", "downloaded", "download"}
FINISHED = {"success", "failure", "none"}


@dataclass
class HawkBit:
    """One target of one tenant, with at most one action."""

    token: str = "secret"  # of the stub
    controller: str = "car-1"
    sleep: str = "00:05:00"
    action: str = ""
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    cancel: str = ""
    """Id of the cancel action; it stops `action`."""
    elsewhere: str = ""
    """Where links lead instead."""
    feedback: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    """Kind of action, its id, what was said."""
    url: str = ""

    def told(self) -> list[tuple[str, str]]:
        """Execution and result of each feedback."""
        return [(one["status"]["execution"], one["status"]["result"]["finished"]) for _, _, one in self.feedback]

    @property
    def _base(self) -> str:
        return f"/DEFAULT/controller/v1/{self.controller}"

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:  # noqa: ANN401  # aiohttp's
        if request.headers.get("Authorization") != f"TargetToken {self.token}":
            return web.Response(status=401)
        response: web.StreamResponse = await handler(request)
        return response

    async def _root(self, _request: web.Request) -> web.Response:
        base = (self.elsewhere or self.url) + self._base
        links: dict[str, Any] = {"configData": {"href": f"{base}/configData"}}
        if self.cancel:
            links["cancelAction"] = {"href": f"{base}/cancelAction/{self.cancel}"}
        elif self.action:
            links["deploymentBase"] = {"href": f"{base}/deploymentBase/{self.action}?c=-2127183556"}
        return web.json_response({"config": {"polling": {"sleep": self.sleep}}, "_links": links})

    async def _deployment(self, request: web.Request) -> web.Response:
        if request.match_info["id"] != self.action:
            return web.Response(status=404)
        chunk = {"part": "os", "version": "1", "name": "update", "artifacts": self.artifacts}
        deployment = {"download": "attempt", "update": "attempt", "chunks": [chunk]}
        return web.json_response({"id": self.action, "deployment": deployment})

    async def _cancel(self, _request: web.Request) -> web.Response:
        return web.json_response({"id": self.cancel, "cancelAction": {"stopId": self.action}})

    async def _feedback(self, request: web.Request) -> web.Response:
        body = await request.json()
        status = body["status"]
        well = status["execution"] in EXECUTIONS and status["result"]["finished"] in FINISHED
        if not well or not all(isinstance(line, str) and len(line) <= 512 for line in status["details"]):
            return web.Response(status=400)
        kind, number = request.match_info["kind"], request.match_info["id"]
        if number != (self.cancel if kind == "cancelAction" else self.action):
            return web.Response(status=410)
        self.feedback.append((kind, number, body))
        if kind == "cancelAction" and status["execution"] == "closed":
            self.cancel = self.action = ""
        elif status["execution"] == "closed":
            self.action = ""
        return web.Response(status=200)

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator["HawkBit"]:
        """Between start and end."""
        app = web.Application(middlewares=[self._guard])
        app.router.add_get(self._base, self._root)
        app.router.add_get(self._base + "/deploymentBase/{id}", self._deployment)
        app.router.add_get(self._base + "/cancelAction/{id}", self._cancel)
        app.router.add_post(self._base + "/{kind}/{id}/feedback", self._feedback)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()
