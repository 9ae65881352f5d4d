# SPDX-License-Identifier: Apache-2.0
"""A recogniser model that knows whole sentences only: the model's own files, linked, with two graphs of ours.

Vosk's own run-time grammar is a bigram over phrases and accepts mixtures of two; this one accepts the sentences and
nothing between them.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import automaton, openfst

FORMAT = "1"  # of the overlay; a change here makes new ones
GARBAGE = "[unk]"
GARBAGE_COST = 2.0  # natural log units of each stretch of other speech; at or below zero decoding takes for ever
FRAME_COST = -1.2  # natural log units of each 30 ms frame of it; -0.4 lets much through, -1.7 begins to refuse commands
NEEDED = ("am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst", "graph/words.txt")


@dataclass(frozen=True)
class Overlay:
    """A model folder that is ready to load."""

    path: Path
    sentences: int
    dropped: tuple[str, ...]
    """Sentences that were left out because the model lacks one of their words, each with the words in brackets."""


def read_words(model: Path) -> dict[str, int]:
    """The model's words and their numbers. Raises ConfigurationError when the model lacks a file or is damaged."""
    for name in NEEDED:
        if not (model / name).is_file():
            raise ConfigurationError(
                f"the voice model {model} has no {name}", hint="use a small (dynamic graph) vosk model, see ivi doctor"
            )
    try:
        rows = [line.split() for line in (model / "graph/words.txt").read_text(encoding="utf-8").splitlines()]
        words = {row[0]: int(row[1]) for row in rows}
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise ConfigurationError(f"{model}/graph/words.txt is damaged: {error}", hint="copy the model again") from error
    if GARBAGE not in words:
        raise ConfigurationError(f"the voice model {model} has no word {GARBAGE}", hint="use a model with it")
    return words


def build(model: Path, sentences: Iterable[str], folder: Path) -> Overlay:
    """The overlay of these sentences in `folder`, made now or found from last time; older ones there are removed.

    Raises ConfigurationError when the model cannot be used, no sentence is left, or the folder cannot be written.
    """
    words = read_words(model)
    wanted = sorted(set(sentences))
    unknown = {text: [word for word in text.split() if word not in words] for text in wanted}
    kept = [text for text in wanted if not unknown[text]]
    dropped = tuple(f"{text} [{' '.join(missing)}]" for text, missing in unknown.items() if missing)
    if not kept:
        raise ConfigurationError(f"the voice model {model} knows the words of no sentence", hint="use another model")
    target = folder / _key(model, kept)
    if not _is_whole(target):
        graph = automaton.build(tuple(words[word] for word in text.split()) for text in kept)
        try:
            _write(model, target, _graphs(model, graph, words[GARBAGE]))
        except OSError as error:
            raise ConfigurationError(
                f"cannot write the voice grammar to {target}: {error.strerror}", hint="set IVI_STATE_DIR"
            ) from error
    return Overlay(target, len(kept), dropped)


def _graphs(model: Path, grammar: automaton.Automaton, garbage: int) -> dict[str, bytes]:
    """Files of the graph folder that are not the model's: the grammar, and the sounds with garbage made likelier.

    Without the second, garbage competes with one cost against a whole sentence and other speech becomes a command.
    Models whose graph is built differently keep theirs and reject less.
    """
    files = {"Gr.fst": openfst.to_bytes(grammar, openfst.Garbage(garbage, GARBAGE_COST))}
    sounds = openfst.with_loop_cost((model / "graph/HCLr.fst").read_bytes(), garbage, FRAME_COST)
    return files if sounds is None else {**files, "HCLr.fst": sounds}


def _key(model: Path, sentences: list[str]) -> str:
    """A name for this model with these sentences; another path, content or format is another name."""
    digest = hashlib.sha256(f"{FORMAT} {GARBAGE_COST} {FRAME_COST}\n{model.resolve()}\n".encode())
    for name in NEEDED:
        digest.update(hashlib.sha256((model / name).read_bytes()).digest())
    digest.update("\n".join(sentences).encode())
    return f"overlay-{digest.hexdigest()[:16]}"


def _is_whole(target: Path) -> bool:
    return all((target / name).is_file() for name in NEEDED)


def _write(model: Path, target: Path, graphs: dict[str, bytes]) -> None:
    """Make the folder beside its place and move it there, so that a crash leaves no half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob("overlay-*"):
        shutil.rmtree(old, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix="overlay-", dir=target.parent))
    for source in model.resolve().iterdir():
        if source.name != "graph":
            (new / source.name).symlink_to(source)
    (new / "graph").mkdir()
    for source in (model.resolve() / "graph").iterdir():
        if source.name not in graphs:
            (new / "graph" / source.name).symlink_to(source)
    for name, content in graphs.items():
        with (new / "graph" / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    new.rename(target)
