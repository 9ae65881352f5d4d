# SPDX-License-Identifier: Apache-2.0
"""Moves rows from the outbox to the broker: in windows, again when acknowledgements stay away, never in a flood."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable

from ivi.cloud.outbox import Outbox
from ivi.cloud.session import MqttSession
from ivi.cloud.wire import decode_ack
from ivi.model.errors import IviError

log = logging.getLogger(__name__)

RESEND_FIRST = 5.0  # seconds without an acknowledgement before rows are sent again (or four round trips, if longer)
RESEND_LAST = 120.0  # seconds; the wait doubles up to here, or a slow fleet would drown in copies
NOBODY_FIRST, NOBODY_LAST = 1.0, 10.0  # seconds of pause when the broker says that nobody gets our rows
RETRY_S = 1.0  # seconds until the disk is tried again
BATCH = 200  # rows read from the outbox at once


class Sender:
    """Empties one outbox over one session."""

    def __init__(
        self,
        outbox: Callable[[], Outbox],
        session: MqttSession,
        topic: str,
        on_ack: Callable[[], None],
        on_error: Callable[[IviError | None], None],
    ) -> None:
        """`on_error` hears what keeps rows from being read, and None when they can be read again."""
        self.unheard = False
        """Whether the broker said that nobody gets our rows."""
        self._outbox = outbox
        self._session = session
        self._topic = topic
        self._on_ack = on_ack
        self._on_error = on_error
        self._failing = False
        self._wake = asyncio.Event()
        self._announce = False
        self._progress = 0.0
        self._resend = RESEND_FIRST
        self._pause, self._paused_until = NOBODY_FIRST, 0.0
        self._probe: tuple[int, float] | None = None
        self._round_trip = 0.0

    async def run(self) -> None:
        """Send whatever can be sent, until cancelled."""
        while True:
            try:
                await self._pass()
            except IviError as error:
                self._failing = True
                self._on_error(error)
                await asyncio.sleep(RETRY_S)
            else:
                if self._failing:
                    self._failing = False
                    self._on_error(None)

    async def _pass(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience()):
                await self._wake.wait()
        self._wake.clear()
        if self._session.is_online:
            self._send(time.monotonic())
        await asyncio.sleep(0)  # others have their turn while a backlog drains

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    def restart(self) -> None:
        """A new connection: whatever the old one took may be lost."""
        self.unheard = False
        self._paused_until = 0.0
        self._again(time.monotonic())
        self.wake()

    def published(self, reached: bool) -> None:
        """The broker took a message. When it says that nobody gets our rows, stop, and try again after a pause."""
        if not reached and not self.unheard:
            self.unheard = True
            self._paused_until = time.monotonic() + self._pause
            self._pause = min(NOBODY_LAST, self._pause * 2)
            self.wake()
        elif self._session.half_empty:
            self.wake()

    def acknowledged(self, payload: bytes) -> None:
        """A message of the acknowledgement topic."""
        try:
            ack = decode_ack(payload)
            if not self._outbox().acknowledge(ack.stream, ack.upto):
                return
        except IviError as error:  # acknowledgements are cumulative: the next one covers this one
            log.warning("acknowledgement not used", extra={"error": error.message})
            return
        now = time.monotonic()
        self._progress = now
        self._pause, self.unheard, self._paused_until = NOBODY_FIRST, False, 0.0
        if self._probe is not None and self._probe[0] <= ack.upto:
            self._round_trip, self._probe = now - self._probe[1], None
        self._resend = self._first_resend()
        self._on_ack()
        self.wake()

    def _first_resend(self) -> float:
        return min(RESEND_LAST, max(RESEND_FIRST, 4 * self._round_trip))

    def _patience(self) -> float | None:
        """Seconds to wait for news before looking again; None for ever."""
        now = time.monotonic()
        if not self._session.is_online:
            return None
        if self._paused_until > now:
            return self._paused_until - now
        return max(0.01, self._progress + self._resend - now) if self._outbox().unacknowledged else None

    def _again(self, now: float) -> None:
        self._outbox().rewind()
        self._announce, self._progress, self._probe = True, now, None

    def _send(self, now: float) -> None:
        if self._paused_until > now:
            return
        if self.unheard:
            self.unheard = False
            self._again(now)
        outbox = self._outbox()
        idle = not outbox.unacknowledged
        if not idle and now - self._progress >= self._resend:
            log.info(
                "no acknowledgement, sending again", extra={"after_s": round(self._resend, 1), "rows": outbox.waiting}
            )
            self._resend = min(RESEND_LAST, self._resend * 2)
            self._again(now)
        if self._announce and self._session.room:
            settled = outbox.settled()
            self._announce = settled is not None and not self._session.publish(self._topic, settled.encode())
        while room := min(BATCH, self._session.room):
            frames = outbox.due(room)
            for frame in frames:
                self._session.publish(self._topic, frame.encode())
            if frames and idle:
                self._progress, idle = now, False
            if frames and self._probe is None:
                self._probe = (frames[-1].seq, now)
            if len(frames) < room:
                return
