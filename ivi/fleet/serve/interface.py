# SPDX-License-Identifier: Apache-2.0
"""The programming interface: every path, what it takes and what it answers. docs/cloud-fleet.md lists the same."""

import asyncio
import contextlib
import json
import time
from typing import Any

from aiohttp import web

import ivi
from ivi.cloud.commands.command import ID_BYTES
from ivi.cloud.commands.table import CANCEL, ISSUERS
from ivi.cloud.trust import Role
from ivi.cloud.wire import check_vehicle_id
from ivi.fleet.serve import views
from ivi.fleet.serve.dispatch import Dispatch
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.guard import OPERATOR, Guard
from ivi.fleet.serve.issuing import SECONDS, Issuing, arguments_of, require
from ivi.fleet.serve.live import Live
from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError

KEEP_ALIVE = 10.0  # seconds of silence after which a stream says that it lives
MAX_LIST = 500  # entries of one answer
MAX_MINUTES = 7 * 24 * 60
_TWIN_ROLES = (Role.OWNER, Role.FLEET)


class Interface:
    """Handlers."""

    def __init__(self, data: FleetData, issuing: Issuing, dispatch: Dispatch, live: Live, guard: Guard) -> None:
        self._data, self._issuing, self._dispatch, self._live, self._guard = data, issuing, dispatch, live, guard

    def routes(self) -> list[web.RouteDef]:
        """All paths below /api/."""
        car = "/api/vehicles/{vehicle}"
        return [
            web.get("/api/session", self._session),
            web.get("/api/commands", self._table),
            web.get("/api/vehicles", self._vehicles),
            web.get("/api/software", self._software),
            web.get(car, self._vehicle),
            web.get(f"{car}/live", self._follow),
            web.get(f"{car}/signals", self._signals),
            web.get(f"{car}/telemetry", self._telemetry),
            web.get(f"{car}/events", self._events),
            web.get(f"{car}/commands", self._commands),
            web.post(f"{car}/commands", self._issue),
            web.get(f"{car}/commands/{{id}}", self._command),
            web.post(f"{car}/commands/{{id}}/cancel", self._cancel),
            web.get(f"{car}/twin", self._twin),
            web.post(f"{car}/twin", self._desire),
        ]

    # -- looking ------------------------------------------------------------------------------------------------------
    async def _session(self, request: web.Request) -> web.Response:
        operator = request[OPERATOR]
        return answer(
            {
                "version": ivi.__version__,
                "operator": operator.name,
                "may_issue": operator.may_issue,
                "token": self._guard.needs_token,
                "documents": ["campaigns", "entitlements"],
                "roles": [role.value for role in self._issuing.keyring.roles],
                "broker": {"online": self._dispatch.is_online, "reason": self._dispatch.reason},
                "now_ms": time.time_ns() // 10**6,
            }
        )

    async def _table(self, _request: web.Request) -> web.Response:
        return answer(views.command_table())

    async def _vehicles(self, request: web.Request) -> web.Response:
        after, limit = request.query.get("after", "")[:64], number(request, "limit", 100, 1, MAX_LIST)
        found = await self._data.ask(lambda reader, _: reader.vehicles(after, limit))
        return answer([views.vehicle(entry) for entry in found])

    async def _software(self, request: web.Request) -> web.Response:
        after, limit = request.query.get("after", "")[:64], number(request, "limit", 100, 1, MAX_LIST)
        return answer(await self._data.ask(lambda reader, _: views.software(reader, after, limit)))

    async def _vehicle(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        found = await self._data.ask(lambda reader, _: reader.vehicle(vehicle))
        if found is None:
            raise NotFoundError(f"nothing ever came from a vehicle {vehicle}")
        return answer(views.vehicle(found))

    async def _signals(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        return answer(await self._data.ask(lambda reader, _: views.signals(reader, vehicle)))

    async def _telemetry(self, request: web.Request) -> web.Response:
        vehicle, path = vehicle_of(request), request.query.get("path", "")
        minutes = number(request, "minutes", 15, 1, MAX_MINUTES)
        since = time.time_ns() - minutes * 60 * 10**9
        found = await self._data.ask(lambda reader, _: reader.telemetry(vehicle, path, since))
        return answer({"path": path, "samples": [views.sample(one) for one in found]})

    async def _events(self, request: web.Request) -> web.Response:
        vehicle, kind = vehicle_of(request), request.query.get("kind")
        limit = number(request, "limit", 50, 1, MAX_LIST)
        found = await self._data.ask(lambda reader, _: reader.events(vehicle, kind, limit))
        return answer([views.event(one) for one in found])

    async def _follow(self, request: web.Request) -> web.StreamResponse:
        vehicle = vehicle_of(request)
        await self._data.ask(lambda reader, _: require(reader, vehicle))
        async with self._live.follow(vehicle) as queue:
            response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
            await response.prepare(request)
            with contextlib.suppress(ConnectionError):  # the page was closed
                while True:
                    text = ": still here\n\n"
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(KEEP_ALIVE):
                            if (event := await queue.get()) is None:
                                break
                            text = f"event: {event[0]}\ndata: {event[1]}\n\n"
                    await response.write(text.encode())
        return response

    # -- commands -----------------------------------------------------------------------------------------------------
    async def _commands(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        return answer(await self._data.ask(lambda reader, issued: views.commands(reader, issued, vehicle)))

    async def _command(self, request: web.Request) -> web.Response:
        vehicle, id_ = vehicle_of(request), id_of(request)
        return answer(await self._look_up(vehicle, id_))

    async def _look_up(self, vehicle: str, id_: bytes) -> views.Json:
        found = await self._data.ask(lambda reader, issued: views.command(reader, issued, vehicle, id_))
        if found is None:
            raise NotFoundError(f"no command {id_.hex()} was issued to {vehicle}")
        return found

    async def _issue(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        body = await body_of(request, {"name", "args", "role", "seconds"})
        name = text(body, "name")
        issued = await self._issuing.command(
            vehicle,
            name,
            arguments_of(name, body.get("args", {})),
            role=role_of(body, ISSUERS),
            operator=request[OPERATOR].name,
            seconds=whole(body, "seconds", SECONDS),
        )
        return answer(await self._look_up(vehicle, issued.id), status=201)

    async def _cancel(self, request: web.Request) -> web.Response:
        vehicle, id_ = vehicle_of(request), id_of(request)
        await body_of(request, set())
        before = await self._look_up(vehicle, id_)
        issued = await self._issuing.command(
            vehicle, CANCEL, {"id": id_}, role=Role(before["role"]), operator=request[OPERATOR].name
        )
        return answer(await self._look_up(vehicle, issued.id), status=201)

    # -- settings -----------------------------------------------------------------------------------------------------
    async def _twin(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        return answer(await self._data.ask(lambda reader, issued: views.twin(reader, issued, vehicle)))

    async def _desire(self, request: web.Request) -> web.Response:
        vehicle = vehicle_of(request)
        body = await body_of(request, {"document", "base", "role"})
        if not isinstance(document := body.get("document"), dict):
            raise InvalidArgumentError("`document` is an object")
        base = whole(body, "base", 0) if "base" in body else None
        version = await self._issuing.desire(
            vehicle, document, role=role_of(body, _TWIN_ROLES), operator=request[OPERATOR].name, base=base
        )
        return answer({"version": version}, status=201)


# -- requests and answers ---------------------------------------------------------------------------------------------
def answer(value: object, status: int = 200) -> web.Response:
    """JSON."""
    return web.Response(status=status, text=views.dumps(value), content_type="application/json")


def vehicle_of(request: web.Request) -> str:
    """The vehicle in the path. Raises NotFoundError when nobody could have that name."""
    try:
        return check_vehicle_id(request.match_info["vehicle"])
    except ConfigurationError as error:
        raise NotFoundError(error.message, hint=error.hint) from error


def id_of(request: web.Request) -> bytes:
    """The command's id in the path. Raises InvalidArgumentError."""
    try:
        found = bytes.fromhex(request.match_info["id"])
    except ValueError:
        found = b""
    if len(found) != ID_BYTES:
        raise InvalidArgumentError(f"a command's id has {2 * ID_BYTES} hexadecimal digits")
    return found


def number(request: web.Request, name: str, default: int, least: int, most: int) -> int:
    """A whole number of the query. Raises InvalidArgumentError."""
    given = request.query.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) < 10 and least <= int(given) <= most):  # noqa: PLR2004  # digits
        raise InvalidArgumentError(f"`{name}` is a whole number from {least} to {most}")
    return int(given)


async def body_of(request: web.Request, known: set[str]) -> views.Json:
    """The JSON object of a request, with these keys at most. Raises InvalidArgumentError."""
    try:
        body = await request.json(loads=_loads)
    except (ValueError, LookupError, RecursionError) as error:  # LookupError: an unknown charset
        raise InvalidArgumentError(f"the request is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise InvalidArgumentError("the request is no JSON object")
    if unknown := sorted(set(body) - known):
        raise InvalidArgumentError(f"`{unknown[0][:40]}` is not known here", hint=f"known: {', '.join(sorted(known))}")
    return body


def _loads(given: str) -> Any:  # noqa: ANN401  # JSON
    return json.loads(given or "{}", parse_constant=_refuse)


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no number")


def text(body: views.Json, name: str) -> str:
    """A text of a request. Raises InvalidArgumentError."""
    if not isinstance(found := body.get(name), str) or not found:
        raise InvalidArgumentError(f"`{name}` is missing, or no text")
    return found


def whole(body: views.Json, name: str, default: int) -> int:
    """A whole number of a request. Raises InvalidArgumentError."""
    found = body.get(name, default)
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > views.MAX_SAFE:
        raise InvalidArgumentError(f"`{name}` is no whole number")
    return found


def role_of(body: views.Json, roles: tuple[Role, ...]) -> Role:
    """Whose key signs: the fleet's unless the request names another. Raises InvalidArgumentError."""
    found = body.get("role", Role.FLEET.value)
    for role in roles:
        if found == role.value:
            return role
    raise InvalidArgumentError(f"`role` is one of {', '.join(role.value for role in roles)}")
