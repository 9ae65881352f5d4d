# SPDX-License-Identifier: Apache-2.0
"""Recordings of voices that trained nothing, as WAV files that ``ivi voice report --speech`` reads."""

import json
import random
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.voice_forge.speech import RATE, Samples
from tools.voice_forge.synthesizers import Kokoro, Piper, Sound, espeak, finished, flite
from tools.voice_forge.voices import VoiceSet

INDEX = "recordings.jsonl"
ACCENTS = ("en-us", "en-gb")
"""Of the held-out variants of espeak-ng: two of them speak American, two British English."""


def write_recordings(
    out: Path, voices: VoiceSet, sentences: Sequence[str], natural: Kokoro | None, network: Piper | None
) -> int:
    """Every voice says every sentence once; the number of files. What the folder holds already is not made again."""
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for place, text in enumerate(sentences):
        for voice in _names(voices, natural is not None, network is not None):
            file = f"{voice.replace(' ', '-')}-{place:04}.wav"
            rows.append(json.dumps({"file": file, "text": text, "voice": voice}))
            if not (out / file).exists():
                sound = _said(text, voice, natural, network)
                _write(out / file, finished(sound, random.Random(f"{voice} {text}"), edge=(0.25, 0.5)))
    (out / INDEX).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return len(rows)


def _names(voices: VoiceSet, natural: bool, network: bool) -> Iterator[str]:
    for number, variant in enumerate(voices.espeak):
        yield f"espeak-ng {ACCENTS[number % len(ACCENTS)]}+{variant}"
    yield from (f"flite {voice}" for voice in voices.flite)
    if natural:
        yield from (f"kokoro {voice}" for voice in voices.kokoro)
    if network:
        yield from (f"piper {voice}" for voice in voices.piper)


def _said(text: str, voice: str, natural: Kokoro | None, network: Piper | None) -> Sound:
    engine, _, name = voice.partition(" ")
    if engine == "espeak-ng":
        return espeak(text, name)
    if engine == "flite":
        return flite(text, name)
    if engine == "kokoro" and natural is not None:
        return natural.say(text, {name: 1.0})
    if network is not None:
        return network.say(text)
    raise ValueError(f"no engine for the voice {voice}")


def _write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())
