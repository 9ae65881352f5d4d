# SPDX-License-Identifier: Apache-2.0
"""``python -m tools.voice_forge STEP``: the steps from text to a model, see README.md beside this file."""

import argparse
import sys
from pathlib import Path

import torch

from tools.voice_forge.alignment import script
from tools.voice_forge.corpus import make_natural, make_others, make_robots
from tools.voice_forge.features import outputs_of
from tools.voice_forge.held_out import natural_voices, write_recordings
from tools.voice_forge.kaldi import read_model
from tools.voice_forge.model_folder import PHONES, Checkpoint, write_model
from tools.voice_forge.network import Network
from tools.voice_forge.speech import rate_copies, read_speech
from tools.voice_forge.synthesizers import Kokoro, Piper
from tools.voice_forge.texts import Pronunciations, Texts, installed_dictionary, own_sentences, read_dictionary
from tools.voice_forge.training import RATE, Plan, Trainer
from tools.voice_forge.voices import SETS
from tools.voice_forge.widening import continue_from

AFRESH, ONGOING = frozenset({1, 2, 3, 5, 8}), frozenset({3})
"""Passes before which the speech is aligned again, from nothing and with an earlier model."""

GARBAGE = -3.3  # natural log units a frame
SPARE = 4  # frames more than phones that an utterance needs to be alignable


def main() -> int:
    """Run one step; see ``--help``."""
    options = _parser().parse_args()
    torch.set_num_threads(options.threads)
    known = read_dictionary(options.dictionary or installed_dictionary())
    if options.step == "train":
        train(options, known)
    elif options.step == "export":
        write_model(Checkpoint.load(options.checkpoint), options.template, options.out, options.garbage)
    elif options.step == "recordings":
        record(options, known)
    else:
        kept_back = {line for file in options.without for line in _lines(file)}
        own = own_sentences(options.own, options.seed, kept_back) if options.own else []
        seconds = speak(options, Texts(known, options.seed, own), known)
        print(f"{seconds / 3600:.2f} h of speech in {options.out}")
    return 0


def speak(options: argparse.Namespace, texts: Texts, known: Pronunciations) -> float:
    """Make training speech; the seconds of it."""
    if options.step == "robots":
        return make_robots(options.out, texts, options.count, options.seed + 1)
    if options.step == "natural":
        return make_natural(options.out, texts, Kokoro(options.kokoro, known), options.minutes, options.seed + 1)
    voices = options.voices.split(",")
    return make_others(options.out, texts, options.command, voices=voices, count=options.count, seed=options.seed + 1)


def record(options: argparse.Namespace, known: Pronunciations) -> None:
    """Make recordings of held-out voices."""
    sentences = _lines(options.sentences)
    spoken = [text for text in sentences if all(word in known for word in text.split())]
    print(f"{len(sentences) - len(spoken)} sentences have a word without a pronunciation and are left out")
    natural = Kokoro(options.kokoro, known) if options.kokoro is not None else None
    network = Piper(options.piper) if options.piper is not None else None
    voices = natural_voices(SETS[options.set], natural, network, options.festival)
    print(f"{write_recordings(options.out, voices, spoken)} recordings in {options.out}")


def _lines(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def train(options: argparse.Namespace, known: Pronunciations) -> None:
    """Train for the given time and write the checkpoint after each pass, so that an interrupted run is not lost."""
    speech = [said for folder in options.speech for said in read_speech(folder)]
    speech += [copy for folder in options.varied for said in read_speech(folder) for copy in rate_copies(said, 4)]
    alignable = [
        (said, wanted)
        for said in speech
        for wanted in [script(said.text, PHONES, known)]
        if outputs_of(len(said.samples)) > len(wanted.outputs) + SPARE
    ]
    hours = sum(len(said.samples) for said, _ in alignable) / 16_000 / 3600
    print(f"{len(alignable)} utterances, {hours:.2f} h", flush=True)
    torch.manual_seed(options.seed)
    network = Network(len(PHONES), options.width)
    plan = Plan(options.minutes, rate=options.rate, seed=options.seed)
    trainer = Trainer([said for said, _ in alignable], [wanted for _, wanted in alignable], network, len(PHONES), plan)
    passes = AFRESH
    if options.start is not None:
        passes = ONGOING
        layers, _ = read_model(options.start / "am" / "final.mdl")
        trainer.align(layers)
        if continue_from(layers, network, trainer.priors(), options.seed):
            trainer.settle()
            print("going on from the weights of the earlier model", flush=True)
    for line in trainer.run(passes):
        Checkpoint(network, trainer.priors()).save(options.out)
        print(line, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.voice_forge", description=__doc__)
    parser.add_argument("--dictionary", type=Path, help="in CMUdict's format; pocketsphinx's when not given")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default 1)")
    parser.add_argument("--seed", type=int, default=11)
    steps = parser.add_subparsers(dest="step", required=True)
    robots = steps.add_parser("robots", help="speech of espeak-ng and flite")
    robots.add_argument("--count", type=int, default=9_000, help="utterances")
    robots.add_argument("--out", type=Path, required=True)
    natural = steps.add_parser("natural", help="speech of Kokoro")
    natural.add_argument("--kokoro", type=Path, required=True, help="folder with its unpacked wheels")
    natural.add_argument("--minutes", type=float, default=15, help="of computing")
    natural.add_argument("--out", type=Path, required=True)
    others = steps.add_parser("others", help="speech of any program that writes WAV files")
    others.add_argument("--command", required=True, help="with {voice}, {file}, {speed}, {pitch}; it reads the text")
    others.add_argument("--voices", required=True, help="names, with commas between them")
    others.add_argument("--count", type=int, default=4_000, help="utterances")
    others.add_argument("--out", type=Path, required=True)
    for step in (robots, natural, others):
        step.add_argument("--own", type=int, default=80, help="sentences of each of the assistant's intents to draw")
        step.add_argument("--without", type=Path, nargs="*", default=[], help="files of sentences that are kept back")
    training = steps.add_parser("train", help="the network")
    training.add_argument("speech", type=Path, nargs="+", help="folders of the two steps above")
    training.add_argument("--varied", type=Path, nargs="*", default=[], help="folders heard at four playing rates")
    training.add_argument("--start", type=Path, help="model folder whose alignment and weights it starts from")
    training.add_argument("--minutes", type=float, default=50)
    training.add_argument("--rate", type=float, default=RATE, help="of learning at its height")
    training.add_argument("--width", type=int, default=256, help="channels of each layer")
    training.add_argument("--out", type=Path, required=True, help="checkpoint")
    export = steps.add_parser("export", help="a model folder for vosk")
    export.add_argument("checkpoint", type=Path)
    export.add_argument("--template", type=Path, required=True, help="model folder whose graph and settings are taken")
    export.add_argument(
        "--garbage", type=float, default=GARBAGE, help="added to the best phone's score: larger rejects more"
    )
    export.add_argument("--out", type=Path, required=True)
    held_out = steps.add_parser("recordings", help="WAV files of voices that trained nothing, for ivi voice report")
    held_out.add_argument("--set", choices=[name for name in SETS if name != "training"], default="report")
    held_out.add_argument("--sentences", type=Path, required=True, help="a sentence a line")
    held_out.add_argument("--kokoro", type=Path, help="folder with its unpacked wheels; without it, no Kokoro voice")
    held_out.add_argument("--piper", type=Path, help="the .onnx of piper's joe; without it, not that voice")
    held_out.add_argument("--festival", help="command of festival's text2wave, with {voice} and {file}")
    held_out.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    sys.exit(main())
