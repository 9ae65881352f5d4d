# SPDX-License-Identifier: Apache-2.0
"""What the voice remembers is there after a restart, bounded, and begins anew when its file is damaged."""

from pathlib import Path

import pytest

from ivi.model.errors import ConfigurationError, ResourceExhaustedError
from ivi.voice.dialogue.notebook import MAX_PLACES, MAX_REMINDERS, MAX_TEXT, Notebook, Place


def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Notebook(tmp_path / "notebook.db")
    later = first.remind(2000, "call home")
    sooner = first.remind(1000, "stop")
    first.keep_place(Place("home", 48.0, 11.0))
    first.allow("read_aloud", allowed=True)
    first.close()
    second = Notebook(tmp_path / "notebook.db")
    assert second.reminders() == [sooner, later]
    assert second.place("home") == Place("home", 48.0, 11.0)
    assert second.is_allowed("read_aloud")
    second.forget_reminders([sooner.id])
    second.forget_place("home")
    second.allow("read_aloud", allowed=False)
    assert (second.reminders(), second.places(), second.is_allowed("read_aloud")) == ([later], [], False)
    second.close()


def test_it_is_bounded(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "notebook.db")
    for number in range(MAX_REMINDERS):
        assert len(notebook.remind(number, "x" * 500).text) == MAX_TEXT
    with pytest.raises(ResourceExhaustedError):
        notebook.remind(0, "one more")
    for number in range(MAX_PLACES):
        notebook.keep_place(Place(f"place {number}", 0.0, 0.0))
    with pytest.raises(ResourceExhaustedError):
        notebook.keep_place(Place("one more", 0.0, 0.0))
    notebook.keep_place(Place("place 3", 1.0, 1.0))
    notebook.close()


def test_a_damaged_file_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "notebook.db").write_bytes(b"this is no database, and long enough to be looked at" * 100)
    notebook = Notebook(tmp_path / "notebook.db")
    assert notebook.reminders() == []
    notebook.close()


def test_a_folder_in_its_place_is_explained(tmp_path: Path) -> None:
    (tmp_path / "notebook.db").mkdir()
    with pytest.raises(ConfigurationError, match="notebook"):
        Notebook(tmp_path / "notebook.db")
