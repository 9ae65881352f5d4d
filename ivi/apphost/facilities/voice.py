# SPDX-License-Identifier: Apache-2.0
"""What the driver said to an app, and the app's answer."""

import asyncio

from ivi.apphost.facility import Life
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.app import Accepted
from ivi.model.app.voice import AnswerIntent, FollowIntents, IntentMatched


class SpokenTo:
    """Intents of one life."""

    def __init__(self, life: Life) -> None:
        self._life = life

    def serve(self, router: Router) -> None:
        """Register the call and the stream."""
        router.on_stream(FollowIntents, self._follow)
        router.on_call(AnswerIntent, self._answer)

    def close(self) -> None:
        """The stream ends with the link."""

    async def _follow(self, _request: FollowIntents, stream: Stream) -> None:
        life = self._life
        life.require_hello()
        registry = life.car.intents
        registry.attach(life.app.id, stream)
        try:
            with life.counted_stream():
                stream.send(IntentMatched(0, "", {}))
                await asyncio.get_running_loop().create_future()
        finally:
            registry.detach(life.app.id, stream)

    async def _answer(self, request: AnswerIntent, _session: Session) -> Accepted:
        self._life.require_hello()
        self._life.car.intents.answer(self._life.app.id, request.number, request.text)
        return Accepted()
