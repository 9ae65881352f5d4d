# SPDX-License-Identifier: Apache-2.0
"""Decides that a sentence is over before the recogniser's own end-point, which costs half a second more.

The words so far must be a whole sentence of the grammar that nothing can follow. Other speech begins like a command
often enough, so it must also be over: it has become quiet, or, where noise hides that, the recogniser itself finds
silence behind the last word. Whoever asks checks that silence, the words' confidence and a second hearing; a sentence
that fails is asked about again a moment later, a few times.
"""

import enum
import math
import sys
from array import array
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import openfst
from ivi.voice.grammar.model_files import GARBAGE, read_words

QUIET = 0.04  # seconds; the closure of a t within a sentence is as long, but seldom behind its last word
CLEAR = 24.0  # decibels from the quietest to the loudest frame, above which quiet is told by loudness
NEAR_FLOOR = 0.3  # part of that range, counted from the quietest, that is quiet
FRAME = 0.02  # seconds of which loudness is taken
SETTLED = 0.03  # seconds for which the words have to stay the same where noise hides the quiet
BEHIND, BEHIND_IN_NOISE = 0.0, 0.03  # seconds of silence behind the last word as the recogniser finds it
RETRY, RETRY_IN_NOISE = 0.02, 0.04  # seconds
TRIES = 8  # of one sentence; each costs some hundredths of a second


class Standing(enum.Enum):
    """What some words are to a grammar."""

    PART = enum.auto()
    """The beginning of a sentence, or no sentence of it."""
    OPEN = enum.auto()
    """A sentence that may go on."""
    WHOLE = enum.auto()
    """A sentence that nothing can follow."""


class Sentences:
    """The grammar of a model folder, for looking words up in it."""

    def __init__(self, arcs: list[dict[str, int]], finals: set[int]) -> None:
        self._arcs = arcs
        self._finals = finals

    @classmethod
    def read(cls, model: Path) -> "Sentences | None":
        """None when the folder's grammar is of another kind, or accepts any words."""
        try:
            nodes = openfst.read((model / "graph/Gr.fst").read_bytes())
        except OSError as error:
            raise ConfigurationError(f"cannot read {error.filename}: {error.strerror}") from error
        if nodes is None:
            return None
        words = {number: word for word, number in read_words(model).items() if word != GARBAGE}
        arcs = [{words[arc.olabel]: arc.target for arc in node.arcs if arc.olabel in words} for node in nodes]
        if any(target == state for state, following in enumerate(arcs) for target in following.values()):
            return None  # a loop of words: no sentence ever ends
        return cls(arcs, {state for state, node in enumerate(nodes) if node.final < openfst.ZERO})

    def standing(self, text: str) -> Standing:
        """Of these words."""
        state = 0
        for word in text.split():
            following = self._arcs[state].get(word)
            if following is None:
                return Standing.PART
            state = following
        if state not in self._finals or not text:
            return Standing.PART
        return Standing.OPEN if self._arcs[state] else Standing.WHOLE


class Loudness:
    """How long it has been quiet, against the quietest and the loudest of the sentence so far."""

    def __init__(self, rate: int) -> None:
        self.quiet = 0.0
        """Seconds, up to the end of what was heard."""
        self._size = max(1, int(rate * FRAME))
        self._rest = array("h")
        self.is_clear = False
        """Whether speech stands out so much that quiet can be told."""
        self._low, self._high = math.inf, -math.inf

    def hear(self, pcm: bytes) -> None:
        """16-bit little-endian mono."""
        samples = array("h", pcm[: len(pcm) // 2 * 2])
        if sys.byteorder == "big":
            samples.byteswap()
        self._rest.extend(samples)
        while len(self._rest) >= self._size:
            frame, self._rest = self._rest[: self._size], self._rest[self._size :]
            self._level(10 * math.log10(math.sumprod(frame, frame) / self._size + 1))

    def _level(self, decibels: float) -> None:
        self._low, self._high = min(self._low, decibels), max(self._high, decibels)
        span = self._high - self._low
        self.is_clear = span >= CLEAR
        self.quiet = self.quiet + FRAME if decibels <= self._low + NEAR_FLOOR * span else 0.0


class EarlyCommit:
    """Watches one sentence."""

    def __init__(self, sentences: Sentences, rate: int) -> None:
        self._sentences = sentences
        self._rate = rate
        self._loudness = Loudness(rate)
        self._text = ""
        self._since = 0.0
        self._next = 0.0
        self._tries = 0

    def heard(self, text: str, pcm: bytes) -> bool:
        """Whether the sentence may be over now; `text` is what the words are after this block."""
        self._loudness.hear(pcm)
        if text != self._text:
            self._text, self._since, self._next = text, 0.0, 0.0
        else:
            self._since += len(pcm) / 2 / self._rate
        if self._tries >= TRIES or self._sentences.standing(text) is not Standing.WHOLE:
            return False
        over = self._loudness.quiet >= QUIET if self._loudness.is_clear else self._since >= SETTLED
        return over and self._since >= self._next

    @property
    def behind(self) -> float:
        """Seconds of silence that the recogniser must find behind the last word."""
        return BEHIND if self._loudness.is_clear else BEHIND_IN_NOISE

    def refuse(self) -> None:
        """The sentence was not over, or its words not certain enough."""
        self._tries += 1
        self._next = self._since + (RETRY if self._loudness.is_clear else RETRY_IN_NOISE)
