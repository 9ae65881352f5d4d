# SPDX-License-Identifier: Apache-2.0
"""Everything that a report is made of, measured in one go."""

import asyncio
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivi.model.errors import UnavailableError
from ivi.voice.nlu.language import Language
from ivi.voice.report import foreign
from ivi.voice.report.delay import Delay, delays
from ivi.voice.report.drawn_sentences import Wanted, drawn
from ivi.voice.report.evaluation import RATIOS, Case, cases, heard
from ivi.voice.report.evaluation import foreign as foreign_heard
from ivi.voice.report.hearing import Hearing, Outcome
from ivi.voice.report.speech import Spoken, installed, recordings, say
from ivi.voice.report.tally import Trial
from ivi.voice.report.wakes import Wakes, false_wakes

KIB = 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """What to measure."""

    model: Path
    language: Language
    cache: Path
    """Folder of the speech that was made once and of the grammars."""
    voices: str = "report"
    recorded: Path | None = None
    """Folder of recordings beside the installed synthesizers."""
    each: int = 1
    """Sentences of every intent."""
    ratios: Sequence[float] = RATIOS
    intents: frozenset[str] = frozenset()
    """Only these; all when empty."""
    thin: int = 1
    """Every so-manieth recording is heard, so that voices take turns; 1 for all."""
    foreign: int = 500
    """Sentences of unrelated speech."""
    wake_hours: float = 0.5
    delays: int = 40
    """Sentences that are played in real time."""
    seed: int = 2026


@dataclass(slots=True)
class Results:
    """What was measured."""

    wish: Wish
    trials: list[Trial] = field(default_factory=list)
    foreign: list[tuple[Spoken, Outcome]] = field(default_factory=list)
    wakes: Wakes | None = None
    no_wakes: str = ""
    """Why false wakes could not be counted."""
    delays: list[Delay] = field(default_factory=list)
    sound_seconds: float = 0.0
    """Length of what the recogniser heard for the trials."""
    worker_cpu: float = 0.0
    """Seconds of a core that it took, in the worker and here, noise included."""
    worker_kib: int = 0
    """Largest resident memory of the worker."""
    sentences: int = 0
    dropped: int = 0
    lost: int = 0
    """Sentences that the recogniser did not answer in time."""


async def spoken_sentences(wish: Wish, sentences: Sequence[Wanted]) -> list[tuple[Wanted, Spoken]]:
    """Every voice says every sentence; recordings are added where the folder has the sentence."""
    out: list[tuple[Wanted, Spoken]] = []
    for voice in installed(wish.voices):
        out += [(wanted, await say(voice, wanted.text, wish.cache / "speech")) for wanted in sentences]
    if wish.recorded is not None:
        by_text = {wanted.text: wanted for wanted in sentences}
        out += [(by_text[said.text], said) for said in recordings(wish.recorded, list(by_text))]
    return out


def wanted_sentences(wish: Wish) -> list[Wanted]:
    """What is said: drawn from the templates of every intent."""
    found = drawn(wish.language, wish.each, wish.seed)
    return [wanted for wanted in found if not wish.intents or wanted.intent in wish.intents]


async def measure(wish: Wish, tell: Callable[[str], None]) -> Results:
    """Measure everything. `tell` is told what is being done. Raises what the recogniser and the synthesizers raise."""
    results = Results(wish)
    sentences = wanted_sentences(wish)
    results.sentences = len(sentences)
    tell(f"speaking {len(sentences)} sentences")
    spoken = await spoken_sentences(wish, sentences)
    async with Hearing(wish.model, wish.language, wish.cache / "grammar") as hearing:
        results.dropped = len(hearing.grammar.dropped)
        played = cases(spoken, wish.ratios, wish.seed)[:: wish.thin]
        await _accuracy(hearing, played, results, tell)
        voices = installed(wish.voices)
        texts = foreign.sentences(wish.foreign, wish.seed)
        tell(f"speaking {len(texts)} unrelated sentences")
        talk = [await say(voices[n % len(voices)], text, wish.cache / "speech") for n, text in enumerate(texts)]
        results.foreign = [one async for one in foreign_heard(hearing, talk, wish.seed)]
        tell(f"{wish.delays} sentences in real time")
        results.delays = [one async for one in delays(hearing, _slow(played, wish.delays))]
        results.worker_kib = _peak_kib(hearing.worker)
        results.lost = hearing.lost
    if wish.wake_hours > 0:
        tell(f"{wish.wake_hours:g} h of talk and music for the wake word")
        try:
            results.wakes = await asyncio.to_thread(false_wakes, talk, wish.wake_hours, wish.seed)
        except UnavailableError as error:
            results.no_wakes = error.message
    return results


async def _accuracy(hearing: Hearing, played: Sequence[Case], results: Results, tell: Callable[[str], None]) -> None:
    tell(f"{len(played)} recordings to hear")
    begin = time.monotonic()
    cpu = _cpu(hearing.worker)
    async for trial in heard(hearing, played):
        results.trials.append(trial)
        done = len(results.trials)
        if done % 250 == 0:
            tell(
                f"{done} of {len(played)} heard, {(time.monotonic() - begin) / done * (len(played) - done):.0f} s left"
            )
    results.worker_cpu = _cpu(hearing.worker) - cpu
    results.sound_seconds = sum(case.spoken.end for case in played)


def _slow(played: Sequence[Case], count: int) -> list[Case]:
    """Some of the cases, evenly chosen, without the noisiest."""
    fit = [case for case in played if case.ratio >= 10]  # noqa: PLR2004  # dB: most sentences are understood there
    return fit[:: max(1, len(fit) // count)][:count] if count else []


def _cpu(worker: int | None) -> float:
    """Seconds of a core that the worker has taken."""
    if worker is None:
        return 0.0
    try:
        fields = Path(f"/proc/{worker}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


_TICKS = 100  # a second, on every Linux that Python runs on (USER_HZ)


def _peak_kib(worker: int | None) -> int:
    """Largest resident memory of the worker, or of the children of this process when it has gone."""
    if worker is not None:
        try:
            for line in Path(f"/proc/{worker}/status").read_text(encoding="ascii").splitlines():
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
        except OSError:
            return 0
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
