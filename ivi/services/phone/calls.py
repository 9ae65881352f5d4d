# SPDX-License-Identifier: Apache-2.0
"""Tells who calls, and takes or ends calls. oFono is asked in a thread, because its library waits."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Process
from ivi.dbus import ofono
from ivi.dbus.ofono import OfonoCall
from ivi.model.errors import ConfigurationError, NotFoundError, UnavailableError
from ivi.model.phone import AnswerCall, Call, Calls, CallState, CallTaken, EndCall, SubscribeCalls

log = logging.getLogger(__name__)

PERIOD = 1.0  # seconds between two looks: a phone rings for twenty
AWAY = 15.0  # seconds between two looks for oFono while it is not there
_ORDER = {state: number for number, state in enumerate((
    CallState.INCOMING, CallState.WAITING, CallState.ACTIVE, CallState.DIALING, CallState.ALERTING, CallState.HELD
))}  # fmt: skip
NOTHING = Calls([], possible=False)


class Telephony(Protocol):
    """What speaks to the phone; ivi.dbus.ofono. Everything raises ConfigurationError, UnavailableError."""

    def read_calls(self) -> list[OfonoCall]:
        """All calls."""

    def answer(self, path: str) -> None:
        """Take one."""

    def hang_up(self, path: str) -> None:
        """End one."""


class CallService:
    """Serves SubscribeCalls, AnswerCall and EndCall."""

    def __init__(
        self,
        process: Process,
        telephony: Telephony = ofono,
        period: float = PERIOD,
        away: float = AWAY,
    ) -> None:
        self._telephony, self._period, self._away = telephony, period, away
        self._streams: set[Stream] = set()
        self._said = NOTHING
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        process.add_counters(lambda: {"calls": len(self._said.calls), "telephony": self._said.possible})

    def serve(self, server: LinkServer) -> None:
        """Answer on this server."""
        server.router.on_stream(SubscribeCalls, self._subscribe)
        server.router.on_call(AnswerCall, self._answer)
        server.router.on_call(EndCall, self._end)

    async def stop(self) -> None:
        """Stop looking."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _subscribe(self, _request: SubscribeCalls, stream: Stream) -> None:
        self._streams.add(stream)
        stream.send(self._said)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._watch())
        try:
            await asyncio.Event().wait()
        finally:
            self._streams.discard(stream)

    async def _answer(self, request: AnswerCall, _session: Session) -> CallTaken:
        await self._steer(request.id, self._telephony.answer)
        return CallTaken()

    async def _end(self, request: EndCall, _session: Session) -> CallTaken:
        await self._steer(request.id, self._telephony.hang_up)
        return CallTaken()

    async def _steer(self, call: str, do: Callable[[str], None]) -> None:
        # Only what was told: a path of somebody's own would be a way to other objects of the bus.
        if all(one.id != call for one in self._said.calls):
            raise NotFoundError("this call is over")
        await asyncio.to_thread(do, call)
        self._news.set()

    async def _watch(self) -> None:
        while self._streams:
            said = await asyncio.to_thread(self._look)
            if said != self._said:
                self._said = said
                for stream in self._streams:
                    stream.send(said)
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), self._period if said.possible else self._away)
            except TimeoutError:
                continue
        self._said = NOTHING  # it will be old when the next one follows

    def _look(self) -> Calls:
        try:
            listed = self._telephony.read_calls()
        except (ConfigurationError, UnavailableError) as error:
            log.debug("no telephony", extra={"reason": str(error)})
            return NOTHING
        return Calls(in_order(listed), possible=True)


def in_order(listed: Sequence[OfonoCall]) -> list[Call]:
    """What rings first, then what is spoken in."""
    calls = [Call(one.path, one.name, one.number, CallState(one.state)) for one in listed]
    return sorted(calls, key=lambda call: (_ORDER[call.state], call.id))
