# SPDX-License-Identifier: Apache-2.0
"""The car's signals for an app: every path is checked against the rights in force, and every decision is audited."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from ivi.apphost import confirming
from ivi.apphost.decisions import decide_actuate, decide_read
from ivi.apphost.facilities.signal_stream import SignalStream
from ivi.apphost.facility import Life
from ivi.apphost.gate import Gate
from ivi.apphost.manifest import VehicleActuate
from ivi.apphost.permissions import Decision
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.app import Accepted, ActuateSignal, GetSignals, Signals, SubscribeSignals
from ivi.model.databroker import Actuate, GetValues
from ivi.model.errors import InvalidArgumentError, LinkError, PermissionDeniedError, UnavailableError
from ivi.model.protected import LATITUDE, LONGITUDE, parked_only

log = logging.getLogger(__name__)

MAX_PATHS = 200  # paths in one request of an app
GET_TIMEOUT = 2.0  # seconds
ACTUATE_TIMEOUT = 4.0  # seconds; below the SDK's own deadline, so that the app learns the reason


class VehicleSignals:
    """Reads, subscriptions and actuations of one life."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._gate = Gate(life.rights)

    def serve(self, router: Router) -> None:
        """Register the calls and streams."""
        router.on_call(GetSignals, self._get)
        router.on_call(ActuateSignal, self._actuate)
        router.on_stream(SubscribeSignals, self._subscribe)

    def close(self) -> None:
        """Streams end with the link."""

    def _judge_reads(self, paths: list[str]) -> None:
        """Check every path. Raises PermissionDeniedError at the first denied."""
        life = self._life
        life.require_hello()
        if not 1 <= len(paths) <= MAX_PATHS:
            raise InvalidArgumentError(f"{len(paths)} paths in one request", hint=f"name 1 to {MAX_PATHS}")
        for path in paths:
            granted = life.rights.reading(path) is not None
            decision = decide_read(path, life.app.id, granted=granted)
            if decision.allowed:
                continue
            life.judge("vehicle.read", path, decision)

    async def _get(self, request: GetSignals, _session: Session) -> Signals:
        """Current values. Asking more often than the grant's rate gives the value of the last time."""
        self._judge_reads(request.paths)
        due = [path for path in request.paths if self._gate.due(path)]
        if due:
            answer = await self._while_granted(
                self._ask(GetValues(with_position(due, self._life.rights.reading)), GET_TIMEOUT),
                lambda: all(self._life.rights.reading(path) is not None for path in request.paths),
            )
            for path, point in answer.entries.items():
                self._gate.offer(path, point)
        found = {path: point for path in request.paths if (point := self._gate.told(path)) is not None}
        for path in request.paths:
            self._life.car.audit.read(self._life.app.id, path)
        return Signals(found)

    async def _subscribe(self, request: SubscribeSignals, stream: Stream) -> None:
        self._judge_reads(request.paths)
        with self._life.counted_stream():
            await SignalStream(self._life, self._gate, request.paths, stream).run()

    async def _actuate(self, request: ActuateSignal, _session: Session) -> Accepted:
        life, path = self._life, request.path
        life.require_hello()
        self._judge_actuation(path)
        grants = self._usable(path)
        if not any(grant.confirm == "never" for grant in grants):
            await self._while_granted(
                confirming.confirm(life, path, request.value, each=all(grant.confirm == "each" for grant in grants)),
                lambda: bool(life.rights.actuations(path)),
            )
            # The driver took his time: the car may have driven off, and the grant may be gone.
            self._judge_actuation(path)
        life.judge("vehicle.actuate", path, Decision(allowed=True, reason=f"set to {str(request.value)[:40]}"))
        await self._while_granted(
            self._ask(Actuate(path, request.value), ACTUATE_TIMEOUT), lambda: bool(life.rights.actuations(path))
        )
        return Accepted()

    def _judge_actuation(self, path: str) -> None:
        """Raises PermissionDeniedError with the reason."""
        life = self._life
        decision = decide_actuate(path, life.app.id, granted=bool(life.rights.actuations(path)))
        if decision.allowed and not self._usable(path):
            state = life.car.driving.state.value
            decision = Decision(
                allowed=False,
                reason=f"{path} may be changed by {life.app.id} only while parked, and the car is {state}",
                hint='park the car; the manifest says when = "parked"',
            )
        if not decision.allowed:
            life.judge("vehicle.actuate", path, decision)

    def _usable(self, path: str) -> list[VehicleActuate]:
        """Grants that count in the present driving state."""
        if self._life.car.driving.parked:
            return self._life.rights.actuations(path)
        if parked_only(path):
            return []
        return [grant for grant in self._life.rights.actuations(path) if grant.when == "always"]

    async def _ask(self, request: msgspec.Struct, seconds: float) -> Any:  # noqa: ANN401  # the request decides
        """The databroker's answer. Where its socket lies is not the app's business, so that error is ours."""
        try:
            return await self._life.car.databroker.call(request, timeout=seconds)
        except (UnavailableError, LinkError) as error:
            log.warning("no answer for an app", extra={"app": self._life.app.id, "reason": str(error)})
            raise UnavailableError("the car's signals are not available now", hint="try again in a second") from error

    async def _while_granted[T](self, work: Awaitable[T], granted: Callable[[], bool]) -> T:
        """The work's result. Raises PermissionDeniedError as soon as the permission for it is taken back."""
        rights = self._life.rights
        task = asyncio.ensure_future(work)

        def look() -> None:
            if not granted():
                task.cancel("revoked")

        rights.watch(look)
        try:
            return await task
        except asyncio.CancelledError:
            if granted():
                raise
            raise PermissionDeniedError("the permission was taken back meanwhile", hint="see on_revoked") from None
        finally:
            rights.unwatch(look)
            task.cancel()


def with_position(paths: list[str], reading: Callable[[str], Any]) -> list[str]:
    """The paths to ask the car for: a coarse position takes both of its coordinates."""
    if any(terms is not None and terms.coarse for terms in map(reading, paths)):
        return list(dict.fromkeys([*paths, LATITUDE, LONGITUDE]))
    return paths
