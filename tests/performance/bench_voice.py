# SPDX-License-Identifier: Apache-2.0
"""How well the assistant hears: the figures of its report card on a share of its recordings (`ivi voice report`: all).

Voices that trained nothing speak a sentence of every intent, the voices taking turns, in all noises by turns; unrelated
talk, talk and music for the wake word, and sentences in real time follow. Without espeak-ng nothing can be spoken.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from ivi.voice.nlu.language import Language
from ivi.voice.process import MODEL, SENTENCES
from ivi.voice.report.card import accepted_foreign
from ivi.voice.report.hearing import Hearing
from ivi.voice.report.results import Results, Wish, measure
from ivi.voice.report.tally import exact, percentile
from ivi.voice.wav import Sound

THIN = 5  # of the recordings: a fifth, so that it ends in four minutes
FOREIGN, WAKE_HOURS, DELAYS = 500, 0.5, 24
SWITCHES = 60
QUESTION = 0.3  # seconds between the answer's text and the next sentence; speaking a question takes longer
RATE = 16_000


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def figures(results: Results) -> dict[str, dict[str, object]]:
    """The figures by the names of the project's table."""
    voices = len({trial.voice for trial in results.trials})
    out: dict[str, dict[str, object]] = {}
    for ratio in results.wish.ratios:
        share = exact(trial for trial in results.trials if trial.ratio == ratio)
        low, high = share.margin
        method = f"{share.of} sentences, {voices} held-out voices, 7 noises by turns; 95 %: {low:.1f} to {high:.1f}"
        out[f"voice_exact_{ratio:g}db"] = {"value": round(share.percent, 2), "unit": "%", "method": method}
    foreign = accepted_foreign(results)
    out["voice_ood_accept_percent"] = {
        "value": round(foreign.percent, 2),
        "unit": "%",
        "method": f"{foreign.hits} of {foreign.of} sentences of talk, 20 and 10 dB, no wake word before them",
    }
    if results.wakes is not None:
        out["voice_false_wakes_per_hour"] = {
            "value": round(results.wakes.per_hour, 2),
            "unit": "1/h",
            "method": f"{results.wakes.wakes} in {results.wakes.hours:.2f} h of synthetic talk and music",
        }
    for name, early in (("voice_commit_p95_ms", True), ("voice_final_p95_ms", False)):
        found = [1000 * delay.seconds for delay in results.delays if delay.early == early]
        if found:
            method = f"end of speech to text, {len(found)} sentences in real time, blocks of 50 ms"
            out[name] = {"value": round(percentile(found, 0.95), 1), "unit": "ms", "method": method}
    return out


async def switch_ms(wish: Wish) -> list[float]:
    """Milliseconds from the begin of an empty sentence in another context than the last one to its answer."""
    found = []
    async with Hearing(wish.model, wish.language, wish.cache / "grammar") as hearing:
        contexts = hearing.contexts
        await hearing.hear(Sound(bytes(2), RATE))
        for number in range(SWITCHES):
            context = contexts[number % len(contexts)]
            hearing.prepare(context)
            await asyncio.sleep(QUESTION)
            begin = time.perf_counter()
            await hearing.hear(Sound(bytes(2), RATE), context=context)
            found.append(1000 * (time.perf_counter() - begin))
    return found


def main() -> None:
    """Print one JSON object."""
    kept = os.environ.get("XDG_CACHE_HOME")
    with tempfile.TemporaryDirectory(prefix="ivi-voice-") as folder:
        cache = Path(kept) / "ivi-voice-report" if kept else Path(folder)
        wish = Wish(MODEL, Language(SENTENCES), cache, thin=THIN, foreign=FOREIGN, wake_hours=WAKE_HOURS, delays=DELAYS)
        out = figures(asyncio.run(measure(wish, _say)))
        switches = asyncio.run(switch_ms(wish))
        out["voice_context_switch_ms"] = {
            "value": round(percentile(switches, 0.95), 2),
            "unit": "ms",
            "method": f"p95 of {SWITCHES} switches; begin in another context to the answer to an empty sentence, with "
            "the worker's 0.3 s of lead-out; named 0.3 s before, as while a question is spoken; "
            f"median {statistics.median(switches):.1f} ms",
        }
    print(json.dumps(out, indent=2))


if __name__ == "__main__":
    main()
