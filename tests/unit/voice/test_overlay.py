# SPDX-License-Identifier: Apache-2.0
"""A model folder with a grammar of ours: made, found again, and refused when the model is not usable."""

import json
import shutil
from pathlib import Path

import pytest
from hassil.intents import Intents

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import contexts, openfst, overlay
from ivi.voice.grammar.model_files import NEEDED, PHONES, PHRASES, read_lexicon, read_words
from ivi.voice.grammar.overlay import Overlay
from ivi.voice.nlu.context_grammar import ContextGrammar
from ivi.voice.process import MODEL


def build(model: Path, sentences: list[str], folder: Path) -> Overlay:
    """The overlay of one context with just these sentences."""
    return contexts.build(model, {"home": contexts.of_sentences(sentences)}, folder)["home"]


def copied(tmp_path: Path, *without: str) -> Path:
    """A copy of the shipped model without some files."""
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    for name in without:
        (model / name).unlink()
    return model


def test_only_graphs_words_and_settings_are_new_files(tmp_path: Path) -> None:
    made = build(MODEL, ["make it warmer", "cancel"], tmp_path)
    assert made.sentences == 2
    assert made.dropped == ()
    files = {file for file in made.path.rglob("*") if file.is_file() and not file.is_symlink()}
    assert {file.relative_to(made.path).as_posix() for file in files} == {
        "graph/Gr.fst",
        "graph/HCLr.fst",
        "graph/words.txt",
        "conf/model.conf",
    }
    assert (made.path / "am/final.mdl").read_bytes() == (MODEL / "am/final.mdl").read_bytes()
    settings = (made.path / "conf/model.conf").read_text().splitlines()
    assert "--endpoint.rule2.min-trailing-silence=0.28" in settings
    assert "--beam=12.0" in settings
    assert len(settings) == len({line.partition("=")[0] for line in settings})


def test_words_that_cannot_be_pronounced_are_told(tmp_path: Path) -> None:
    made = build(MODEL, ["make it warmer", "call 田中 and Зоя now"], tmp_path)
    assert made.sentences == 1
    assert made.dropped == ("call 田中 and Зоя now [田中 Зоя]",)


def test_new_words_get_a_graph(tmp_path: Path) -> None:
    """The overlay is a model of its own, from which the new words' sounds can be read back."""
    made = build(MODEL, ["frobnicate the flux now"], tmp_path)
    assert made.dropped == ()
    assert read_words(made.path).keys() == {"<eps>", "[unk]", "frobnicate", "the", "flux", "now", "#0", "<s>", "</s>"}
    lexicon = read_lexicon(made.path)
    assert lexicon["flux"] == [("F", "L", "AH", "K", "S")]
    assert lexicon["the"] == read_lexicon(MODEL)["the"]


def test_model_that_does_not_tell_its_phones_keeps_its_words(tmp_path: Path) -> None:
    made = build(copied(tmp_path, PHONES), ["make it warmer", "frobnicate the flux now"], tmp_path / "cache")
    assert made.sentences == 1
    assert made.dropped == ("frobnicate the flux now [frobnicate flux]",)
    assert (made.path / "graph/words.txt").is_symlink()
    assert not (made.path / "graph/HCLr.fst").is_symlink()


def test_all_words_make_the_graph_of_the_model(tmp_path: Path) -> None:
    """Built anew from what was read back, the graph is what it was, but for the cost of other speech."""
    made = contexts.build(MODEL, {"free": ContextGrammar(Intents(intents={}, language="en"), free=True)}, tmp_path)[
        "free"
    ]
    assert made.sentences == 0
    ours, theirs = (openfst.read((model / "graph/HCLr.fst").read_bytes()) for model in (made.path, MODEL))
    assert ours is not None
    assert theirs is not None
    assert len(ours) == len(theirs)
    assert read_lexicon(made.path) == {word: sorted(sounds) for word, sounds in read_lexicon(MODEL).items()}


def test_second_time_nothing_is_written(tmp_path: Path) -> None:
    first = build(MODEL, ["cancel"], tmp_path)
    stamp = (first.path / "graph/Gr.fst").stat().st_mtime_ns
    assert build(MODEL, ["cancel"], tmp_path) == first
    assert (first.path / "graph/Gr.fst").stat().st_mtime_ns == stamp


def test_old_folders_go_but_for_the_last(tmp_path: Path) -> None:
    """The last one may be loaded at this moment."""
    made = [build(MODEL, [*["help"] * (count > 0), *["cancel"] * (count > 1), "undo"], tmp_path) for count in range(3)]
    assert not made[0].path.exists()
    assert {made[1].path, made[2].path} == set(tmp_path.iterdir())


def test_half_a_folder_is_made_again(tmp_path: Path) -> None:
    made = build(MODEL, ["cancel"], tmp_path)
    (made.path / "graph/Gr.fst").unlink()
    assert (build(MODEL, ["cancel"], tmp_path).path / "graph/Gr.fst").is_file()


def test_model_that_moved_is_linked_again(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    build(model, ["cancel"], tmp_path / "cache")
    model.rename(tmp_path / "elsewhere")
    made = build(tmp_path / "elsewhere", ["cancel"], tmp_path / "cache")
    assert (made.path / "am/final.mdl").is_file()


@pytest.mark.parametrize("missing", NEEDED)
def test_model_without_a_file(tmp_path: Path, missing: str) -> None:
    model = copied(tmp_path, missing)
    with pytest.raises(ConfigurationError, match=missing):
        build(model, ["cancel"], tmp_path / "cache")


def test_graphs_of_another_kind_are_left_alone(tmp_path: Path) -> None:
    """Such a model gets a list of phrases beside them, of the words that it has."""
    model = copied(tmp_path)
    (model / "graph/HCLr.fst").write_bytes(b"something else")
    made = build(model, ["make it warmer", "cancel", "frobnicate"], tmp_path / "cache")
    for name in ("graph/HCLr.fst", "graph/Gr.fst"):
        assert (made.path / name).samefile(model / name)
    assert json.loads((made.path / PHRASES).read_bytes()) == ["cancel", "make it warmer", "[unk]"]
    assert made.dropped == ("frobnicate [frobnicate]",)


def test_a_list_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlay, "MAX_PHRASES", 2)
    model = copied(tmp_path)
    (model / "graph/HCLr.fst").write_bytes(b"something else")
    made = build(model, ["warmer", "cooler", "cancel"], tmp_path / "cache")
    assert made.dropped == ("1 more sentences than the 2 that a list may have",)


def test_damaged_words(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    (model / "graph/words.txt").write_text("cancel not-a-number\n")
    with pytest.raises(ConfigurationError, match=r"words\.txt is damaged"):
        build(model, ["cancel"], tmp_path / "cache")
    (model / "graph/words.txt").write_text("cancel 5\n")
    with pytest.raises(ConfigurationError, match=r"no word \[unk\]"):
        build(model, ["cancel"], tmp_path / "cache")


def test_no_sentence_left(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no sentence of home"):
        build(MODEL, ["田中"], tmp_path)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write"):
        build(MODEL, ["cancel"], tmp_path / "file")


def test_names_of_a_model_that_takes_no_new_words_are_heard_freely(tmp_path: Path) -> None:
    """It writes them with its own words; the dialogue finds the name by its sound."""
    model = copied(tmp_path, PHONES)
    grammar = contexts.of_sentences(["call zebrowska", "cancel"])
    made = contexts.build(model, {"contacts": grammar, "home": grammar}, tmp_path / "cache")
    assert made["contacts"].sentences == 0
    assert made["home"].sentences == 1
