# SPDX-License-Identifier: Apache-2.0
"""A recogniser model that knows whole sentences only: the model's own files, linked, with graphs of ours.

Vosk's own run-time grammar is a bigram over phrases and accepts mixtures of two; ours accepts the sentences and nothing
between them. What can be replaced depends on the model:

- one that tells its phones (graph/phones.txt) gets a graph of just the words that are wanted, new ones included;
- another one with plain graphs gets the grammar, with the words that it has;
- one whose graphs are of another kind (a stock model) keeps them and gets a list of phrases beside them.
"""

import hashlib
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import decoding_graph, model_files, openfst
from ivi.voice.grammar.automaton import Automaton
from ivi.voice.grammar.model_files import GARBAGE, NEEDED, PHRASES, Phones, read_words
from ivi.voice.lexicon.dictionary import Lexicon
from ivi.voice.lexicon.letter_to_sound import Pronunciation

FORMAT = "2"  # of the overlay; a change here makes new ones
GARBAGE_COST = 2.0  # natural log units of each stretch of other speech; at or below zero decoding takes for ever
FRAME_COST = -1.45  # natural log units of each 30 ms frame of it; -1.2 lets much through, -1.7 refuses commands
FREE_GARBAGE_COST = 6.0
"""Natural log units of other speech in dictation, above those of a word. Its frames cost nothing there, or a voice that
is hard to hear would be other speech altogether."""
PACE = {"frames-per-chunk": "9", "endpoint.rule2.min-trailing-silence": "0.28"}
"""Of conf/model.conf: 10 ms frames between two looks at the words so far (20 are usual; 9 cost a third more CPU), and
seconds of silence that end a sentence which is complete but could go on (0.5 is usual)."""
MAX_PHRASES = 20_000  # of such a list; 130 ms to prepare
KEPT = 2  # overlays of one context: the newest, and the one that may be loaded at this moment


@dataclass(frozen=True)
class Overlay:
    """A model folder that is ready to load."""

    path: Path
    sentences: int
    """How many can be said; 0 when any words can."""
    dropped: tuple[str, ...]
    """What was left out: sentences with their unknown words in brackets, words, and {lists} that stand for any text."""


@dataclass(frozen=True)
class Grammar:
    """What may be said in a context: an automaton over word numbers (None: any words), its words and their language."""

    graph: Automaton | None
    words: Mapping[str, str]
    dropped: tuple[str, ...]


@dataclass
class Words:
    """The words of a model, and those that it can be given."""

    model: Path
    numbers: dict[str, int]
    phones: Phones | None
    plain: bool
    """Whether the grammar can be replaced."""
    digest: str
    known: dict[str, list[Pronunciation]] = field(default_factory=dict)
    _lexicons: dict[str, Lexicon] = field(default_factory=dict)

    @classmethod
    def of(cls, model: Path) -> "Words":
        """Raises ConfigurationError when the model lacks a file or is damaged."""
        numbers = read_words(model)
        digest = hashlib.sha256(f"{FORMAT} {model.resolve()}\n".encode())
        for name in NEEDED:
            digest.update(hashlib.sha256((model / name).read_bytes()).digest())
        known = model_files.read_lexicon(model)
        phones = model_files.read_phones(model) if known else None
        plain = openfst.read((model / "graph/HCLr.fst").read_bytes()) is not None
        return cls(model, numbers, phones, plain, digest.hexdigest(), known)

    def pronounce(self, word: str, language: str) -> list[Pronunciation]:
        """The ways of saying a word that this model has phones for."""
        if self.phones is None:
            return []
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon(language, self.known if language == "en" else None)
        found = self._lexicons[language].pronounce(word)
        return [pronunciation for pronunciation in found if self.phones.can_say(pronunciation)]

    def can_say(self, word: str, language: str) -> bool:
        """Whether a sentence with this word can be recognised."""
        if self.phones is None:
            return word in self.numbers
        return word not in model_files.NO_WORDS and bool(self.pronounce(word, language))

    def numbered(self, words: Iterable[str]) -> dict[str, int]:
        """Numbers of words in a grammar: those of the model, or new ones where its graph is built anew."""
        if self.phones is None:
            return {word: self.numbers[word] for word in words}
        return {GARBAGE: 1} | {word: number for number, word in enumerate(sorted(words), 2)}


def write(words: Words, name: str, grammar: Grammar, folder: Path) -> Overlay:
    """The overlay of this grammar in `folder`, made now or found from last time; long unused ones are removed.

    Raises ConfigurationError when the folder cannot be written.
    """
    dropped = list(grammar.dropped)
    files = _files(words, grammar, dropped)
    digest = hashlib.sha256(f"{words.digest} {FRAME_COST}\n".encode())
    for file, content in sorted(files.items()):
        digest.update(f"{file} {len(content)}\n".encode() + content)
    target = folder / f"{name}-{digest.hexdigest()[:16]}"
    try:
        if _is_whole(target, files):
            os.utime(target)
        else:
            _write(words, target, files)
        _prune(folder, name)
    except OSError as error:
        raise ConfigurationError(
            f"cannot write the voice grammar to {target}: {error.strerror}", hint="set IVI_STATE_DIR"
        ) from error
    return Overlay(target, grammar.graph.count() if grammar.graph is not None else 0, tuple(dropped))


def _files(words: Words, grammar: Grammar, dropped: list[str]) -> dict[str, bytes]:
    """Files of the overlay that are not the model's, by their path."""
    pace = {"conf/model.conf": _paced(words.model / "conf/model.conf")}
    if not words.plain:
        return pace if grammar.graph is None else {**pace, PHRASES: _phrases(words, grammar.graph, dropped)}
    numbers = words.numbered(grammar.words)
    garbage = numbers.get(GARBAGE, words.numbers[GARBAGE])
    if grammar.graph is not None:
        gr = openfst.to_bytes(grammar.graph, openfst.Garbage(garbage, GARBAGE_COST))
    else:
        even = math.log(len(numbers))
        gr = openfst.word_loop({**dict.fromkeys(numbers.values(), even), garbage: even + FREE_GARBAGE_COST})
    if words.phones is None:
        sounds = openfst.with_loop_cost((words.model / "graph/HCLr.fst").read_bytes(), garbage, FRAME_COST)
        return pace | {"graph/Gr.fst": gr} | ({} if sounds is None else {"graph/HCLr.fst": sounds})
    said = {numbers[word]: words.pronounce(word, language) for word, language in grammar.words.items()}
    table = ["<eps> 0", *(f"{word} {number}" for word, number in numbers.items())]
    table += [f"{mark} {len(numbers) + at}" for at, mark in enumerate(("#0", "<s>", "</s>"), 1)]
    return {
        **pace,
        "graph/Gr.fst": gr,
        "graph/HCLr.fst": decoding_graph.build(words.phones, said, garbage, FRAME_COST if grammar.graph else 0.0),
        "graph/words.txt": ("\n".join(table) + "\n").encode(),
    }


def _paced(source: Path) -> bytes:
    """The model's settings with our pace in place of its own."""
    lines = source.read_text(encoding="utf-8").splitlines() if source.is_file() else []
    kept = [line for line in lines if line.lstrip("-").partition("=")[0].strip() not in PACE]
    return ("\n".join([*kept, *(f"--{name}={value}" for name, value in PACE.items())]) + "\n").encode()


def _phrases(words: Words, graph: Automaton, dropped: list[str]) -> bytes:
    """Vosk's list of phrases, the garbage last. What is too much is named, not dropped in silence."""
    names = {number: word for word, number in words.numbers.items()}
    phrases = [" ".join(names[label] for label in labels) for labels in islice(graph.sequences(), MAX_PHRASES)]
    more = graph.count() - len(phrases)
    if more:
        dropped.append(f"{more} more sentences than the {MAX_PHRASES} that a list may have")
    return json.dumps([*phrases, GARBAGE]).encode()


def _is_whole(target: Path, files: Mapping[str, bytes]) -> bool:
    return all((target / name).is_file() for name in (*NEEDED, *files))


def _prune(folder: Path, name: str) -> None:
    """Remove older overlays of this context, and what a crash left."""
    made = sorted(folder.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in made[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _write(words: Words, target: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder beside its place and move it there, so that a crash leaves no half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    model = words.model.resolve()
    ours = {Path(name).parent for name in files} | {Path()}
    for folder in sorted(ours):
        (new / folder).mkdir(exist_ok=True)
        for source in (model / folder).iterdir() if (model / folder).is_dir() else ():
            place = source.relative_to(model)
            if place not in ours and place.as_posix() not in files:
                (new / place).symlink_to(source)
    for name, content in files.items():
        with (new / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    new.rename(target)
