# SPDX-License-Identifier: Apache-2.0
"""The host's end of one app's link during one life: every call is checked against the manifest and audited."""

import asyncio
import contextlib
import logging
import random
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ivi.apphost import templates
from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.manifest import Manifest, VehicleActuate, VehicleRead
from ivi.apphost.permissions import Decision, decide_actuate, decide_read, matches
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import Policy, Router, Session, Stream
from ivi.model.app import (
    Accepted,
    ActuateSignal,
    AppRequest,
    FollowInput,
    GetSignals,
    Heartbeat,
    Hello,
    Shown,
    ShowTemplate,
    Signals,
    SubscribeSignals,
    Welcome,
)
from ivi.model.databroker import Actuate, GetValues, Subscribe
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    LinkError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.link import MAX_APP_FRAME
from ivi.model.signal import Datapoint

log = logging.getLogger(__name__)

POLICY = Policy(max_frame=MAX_APP_FRAME, calls_per_s=500, burst=200, in_flight=32, stream_queue=32, partial_s=2.0)
MAX_STREAMS = 8  # open subscriptions of one app
MAX_PATHS = 200  # paths in one request of an app
GET_TIMEOUT = 2.0  # seconds
ACTUATE_TIMEOUT = 4.0  # seconds; below the SDK's own deadline, so that the app learns the reason
RETRY_FIRST, RETRY_LAST = 0.1, 1.0  # seconds between attempts to subscribe again


@dataclass(frozen=True)
class Car:
    """What the links of all apps share."""

    databroker: LinkClient
    driving: Driving
    audit: Audit


@dataclass(frozen=True)
class Timing:
    """Deadlines of one life, seconds."""

    hello: float = 5.0
    """From the start to Hello."""
    heartbeat: float = 2.0
    """Between heartbeats."""
    misses: int = 3
    """Heartbeats that may be missed."""
    polite: float = 1.0
    """From the closed link to the end of the process."""


class AppLink:
    """Serves one socketpair. The socket is the app's identity: nothing the app says about itself is used."""

    def __init__(
        self, app: HostedApp, manifest: Manifest, car: Car, timing: Timing, *, on_hello: Callable[[], None]
    ) -> None:
        self.ended = asyncio.Event()
        self.end_reason = ""
        """Why the host ended the link; empty when the app did."""
        self._app, self._manifest, self._car, self._timing = app, manifest, car, timing
        self._on_hello = on_hello
        self._said_hello = False
        self._alive_at = time.monotonic()
        self._rate = templates.ShowRate()
        self._streams = 0
        self._read_at: dict[str, tuple[float, Datapoint | None]] = {}
        self._session: Session | None = None

    async def open(self, sock: socket.socket) -> None:
        """Serve this end of the socketpair."""
        router = Router(AppRequest)
        router.on_call(Hello, self._hello)
        router.on_call(Heartbeat, self._heartbeat)
        router.on_call(GetSignals, self._get)
        router.on_call(ActuateSignal, self._actuate)
        router.on_call(ShowTemplate, self._show)
        router.on_stream(SubscribeSignals, self._subscribe)
        router.on_stream(FollowInput, self._follow_input)
        self._alive_at = time.monotonic()
        _, self._session = await asyncio.get_running_loop().connect_accepted_socket(
            lambda: Session(router, POLICY, self._closed), sock
        )

    def close(self) -> None:
        """Close the link; a well-behaved app takes that as its end."""
        if self._session is not None:
            self._session.close()

    def patience(self) -> float:
        """Seconds left until Hello or the next heartbeat is overdue."""
        allowed = self._timing.heartbeat * (self._timing.misses + 0.5) if self._said_hello else self._timing.hello
        return self._alive_at + allowed - time.monotonic()

    @property
    def said_hello(self) -> bool:
        """Whether the app has answered its start."""
        return self._said_hello

    def _closed(self, session: Session, reason: str) -> None:
        self.end_reason = session.close_reason and reason
        self.ended.set()

    # -- life ---------------------------------------------------------------------------------------------------------
    async def _hello(self, _request: Hello, _session: Session) -> Welcome:
        if not self._said_hello:
            self._said_hello = True
            self._alive_at = time.monotonic()
            self._on_hello()
        return Welcome(self._app.id, self._timing.heartbeat)

    async def _heartbeat(self, _request: Heartbeat, _session: Session) -> Accepted:
        self._alive_at = time.monotonic()
        return Accepted()

    # -- signals ------------------------------------------------------------------------------------------------------
    def _grant_reads(self, paths: list[str]) -> float:
        """Check every path; returns the highest common rate in Hz. Raises PermissionDeniedError at the first denied."""
        if not self._said_hello:
            raise PermissionDeniedError("an app says Hello before anything else", hint="use ivi.sdk")
        if not 1 <= len(paths) <= MAX_PATHS:
            raise InvalidArgumentError(f"{len(paths)} paths in one request", hint=f"name 1 to {MAX_PATHS}")
        patterns = [pattern for grant in self._manifest.reads for pattern in grant.paths]
        for path in paths:
            self._judge("vehicle.read", path, decide_read(path, patterns, self._app.id))
        return min(self._max_hz(path) for path in paths)

    def _max_hz(self, path: str) -> float:
        return max(grant.max_hz for grant in self._manifest.reads if _covers(grant, path))

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
            return await self._car.databroker.call(request, timeout=seconds)
        except (UnavailableError, LinkError) as error:
            log.warning("no answer for an app", extra={"app": self._app.id, "reason": str(error)})
            raise UnavailableError("the car's signals are not available now", hint="try again in a second") from error

    async def _subscribe(self, request: SubscribeSignals, stream: Stream) -> None:
        """Relay until the app ends it; over a restart of the databroker the stream pauses and goes on."""
        upstream = Subscribe(request.paths, self._grant_reads(request.paths))
        wanted = set(request.paths)
        with self._counted_stream():
            # The first event, without values, says that the subscription was granted.
            stream.send(Signals({}))
            wait = RETRY_FIRST
            while True:
                with contextlib.suppress(UnavailableError, LinkError, DeadlineError):
                    async for update in self._car.databroker.stream(upstream):
                        wait = RETRY_FIRST
                        # A branch's name would make the databroker send what lies below it, which nobody granted.
                        stream.send(Signals({path: value for path, value in update.entries.items() if path in wanted}))
                # Spreads the reconnects; no secret.
                await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311
                wait = min(RETRY_LAST, wait * 2)

    async def _actuate(self, request: ActuateSignal, _session: Session) -> Accepted:
        if not self._said_hello:
            raise PermissionDeniedError("an app says Hello before anything else", hint="use ivi.sdk")
        path = request.path
        patterns = [pattern for grant in self._manifest.actuations for pattern in grant.paths]
        decision = decide_actuate(path, patterns, self._app.id)
        if decision.allowed and not self._allowed_now(path):
            state = self._car.driving.state.value
            decision = Decision(
                allowed=False,
                reason=f"{path} may be changed by {self._app.id} only while parked, and the car is {state}",
                hint='park the car; the manifest says when = "parked"',
            )
        self._judge("vehicle.actuate", path, decision)
        await self._ask(Actuate(path, request.value), ACTUATE_TIMEOUT)
        return Accepted()

    def _allowed_now(self, path: str) -> bool:
        grants = [grant for grant in self._manifest.actuations if _covers(grant, path)]
        return any(grant.when == "always" or self._car.driving.parked for grant in grants)

    # -- screen -------------------------------------------------------------------------------------------------------
    async def _show(self, request: ShowTemplate, _session: Session) -> Shown:
        if not self._said_hello:
            raise PermissionDeniedError("an app says Hello before anything else", hint="use ivi.sdk")
        if "list" not in self._manifest.templates:
            hint = 'its manifest.toml would need [[permission]] use = "ui" templates = ["list"] surfaces = ["card"]'
            refusal = Decision(allowed=False, reason=f"{self._app.id} may not show the template list", hint=hint)
            self._judge("ui", "list", refusal)
        templates.check(request.template)
        state = self._car.driving.state
        if not self._rate.take(state):
            text = f"templates come too fast while the car is {state.value}"
            raise ResourceExhaustedError(text, hint="show it a second later")
        return Shown(self._app.show(request.template))

    async def _follow_input(self, _request: FollowInput, stream: Stream) -> None:
        with self._counted_stream():
            stream.send(self._car.driving.limits)
            self._app.inputs.add(stream)
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                self._app.inputs.discard(stream)

    @contextlib.contextmanager
    def _counted_stream(self) -> Iterator[None]:
        if self._streams >= MAX_STREAMS:
            text = f"more than {MAX_STREAMS} open streams"
            raise ResourceExhaustedError(text, hint="subscribe to several paths at once")
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1

    def _judge(self, action: str, target: str, decision: Decision) -> None:
        """Audit a decision and raise PermissionDeniedError when it is a refusal."""
        self._car.audit.record(self._app.id, action, target, allowed=decision.allowed, reason=decision.reason)
        if not decision.allowed:
            self._app.denied += 1
            raise PermissionDeniedError(decision.reason, hint=decision.hint)


def _covers(grant: VehicleRead | VehicleActuate, path: str) -> bool:
    return any(matches(path, pattern) for pattern in grant.paths)
