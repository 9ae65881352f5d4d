# SPDX-License-Identifier: Apache-2.0
"""A door for Eclipse hawkBit's Direct Device Integration (DDI v1), for fleets that plan their updates there.

The server says when and in what words it is told; what is installed is still decided by the signed repositories alone.
An action whose artefacts are not exactly among what director and image repository order is refused, with that reason.
Read against hawkBit's DDI controller at 67ca1c433: poll, deploymentBase, cancelAction, feedback.
"""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from ivi.cloud.updates.journal import Journal
from ivi.cloud.updates.orders import Orders
from ivi.cloud.updates.plan import Plan
from ivi.cloud.updates.settings import DdiSettings
from ivi.cloud.updates.transfer import Transfer
from ivi.model.errors import InvalidArgumentError, IviError, UnavailableError
from ivi.model.updates import UpdateState

log = logging.getLogger(__name__)

POLL_FIRST, POLL_LEAST, POLL_MOST = 60.0, 5.0, 86400.0  # seconds
MAX_ANSWER = 1 << 20  # bytes
MAX_DETAIL = 512  # characters hawkBit takes in one line
_HTTP_GONE = 410
_DONE = {200, 201, 204}
_ORDERABLE = {UpdateState.IDLE, UpdateState.WAITING, UpdateState.FETCHING, UpdateState.FAILED}


class Updating(Protocol):
    """What the door needs of the update service."""

    state: UpdateState
    reason: str
    plan: Plan | None
    journal: Journal
    orders: Orders

    async def look_now(self) -> bool:
        """Ask the repositories; False when that cannot be now."""

    def installed_hashes(self) -> set[str]:
        """SHA-256 of everything that is installed."""

    def look_soon(self) -> None:
        """Go on with what was found."""


@dataclass(frozen=True)
class Action:
    """An action of the server that is being done, as it is kept over restarts."""

    id: str
    hashes: tuple[str, ...]
    said: str = ""
    """What was told of it last."""


class HawkBitDoor:
    """Polls a hawkBit server and tells it what becomes of its actions."""

    def __init__(self, settings: DdiSettings, vehicle: str, service: Updating, now: Callable[[], float]) -> None:
        """Nothing is asked before `run`."""
        base = settings.url.rstrip("/")
        self._base = f"{base}/{quote(settings.tenant, safe='')}/controller/v1/{quote(vehicle, safe='')}"
        self._transfer = Transfer({"Authorization": f"TargetToken {settings.token}", "Accept": "application/json"})
        self._service = service
        self._now = now
        self.problem = ""

    async def run(self) -> None:
        """Poll for ever, at the server's pace. Cancel the task to end it."""
        wait = POLL_FIRST
        while True:
            try:
                wait = await self.poll()
                self.problem = ""
            except IviError as error:
                self.problem = str(error)
                log.warning("hawkBit", extra={"reason": self.problem})
            await asyncio.sleep(wait)

    def close(self) -> None:
        """End what is being asked."""
        self._transfer.give_up()
        self._transfer.close()

    async def poll(self) -> float:
        """One round; returns the seconds until the next. Raises UnavailableError, InvalidArgumentError."""
        told = await self._get(self._base)
        links = told.get("_links")
        links = links if isinstance(links, dict) else {}
        if (href := _href(links, "cancelAction")) is not None:
            await self._cancel(href)
        elif (href := _href(links, "deploymentBase")) is not None:
            await self._deploy(href)
        await self._follow()
        config = told.get("config")
        return _pause(config if isinstance(config, dict) else {})

    # -- actions ------------------------------------------------------------------------------------------------------
    async def _deploy(self, href: str) -> None:
        told = await self._get(self._own(href))
        action = _action(told)
        if (known := self._action()) is not None and known.id == action.id:
            return
        if not await self._service.look_now():
            return  # something is being installed; the server tells of the action again
        ordered = {one.sha256 for one in self._service.plan.artefacts} if self._service.plan is not None else set()
        signed = ordered | self._service.installed_hashes()
        if not action.hashes or not signed.issuperset(action.hashes):
            await self._say(action.id, "closed", "failure", "an artefact is not in this vehicle's signed metadata")
            return
        self._service.journal.write("hawkbit", action)
        await self._say(action.id, "proceeding", "none", "found in the signed metadata")
        self._service.orders.hold(held=False)
        self._service.look_soon()

    async def _cancel(self, href: str) -> None:
        told = await self._get(self._own(href))
        match told:
            case {"id": str() | int() as cancel_id, "cancelAction": {"stopId": str() | int() as stop}}:
                pass
            case _:
                raise InvalidArgumentError("hawkBit's cancelAction has not the form of DDI v1")
        known = self._action()
        if known is not None and known.id == str(stop) and self._service.state not in _ORDERABLE:
            await self._say(str(cancel_id), "rejected", "none", "it is being installed already", where="cancelAction")
            return
        self._service.orders.hold(held=True)
        self._service.journal.write("hawkbit", None)
        await self._say(str(cancel_id), "closed", "success", "nothing was installed", where="cancelAction")

    async def _follow(self) -> None:
        """Tell how the action stands, when that has changed."""
        action = self._action()
        if action is None:
            return
        state, reason = self._service.state, self._service.reason
        execution, finished = "proceeding", "none"
        if self._service.installed_hashes().issuperset(action.hashes) and state is not UpdateState.TRIAL:
            execution, finished, reason = "closed", "success", "installed and trusted"
        elif state is UpdateState.FAILED:
            execution, finished = "closed", "failure"
        said = f"{execution} {finished} {state} {reason if execution == 'closed' else ''}"
        if said == action.said:
            return
        await self._say(action.id, execution, finished, reason or state.value)
        done = execution == "closed"
        self._service.journal.write("hawkbit", None if done else Action(action.id, action.hashes, said))

    def _action(self) -> Action | None:
        return self._service.journal.read("hawkbit", Action)

    # -- HTTP ---------------------------------------------------------------------------------------------------------
    async def _say(self, number: str, execution: str, finished: str, words: str, where: str = "deploymentBase") -> None:
        body = {
            "id": number,
            "timestamp": int(self._now() * 1000),
            "status": {"execution": execution, "result": {"finished": finished}, "details": [words[:MAX_DETAIL]]},
        }
        url = f"{self._base}/{where}/{quote(number, safe='')}/feedback"
        await asyncio.to_thread(self._post, url, json.dumps(body).encode())

    def _post(self, url: str, body: bytes) -> None:
        headers = {"Content-Type": "application/json"}
        with self._transfer.request(url, method="POST", headers=headers, body=body) as answer:
            for _ in answer.chunks():
                pass
            if answer.status not in _DONE | {_HTTP_GONE}:  # gone: the server closed the action itself
                raise UnavailableError(f"hawkBit answers {answer.status} to what became of an action")

    async def _get(self, url: str) -> dict[str, Any]:
        data = await asyncio.to_thread(self._transfer.get, url, MAX_ANSWER)
        try:
            told = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise InvalidArgumentError(f"hawkBit's answer is no JSON: {error}") from error
        if not isinstance(told, dict):
            raise InvalidArgumentError("hawkBit's answer is no object")
        return told

    def _own(self, href: str) -> str:
        """A link of the server's, if it leads to our own resources: the token goes nowhere else."""
        try:
            ours, theirs = urlsplit(self._base), urlsplit(href)
        except ValueError as error:
            raise InvalidArgumentError(f"hawkBit's link is none: {href[:MAX_DETAIL]}") from error
        if (theirs.scheme, theirs.netloc) != (ours.scheme, ours.netloc) or not theirs.path.startswith(ours.path + "/"):
            raise InvalidArgumentError(f"hawkBit's link leads elsewhere: {href[:MAX_DETAIL]}")
        return href


def _href(links: dict[str, Any], name: str) -> str | None:
    match links.get(name):
        case {"href": str(href)}:
            return href
    return None


def _pause(config: dict[str, Any]) -> float:
    """`config.polling.sleep`, as HH:MM:SS."""
    match config.get("polling"):
        case {"sleep": str(text)} if found := re.fullmatch(r"(\d{1,3}):(\d{2}):(\d{2})", text):
            hours, minutes, seconds = map(int, found.groups())
            return min(POLL_MOST, max(POLL_LEAST, hours * 3600.0 + minutes * 60 + seconds))
    return POLL_FIRST


def _action(told: dict[str, Any]) -> Action:
    match told:
        case {"id": str() | int() as number, "deployment": {"chunks": list(chunks)}}:
            pass
        case _:
            raise InvalidArgumentError("hawkBit's deploymentBase has not the form of DDI v1")
    hashes: list[str] = []
    for chunk in chunks:
        for one in chunk.get("artifacts", []) if isinstance(chunk, dict) else []:
            match one:
                case {"hashes": {"sha256": str(sha256)}}:
                    hashes.append(sha256.lower())
                case _:
                    raise InvalidArgumentError("an artefact of hawkBit's deployment has no SHA-256")
    return Action(str(number), tuple(hashes))
