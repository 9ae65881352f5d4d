# SPDX-License-Identifier: Apache-2.0
"""Gives and takes audio focus, and sets how loud the car is. Holders are told to duck or pause, and are trusted to."""

import asyncio
import itertools

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Counter, Process
from ivi.model.audio import (
    ChangeVolume,
    FocusChanged,
    FocusState,
    Heard,
    RequestFocus,
    SetMuted,
    SetVolume,
    Sound,
    SubscribeSound,
)
from ivi.model.errors import ResourceExhaustedError
from ivi.services.audio_focus.policy import Held, displaced, refused, states_of
from ivi.services.audio_focus.volume import Volume
from ivi.services.audio_focus.wheel_keys import WheelKeys

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
    """Serves ivi.model.audio."""

    def __init__(self, process: Process, databroker: LinkClient, volume: Volume | None = None) -> None:
        self._holders: dict[int, _Holder] = {}
        self._volume = volume or Volume(self._show)
        self._keys = WheelKeys(databroker, self._volume)
        self._streams: set[Stream] = set()
        self._shown: Sound | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._numbers = itertools.count(1)
        self._refused = 0
        process.add_counters(self._counters)

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        router = server.router
        router.on_stream(RequestFocus, self._request)
        router.on_stream(SubscribeSound, self._subscribe)
        router.on_call(SetVolume, self._set_volume)
        router.on_call(ChangeVolume, self._change_volume)
        router.on_call(SetMuted, self._set_muted)

    async def start(self) -> None:
        """Begin to follow the sound server and the steering wheel's keys."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._volume.watch()), loop.create_task(self._keys.follow())]

    async def stop(self) -> None:
        """Stop following."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def sound(self) -> Sound:
        """How loud the car is and who is heard."""
        level = self._volume.level
        holders = [Heard(one.owner, one.held.kind, one.told) for one in self._holders.values() if one.told is not None]
        volume = level.volume if level is not None else None
        return Sound(volume, level is not None and level.muted, holders[::-1], self._volume.reason)

    async def _subscribe(self, _request: SubscribeSound, stream: Stream) -> None:
        self._streams.add(stream)
        stream.send(self.sound)
        try:
            await asyncio.Event().wait()
        finally:
            self._streams.discard(stream)

    async def _set_volume(self, request: SetVolume, _session: Session) -> Sound:
        await self._volume.set(request.volume)
        return self.sound

    async def _change_volume(self, request: ChangeVolume, _session: Session) -> Sound:
        await self._volume.change(request.steps)
        return self.sound

    async def _set_muted(self, request: SetMuted, _session: Session) -> Sound:
        await self._volume.mute(muted=request.muted)
        return self.sound

    def _show(self) -> None:
        """Tell whoever looks, if there is news."""
        now = self.sound
        if now != self._shown:
            self._shown = now
            for stream in self._streams:
                stream.send(now)

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
        self._show()

    def _counters(self) -> dict[str, Counter]:
        heard = [f"{one.owner}:{one.held.kind.value}:{one.told.value}" for one in self._holders.values() if one.told]
        level = self._volume.level
        loud = "none" if level is None else "muted" if level.muted else f"{level.volume} %"
        return {"audio_focus": ", ".join(heard), "audio_focus_refused": self._refused, "volume": loud}
