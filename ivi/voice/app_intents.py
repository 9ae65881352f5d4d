# SPDX-License-Identifier: Apache-2.0
"""Follows which sentences apps understand, and takes one that was said to its app."""

import asyncio
from collections.abc import Awaitable, Callable

from ivi.daemon.link_client import LinkClient
from ivi.model.app_intents import AppIntents, AppSaid, SayToApp, SubscribeAppIntents
from ivi.voice.nlu.app_sentences import AppMatch, AppSentences

SETTLE = 0.5  # seconds without a change before the grammar is built anew: apps come and go in groups
ASK_TIMEOUT = 4.0  # seconds; the app host gives up sooner and says why


class AppSpeech:
    """The app host's end for the dialogue."""

    def __init__(
        self, apphost: LinkClient, language: str, on_change: Callable[[AppSentences], Awaitable[None]]
    ) -> None:
        """`on_change` is awaited with the sentences after each change, one at a time."""
        self.known = AppSentences()
        self._apphost = apphost
        self._language = language
        self._on_change = on_change
        self._changed = asyncio.Event()

    async def follow(self) -> None:
        """For ever; cancel the task to end it. What was known stays while the app host is away."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._apphost.follow(SubscribeAppIntents(self._language), self._take))
            tasks.create_task(self._tell())

    def _take(self, told: AppIntents) -> None:
        known = AppSentences.of(told)
        if known != self.known:
            self.known = known
            self._changed.set()

    async def _tell(self) -> None:
        while True:
            await self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                await asyncio.sleep(SETTLE)
            await self._on_change(self.known)

    async def say(self, match: AppMatch) -> str:
        """The app's answer to a sentence. Raises IviError when there is none."""
        said: AppSaid = await self._apphost.call(
            SayToApp(match.app_id, match.phrase.intent, match.phrase.slots), timeout=ASK_TIMEOUT
        )
        return said.text
