# SPDX-License-Identifier: Apache-2.0
"""Audio focus of an app, held at the services process in its name as long as its stream is open and it may."""

import asyncio
import logging
from contextlib import aclosing

from ivi.apphost.facilities.granted import granted
from ivi.apphost.facility import Life
from ivi.apphost.manifest import AudioFocus
from ivi.daemon.link_server import Router, Stream
from ivi.model.app.audio import AudioFocusChanged, RequestAudioFocus
from ivi.model.audio import FocusChanged, FocusState, RequestFocus
from ivi.model.errors import IviError, ResourceExhaustedError, UnavailableError

log = logging.getLogger(__name__)


class Heard:
    """The one focus that an app may hold."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._holds = False

    def serve(self, router: Router) -> None:
        """Register the stream."""
        router.on_stream(RequestAudioFocus, self._request)

    def close(self) -> None:
        """The focus goes with the stream."""

    async def _request(self, request: RequestAudioFocus, stream: Stream) -> None:
        life = self._life
        granted(
            life, AudioFocus, request.kind.value, f'kinds = ["{request.kind.value}"]',
            lambda grant: request.kind.value in grant.kinds,
        )  # fmt: skip
        if self._holds:
            raise ResourceExhaustedError(f"{life.app.id} holds audio focus already", hint="abandon it first")
        with life.counted_stream():
            self._holds = True
            try:
                await self._relay(request, stream)
            finally:
                self._holds = False

    async def _relay(self, request: RequestAudioFocus, stream: Stream) -> None:
        """Pass on what the services process says, until it or the permission ends."""
        begun = False
        taken_back = asyncio.get_running_loop().create_task(self._taken_back(request))
        relaying = asyncio.current_task()

        def end(_done: asyncio.Task[None]) -> None:
            if relaying is not None and not taken_back.cancelled():
                stream.send(AudioFocusChanged(FocusState.LOST))
                stream.end()
                relaying.cancel()

        taken_back.add_done_callback(end)
        upstream = self._life.car.driving.services.stream(RequestFocus(request.kind, self._life.app.id))
        try:
            async with aclosing(upstream) as events:  # type: ignore[type-var]  # async generators have aclose
                async for event in events:
                    if isinstance(event, FocusChanged):
                        begun = True
                        stream.send(AudioFocusChanged(event.state))
        except IviError as error:
            if not begun:
                raise UnavailableError("audio focus is not available now", hint="try again in a second") from error
            log.warning("audio focus was lost", extra={"app": self._life.app.id, "reason": str(error)})
            stream.send(AudioFocusChanged(FocusState.LOST))
        finally:
            taken_back.cancel()

    async def _taken_back(self, request: RequestAudioFocus) -> None:
        """Return when the permission is no longer in force."""
        changed = asyncio.Event()
        self._life.rights.watch(changed.set)
        try:
            while any(request.kind.value in grant.kinds for grant in self._life.rights.of(AudioFocus)):
                await changed.wait()
                changed.clear()
        finally:
            self._life.rights.unwatch(changed.set)
