# SPDX-License-Identifier: Apache-2.0
"""`ivi voice report` and `ivi voice transcribe`."""

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from ivi.daemon.paths import state_dir
from ivi.model.errors import ConfigurationError, IviError
from ivi.model.voice import MAX_WAV
from ivi.voice import wav
from ivi.voice.model_store.choice import chosen
from ivi.voice.nlu.language import Language
from ivi.voice.process import SENTENCES
from ivi.voice.report.hearing import Hearing, described
from ivi.voice.report.speech import SETS

NOT_DONE = 1  # exit status when a file could not be heard


def add_report(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The parser of `ivi voice report`."""
    parser = actions.add_parser(
        "report",
        help="measure how well the assistant hears, and write the report card",
        description="Speaks sentences of every intent with held-out synthetic voices, plays them in the noises of a "
        "car to the recogniser and writes what became of them. Takes minutes; speech is made once and kept.",
    )
    parser.add_argument(
        "--voices", choices=sorted(SETS), default="report", help="which set of voices (default: report)"
    )
    parser.add_argument(
        "--speech", type=Path, metavar="FOLDER", help="recordings of further voices, see docs/voice-report.md"
    )
    parser.add_argument("--model", type=Path, help="model folder instead of the one in use")
    parser.add_argument("--each", type=int, default=1, help="sentences of every intent (default: 1)")
    parser.add_argument("--intents", metavar="NAME,…", default="", help="only these intents")
    parser.add_argument("--ratios", metavar="DB,…", default="20,10,5,0", help="signal to noise (default: 20,10,5,0)")
    parser.add_argument("--foreign", type=int, default=500, help="unrelated sentences (default: 500)")
    parser.add_argument("--wake-hours", type=float, default=0.5, help="hours of talk and music for the wake word")
    parser.add_argument("--delays", type=int, default=40, help="sentences that are played in real time (default: 40)")
    parser.add_argument("--seed", type=int, default=2026, help="of the sentences and noises (default: 2026)")
    parser.add_argument(
        "--out", type=Path, default=Path("voice-report.md"), help="the page; its pictures lie beside it"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--sentences", action="store_true", help="print the sentences only, to record them")
    parser.set_defaults(run=report)


def add_transcribe(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The parser of `ivi voice transcribe`."""
    parser = actions.add_parser(
        "transcribe",
        help="what the assistant would hear and understand in sound files",
        description="Hears each file as one sentence: 16-bit mono WAV, 8 to 48 kHz, at most 20 s.",
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--model", type=Path, help="model folder instead of the one in use")
    parser.add_argument("--json", action="store_true", help="one JSON object a line: file, text, confidence, intent, …")
    parser.set_defaults(run=transcribe)


def _model(given: Path | None) -> Path:
    return given or chosen()


def report(arguments: argparse.Namespace) -> int:
    """Run `ivi voice report`."""
    try:
        from ivi.voice.report import card, results  # noqa: PLC0415  # numpy: not for every command
    except ImportError as error:
        raise ConfigurationError(f"the report needs numpy: {error}", hint="pip install numpy") from error
    model = _model(arguments.model)
    try:
        ratios = tuple(float(ratio) for ratio in arguments.ratios.split(","))
    except ValueError as error:
        raise ConfigurationError(f"--ratios {arguments.ratios}: {error}", hint="for example --ratios 20,5") from error
    wish = results.Wish(
        model,
        Language(SENTENCES),
        state_dir() / "voice-report",
        voices=arguments.voices,
        recorded=arguments.speech,
        each=arguments.each,
        ratios=ratios,
        intents=frozenset(name for name in arguments.intents.split(",") if name),
        foreign=arguments.foreign,
        wake_hours=arguments.wake_hours,
        delays=arguments.delays,
        seed=arguments.seed,
    )
    if arguments.sentences:
        sys.stdout.write("".join(f"{wanted.text}\n" for wanted in results.wanted_sentences(wish)))
        return 0
    found = asyncio.run(results.measure(wish, lambda line: print(line, file=sys.stderr, flush=True)))
    card.write(found, arguments.out, model.name)
    figures = card.figures(found)
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name}: {value:.2f}")
        print(f"written to {arguments.out}")
    return 0


def transcribe(arguments: argparse.Namespace) -> int:
    """Run `ivi voice transcribe`."""
    return asyncio.run(_transcribe(arguments))


async def _transcribe(arguments: argparse.Namespace) -> int:
    failed = 0
    with tempfile.TemporaryDirectory(prefix="ivi-voice-") as folder:
        async with Hearing(_model(arguments.model), Language(SENTENCES), Path(folder)) as hearing:
            for file in arguments.files:
                try:
                    found = {"file": str(file)} | described(await hearing.hear(_sound(file)))
                except IviError as error:
                    failed += 1
                    found = {"file": str(file), "error": error.message}
                    print(f"{file}: {error}", file=sys.stderr)
                print(json.dumps(found, ensure_ascii=False) if arguments.json else _line(found), flush=True)
    return NOT_DONE if failed else 0


def _sound(file: Path) -> wav.Sound:
    try:
        if file.stat().st_size > MAX_WAV:
            raise ConfigurationError(f"{file} is longer than one sentence", hint=f"at most {MAX_WAV // 1000} kB")
        return wav.read(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"cannot read {file}: {error.strerror}", hint="give a .wav file") from error


def _line(found: dict[str, object]) -> str:
    if "error" in found:
        return f"{found['file']}: not heard"
    verdict = found["intent"] if found["accepted"] else "rejected"
    return f'{found["file"]}: "{found["text"]}" ({found["confidence"]}) {verdict}'
