# SPDX-License-Identifier: Apache-2.0
"""Templates become exactly the sentences that hassil itself would write out, as a minimal automaton."""

from pathlib import Path
from typing import Any

import pytest
from hassil.intents import Intents, TextSlotList
from hassil.sample import sample_intents
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import contexts, openfst
from ivi.voice.grammar.model_files import read_words
from ivi.voice.grammar.overlay import Overlay
from ivi.voice.nlu.context_grammar import ContextGrammar
from ivi.voice.process import MODEL

LISTS: dict[str, Any] = {
    "zone": {"values": ["driver", {"in": "(front|both) seats", "out": "front"}]},
    "percent": {"range": {"from": 0, "to": 100, "step": 10}},
    "anything": {"wildcard": True},
}


def intents(*templates: str, **rules: str) -> Intents:
    """One intent with these templates."""
    data = {
        "language": "en",
        "intents": {"Test": {"data": [{"sentences": list(templates)}]}},
        "lists": LISTS,
        "expansion_rules": rules,
    }
    return Intents.from_dict(data)


def accepted(overlay: Overlay) -> set[str]:
    """Every sentence of an overlay, read back from its files."""
    words = {number: word for word, number in read_words(overlay.path).items()}
    nodes = openfst.read((overlay.path / "graph/Gr.fst").read_bytes())
    assert nodes is not None
    found: set[str] = set()
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while waiting:
        state, said = waiting.pop()
        if nodes[state].final == openfst.ONE and said:
            found.add(" ".join(said))
        arcs = [arc for arc in nodes[state].arcs if words[arc.olabel] != "[unk]"]
        waiting += [(arc.target, (*said, words[arc.olabel])) for arc in arcs]
    return found


def compiled(tmp_path: Path, context: ContextGrammar) -> Overlay:
    """The overlay of one context."""
    return contexts.build(MODEL, {"test": context}, tmp_path)["test"]


def sampled(source: Intents) -> set[str]:
    """What hassil writes out, in the words of a recogniser."""
    texts = (" ".join(text.casefold().replace("-", " ").split()) for _, text in sample_intents(source, language="en"))
    return {text for text in texts if text and not any(sign.isdigit() for sign in text)}


@pytest.mark.parametrize(
    "template",
    [
        "turn on the light",
        "(turn|switch) [the] light (on|off)",
        "turn[ed] [the] [seat] heat[er|ing] on",
        "[please] (set;the fan;now)",
        "warm {zone} to {percent} percent [now]",
        "set <what> to {percent}",
        "Play  some   music, please!",
        "re-start",
    ],
)
def test_same_sentences_as_hassil(tmp_path: Path, template: str) -> None:
    source = intents(template, what="[the] (fan|{zone} fan)")
    expected = {text.replace(",", "").replace("!", "") for text in sampled(source)}
    overlay = compiled(tmp_path, ContextGrammar(source))
    assert accepted(overlay) == expected
    assert overlay.sentences == len(expected)
    assert overlay.dropped == ()


WORD = st.sampled_from(["one", "two", "red", "blue", "light", "seat"])
PART = st.recursive(
    WORD | st.just("{zone}"),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(" ".join),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
        part.map(lambda one: f"[{one}]"),
    ),
    max_leaves=7,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PART, min_size=1, max_size=3))
def test_any_template(tmp_path_factory: pytest.TempPathFactory, templates: list[str]) -> None:
    source = intents("always this", *templates)
    assert accepted(compiled(tmp_path_factory.mktemp("grammar"), ContextGrammar(source))) == sampled(source)


def test_names_are_spelt(tmp_path: Path) -> None:
    """Contacts are known at run time; what cannot be pronounced is named and nothing else is lost."""
    source = intents("call {zone}")
    source.slot_lists["zone"] = TextSlotList.from_strings(["Anna", "José", "田中", "O'Neill [mobile]"], name="zone")
    overlay = compiled(tmp_path, ContextGrammar(source))
    assert accepted(overlay) == {"call anna", "call josé", "call o'neill", "call o'neill mobile"}
    assert overlay.dropped == ("田中",)


def test_whole_sentences_beside_the_templates(tmp_path: Path) -> None:
    context = ContextGrammar(intents("yes", "no"), sentences=("order pizza", "order 田中"))
    overlay = compiled(tmp_path, context)
    assert accepted(overlay) == {"yes", "no", "order pizza"}
    assert overlay.dropped == ("order 田中 [田中]",)


def test_lists_of_any_text_are_told(tmp_path: Path) -> None:
    overlay = compiled(tmp_path, ContextGrammar(intents("play {anything}", "stop")))
    assert accepted(overlay) == {"stop"}
    assert overlay.dropped == ("{anything}",)


def test_numbers_in_german(tmp_path: Path) -> None:
    source = intents("{percent} prozent")
    source.language = "de"
    overlay = compiled(tmp_path, ContextGrammar(source))
    assert {"zwanzig prozent", "null prozent"} <= accepted(overlay)


@pytest.mark.parametrize(
    ("template", "rules", "why"),
    [
        ("set {nothing}", {}, r"sentence 'set \{nothing\}' of Test: no list \{nothing\}"),
        ("set <nothing>", {}, "no rule <nothing>"),
        ("set <again>", {"again": "and <again>"}, "contains itself"),
        ("(one;two;three;four;five;six)", {}, "more than 5 parts"),
    ],
)
def test_bad_templates_are_named(tmp_path: Path, template: str, rules: dict[str, str], why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        compiled(tmp_path, ContextGrammar(intents("fine", template, **rules)))


def test_thousands_of_names_stay_small(tmp_path: Path) -> None:
    """A list in several templates is compiled once, and equal endings are shared."""
    source = intents("call {zone}", "(ring|phone) {zone} [now]", "what is the number of {zone}")
    syllables = ["ka", "lo", "mi", "nu", "pe", "ri", "so", "ta", "va", "zu"]
    names = [f"{a}{b} {c}{d}" for a in syllables for b in syllables for c in syllables for d in syllables[:2]]
    source.slot_lists["zone"] = TextSlotList.from_strings(names, name="zone")
    overlay = compiled(tmp_path, ContextGrammar(source))
    assert overlay.sentences == 6 * len(names)
    nodes = openfst.read((overlay.path / "graph/Gr.fst").read_bytes())
    assert nodes is not None
    assert len(nodes) < 1000
