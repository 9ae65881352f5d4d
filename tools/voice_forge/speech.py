# SPDX-License-Identifier: Apache-2.0
"""Speech on disk: all sound of a set in one file of 16-bit samples, and a line of JSON for each utterance."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

RATE = 16_000  # samples a second
RATES = 0.87, 1.15  # playing rates; formants and pitch move with them, as with the length of the vocal tract
SOUND, INDEX = "sound.s16", "index.jsonl"

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence as one voice said it."""

    text: str
    voice: str
    samples: Samples


class SpeechWriter:
    """Appends utterances to a folder; what is written stays valid when the writer is interrupted."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._sound = (folder / SOUND).open("ab")
        self._index = (folder / INDEX).open("a", encoding="utf-8")
        self.seconds = 0.0
        """Of sound, written by this writer."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._sound.close()
        self._index.close()

    def add(self, utterance: Utterance) -> None:
        """Write the sound, then the line that makes it count."""
        at = self._sound.tell() // 2
        self._sound.write(utterance.samples.astype("<i2").tobytes())
        self._sound.flush()
        row = {"text": utterance.text, "voice": utterance.voice, "at": at, "samples": len(utterance.samples)}
        self._index.write(json.dumps(row) + "\n")
        self._index.flush()
        self.seconds += len(utterance.samples) / RATE


def read_speech(folder: Path) -> Iterator[Utterance]:
    """The utterances of a folder, in the order in which they were written; the sound stays on disk until it is used."""
    if not (folder / INDEX).stat().st_size:
        return
    sound = np.memmap(folder / SOUND, dtype="<i2", mode="r")
    for line in (folder / INDEX).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Utterance(row["text"], row["voice"], sound[row["at"] : row["at"] + row["samples"]])


def rate_copies(said: Utterance, count: int) -> Iterator[Utterance]:
    """The utterance at `count` playing rates from low to high: other voices for little work."""
    slow, fast = RATES
    for number in range(count):
        rate = slow + (fast - slow) * number / max(1, count - 1)
        places = np.arange(0, len(said.samples) - 1, rate)
        samples = np.interp(places, np.arange(len(said.samples)), said.samples)
        yield Utterance(said.text, f"{said.voice} x{rate:.2f}", samples.astype(np.int16))
