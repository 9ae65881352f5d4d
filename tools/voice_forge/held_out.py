# SPDX-License-Identifier: Apache-2.0
"""Recordings of natural voices that trained nothing, as WAV files that ``ivi voice report --speech`` reads.

The report speaks with espeak-ng and flite itself; these two need onnxruntime, which ivi does not.
"""

import json
import random
import wave
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.voice_forge.speech import RATE, Samples
from tools.voice_forge.synthesizers import Kokoro, Piper, Sound, finished, program
from tools.voice_forge.voices import VoiceSet

INDEX = "recordings.jsonl"
EDGE = 0.25, 0.5  # seconds of silence at both ends, from and to


def natural_voices(
    voices: VoiceSet, kokoro: Kokoro | None, piper: Piper | None, festival: str | None = None
) -> Mapping[str, Callable[[str], Sound]]:
    """What says a sentence, by the voice's name; an engine that is not given is left out.

    `festival` is its command, see `synthesizers.program`.
    """
    found: dict[str, Callable[[str], Sound]] = {}
    if kokoro is not None:
        found |= {f"kokoro {style}": _styled(kokoro, style) for style in voices.kokoro}
    if piper is not None:
        found |= {f"piper {name}": piper.say for name in voices.piper}
    if festival is not None:
        found |= {f"festival {name}": _spoken(festival, name) for name in voices.festival}
    return found


def _spoken(command: str, voice: str) -> Callable[[str], Sound]:
    return lambda text: program(text, command, voice)


def _styled(kokoro: Kokoro, style: str) -> Callable[[str], Sound]:
    return lambda text: kokoro.say(text, {style: 1.0})


def write_recordings(out: Path, voices: Mapping[str, Callable[[str], Sound]], sentences: Sequence[str]) -> int:
    """Every voice says every sentence once; the number of files. What the folder holds already is not made again."""
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for place, text in enumerate(sentences):
        for voice, say in voices.items():
            file = f"{voice.replace(' ', '-')}-{place:04}.wav"
            if not (out / file).exists():
                _write(out / file, finished(say(text), random.Random(f"{voice} {text}"), edge=EDGE))
            rows.append(json.dumps({"file": file, "text": text, "voice": voice}))
            (out / INDEX).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return len(rows)


def _write(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())
