# SPDX-License-Identifier: Apache-2.0
"""Where people in the car see commands and answer: the calls and the stream of ivi.model.commands."""

import asyncio
from collections.abc import Callable

from ivi.cloud.commands.inbox import Entry
from ivi.cloud.commands.table import COMMANDS
from ivi.cloud.trust import Trust
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.commands import (
    AnswerCommand,
    CommandAnswered,
    CommandsUpdate,
    CommandView,
    ListCommands,
    SubscribeCommands,
)

CONSENT_LIMIT = 120.0  # seconds that somebody has to answer
SHOWN = 20  # commands in an update
MOST_SHOWN = 200


class Desk:
    """Questions that are open, and who follows."""

    def __init__(self, trust: Trust, newest: Callable[[int], list[Entry]]) -> None:
        self._trust = trust
        self._newest = newest
        self._open: dict[bytes, asyncio.Future[bool]] = {}
        self._until: dict[bytes, float] = {}
        self._followers: set[asyncio.Event] = set()

    def serve(self, router: Router) -> None:
        """Answer the screen and the command line."""
        router.on_stream(SubscribeCommands, self._subscribe)
        router.on_call(ListCommands, self._list)
        router.on_call(AnswerCommand, self._answer)

    async def ask(self, entry: Entry, now: float) -> bool | None:
        """Whether somebody agrees; None when nobody answered in time. `now` is by the trusted clock."""
        seconds = min(CONSENT_LIMIT, max(0.0, entry.expiry - now))
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._open[entry.id] = answer
        self._until[entry.id] = now + seconds
        self.changed()
        try:
            async with asyncio.timeout(seconds):
                return await answer
        except TimeoutError:
            return None
        finally:
            del self._open[entry.id], self._until[entry.id]

    def changed(self) -> None:
        """Tell those who follow."""
        for event in self._followers:
            event.set()

    def text(self, entry: Entry) -> str:
        """A command in plain words."""
        rule = COMMANDS.get(entry.name)
        if rule is None:
            return entry.name
        shown = [f"{name} {value}" for name, value in entry.args.items() if not isinstance(value, bytes)]
        return f"{rule.text} ({', '.join(shown)})" if shown else rule.text

    def _view(self, entry: Entry) -> CommandView:
        issuer = self._trust.issuer(entry.kid)
        until = self._until.get(entry.id, float(entry.expiry))
        return CommandView(
            entry.id.hex(), entry.name, self.text(entry), issuer.name if issuer else "", entry.role, entry.state,
            entry.reason, entry.received_ms, int(until * 1000),
        )  # fmt: skip

    def _update(self, limit: int) -> CommandsUpdate:
        return CommandsUpdate([self._view(entry) for entry in self._newest(limit)])

    async def _subscribe(self, _request: SubscribeCommands, stream: Stream) -> None:
        changed = asyncio.Event()
        self._followers.add(changed)
        try:
            while stream.open:
                changed.clear()
                stream.send(self._update(SHOWN))
                await changed.wait()
        finally:
            self._followers.discard(changed)

    async def _list(self, request: ListCommands, _session: Session) -> CommandsUpdate:
        return self._update(max(1, min(request.limit, MOST_SHOWN)))

    async def _answer(self, request: AnswerCommand, _session: Session) -> CommandAnswered:
        fits = [id_ for id_, answer in self._open.items() if request.id and id_.hex().startswith(request.id.lower())]
        fits = [id_ for id_ in fits if not self._open[id_].done()]
        if not fits:
            return CommandAnswered(taken=False, reason="no command with this id waits for an answer")
        if len(fits) > 1:
            return CommandAnswered(taken=False, reason="several commands begin like this; give more of the id")
        self._open[fits[0]].set_result(request.agreed)
        return CommandAnswered(taken=True)
