# SPDX-License-Identifier: Apache-2.0
"""What every program that speaks is for the rest: text in, sound out."""

from typing import Protocol

from ivi.voice.wav import Sound

MAX_TEXT = 500  # characters of one answer


class Synthesizer(Protocol):
    """A program that turns text into speech. It is started, never imported: both that we know are GPL."""

    @property
    def name(self) -> str:
        """Program and voice, for the cache and the status."""
        ...

    async def render(self, text: str) -> Sound:
        """The spoken text, at most MAX_TEXT characters of it.

        Raises UnavailableError when the program is missing, DeadlineError when it hangs, InternalError when it fails.
        """
        ...

    async def stop(self) -> None:
        """End what runs."""
        ...
