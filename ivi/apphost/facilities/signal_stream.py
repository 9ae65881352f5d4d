# SPDX-License-Identifier: Apache-2.0
"""One subscription of an app: relays what the gate lets through, and narrows in the moment a right is taken back."""

import asyncio
import contextlib
import itertools
import logging
import random

from ivi.apphost.facility import Life
from ivi.apphost.gate import Gate
from ivi.daemon.link_server import Stream
from ivi.model.app import Revoked, Signals
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.errors import IviError, PermissionDeniedError
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.signal import Datapoint

log = logging.getLogger(__name__)

FEEDS = 2  # upstream subscriptions of one stream: the databroker's bound is shared by the streams of all apps
RETRY_FIRST, RETRY_LAST = 0.1, 1.0  # seconds between attempts to subscribe again


class SignalStream:
    """Runs until the app ends it, or nothing of it is granted any more."""

    def __init__(self, life: Life, gate: Gate, paths: list[str], stream: Stream) -> None:
        self._life, self._gate, self._stream = life, gate, stream
        self._paths = dict.fromkeys(paths)
        self._sent: dict[str, Datapoint] = {}
        self._narrowed = asyncio.Event()

    async def run(self) -> None:
        """Relay; over a restart of the databroker the stream pauses and goes on.

        Raises PermissionDeniedError when the last of its paths was taken back.
        """
        rights = self._life.rights
        rights.watch(self._rights_changed)
        try:
            # The first event, without values, says that the subscription was granted.
            self._stream.send(Signals({}))
            while self._paths:
                self._narrowed.clear()
                narrowed = asyncio.create_task(self._narrowed.wait())
                feeds = [asyncio.create_task(self._feed(hz, paths)) for hz, paths in self._by_rate()]
                try:
                    done, _ = await asyncio.wait({narrowed, *feeds}, return_when=asyncio.FIRST_COMPLETED)
                    for task in done:
                        task.result()  # a feed ends by a defect only, and then so does the stream
                finally:
                    for task in (narrowed, *feeds):
                        task.cancel()
                    await asyncio.gather(narrowed, *feeds, return_exceptions=True)
        finally:
            rights.unwatch(self._rights_changed)
        raise PermissionDeniedError("every signal of this subscription was taken back", hint="see on_revoked")

    def _by_rate(self) -> list[tuple[float, list[str]]]:
        """What to ask the databroker for, and how often.

        A slow grant is neither slowed nor quickened by a fast one that it is asked for with: the gate keeps its rate.
        """
        rates: dict[float, list[str]] = {}
        for path in self._paths:
            if (reading := self._life.rights.reading(path)) is not None:
                wanted = [LATITUDE, LONGITUDE] if reading.coarse else [path]
                rates.setdefault(reading.max_hz, []).extend(wanted)
        return [
            (max(some), list(dict.fromkeys(path for hz in some for path in rates[hz])))
            for some in bundled(list(rates), FEEDS)
        ]

    def _rights_changed(self) -> None:
        """Called in the turn of the loop in which a right is taken back: no value of it is sent after this."""
        gone = [path for path in self._paths if self._life.rights.reading(path) is None]
        for path in gone:
            del self._paths[path]
            self._sent.pop(path, None)
            self._gate.forget(path)
        if gone:
            # Values that wait for a slow reader may be of what was taken back.
            self._stream.discard()
            self._stream.send(Revoked(gone))
        self._narrowed.set()

    async def _feed(self, hz: float, paths: list[str]) -> None:
        upstream = Subscribe(paths, hz)
        wait, said = RETRY_FIRST, ""
        while True:
            try:
                events = self._life.car.databroker.stream(upstream)
                async with contextlib.aclosing(events) as updates:  # type: ignore[type-var]  # async generators have aclose
                    async for update in updates:
                        wait, said = RETRY_FIRST, ""
                        self._relay(paths, update)
            except IviError as error:
                if str(error) != said:
                    said = str(error)
                    log.warning("an app's signals pause", extra={"app": self._life.app.id, "reason": said})
            # Spreads the reconnects; no secret.
            await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311
            wait = min(RETRY_LAST, wait * 2)

    def _relay(self, paths: list[str], update: ValuesUpdate) -> None:
        """Send what is new. Empty updates come twice a second and let through what was held back."""
        for path, point in update.entries.items():
            # A branch's name would make the databroker send what lies below it, which nobody granted.
            if path in paths:
                self._gate.offer(path, point)
        news: dict[str, Datapoint] = {}
        for path in paths:
            point_or_none = self._gate.told(path) if path in self._paths else None
            if point_or_none is not None and not _same(point_or_none, self._sent.get(path)):
                news[path] = self._sent[path] = point_or_none
        if news:
            self._stream.send(Signals(news))
            for path in news:
                self._life.car.audit.read(self._life.app.id, path)


def bundled(rates: list[float], most: int) -> list[list[float]]:
    """Rates in at most so many groups, parted where the steps between them are the largest."""
    ordered = sorted(rates)
    steps = sorted(range(1, len(ordered)), key=lambda at: ordered[at] / ordered[at - 1], reverse=True)
    cuts = [0, *sorted(steps[: most - 1]), len(ordered)]
    return [ordered[start:end] for start, end in itertools.pairwise(cuts) if start < end]


def _same(point: Datapoint, sent: Datapoint | None) -> bool:
    return sent is not None and (point.value, point.source) == (sent.value, sent.source)
