# SPDX-License-Identifier: Apache-2.0
"""The icons as files are the icons that the screen draws."""

import xml.etree.ElementTree as ET  # our own files
from pathlib import Path

import pytest

from tools import icons

NEEDED = {
    "tyre", "door", "seat", "seat_heat", "battery12", "cable", "route", "phone", "bell", "volume", "mute", "settings",
    "wrench", "lock", "unlock", "window", "light", "camera", "star", "download", "update", "globe", "person", "shield",
}  # fmt: skip


def drawn() -> dict[str, str]:
    return {name: icons.svg(path) for name, path in icons.glyphs(icons.GLYPHS.read_text("utf-8")).items()}


def test_files_and_glyphs_agree() -> None:
    assert icons.differences(icons.ICONS, drawn()) == []


def test_every_icon_that_the_pages_need_is_there() -> None:
    assert drawn().keys() >= NEEDED


def test_every_line_with_a_path_is_read() -> None:
    source = icons.GLYPHS.read_text("utf-8")
    assert len(icons.glyphs(source)) == source.count(': "M')


def test_a_file_is_one_path_on_a_grid_of_24() -> None:
    for file in sorted(icons.ICONS.glob("*.svg")):
        root = ET.fromstring(file.read_text("utf-8"))
        assert root.get("viewBox") == "0 0 24 24", file.name
        assert [child.tag.rpartition("}")[2] for child in root] == ["path"], file.name


def test_a_file_that_is_missing_stale_or_too_many_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.svg").write_text("")
    (tmp_path / "home.svg").write_text("<svg/>")
    assert icons.differences(tmp_path, {"home": icons.svg("M0 0"), "lock": icons.svg("M1 1")}) == [
        "home",
        "lock",
        "old",
    ]
    assert icons.main(["--check"]) == 0
    assert capsys.readouterr().out == ""
