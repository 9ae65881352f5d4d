# SPDX-License-Identifier: Apache-2.0
"""A model folder with a grammar of ours: made, found again, and refused when the model is not usable."""

import shutil
from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError
from ivi.voice.grammar import overlay
from ivi.voice.process import MODEL


def test_only_two_graphs_are_new_files(tmp_path: Path) -> None:
    made = overlay.build(MODEL, ["make it warmer", "cancel"], tmp_path)
    assert made.sentences == 2
    assert made.dropped == ()
    files = {file for file in made.path.rglob("*") if file.is_file() and not file.is_symlink()}
    assert {file.relative_to(made.path).as_posix() for file in files} == {"graph/Gr.fst", "graph/HCLr.fst"}
    assert (made.path / "am/final.mdl").read_bytes() == (MODEL / "am/final.mdl").read_bytes()
    assert (made.path / "conf/model.conf").is_file()


def test_unknown_words_are_told(tmp_path: Path) -> None:
    made = overlay.build(MODEL, ["make it warmer", "frobnicate the flux now"], tmp_path)
    assert made.sentences == 1
    assert made.dropped == ("frobnicate the flux now [frobnicate flux]",)


def test_second_time_nothing_is_written(tmp_path: Path) -> None:
    first = overlay.build(MODEL, ["cancel"], tmp_path)
    stamp = (first.path / "graph/Gr.fst").stat().st_mtime_ns
    assert overlay.build(MODEL, ["cancel"], tmp_path) == first
    assert (first.path / "graph/Gr.fst").stat().st_mtime_ns == stamp


def test_new_sentences_replace_the_old_folder(tmp_path: Path) -> None:
    first = overlay.build(MODEL, ["cancel"], tmp_path)
    second = overlay.build(MODEL, ["cancel", "help"], tmp_path)
    assert not first.path.exists()
    assert [second.path] == list(tmp_path.iterdir())


def test_half_a_folder_is_made_again(tmp_path: Path) -> None:
    made = overlay.build(MODEL, ["cancel"], tmp_path)
    (made.path / "graph/Gr.fst").unlink()
    assert (overlay.build(MODEL, ["cancel"], tmp_path).path / "graph/Gr.fst").is_file()


def test_model_that_moved_is_linked_again(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    overlay.build(model, ["cancel"], tmp_path / "cache")
    model.rename(tmp_path / "elsewhere")
    made = overlay.build(tmp_path / "elsewhere", ["cancel"], tmp_path / "cache")
    assert (made.path / "am/final.mdl").is_file()


@pytest.mark.parametrize("missing", overlay.NEEDED)
def test_model_without_a_file(tmp_path: Path, missing: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    (model / missing).unlink()
    with pytest.raises(ConfigurationError, match=missing):
        overlay.build(model, ["cancel"], tmp_path / "cache")


def test_graph_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    (model / "graph/HCLr.fst").write_bytes(b"something else")
    made = overlay.build(model, ["cancel"], tmp_path / "cache")
    assert (made.path / "graph/HCLr.fst").is_symlink()


def test_damaged_words(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(MODEL, model)
    (model / "graph/words.txt").write_text("cancel not-a-number\n")
    with pytest.raises(ConfigurationError, match=r"words\.txt is damaged"):
        overlay.build(model, ["cancel"], tmp_path / "cache")
    (model / "graph/words.txt").write_text("cancel 5\n")
    with pytest.raises(ConfigurationError, match=r"no word \[unk\]"):
        overlay.build(model, ["cancel"], tmp_path / "cache")


def test_no_sentence_left(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no sentence"):
        overlay.build(MODEL, ["frobnicate"], tmp_path)


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write"):
        overlay.build(MODEL, ["cancel"], tmp_path / "file")
