# SPDX-License-Identifier: Apache-2.0
"""The host's end of one app's link during one life: Hello, heartbeats, and the facilities that the app is offered."""

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from ivi.apphost.facilities import FACILITIES
from ivi.apphost.facility import Life
from ivi.daemon.link_server import Policy, Router, Session
from ivi.model.app import Accepted, AppRequest, Heartbeat, Hello, Stopping, Welcome
from ivi.model.link import MAX_APP_FRAME

POLICY = Policy(
    max_frame=MAX_APP_FRAME, calls_per_s=500, burst=200, call_bytes=2048, in_flight=32, stream_queue=32, partial_s=2.0
)
"""500 calls or 1 MB a second: decoding is the host's time, and other apps wait for it."""
LATE_AFTER = 1.75  # heartbeats; then what the app shows is drawn as old


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

    def __init__(self, life: Life, timing: Timing, *, on_hello: Callable[[], None]) -> None:
        self.ended = asyncio.Event()
        self.end_reason = ""
        """Why the host ended the link; empty when the app did."""
        self._life, self._timing = life, timing
        self._on_hello = on_hello
        self._alive_at = time.monotonic()
        self._facilities = [make(life) for make in FACILITIES]
        self._session: Session | None = None
        self._late: asyncio.TimerHandle | None = None

    async def open(self, sock: socket.socket) -> None:
        """Serve this end of the socketpair."""
        router = Router(AppRequest)
        router.on_call(Hello, self._hello)
        router.on_call(Heartbeat, self._heartbeat)
        for facility in self._facilities:
            facility.serve(router)
        self._alive_at = time.monotonic()
        _, self._session = await asyncio.get_running_loop().connect_accepted_socket(
            lambda: Session(router, POLICY, self._closed), sock
        )

    def announce_end(self, seconds: float) -> bool:
        """Tell the app that it is to end, and that the link closes by then. False when it does not listen."""
        streams = list(self._life.app.stage.inputs)
        for stream in streams:
            stream.send(Stopping(seconds))
        return bool(streams)

    def close(self) -> None:
        """Close the link; a well-behaved app takes that as its end."""
        if self._session is not None:
            self._session.close()
        for facility in self._facilities:
            facility.close()
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def patience(self) -> float:
        """Seconds left until Hello or the next heartbeat is overdue."""
        allowed = self._timing.heartbeat * (self._timing.misses + 0.5) if self._life.said_hello else self._timing.hello
        if self._life.asking:
            # It waits for the driver, not for itself; the question has an end of its own.
            return allowed
        return max(self._alive_at, self._life.answered_at) + allowed - time.monotonic()

    def renew_patience(self) -> None:
        """The app could not speak for a while and that was not its fault."""
        self._alive_at = time.monotonic()
        self._watch_late()

    @property
    def said_hello(self) -> bool:
        """Whether the app has answered its start."""
        return self._life.said_hello

    def _closed(self, session: Session, reason: str) -> None:
        self.end_reason = session.close_reason and reason
        self.ended.set()

    # -- life ---------------------------------------------------------------------------------------------------------
    async def _hello(self, _request: Hello, _session: Session) -> Welcome:
        if not self._life.said_hello:
            self._life.said_hello = True
            self._alive_at = time.monotonic()
            self._on_hello()
            self._watch_late()
        return Welcome(self._life.app.id, self._timing.heartbeat)

    async def _heartbeat(self, _request: Heartbeat, _session: Session) -> Accepted:
        self._alive_at = time.monotonic()
        self._watch_late()
        return Accepted()

    def _watch_late(self) -> None:
        """The app lives; it is late when it does not say so again soon, well before it is ended for that."""
        self._life.app.set_late(False)
        if self._late is not None:
            self._late.cancel()
        patience = self._timing.heartbeat * LATE_AFTER
        self._late = asyncio.get_running_loop().call_later(patience, self._life.app.set_late, True)
