# SPDX-License-Identifier: Apache-2.0
"""How often somebody may put words above the pages. What is said too often is kept in the messages and not shown.

No notice makes a sound: the rule is against a screen that flickers beside the road. A driver who is spoken to more
than a few times a minute by one app learns to look away from all of them.
"""

from collections import deque

AGAIN = 60.0  # seconds until one speaker may show the same words once more
MOST = 3  # sentences of one speaker within WITHIN
WITHIN = 60.0  # seconds
SPEAKERS = 64  # whose sentences are remembered


class NoticeRate:
    """What each speaker has shown lately."""

    def __init__(self) -> None:
        self._shown: dict[str, deque[tuple[float, str]]] = {}

    def may_show(self, speaker: str, text: str, now: float) -> bool:
        """Whether these words of a speaker come up at `now` (seconds of a steady clock); if so they count.

        The car itself (an empty name) answers what the driver does, and always may.
        """
        if not speaker:
            return True
        shown = self._shown.pop(speaker, deque(maxlen=MOST))
        self._shown[speaker] = shown  # the one who spoke last is last
        while len(self._shown) > SPEAKERS:
            del self._shown[next(iter(self._shown))]
        if any(words == text and now - at < AGAIN for at, words in shown):
            return False
        if len(shown) == MOST and now - shown[0][0] < WITHIN:
            return False
        shown.append((now, text))
        return True
