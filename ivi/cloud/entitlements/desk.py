# SPDX-License-Identifier: Apache-2.0
"""The desk of features: what those on board ask about them over the link."""

import asyncio
from collections.abc import Callable

from ivi.cloud.entitlements.features import Features
from ivi.cloud.entitlements.store import Waiting
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.entitlements import (
    CheckFeature,
    FeatureList,
    FeatureUsed,
    FeatureView,
    LeaveFeature,
    ListFeatures,
    SubscribeFeatures,
    UseFeature,
)

ALIVE = 1.0  # seconds after which a watcher that has gone is noticed


class Desk:
    """Answers requests of ivi.model.entitlements."""

    def __init__(self, need: Callable[[], Features], told_of: Callable[[Waiting | None], None]) -> None:
        """`need` gives the features or raises UnavailableError; `told_of` is called after a use or a leave."""
        self._need, self._told_of = need, told_of
        self._watchers: set[asyncio.Event] = set()

    def serve(self, router: Router) -> None:
        """Register the calls and the stream."""
        router.on_call(ListFeatures, self._list)
        router.on_call(CheckFeature, self._check)
        router.on_call(UseFeature, self._use)
        router.on_call(LeaveFeature, self._leave)
        router.on_stream(SubscribeFeatures, self._subscribe)

    def changed(self) -> None:
        """Something is other than it was."""
        for watcher in self._watchers:
            watcher.set()

    async def _list(self, _request: ListFeatures, _session: Session) -> FeatureList:
        return self._all()

    async def _check(self, request: CheckFeature, _session: Session) -> FeatureView:
        return self._need().check(request.id)

    async def _use(self, request: UseFeature, _session: Session) -> FeatureUsed:
        used, waiting = self._need().use(request.id, request.amount, request.key)
        self._told_of(waiting)
        return used

    async def _leave(self, request: LeaveFeature, _session: Session) -> FeatureView:
        view, waiting = self._need().leave(request.id, request.leave)
        self._told_of(waiting)
        return view

    async def _subscribe(self, _request: SubscribeFeatures, stream: Stream) -> None:
        changed = asyncio.Event()
        self._watchers.add(changed)
        told: FeatureList | None = None
        try:
            while stream.open:
                changed.clear()
                if (now := self._all()) != told:
                    stream.send(now)
                    told = now
                try:
                    async with asyncio.timeout(ALIVE):
                        await changed.wait()
                except TimeoutError:
                    continue
        finally:
            self._watchers.discard(changed)

    def _all(self) -> FeatureList:
        features = self._need()
        snapshot = features.snapshot
        sequence, expiry = (snapshot.sequence, snapshot.expiry) if snapshot is not None else (0, 0)
        return FeatureList(features.views(), sequence, expiry * 1000)
