# SPDX-License-Identifier: Apache-2.0
"""Moves rows of one outbox to the broker: in windows, again when acknowledgements stay away, never in a flood.

What was sent and is not acknowledged is sent again with care, because most of it is usually on its way: after a new
connection the retained acknowledgement is heard first; when acknowledgements stay away the oldest row alone asks
whether the rest is lost too. Only when it is, everything is sent again.
"""

import logging
import time
from collections.abc import Callable

from ivi.cloud.outbox import Outbox
from ivi.cloud.session import MqttSession
from ivi.cloud.wire import Frame, Kind, decode_ack, pack
from ivi.model.errors import IviError

log = logging.getLogger(__name__)

RESEND_FIRST = 5.0  # seconds without an acknowledgement before rows are sent again (or four round trips, if longer)
RESEND_LAST = 120.0  # seconds; the wait doubles up to here, or a slow fleet would drown in copies
RESEND_SURE = 0.5  # seconds (or two round trips) until all is sent again when the oldest row was indeed missing
NOBODY_FIRST, NOBODY_LAST = 1.0, 10.0  # seconds of pause when the broker says that nobody gets our rows
RETAINED_WAIT = 0.3  # seconds after a connection in which the retained acknowledgement arrives, if there is one
PACK_ROWS, PACK_BYTES = 50, 8 << 10  # rows and bytes that are read at once, and go into one message
FLYING_BYTES = 64 << 10  # bytes without PUBACK of one channel: on a slow line a command's answer waits behind them
_SLOW_DOWN = 0.25  # share of a faster round trip that counts; a slower one counts at once


class Sender:
    """Empties one outbox over one session, in a share of the session's window."""

    def __init__(
        self,
        outbox: Callable[[], Outbox],
        session: MqttSession,
        topic: str,
        *,
        reserve: int,
        wake: Callable[[], None],
        on_ack: Callable[[], None],
    ) -> None:
        """`reserve`: one slot in so many of the session's window stays free for others; 0 for none.

        `wake` is called when `send` has something to do.
        """
        self.unheard = False
        """Whether the broker said that nobody gets our rows."""
        self.held = False
        """Whether rows wait because the connection costs money."""
        self.before_forgetting: Callable[[], None] = lambda: None
        """Called before rows are forgotten that the fleet has; may raise an IviError, and they stay."""
        self.sent = 0
        """Rows handed to the broker by this process."""
        self.sent_again = 0
        """Those of them that were sent before by this process."""
        self._outbox = outbox
        self._session = session
        self._topic = topic
        self._reserve = reserve
        self._wake = wake
        self._on_ack = on_ack
        self._connection = 0
        self._flying_bytes = 0
        self._highest = 0
        self._announce = False
        self._progress = 0.0
        self._resend = RESEND_FIRST
        self._asked: int | None = None
        self._pause, self._paused_until = NOBODY_FIRST, 0.0
        self._timed: tuple[int, float] | None = None
        self._round_trip = 0.0

    @property
    def flying(self) -> bool:
        """Whether messages are with the MQTT client that the broker has not taken, or not yet said that it has."""
        return self._session.is_online and self._flying_bytes > 0

    # -- news ---------------------------------------------------------------------------------------------------------
    def restart(self) -> None:
        """A new connection: whatever the old one took may be lost, or acknowledged in a message that comes at once."""
        now = time.monotonic()
        self.unheard = False
        self._connection += 1
        self._flying_bytes = 0
        self._paused_until = now + RETAINED_WAIT if self._outbox().waiting else 0.0
        self._again(now)
        self._wake()

    def hold(self, wait: bool) -> None:
        """Let rows wait because the connection costs money, or let them go again."""
        if self.held and not wait:
            self._progress = time.monotonic()  # what stood still on purpose is not missing
            self._wake()
        self.held = wait

    def _taken(self, connection: int, size: int, reached: bool) -> None:
        """The broker took a message. When it says that nobody gets our rows, stop, and try again after a pause."""
        if connection != self._connection:
            return
        self._flying_bytes -= size
        if not reached and not self.unheard:
            self.unheard = True
            self._paused_until = time.monotonic() + self._pause
            self._pause = min(NOBODY_LAST, self._pause * 2)
            self._wake()

    def acknowledged(self, payload: bytes) -> None:
        """A message of the acknowledgement topic."""
        now = time.monotonic()
        try:
            ack = decode_ack(payload)
            self.before_forgetting()
            count = self._outbox().acknowledge(ack.stream, ack.upto)
        except IviError as error:  # acknowledgements are cumulative: the next one covers this one
            log.warning("acknowledgement not used", extra={"error": error.message})
            return
        self._pause, self._paused_until = NOBODY_FIRST, 0.0
        if not count:
            self._wake()
            return
        self._progress, self.unheard = now, False
        self._time(ack.upto, now)
        self._resend = self._first_resend()
        if self._asked is not None:
            if ack.upto == self._asked and self._outbox().unacknowledged:
                self._resend = max(RESEND_SURE, 2 * self._round_trip)  # only what was asked came: the rest is lost too
            else:
                self._asked = None
        self._on_ack()
        self._wake()

    def _time(self, upto: int, now: float) -> None:
        if self._timed is None or self._timed[0] > upto:
            return
        found, self._timed = now - self._timed[1], None
        faster = found < self._round_trip
        self._round_trip += (found - self._round_trip) * (_SLOW_DOWN if faster else 1.0)

    def _first_resend(self) -> float:
        return min(RESEND_LAST, max(RESEND_FIRST, 4 * self._round_trip))

    # -- sending ------------------------------------------------------------------------------------------------------
    def patience(self) -> float | None:
        """Seconds to wait for news before `send` is due again; None for ever."""
        now = time.monotonic()
        if not self._session.is_online or self.held:
            return None
        if self._paused_until > now:
            return self._paused_until - now
        return max(0.01, self._progress + self._resend - now) if self._outbox().unacknowledged else None

    def send(self) -> None:
        """Send whatever can be sent. Raises IviError when the outbox cannot be read."""
        now = time.monotonic()
        if not self._session.is_online or self.held or self._paused_until > now:
            return
        if self.unheard:
            self.unheard = False
            self._again(now)
        outbox = self._outbox()
        idle = not outbox.unacknowledged
        if not idle and now - self._progress >= self._resend:
            self._stalled(now)
        self._tell_settled()
        while self._room() > 0:
            frames = outbox.due(PACK_ROWS, min(PACK_BYTES, FLYING_BYTES - self._flying_bytes))
            if not frames:
                return
            if idle:
                self._progress, idle = now, False
            if not self._publish_all(frames):
                return
            if self._timed is None:
                self._timed = (frames[-1].seq, now)

    def _publish_all(self, frames: list[Frame]) -> bool:
        """False when there was no room for all: what is left is due again."""
        rows = len(frames) > 1 and all(frame.kind is Kind.RECORD for frame in frames)
        if rows and frames[-1].seq - frames[0].seq == len(frames) - 1:
            sent = len(frames) if self._publish(frames, pack(frames)) else 0
        else:
            sent = 0
            while sent < len(frames) and self._room() > 0 and self._publish([frames[sent]], frames[sent].encode()):
                sent += 1
        if sent < len(frames):
            self._outbox().back(frames[sent].seq)
        return sent == len(frames)

    def _tell_settled(self) -> None:
        if self._announce and self._room() > 0:
            settled = self._outbox().settled()
            self._announce = settled is not None and not self._publish([settled], settled.encode())

    def _room(self) -> int:
        if self._flying_bytes >= FLYING_BYTES:
            return 0
        limit = self._session.limit
        kept = min(limit - 1, max(1, limit // self._reserve)) if self._reserve else 0
        return self._session.room - kept

    def _publish(self, frames: list[Frame], payload: bytes) -> bool:
        connection, size = self._connection, len(payload)
        if not self._session.publish(
            self._topic, payload, taken=lambda reached: self._taken(connection, size, reached)
        ):
            return False
        self._flying_bytes += size
        rows = [frame.seq for frame in frames if frame.kind is Kind.RECORD]
        self.sent += len(rows)
        self.sent_again += sum(seq <= self._highest for seq in rows)
        self._highest = max([self._highest, *rows])
        return True

    def _stalled(self, now: float) -> None:
        """No acknowledgement for too long: ask with the oldest row; when that was tried, send everything again."""
        log.info("no acknowledgement", extra={"after_s": round(self._resend, 1), "rows": self._outbox().waiting})
        sure = self._resend < RESEND_FIRST
        self._resend = self._first_resend() if sure else min(RESEND_LAST, self._resend * 2)
        if self._asked is not None:
            self._again(now)
            return
        self._announce = True
        self._tell_settled()
        oldest = self._outbox().oldest()
        if oldest is not None and self._room() > 0 and self._publish([oldest], oldest.encode()):
            self._asked, self._progress, self._timed = oldest.seq, now, None

    def _again(self, now: float) -> None:
        self._outbox().rewind()
        self._announce, self._progress, self._timed, self._asked = True, now, None, None
