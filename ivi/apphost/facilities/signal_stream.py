# SPDX-License-Identifier: Apache-2.0
"""One subscription of an app: relays what the gate lets through, and narrows in the moment a right is taken back."""

import asyncio
import contextlib
import random

from ivi.apphost.facility import Life
from ivi.apphost.gate import Gate
from ivi.daemon.link_server import Stream
from ivi.model.app import Revoked, Signals
from ivi.model.databroker import Subscribe, ValuesUpdate
from ivi.model.errors import DeadlineError, LinkError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.signal import Datapoint

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
                # One upstream subscription for each rate: a slow grant neither slows a fast one nor is quickened by it.
                feeds = [asyncio.create_task(self._feed(hz, paths)) for hz, paths in self._by_rate().items()]
                try:
                    await self._narrowed.wait()
                finally:
                    for feed in feeds:
                        feed.cancel()
                    await asyncio.gather(*feeds, return_exceptions=True)
        finally:
            rights.unwatch(self._rights_changed)
        raise PermissionDeniedError("every signal of this subscription was taken back", hint="see on_revoked")

    def _by_rate(self) -> dict[float, list[str]]:
        rates: dict[float, list[str]] = {}
        for path in self._paths:
            if (reading := self._life.rights.reading(path)) is not None:
                wanted = [LATITUDE, LONGITUDE] if reading.coarse else [path]
                rates.setdefault(reading.max_hz, []).extend(wanted)
        return {hz: list(dict.fromkeys(paths)) for hz, paths in rates.items()}

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
        wait = RETRY_FIRST
        while True:
            with contextlib.suppress(UnavailableError, LinkError, DeadlineError, NotFoundError):
                async for update in self._life.car.databroker.stream(upstream):
                    wait = RETRY_FIRST
                    self._relay(paths, update)
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


def _same(point: Datapoint, sent: Datapoint | None) -> bool:
    return sent is not None and (point.value, point.source) == (sent.value, sent.source)
