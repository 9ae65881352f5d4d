# SPDX-License-Identifier: Apache-2.0
"""The report card as a page: Markdown, with the pictures beside it."""

import datetime
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.report import drawing
from ivi.voice.report.evaluation import FOREIGN_RATIOS
from ivi.voice.report.noise import NOISES
from ivi.voice.report.results import Results
from ivi.voice.report.tally import Share, Trial, asked, exact, percentile, understood, wrong
from ivi.voice.report.wakes import MUSIC_EVERY, TALK_RATIOS

WORST = 12  # mistakes that are shown
PICTURES = {"noise": "voice-report-noise.svg", "voices": "voice-report-voices.svg", "delay": "voice-report-delay.svg"}
"""Files beside the page."""


def write(results: Results, page: Path, model: str) -> None:
    """Write the page and its pictures. Raises ConfigurationError when that is not possible."""
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        for name, picture in pictures(results).items():
            (page.parent / PICTURES[name]).write_text(picture, encoding="utf-8")
        page.write_text(text(results, model), encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot write {page}: {error.strerror}", hint="choose another --out") from error


def figures(results: Results) -> dict[str, float]:
    """The figures of the head of the page, by name; those that could not be measured are missing."""
    out = {f"exact at {ratio:g} dB": _at(results, ratio).percent for ratio in results.wish.ratios}
    out["unrelated speech accepted"] = accepted_foreign(results).percent
    if results.wakes is not None:
        out["false wakes per hour"] = results.wakes.per_hour
    for name, early in (("early commit", True), ("pause", False)):
        found = [delay.seconds for delay in results.delays if delay.early == early]
        if found:
            out[f"end of speech to text, {name}, p95 ms"] = 1000 * percentile(found, 0.95)
    return out


def accepted_foreign(results: Results) -> Share:
    """Unrelated sentences on which the assistant would act."""
    return Share(sum(outcome.accepted for _, outcome in results.foreign), len(results.foreign))


def pictures(results: Results) -> dict[str, str]:
    """The pictures by name."""
    ratios = sorted(results.wish.ratios, reverse=True)
    marks = [f"{ratio:g} dB" for ratio in ratios]
    noises = _groups(results.trials, lambda trial: trial.noise)
    by_noise = {name: _percents(trials, ratios) for name, trials in noises.items()}
    by_voice = {name: _percents(trials, ratios) for name, trials in _groups(results.trials, lambda t: t.voice).items()}
    rows = [*by_noise.values(), *by_voice.values()]
    least = 10.0 * min([9, *(int(value // 10) for row in rows for value in row if value is not None)])
    shares = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    seconds = [delay.seconds for delay in results.delays]
    return {
        "noise": drawing.lines("Whole command right, by noise (%)", marks, by_noise, least),
        "voices": drawing.lines("Whole command right, by voice (%)", marks, by_voice, least),
        "delay": drawing.bars(
            "End of speech to text (ms; percentiles)",
            {f"{share:.0%}": 1000 * percentile(seconds, share) for share in shares},
            "ms",
            max(100.0, 1000 * max([*seconds, 0.0])),
        ),
    }


def text(results: Results, model: str) -> str:
    """The page."""
    return "\n".join(
        [*_head(results, model), *_accuracy(results), *_rejection(results), *_speed(results), *_method(results)]
    )


def _head(results: Results, model: str) -> Iterable[str]:
    made = datetime.datetime.now(tz=datetime.UTC).date()
    voices = sorted({trial.voice for trial in results.trials})
    yield "# How well the assistant hears\n"
    yield (
        f"Made by `ivi voice report` on {made} with the model `{model}` on {platform.machine()}, Python "
        f"{platform.python_version()}. Nothing here is a human voice: {len(voices)} synthetic voices, none of which "
        f"trained the model, speak {results.sentences} sentences of {len(_intents(results))} intents, "
        f"{len(results.trials)} recordings in all. Voices of the set `{results.wish.voices}`"
        + (" and recordings made beforehand" if results.wish.recorded is not None else "")
        + f": {', '.join(voices)}.\n"
    )
    yield "| figure | value |\n|---|---|"
    for name, value in figures(results).items():
        unit = " %" if "exact" in name or "accepted" in name else ""
        yield f"| {name} | {value:.1f}{unit} |"
    if results.wakes is None:
        yield f"| false wakes per hour | not measured: {results.no_wakes or 'not asked for'} |"
    yield ""


def _accuracy(results: Results) -> Iterable[str]:
    ratios = sorted(results.wish.ratios, reverse=True)
    yield "## Accuracy\n"
    yield (
        "Exact: every word right and sure enough to act or to ask for a yes. Understood: the intent and its values "
        "right, whatever the words. Wrong: the assistant would have done something that was not asked, or asked if it "
        "should. Behind them the share of all sentences for which it asks first, because it is not quite sure. In "
        "brackets: where the true share lies with 95 % certainty, if the sentences were drawn again.\n"
    )
    yield "| signal to noise | exact | asked first | understood | wrong | asked first |\n|---|---|---|---|---|---|"
    for ratio in ratios:
        trials = [trial for trial in results.trials if trial.ratio == ratio]
        low, high = exact(trials).margin
        yield (
            f"| {ratio:g} dB | {exact(trials).percent:.1f} % ({low:.1f} to {high:.1f}) of {len(trials)} "
            f"| {asked(trials).percent:.1f} % "
            f"| {understood(trials).percent:.1f} % | {wrong(trials).percent:.2f} % "
            f"| {asked(trials, of_wrong=True).percent:.2f} % |"
        )
    yield f"\n![by noise]({PICTURES['noise']})\n\n![by voice]({PICTURES['voices']})\n"
    yield from _table("noise", _groups(results.trials, lambda trial: trial.noise), ratios)
    yield from _table("voice", _groups(results.trials, lambda trial: trial.voice), ratios)
    yield from _table("intent", _groups(results.trials, lambda trial: trial.intent), ratios)
    yield from _intents_by_voice(results)
    yield "Mistakes, the surest first:\n\n| said | heard | confidence | voice | noise |\n|---|---|---|---|---|"
    mistakes = sorted((t for t in results.trials if t.wrong), key=lambda t: -t.outcome.confidence)
    for trial in mistakes[:WORST]:
        heard = trial.outcome
        where = f"{trial.noise}, {trial.ratio:g} dB"
        yield f"| {trial.wanted} | {heard.text} | {heard.confidence:.2f} | {trial.voice} | {where} |"
    yield ""


def _intents_by_voice(results: Results) -> Iterable[str]:
    """All ratios together: a cell holds a handful of sentences, so read the rows, not the cells."""
    voices = _groups(results.trials, lambda trial: trial.voice)
    yield "Exact in percent per intent and voice, all ratios together:\n"
    yield "| intent | " + " | ".join(voices) + " |\n|---|" + "---|" * len(voices)
    for intent, trials in _groups(results.trials, lambda trial: trial.intent).items():
        cells = (_cell(_percent(t for t in trials if t.voice == voice), 0) for voice in voices)
        yield f"| {intent} | " + " | ".join(cells) + " |"
    yield ""


def _rejection(results: Results) -> Iterable[str]:
    share = accepted_foreign(results)
    yield "## Speech that is not meant for the car\n"
    ratios = " and ".join(f"{ratio:g}" for ratio in FOREIGN_RATIOS)
    yield (
        f"{share.hits} of {share.of} sentences of talk ({share.percent:.2f} %) were accepted as a command, with no "
        f"wake word before them, at {ratios} dB in all noises by turns.\n"
    )
    accepted = [(said, outcome) for said, outcome in results.foreign if outcome.accepted]
    if accepted:
        yield "| said | heard | confidence | voice |\n|---|---|---|---|"
        yield from (
            f"| {said.text} | {out.text} | {out.confidence:.2f} | {said.voice} |" for said, out in accepted[:WORST]
        )
        yield ""
    if results.wakes is not None:
        wakes = results.wakes
        load = 100 * wakes.cpu_seconds / (3600 * wakes.hours)
        levels = ", ".join(f"{ratio:g}" for ratio in TALK_RATIOS)
        yield (
            f"The wake word was heard {wakes.wakes} times in {wakes.hours:.2f} h of talk ({levels} dB) with music "
            f"after every {MUSIC_EVERY} sentences: {wakes.per_hour:.2f} an hour, for {load:.1f} % of a core.\n"
        )


def _speed(results: Results) -> Iterable[str]:
    yield "## Speed and size\n"
    yield "| from the end of speech to the text | sentences | median | p95 |\n|---|---|---|---|"
    for name, early in (("early commit", True), ("after the pause", False)):
        found = [1000 * delay.seconds for delay in results.delays if delay.early == early]
        if found:
            yield f"| {name} | {len(found)} | {percentile(found, 0.5):.0f} ms | {percentile(found, 0.95):.0f} ms |"
    yield f"\n![delay]({PICTURES['delay']})\n"
    if results.sound_seconds:
        yield (
            f"The recogniser's process took {100 * results.worker_cpu / results.sound_seconds:.1f} % of a core while "
            f"it heard speech, and at most {results.worker_kib / 1024:.0f} MB of memory. It lost {results.lost} "
            "sentences, because it did not answer in time; they count as not understood.\n"
        )


def _method(results: Results) -> Iterable[str]:
    wish = results.wish
    yield "## Method\n"
    yield (
        "- Sentences are drawn at random from the templates of every intent of the first context (seed "
        f"{wish.seed}, at most {wish.each} each); intents that need a contact or another name of the moment are not "
        "drawn. They are heard with the whole grammar of that context"
        + (
            f"; {results.dropped} of its sentences are left out, because a word cannot be spoken"
            if results.dropped
            else ""
        )
        + "."
    )
    yield (
        f"- Each sentence is played at each ratio in one noise; the noises ({', '.join(NOISES)}) take turns. How they "
        "are made, and from what sources, is said in `ivi/voice/report/noise.py`. The ratio is that of unweighted root "
        "mean squares, speech measured where it is active."
    )
    yield (
        "- Held out: the voices named above trained nothing and chose no threshold. Thresholds and the garbage's cost "
        "were chosen with the voices of the set `tuning`, natural ones among them. The noises of rain and window "
        "were changed once after results were seen: with its first rain, of three tones, the same weights had 83, "
        "86, 74 and 66 % of the tuning sentences. `tools/voice_forge/voices.py` lists all three sets."
    )
    yield (
        "- Delay is measured in real time, in blocks of 50 ms, from the last sound of the synthesizer to the text, at "
        "10 dB and better. Everything else is played as fast as the recogniser takes it."
    )
    yield "- `ivi voice transcribe FILE… --json` says the same of your own recordings.\n"


def _table(name: str, groups: Mapping[str, Sequence[Trial]], ratios: Sequence[float]) -> Iterable[str]:
    yield f"| {name} | " + " | ".join(f"{ratio:g} dB" for ratio in ratios) + " |\n|---|" + "---|" * len(ratios)
    for key, trials in groups.items():
        yield f"| {key} | " + " | ".join(_cell(value, 1) for value in _percents(trials, ratios)) + " |"
    yield ""


def _percents(trials: Sequence[Trial], ratios: Sequence[float]) -> list[float | None]:
    return [_percent(trial for trial in trials if trial.ratio == ratio) for ratio in ratios]


def _percent(trials: Iterable[Trial]) -> float | None:
    """None when none was heard, as of some voices at some ratios where not every recording is."""
    share = exact(trials)
    return share.percent if share.of else None


def _cell(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"  # noqa: RUF001  # a dash, as tables have it


def _groups(trials: Iterable[Trial], key: Callable[[Trial], str]) -> dict[str, list[Trial]]:
    groups: dict[str, list[Trial]] = {}
    for trial in trials:
        groups.setdefault(key(trial), []).append(trial)
    return dict(sorted(groups.items()))


def _intents(results: Results) -> set[str]:
    return {trial.intent for trial in results.trials}


def _at(results: Results, ratio: float) -> Share:
    return exact(trial for trial in results.trials if trial.ratio == ratio)
