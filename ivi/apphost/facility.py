# SPDX-License-Identifier: Apache-2.0
"""What the facilities that an app is offered (signals, screen, …) share during one life of the app."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.intents.registry import IntentRegistry
from ivi.apphost.notices import Notices
from ivi.apphost.output import plain
from ivi.apphost.permissions import Decision
from ivi.apphost.prompts import Decided, Prompts, Question
from ivi.apphost.provisions import Provisions
from ivi.apphost.rights import Rights
from ivi.apphost.visibility import Visibility
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import Router
from ivi.model.errors import PermissionDeniedError, ResourceExhaustedError

REFUSED = "refused: "
"""How a refusal begins in an app's log."""
MAX_REFUSALS = 64  # different ones that one life's log lists
MAX_STREAMS = 8  # open streams of one app


@dataclass(frozen=True)
class Car:
    """What the links of all apps share."""

    databroker: LinkClient
    driving: Driving
    audit: Audit
    prompts: Prompts
    intents: IntentRegistry
    notices: Notices
    provisions: Provisions
    visibility: Visibility = field(default_factory=Visibility)


class Life:
    """One life of an app as its facilities see it: who it is, what it may do now, and where decisions are written."""

    def __init__(self, app: HostedApp, rights: Rights, car: Car) -> None:
        self.app, self.rights, self.car = app, rights, car
        self.said_hello = False
        self.answered_at = 0.0
        """When the driver's last answer came, monotonic seconds."""
        self._asking = 0
        self._streams = 0
        self._refused: set[str] = set()

    def require_hello(self) -> None:
        """Raises PermissionDeniedError before the app has said Hello."""
        if not self.said_hello:
            raise PermissionDeniedError("an app says Hello before anything else", hint="use ivi.sdk")

    def judge(self, action: str, target: str, decision: Decision, about: str = "") -> None:
        """Audit a decision and raise PermissionDeniedError when it is a refusal.

        `about` is said before the reason in the audit only. What the app makes up belongs there, never into `target`:
        records are counted by their target.
        """
        said = f"{about}: {decision.reason}" if about else decision.reason
        self.car.audit.record(self.app.id, action, target, allowed=decision.allowed, reason=said)
        if not decision.allowed:
            self.app.denied += 1
            self.tell_refusal(decision.reason, decision.hint)
            raise PermissionDeniedError(decision.reason, hint=decision.hint)

    def tell_refusal(self, reason: str, hint: str) -> None:
        """Say in the app's log what was refused and what would help, once in this life, for its author."""
        text = plain(f"{reason} ({hint})" if hint else reason)
        if text not in self._refused and len(self._refused) < MAX_REFUSALS:
            self._refused.add(text)
            self.app.log.add("host", f"{REFUSED}{text}")

    @property
    def asking(self) -> bool:
        """Whether the app waits for the driver: it may be blocked in that call, so its heartbeat is not missed."""
        return self._asking > 0

    async def ask(self, question: Question) -> Decided:
        """Ask the driver on the host's own sheet. Raises as Prompts.ask does."""
        self._asking += 1
        try:
            return await self.car.prompts.ask(question)
        finally:
            self._asking -= 1
            self.answered_at = time.monotonic()

    @contextlib.contextmanager
    def counted_stream(self) -> Iterator[None]:
        """Hold one of the app's streams. Raises ResourceExhaustedError when it has too many."""
        if self._streams >= MAX_STREAMS:
            text = f"more than {MAX_STREAMS} open streams"
            raise ResourceExhaustedError(text, hint="subscribe to several paths at once")
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1


class Facility(Protocol):
    """Something an app is offered over its link; made anew for each life, from the Life."""

    def serve(self, router: Router) -> None:
        """Register the calls and streams."""

    def close(self) -> None:
        """The life is over: let go of everything."""
