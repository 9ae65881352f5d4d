# SPDX-License-Identifier: Apache-2.0
"""Spoken sentences for the report: voices that trained nothing, from installed programs or from given recordings.

Voices of the set `tuning` choose thresholds and models; those of the set `report` are heard for the report alone. The
training of the model knows neither (tools/voice_forge/voices.py names the same sets).
"""

import asyncio
import hashlib
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ivi.daemon.program import run
from ivi.model.errors import ConfigurationError, DeadlineError, InternalError, IviError
from ivi.voice import wav
from ivi.voice.report.noise import RATE, Samples

log = logging.getLogger(__name__)

PROGRAM_TIMEOUT = 30.0  # seconds for one sentence; a tenth of one is usual
MARGIN = 0.3  # seconds before and after the sentence
SILENT = 0.004  # of the peak: what is below it at both ends is cut before the margin is added
RECORDINGS = "recordings.jsonl"
"""Index of a folder of recordings: a line of JSON a file, with `file`, `text` and `voice`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of one program."""

    program: str
    name: str

    def __str__(self) -> str:
        return f"{self.program} {self.name}"

    def command(self, text: str, out: Path) -> list[str]:
        """What makes the WAV file `out`."""
        if self.program == "flite":
            return ["flite", "-voice", self.name, "-t", text, "-o", str(out)]
        return [self.program, "-v", self.name, "-s", "160", "-w", str(out), text]


SETS: Mapping[str, tuple[Voice, ...]] = {
    "report": (
        Voice("espeak-ng", "en-us+f4"),
        Voice("espeak-ng", "en-gb+m5"),
        Voice("espeak-ng", "en-us+Andrea"),
        Voice("espeak-ng", "en-gb+belinda"),
        Voice("flite", "slt"),
    ),
    "tuning": (
        Voice("espeak-ng", "en-us+Henrique"),
        Voice("espeak-ng", "en-gb+michel"),
        Voice("espeak-ng", "en-us+Storm"),
        Voice("espeak-ng", "en-gb+iven3"),
    ),
}
"""Voices by what they are for."""


def installed(name: str) -> tuple[Voice, ...]:
    """The voices of a set whose programs are here. Raises ConfigurationError when there is none."""
    voices = tuple(voice for voice in SETS[name] if shutil.which(voice.program))
    if not voices:
        raise ConfigurationError("no speech synthesizer is installed", hint="install the package espeak-ng")
    return voices


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as a voice said it, clean."""

    text: str
    voice: str
    samples: Samples
    """At 16 kHz, any size."""

    @property
    def end(self) -> float:
        """Seconds from the start to the end of the speech; the margin follows."""
        return len(self.samples) / RATE - MARGIN


async def say(voice: Voice, text: str, cache: Path) -> Spoken:
    """Speak it, or take it from the cache. Raises DeadlineError or InternalError when the program fails."""
    digest = hashlib.sha256(f"{voice} {text}".encode()).hexdigest()[:24]
    path = cache / f"{digest}.wav"
    kept = await asyncio.to_thread(_kept, path)
    if kept is None:
        new = cache / f"{digest}.new.wav"
        await _make(voice.command(text, new))
        kept = await asyncio.to_thread(_keep, new, path)
    if kept is None:
        raise InternalError(f"{voice.program} ended without a sound for {text!r}")
    return Spoken(text, str(voice), _trimmed(wav.read(kept)))


async def _make(command: Sequence[str]) -> None:
    """Run the program. Raises DeadlineError or InternalError."""
    try:
        ended = await run(command, PROGRAM_TIMEOUT)
    except TimeoutError as error:
        raise DeadlineError(f"{command[0]} did not end within {PROGRAM_TIMEOUT:g} s") from error
    if ended.status:
        raise InternalError(f"{command[0]} ended with {ended.status}")


def _kept(path: Path) -> bytes | None:
    """What the cache has; the folder is there afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.read_bytes() if path.exists() else None


def _keep(new: Path, path: Path) -> bytes | None:
    """Take a new file into the cache whole."""
    return new.rename(path).read_bytes() if new.exists() else None


def recordings(folder: Path, wanted: Sequence[str] | None = None) -> list[Spoken]:
    """The recordings of a folder, those of the wanted sentences only if given.

    Raises ConfigurationError when the index is missing or damaged, InvalidArgumentError for a file that is no sound.
    """
    index = folder / RECORDINGS
    try:
        rows = [json.loads(line) for line in index.read_text(encoding="utf-8").splitlines() if line.strip()]
        entries = [(str(row["file"]), str(row["text"]), str(row["voice"])) for row in rows]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"cannot read the recordings of {index}: {error}", hint="a line of JSON a file: file, text, voice"
        ) from error
    chosen = set(wanted) if wanted is not None else None
    return [
        Spoken(text, voice, _trimmed(_read(folder / file)))
        for file, text, voice in entries
        if chosen is None or text in chosen
    ]


def _read(path: Path) -> wav.Sound:
    try:
        return wav.read(path.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"cannot read the recording {path}: {error.strerror}") from error
    except IviError as error:
        raise type(error)(f"{path}: {error.message}", hint=error.hint) from error


def _trimmed(sound: wav.Sound) -> Samples:
    """The speech at 16 kHz with equal margins of silence; how much the program left is not its voice."""
    samples = np.frombuffer(sound.pcm, "<i2").astype(np.float64)
    if sound.rate != RATE:
        samples = _resampled(samples, sound.rate)
    loud = np.flatnonzero(np.abs(samples) > SILENT * max(1.0, float(np.abs(samples).max())))
    margin = np.zeros(int(MARGIN * RATE))
    if not len(loud):
        return np.concatenate([margin, margin])
    return np.concatenate([margin, samples[loud[0] : loud[-1] + 1], margin])


def _resampled(samples: Samples, rate: int) -> Samples:
    """At 16 kHz, by the spectrum: exact for a whole sentence, and no filter to choose."""
    length = round(len(samples) * RATE / rate)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(length // 2 + 1, complex)
    common = min(len(kept), len(spectrum))
    kept[:common] = spectrum[:common]
    return np.asarray(np.fft.irfft(kept, length) * length / max(1, len(samples)))
