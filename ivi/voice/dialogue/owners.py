# SPDX-License-Identifier: Apache-2.0
"""The vehicle services and the app host as the dialogue sees them: asked by the same requests as the screen's."""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass
from typing import Any

import msgspec

from ivi.daemon.link_client import LinkClient
from ivi.model.apphost import AppsUpdate, AppView, SubscribeApps
from ivi.model.errors import DeadlineError, UnavailableError
from ivi.model.notices import Notice, SubscribeNotices
from ivi.model.services import DrivingState, SubscribeUxRestrictions, UxRestriction, UxRestrictions

FIRST_TIMEOUT = 2.0  # seconds until a stream must have told how things are
KEPT_NOTICES = 10  # notifications that can be read aloud; older ones go


@dataclass(frozen=True)
class Limits:
    """What the driving state allows now. Nobody says: everything is restricted."""

    parked: bool = False
    setup: bool = False
    """Whether things may be set up (no NO_SETUP)."""
    texts: bool = False
    """Whether messages may be shown (no NO_TEXT_MESSAGE)."""
    rows: int = 6
    """Rows of a list; 0 for no limit."""
    reason: str = ""


def limits_of(said: UxRestrictions | None) -> Limits:
    """From what the services process says; None while it is away."""
    if said is None:
        return Limits()
    return Limits(
        parked=said.state is DrivingState.PARKED,
        setup=UxRestriction.NO_SETUP not in said.restrictions,
        texts=UxRestriction.NO_TEXT_MESSAGE not in said.restrictions,
        rows=said.max_rows,
        reason=said.reason,
    )


class Services:
    """The services process."""

    def __init__(self, link: LinkClient | None) -> None:
        """Without a link every question fails, and the driving state is unknown."""
        self._link = link
        self.said: UxRestrictions | None = None

    @property
    def limits(self) -> Limits:
        """What is allowed now."""
        return limits_of(self.said)

    async def follow(self) -> None:
        """Follow the driving state, for ever; cancel the task to end it."""
        if self._link is not None:
            await self._link.follow(SubscribeUxRestrictions(), self._take, self._state)

    async def call(self, request: msgspec.Struct) -> Any:  # noqa: ANN401  # the caller knows its protocol
        """One request. Raises IviError."""
        return await self._required().call(request)

    async def now(self, request: msgspec.Struct) -> Any:  # noqa: ANN401  # the caller knows its protocol
        """How things are: the first event of a stream. Raises IviError."""
        try:
            async with asyncio.timeout(FIRST_TIMEOUT), contextlib.aclosing(self._required().stream(request)) as events:  # type: ignore[type-var]  # async generators have aclose
                async for event in events:
                    return event
        except TimeoutError as error:
            raise DeadlineError("the vehicle services did not answer") from error
        raise UnavailableError("the vehicle services ended the stream")

    def _take(self, said: UxRestrictions) -> None:
        self.said = said

    def _state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self.said = None

    def _required(self) -> LinkClient:
        if self._link is None:
            raise UnavailableError("the vehicle services are not connected", hint="start them with `ivi run`")
        return self._link


class Apps:
    """The app host: which apps there are, what they show, and what they notified the driver of."""

    def __init__(self, link: LinkClient | None) -> None:
        self._link = link
        self.views: list[AppView] = []
        self.notices: deque[Notice] = deque(maxlen=KEPT_NOTICES)

    async def follow(self) -> None:
        """Follow apps and notifications, for ever; cancel the task to end it."""
        if self._link is None:
            return
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._link.follow(SubscribeApps(), self._take, self._state))
            tasks.create_task(self._link.follow(SubscribeNotices(), self.notices.append))

    async def call(self, request: msgspec.Struct) -> Any:  # noqa: ANN401  # the caller knows its protocol
        """One request. Raises IviError."""
        if self._link is None:
            raise UnavailableError("the app host is not connected", hint="start it with `ivi run`")
        return await self._link.call(request)

    def _take(self, update: AppsUpdate) -> None:
        self.views = update.apps

    def _state(self, connected: bool, _reason: str) -> None:
        if not connected:
            self.views = []
