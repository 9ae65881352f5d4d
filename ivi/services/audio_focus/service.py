# SPDX-License-Identifier: Apache-2.0
"""Gives and takes audio focus. There is no sound path behind it yet: holders are told, and are trusted to obey."""

import asyncio
import itertools

from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Counter, Process
from ivi.model.audio import FocusChanged, FocusState, RequestFocus
from ivi.model.errors import ResourceExhaustedError
from ivi.services.audio_focus.policy import Held, displaced, refused, states_of

MAX_HELD = 32  # focuses at a time


class _Holder:
    """One stream that holds a focus."""

    def __init__(self, owner: str, held: Held, stream: Stream) -> None:
        self.owner, self.held = owner, held
        self.over = asyncio.Event()
        self._stream = stream
        self._told: FocusState | None = None

    def tell(self, state: FocusState) -> None:
        if state is not self._told:
            self._told = state
            self._stream.send(FocusChanged(state))

    @property
    def told(self) -> FocusState | None:
        return self._told


class AudioFocusService:
    """Serves RequestFocus."""

    def __init__(self, process: Process) -> None:
        self._holders: dict[int, _Holder] = {}
        self._numbers = itertools.count(1)
        self._refused = 0
        process.add_counters(self._counters)

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(RequestFocus, self._request)

    async def _request(self, request: RequestFocus, stream: Stream) -> None:
        if len(self._holders) >= MAX_HELD:
            raise ResourceExhaustedError(f"more than {MAX_HELD} audio focuses", hint="give one back first")
        held = [holder.held for holder in self._holders.values()]
        if refused(held, request.kind):
            self._refused += 1
            stream.send(FocusChanged(FocusState.REFUSED))
            return
        for loser in displaced(held, request.kind):
            holder = self._holders.pop(loser.number)
            holder.tell(FocusState.LOST)
            holder.over.set()
        holder = _Holder(request.owner, Held(next(self._numbers), request.kind), stream)
        self._holders[holder.held.number] = holder
        self._tell()
        try:
            await holder.over.wait()
        finally:
            if self._holders.pop(holder.held.number, None) is not None:
                self._tell()

    def _tell(self) -> None:
        for number, state in states_of([holder.held for holder in self._holders.values()]).items():
            self._holders[number].tell(state)

    def _counters(self) -> dict[str, Counter]:
        heard = [f"{one.owner}:{one.held.kind.value}:{one.told.value}" for one in self._holders.values() if one.told]
        return {"audio_focus": ", ".join(heard), "audio_focus_refused": self._refused}
