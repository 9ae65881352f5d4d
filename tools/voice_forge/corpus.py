# SPDX-License-Identifier: Apache-2.0
"""The training speech: cheap robots by the thousand, and as much of a natural network as the time allows."""

import random
import shlex
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.voice_forge.speech import RATE, RATES, SpeechWriter, Utterance
from tools.voice_forge.synthesizers import Kokoro, espeak, finished, flite, program
from tools.voice_forge.texts import Texts
from tools.voice_forge.voices import ACCENTS, TRAINING

SHORTEST, LONGEST = 0.4, 9.0  # seconds; outside of it a synthesizer has failed or lost its way
ESPEAK_SHARE = 0.72  # of the robots; flite is heard in the rest
TRACT_SHARE = 0.5  # of the utterances have a playing rate of their own
STYLE_SHARE, BEYOND_SHARE = 0.6, 0.25  # of Kokoro's: one style alone; of the mixtures: those beyond the styles


def make_robots(folder: Path, texts: Texts, count: int, seed: int) -> float:
    """Write `count` utterances of espeak-ng and flite; the seconds of sound."""
    chance = random.Random(seed)
    with SpeechWriter(folder) as writer:
        for _ in range(count):
            try:
                utterance = _robot(texts.sentence(), chance)
            except (subprocess.SubprocessError, ValueError) as error:
                print(f"a robot failed, its sentence is left out: {error}", flush=True)
                continue
            _keep(writer, utterance)
        return writer.seconds


def make_natural(folder: Path, texts: Texts, engine: Kokoro, minutes: float, seed: int) -> float:
    """Write what Kokoro says in `minutes` of computing; the seconds of sound."""
    chance = random.Random(seed)
    end = time.monotonic() + 60 * minutes
    with SpeechWriter(folder) as writer:
        for utterance in _naturals(texts, engine, chance):
            _keep(writer, utterance)
            if time.monotonic() > end:
                return writer.seconds
    return writer.seconds


def make_others(folder: Path, texts: Texts, command: str, *, voices: Sequence[str], count: int, seed: int) -> float:
    """Write `count` utterances of another program's voices (see `synthesizers.program`); the seconds of sound."""
    chance, name = random.Random(seed), shlex.split(command)[0]
    with SpeechWriter(folder) as writer:
        for _ in range(count):
            text, voice = texts.sentence(), chance.choice(voices)
            try:
                sound = program(text, command, voice, chance.uniform(0.75, 1.4), chance.uniform(0.75, 1.35))
            except (subprocess.SubprocessError, ValueError) as error:
                print(f"{voice} failed, its sentence is left out: {error}", flush=True)
                continue
            made = finished(sound, chance, tract=_tract(chance))
            _keep(writer, Utterance(text, f"{name} {voice}", made))
        return writer.seconds


def _keep(writer: SpeechWriter, utterance: Utterance) -> None:
    if SHORTEST * RATE <= len(utterance.samples) <= LONGEST * RATE:
        writer.add(utterance)


def _tract(chance: random.Random) -> float:
    return round(chance.uniform(*RATES), 2) if chance.random() < TRACT_SHARE else 1.0


def _robot(text: str, chance: random.Random) -> Utterance:
    if chance.random() < ESPEAK_SHARE:
        voice = f"{chance.choice(ACCENTS)}+{chance.choice(TRAINING.espeak)}"
        sound = espeak(text, voice, chance.randint(115, 215), chance.randint(20, 80))
        name = f"espeak-ng {voice}"
    else:
        voice = chance.choice(TRAINING.flite)
        sound = flite(text, voice, chance.uniform(0.8, 1.25), chance.uniform(85, 210))
        name = f"flite {voice}"
    return Utterance(text, name, finished(sound, chance, tract=_tract(chance)))


def _naturals(texts: Texts, engine: Kokoro, chance: random.Random) -> Iterator[Utterance]:
    """What Kokoro says, without end."""
    while True:
        text = texts.sentence()
        weights = _mixture([name for name in TRAINING.kokoro if name in engine.styles], chance)
        sound = engine.say(text, weights, chance.uniform(0.8, 1.35), chance.choice("..?!"))
        yield Utterance(text, f"kokoro {'+'.join(weights)}", finished(sound, chance, tract=_tract(chance)))


def _mixture(styles: Sequence[str], chance: random.Random) -> dict[str, float]:
    """One style alone, two of them, or more of the first than there is with less than nothing of the second."""
    if chance.random() < STYLE_SHARE:
        return {chance.choice(styles): 1.0}
    first, second = chance.sample(styles, 2)
    share = chance.uniform(1.1, 1.35) if chance.random() < BEYOND_SHARE else chance.uniform(0.2, 0.8)
    return {first: share, second: 1 - share}
