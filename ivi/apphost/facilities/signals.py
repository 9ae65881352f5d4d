# SPDX-License-Identifier: Apache-2.0
"""The car's signals for an app: every path is checked against the rights in force, and every decision is audited."""

import asyncio
import contextlib
import logging
import random
import time
from typing import Any

from ivi.apphost.facility import Life
from ivi.apphost.manifest import VehicleActuate, VehicleRead
from ivi.apphost.permissions import Decision, decide_actuate, decide_read, matches
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.app import Accepted, ActuateSignal, GetSignals, Signals, SubscribeSignals
from ivi.model.databroker import Actuate, GetValues, Subscribe
from ivi.model.errors import DeadlineError, InvalidArgumentError, LinkError, UnavailableError
from ivi.model.signal import Datapoint

log = logging.getLogger(__name__)

MAX_PATHS = 200  # paths in one request of an app
GET_TIMEOUT = 2.0  # seconds
ACTUATE_TIMEOUT = 4.0  # seconds; below the SDK's own deadline, so that the app learns the reason
RETRY_FIRST, RETRY_LAST = 0.1, 1.0  # seconds between attempts to subscribe again


class VehicleSignals:
    """Reads, subscriptions and actuations of one life."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._read_at: dict[str, tuple[float, Datapoint | None]] = {}

    def serve(self, router: Router) -> None:
        """Register the calls and streams."""
        router.on_call(GetSignals, self._get)
        router.on_call(ActuateSignal, self._actuate)
        router.on_stream(SubscribeSignals, self._subscribe)

    def close(self) -> None:
        """Streams end with the link."""

    def _grant_reads(self, paths: list[str]) -> float:
        """Check every path; returns the highest common rate in Hz. Raises PermissionDeniedError at the first denied."""
        life = self._life
        life.require_hello()
        if not 1 <= len(paths) <= MAX_PATHS:
            raise InvalidArgumentError(f"{len(paths)} paths in one request", hint=f"name 1 to {MAX_PATHS}")
        patterns = [pattern for grant in life.rights.of(VehicleRead) for pattern in grant.paths]
        for path in paths:
            life.judge("vehicle.read", path, decide_read(path, patterns, life.app.id))
        return min(self._max_hz(path) for path in paths)

    def _max_hz(self, path: str) -> float:
        return max(grant.max_hz for grant in self._life.rights.of(VehicleRead) if _covers(grant, path))

    async def _get(self, request: GetSignals, _session: Session) -> Signals:
        """Current values. Asking more often than the grant's rate gives the value of the last time."""
        self._grant_reads(request.paths)
        now = time.monotonic()
        due = [path for path in request.paths if not self._is_fresh(path, now)]
        if due:
            values = await self._ask(GetValues(due), GET_TIMEOUT)
            for path in due:
                self._read_at[path] = (now, values.entries.get(path))
        found = ((path, self._read_at[path][1]) for path in request.paths)
        return Signals({path: datapoint for path, datapoint in found if datapoint is not None})

    def _is_fresh(self, path: str, now: float) -> bool:
        return path in self._read_at and now - self._read_at[path][0] < 1 / self._max_hz(path)

    async def _ask(self, request: GetValues | Actuate, seconds: float) -> Any:  # noqa: ANN401  # the request decides
        """The databroker's answer. Where its socket lies is not the app's business, so that error is ours."""
        try:
            return await self._life.car.databroker.call(request, timeout=seconds)
        except (UnavailableError, LinkError) as error:
            log.warning("no answer for an app", extra={"app": self._life.app.id, "reason": str(error)})
            raise UnavailableError("the car's signals are not available now", hint="try again in a second") from error

    async def _subscribe(self, request: SubscribeSignals, stream: Stream) -> None:
        """Relay until the app ends it; over a restart of the databroker the stream pauses and goes on."""
        upstream = Subscribe(request.paths, self._grant_reads(request.paths))
        wanted = set(request.paths)
        with self._life.counted_stream():
            # The first event, without values, says that the subscription was granted.
            stream.send(Signals({}))
            wait = RETRY_FIRST
            while True:
                with contextlib.suppress(UnavailableError, LinkError, DeadlineError):
                    async for update in self._life.car.databroker.stream(upstream):
                        wait = RETRY_FIRST
                        # A branch's name would make the databroker send what lies below it, which nobody granted.
                        stream.send(Signals({path: value for path, value in update.entries.items() if path in wanted}))
                # Spreads the reconnects; no secret.
                await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311
                wait = min(RETRY_LAST, wait * 2)

    async def _actuate(self, request: ActuateSignal, _session: Session) -> Accepted:
        life = self._life
        life.require_hello()
        path = request.path
        patterns = [pattern for grant in life.rights.of(VehicleActuate) for pattern in grant.paths]
        decision = decide_actuate(path, patterns, life.app.id)
        if decision.allowed and not self._allowed_now(path):
            state = life.car.driving.state.value
            decision = Decision(
                allowed=False,
                reason=f"{path} may be changed by {life.app.id} only while parked, and the car is {state}",
                hint='park the car; the manifest says when = "parked"',
            )
        life.judge("vehicle.actuate", path, decision)
        await self._ask(Actuate(path, request.value), ACTUATE_TIMEOUT)
        return Accepted()

    def _allowed_now(self, path: str) -> bool:
        grants = [grant for grant in self._life.rights.of(VehicleActuate) if _covers(grant, path)]
        return any(grant.when == "always" or self._life.car.driving.parked for grant in grants)


def _covers(grant: VehicleRead | VehicleActuate, path: str) -> bool:
    return any(matches(path, pattern) for pattern in grant.paths)
