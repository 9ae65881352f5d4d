# SPDX-License-Identifier: Apache-2.0
"""Watches one life of an app: its deadlines, its memory, its CPU, and whether it is on the screen."""

import asyncio
import time
from collections.abc import Callable

from ivi.apphost.app_link import AppLink, Timing
from ivi.apphost.priority import put_last
from ivi.apphost.sandbox.launcher import Child
from ivi.apphost.usage import Usage

LOOK = 1.0  # seconds between two looks at memory and CPU
LOOK_CLOSELY = 0.1  # seconds between two looks at the CPU of an app that is near its budget
PUT_LAST_AFTER = 4  # pauses in a row after which the app only gets time that nobody else wants


class Watch:
    """One life's. `hidden` says whether the app may be frozen; `on_frozen` is told when it is, and when it goes on."""

    def __init__(
        self, child: Child, link: AppLink, usage: Usage, timing: Timing,
        *, hidden: Callable[[], bool], on_frozen: Callable[[bool], None],
    ) -> None:  # fmt: skip
        self._child, self._link, self._usage, self._timing = child, link, usage, timing
        self._hidden, self._on_frozen = hidden, on_frozen
        self._look_at = self._memory_at = time.monotonic() + LOOK
        self._rest_until = 0.0
        self._in_a_row = 0
        self.pauses = 0
        """How often the app was paused because it had used its CPU up."""
        self.frozen = False
        self.hung = False
        """Whether it was a missed heartbeat that ended the life."""
        self.wake = asyncio.Event()
        """Set it to have the app looked at now."""

    async def until_over(self, asked: asyncio.Event) -> str | None:
        """Wait until process or link end or `asked` is set (None), or until the app must be ended (the reason)."""
        ends = [
            asyncio.create_task(self._child.process.wait()),
            asyncio.create_task(self._link.ended.wait()),
            asyncio.create_task(asked.wait()),
        ]
        woken = asyncio.create_task(self.wake.wait())
        try:
            while True:
                await asyncio.wait([*ends, woken], timeout=self._wait(), return_when=asyncio.FIRST_COMPLETED)
                if any(end.done() for end in ends):
                    return None
                if woken.done():
                    self.wake.clear()
                    woken = asyncio.create_task(self.wake.wait())
                    self._look_at = time.monotonic()
                if (reason := self._turn()) is not None:
                    return reason
        finally:
            for wait in (*ends, woken):
                wait.cancel()
            # A stopped process would not take its polite end.
            if self.frozen or self._rest_until:
                self._child.thaw()

    def _wait(self) -> float:
        """Seconds until there is something to do; a paused app is not looked at before its pause is over."""
        now = time.monotonic()
        if self._rest_until:
            return max(0.0, self._rest_until - now)
        due = [self._look_at - now]
        if not self.frozen:
            due.append(self._link.patience())
        return max(0.0, min(due))

    def _turn(self) -> str | None:
        now = time.monotonic()
        if self._rest_until and now >= self._rest_until:
            self._go_on()
        if not self.frozen and not self._rest_until and self._link.patience() <= 0:
            self.hung = self._link.said_hello
            if not self.hung:
                return f"it did not answer its start within {self._timing.hello:g} s"
            return f"{self._timing.misses} heartbeats were missed"
        if now < self._look_at or self._rest_until:
            return None
        return self._look(now)

    def _look(self, now: float) -> str | None:
        due = now >= self._memory_at
        if due:
            self._memory_at = now + LOOK
        verdict = self._usage.look(memory=due)
        self._look_at = now + (LOOK_CLOSELY if self._usage.close and not self.frozen else LOOK)
        if verdict.fatal:
            return verdict.fatal
        hidden = self._hidden()
        if hidden and verdict.bloated:
            return "it was started anew while hidden: its memory was nearly used up"
        if hidden != self.frozen and self._link.said_hello:
            self._freeze(hidden)
            self._on_frozen(hidden)
        if verdict.rest_s and not self.frozen:
            self._pause(now, verdict.rest_s)
        elif not self._usage.close:
            self._in_a_row = 0
        return None

    def _pause(self, now: float, seconds: float) -> None:
        """The app has used its CPU up. Who does so again and again gets only time that nobody else wants."""
        self._in_a_row += 1
        self.pauses += 1
        if self._in_a_row == PUT_LAST_AFTER:
            put_last(self._child.pids())
        self._child.freeze()
        self._rest_until = now + seconds

    def _freeze(self, frozen: bool) -> None:
        self.frozen = frozen
        if frozen:
            self._child.freeze()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """The app could not send heartbeats meanwhile: its patience begins anew."""
        self._rest_until = 0.0
        if not self.frozen:
            self._child.thaw()
            self._link.renew_patience()
