# SPDX-License-Identifier: Apache-2.0
"""Notifications of all apps on their way to the screen: one at a time, the important first, nothing idle while moving.

What waits is bounded and grows old: a notification that nobody could be shown within an hour is none any more.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ivi.apphost.manifest import Notify
from ivi.apphost.rights import OnChange, Rights
from ivi.daemon.link_server import Router, Stream
from ivi.model.app import Importance, Limits
from ivi.model.notices import Notice, SubscribeNotices

SHOWN = 6.0  # seconds that one has the screen for itself
KEPT = 3600.0  # seconds that one waits at most
MAX_WAITING = 24  # of all apps
MAX_OF_APP = 4  # waiting, of one app; its oldest goes first
_RANK = {Importance.HIGH: 0, Importance.NORMAL: 1, Importance.LOW: 2}
_STANDING = frozenset({"parked", "idling"})


@dataclass(frozen=True)
class _Waiting:
    notice: Notice
    importance: Importance
    since: float = field(default_factory=time.monotonic)


class Notices:
    """One for the app host."""

    def __init__(self, limits: Callable[[], Limits], shown: float = SHOWN) -> None:
        """`limits` says what the present driving state leaves of a text."""
        self.posted = self.dropped = 0
        """Counters for the status."""
        self._limits = limits
        self._shown = shown
        self._waiting: list[_Waiting] = []
        self._watchers: set[Stream] = set()
        self._followed: dict[str, tuple[Rights, OnChange]] = {}
        self._numbers = itertools.count(1)
        self._free_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def watched(self) -> bool:
        """Whether a screen follows."""
        return bool(self._watchers)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def serve(self, router: Router) -> None:
        """Answer the screen."""
        router.on_stream(SubscribeNotices, self._subscribe)

    def post(self, app_id: str, app_name: str, title: str, text: str, importance: Importance) -> bool:
        """Take a notification. Returns whether it waits."""
        self.posted += 1
        number = next(self._numbers)
        self._make_room(app_id)
        self._waiting.append(_Waiting(Notice(number, app_id, app_name, title, text), importance))
        self.turn()
        return any(waiting.notice.number == number for waiting in self._waiting)

    def follow(self, app_id: str, rights: Rights) -> None:
        """Withdraw what this app has waiting when its right to notify is taken back, whether it runs then or not."""
        if app_id in self._followed and self._followed[app_id][0] is rights:
            return
        self._unfollow(app_id)

        def look() -> None:
            if not rights.of(Notify):
                self.withdraw(app_id)

        rights.watch(look)
        self._followed[app_id] = rights, look

    def withdraw(self, app_id: str) -> None:
        """Forget what an app that may no longer notify, or is gone for good, has waiting."""
        self._unfollow(app_id)
        self._waiting = [waiting for waiting in self._waiting if waiting.notice.app_id != app_id]

    def turn(self) -> None:
        """Show the next one if the screen is free; called whenever that or the driving state may have changed."""
        now = time.monotonic()
        old = [waiting for waiting in self._waiting if now - waiting.since > KEPT]
        self.dropped += len(old)
        standing = self._limits().driving_state in _STANDING
        ready = [
            waiting
            for waiting in self._waiting
            if waiting not in old and (standing or waiting.importance is not Importance.LOW)
        ]
        self._waiting = [waiting for waiting in self._waiting if waiting not in old]
        if not ready or not self._watchers:
            return
        if now < self._free_at:
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(self._free_at - now, self._again)
            return
        following = min(ready, key=lambda waiting: (_RANK[waiting.importance], waiting.notice.number))
        self._waiting.remove(following)
        self._free_at = now + self._shown
        event = self._shortened(following.notice)
        for stream in self._watchers:
            stream.send(event)
        self.turn()

    def close(self) -> None:
        """The host stops."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _unfollow(self, app_id: str) -> None:
        if (followed := self._followed.pop(app_id, None)) is not None:
            rights, look = followed
            rights.unwatch(look)

    def _again(self) -> None:
        self._timer = None
        self.turn()

    def _make_room(self, app_id: str) -> None:
        own = [waiting for waiting in self._waiting if waiting.notice.app_id == app_id]
        for crowd, most in ((own, MAX_OF_APP), (self._waiting, MAX_WAITING)):
            if len(crowd) >= most:
                # The least important of them, and of those the oldest.
                self._waiting.remove(max(crowd, key=lambda one: (_RANK[one.importance], -one.notice.number)))
                self.dropped += 1
                return

    def _shortened(self, notice: Notice) -> Notice:
        most = self._limits().max_chars
        if not most:
            return notice
        cut = [one if len(one) <= most else one[: most - 1].rstrip() + "…" for one in (notice.title, notice.text)]
        return Notice(notice.number, notice.app_id, notice.app_name, *cut)

    async def _subscribe(self, _request: SubscribeNotices, stream: Stream) -> None:
        self._watchers.add(stream)
        self.turn()
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self._watchers.discard(stream)
