# SPDX-License-Identifier: Apache-2.0
"""What a model folder says of itself: its words, its phones, and how it pronounces its words."""

from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import openfst
from ivi.voice.lexicon.letter_to_sound import Pronunciation

GARBAGE = "[unk]"
SILENCE, NOISE = "SIL", "SPN_S"  # phones between words and of other speech
NEEDED = ("am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst", "graph/words.txt")
PHONES = "graph/phones.txt"  # Kaldi's own name; a model with it lets us build its graph anew
PHRASES = "phrases.json"  # of a folder whose model keeps its graphs: vosk's list of phrases
NO_WORDS = frozenset({"<eps>", "#0", "<s>", "</s>", GARBAGE})


@dataclass(frozen=True)
class Phones:
    """A model's phones, each a hidden state with one loop; the number of the loop's transition is one lower."""

    ids: dict[str, int]

    def enter(self, phone: str) -> int:
        """The transition into a phone (Kaldi numbers them from 1, two for each phone)."""
        return 2 * self.ids[phone]

    def can_say(self, pronunciation: Pronunciation) -> bool:
        """Whether the model has all of these phones."""
        return bool(pronunciation) and all(f"{phone}_B" in self.ids for phone in pronunciation)

    def placed(self, pronunciation: Pronunciation) -> list[str]:
        """The phones with their place in the word, which word times need: begin, inside, end or single."""
        last = len(pronunciation) - 1
        if last == 0:
            return [f"{pronunciation[0]}_S"]
        return [f"{phone}_{'B' if at == 0 else 'E' if at == last else 'I'}" for at, phone in enumerate(pronunciation)]


def read_words(model: Path) -> dict[str, int]:
    """The model's words and their numbers. Raises ConfigurationError when the model lacks a file or is damaged."""
    for name in NEEDED:
        if not (model / name).is_file():
            raise ConfigurationError(
                f"the voice model {model} has no {name}", hint="use a small (dynamic graph) vosk model, see ivi doctor"
            )
    words = _table(model / "graph/words.txt")
    if GARBAGE not in words:
        raise ConfigurationError(f"the voice model {model} has no word {GARBAGE}", hint="use a model with it")
    return words


def read_phones(model: Path) -> Phones | None:
    """The model's phones; None for a model that does not tell them, whose graph must then stay as it is.

    Raises ConfigurationError when the file is damaged.
    """
    if not (model / PHONES).is_file():
        return None
    ids = _table(model / PHONES)
    if SILENCE not in ids or NOISE not in ids:
        raise ConfigurationError(f"{model}/{PHONES} lacks {SILENCE} or {NOISE}", hint="copy the model again")
    return Phones(ids)


def read_lexicon(model: Path) -> dict[str, list[Pronunciation]]:
    """How the model pronounces its words, read back from its graph; empty when the graph is of another kind."""
    phones = read_phones(model)
    nodes = openfst.read((model / "graph/HCLr.fst").read_bytes())
    if phones is None or nodes is None:
        return {}
    names = {2 * number: name for name, number in phones.ids.items()}
    words = {number: word for word, number in read_words(model).items() if word not in NO_WORDS}
    lexicon: dict[str, list[Pronunciation]] = {}
    for node in nodes:
        for arc in node.arcs:
            if arc.olabel in words:
                found = _pronunciation(nodes, arc, names)
                if found:
                    lexicon.setdefault(words[arc.olabel], []).append(found)
    return lexicon


def _pronunciation(nodes: list[openfst.Node], arc: openfst.Arc, names: dict[int, str]) -> Pronunciation:
    """Phones from the arc of a word on, to its last one; empty when the graph is not what we take it for."""
    found: list[str] = []
    while arc.ilabel in names and len(found) < len(nodes):
        phone, _, place = names[arc.ilabel].partition("_")
        found.append(phone)
        if place in ("E", "S"):
            return tuple(found)
        state = arc.target
        onward = [following for following in nodes[state].arcs if following.target != state]
        if len(onward) != 1:
            return ()
        arc = onward[0]
    return ()


def _table(path: Path) -> dict[str, int]:
    try:
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        return {row[0]: int(row[1]) for row in rows if row}
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise ConfigurationError(f"{path} is damaged: {error}", hint="copy the model again") from error
