# SPDX-License-Identifier: Apache-2.0
"""What an app prints, on its way into our log: bounded, without control characters, and never faster than we like."""

import asyncio
import logging
import re
import time

from ivi.apphost.logbook import Logbook

log = logging.getLogger(__name__)

LINE_MAX = 400  # characters of one line that are kept
LINES_PER_S, LINES_BURST = 10.0, 40.0
READ_SIZE = 8192  # bytes
READS_PER_S = 16  # reads a second; an app that prints more waits on its own output

# C0 and C1 controls and the marks that turn writing direction: a log is read in terminals.
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without what a terminal would obey, cut to LINE_MAX."""
    return _CONTROL.sub("", text.replace("\t", " "))[:LINE_MAX]


class Output:
    """Reads one app's output until it ends."""

    def __init__(self, app_id: str, book: Logbook) -> None:
        self.last = ""
        """The newest line of this life."""
        self.dropped = 0
        self._app_id = app_id
        self._book = book
        self._tokens, self._refilled = LINES_BURST, time.monotonic()

    async def read(self, reader: asyncio.StreamReader) -> None:
        """Log the lines of the stream."""
        rest = ""
        while data := await reader.read(READ_SIZE):
            *lines, rest = (rest + data.decode(errors="replace")).split("\n")
            for line in lines:
                self._take(line)
            if len(rest) > LINE_MAX:
                self._take(rest)
                rest = ""
            if len(data) == READ_SIZE:
                await asyncio.sleep(1 / READS_PER_S)
        if rest:
            self._take(rest)
        if self.dropped:
            log.warning("the app printed too much", extra={"app": self._app_id, "lines_dropped": self.dropped})

    def _take(self, line: str) -> None:
        text = plain(line)
        if not text:
            return
        self.last = text
        now = time.monotonic()
        self._tokens = min(LINES_BURST, self._tokens + (now - self._refilled) * LINES_PER_S)
        self._refilled = now
        if self._tokens < 1:
            self.dropped += 1
            self._book.dropped += 1
            return
        self._tokens -= 1
        self._book.add("app", text)
        log.info("%s", text, extra={"app": self._app_id})
