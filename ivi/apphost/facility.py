# SPDX-License-Identifier: Apache-2.0
"""What the facilities that an app is offered (signals, screen, …) share during one life of the app."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.permissions import Decision
from ivi.apphost.rights import Rights
from ivi.apphost.visibility import Visibility
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import Router
from ivi.model.errors import PermissionDeniedError, ResourceExhaustedError

MAX_STREAMS = 8  # open streams of one app


@dataclass(frozen=True)
class Car:
    """What the links of all apps share."""

    databroker: LinkClient
    driving: Driving
    audit: Audit
    visibility: Visibility = field(default_factory=Visibility)


class Life:
    """One life of an app as its facilities see it: who it is, what it may do now, and where decisions are written."""

    def __init__(self, app: HostedApp, rights: Rights, car: Car) -> None:
        self.app, self.rights, self.car = app, rights, car
        self.said_hello = False
        self._streams = 0

    def require_hello(self) -> None:
        """Raises PermissionDeniedError before the app has said Hello."""
        if not self.said_hello:
            raise PermissionDeniedError("an app says Hello before anything else", hint="use ivi.sdk")

    def judge(self, action: str, target: str, decision: Decision) -> None:
        """Audit a decision and raise PermissionDeniedError when it is a refusal."""
        self.car.audit.record(self.app.id, action, target, allowed=decision.allowed, reason=decision.reason)
        if not decision.allowed:
            self.app.denied += 1
            raise PermissionDeniedError(decision.reason, hint=decision.hint)

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
