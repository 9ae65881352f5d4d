# SPDX-License-Identifier: Apache-2.0
"""The car's mouth: answers and earcons, from the cache where they were said before, as loud as the drive asks for."""

import asyncio
import logging
from collections.abc import Callable, Iterable

from ivi.model.errors import IviError
from ivi.voice.tts import earcons, volume
from ivi.voice.tts.earcons import Earcon
from ivi.voice.tts.player import Player
from ivi.voice.tts.prompt_cache import PromptCache
from ivi.voice.tts.synthesizer import MAX_TEXT, Synthesizer
from ivi.voice.wav import Sound

log = logging.getLogger(__name__)


class Speaker:
    """Says one thing at a time; a new one ends the one before. Without a program or a loudspeaker it is silent."""

    def __init__(
        self,
        player: Player,
        synthesizer: Synthesizer | None,
        cache: PromptCache,
        gain: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`gain` gives the decibels that an answer needs now, see volume.gain."""
        self.spoken = 0
        self.from_cache = 0
        self.prepared = False
        """Whether `prepare` has come to its end."""
        self._player = player
        self._synthesizer = synthesizer
        self._cache = cache
        self._gain = gain
        self._done: asyncio.Future[bool] | None = None
        self._earcons = {earcon: earcons.sound(earcon) for earcon in Earcon}

    @property
    def speaking(self) -> bool:
        """Whether an answer is to be heard now."""
        return self._done is not None and not self._done.done()

    async def say(self, text: str) -> bool:
        """Begin to speak; False when it cannot. Does not wait for the end."""
        self.stop()
        if not text or (sound := await self._rendered(text)) is None:
            return False
        try:
            self._done = await self._player.begin(sound, self._gain())
        except IviError as error:
            log.warning("the answer is shown, not spoken", extra={"error": str(error)})
            return False
        self.spoken += 1
        return True

    async def finished(self) -> bool:
        """Wait for the end of what is said; whether all of it was."""
        return await asyncio.shield(self._done) if self._done is not None else False

    async def signal(self, earcon: Earcon) -> None:
        """Begin an earcon, in place of what is said."""
        self.stop()
        try:
            await self._player.begin(self._earcons[earcon], self._gain())
        except IviError as error:
            log.warning("no earcon", extra={"error": str(error)})

    def stop(self) -> None:
        """Be silent now."""
        self._player.stop()

    def duck(self, *, ducked: bool) -> None:
        """Speak on quietly, or as before."""
        self._player.duck(ducked=ducked)

    async def prepare(self, texts: Iterable[str]) -> None:
        """Render answers that are always the same ahead of time."""
        for text in texts:
            if await self._rendered(text) is None:
                break
        self.prepared = True

    async def close(self) -> None:
        """Be silent and free everything."""
        await self._player.close()
        if self._synthesizer is not None:
            await self._synthesizer.stop()

    async def _rendered(self, text: str) -> Sound | None:
        if self._synthesizer is None:
            return None
        key = (self._synthesizer.name, text[:MAX_TEXT])
        kept = await asyncio.to_thread(self._cache.get, *key)
        if kept is not None:
            self.from_cache += 1
            return kept
        try:
            sound = await self._synthesizer.render(text)
        except IviError as error:
            log.warning("the answer is shown, not spoken", extra={"error": str(error)})
            return None
        level = volume.sound_of(volume.levelled(volume.samples_of(sound)), sound.rate)
        await asyncio.to_thread(self._cache.put, level, *key)
        return level
