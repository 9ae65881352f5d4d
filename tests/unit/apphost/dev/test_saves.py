# SPDX-License-Identifier: Apache-2.0
"""Saves are noticed as editors make them, and what cannot run is named by its line."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ivi.apphost import scaffold
from ivi.apphost.dev import saves
from ivi.model.errors import ConfigurationError

DEADLINE = 20.0  # seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scaffold.create(tmp_path / "saved", "list")
    return tmp_path / "saved"


async def next_save(changes: AsyncIterator[list[str]]) -> list[str]:
    async with asyncio.timeout(DEADLINE):
        return await anext(changes)


def test_a_save_by_rename_is_one_save_of_the_file(folder: Path) -> None:
    async def run() -> list[str]:
        watch = saves.Saves(folder)
        try:
            changes = watch.follow()
            (folder / "app.py.tmp").write_text("x = 1\n")
            (folder / "app.py~").write_text("x = 1\n")
            (folder / "4913").write_text("")
            (folder / "4913").unlink()
            (folder / "app.py.tmp").rename(folder / "app.py")
            return await next_save(changes)
        finally:
            watch.close()

    assert asyncio.run(run()) == ["app.py"]


def test_new_folders_are_watched_and_tests_are_not(folder: Path) -> None:
    async def run() -> list[list[str]]:
        watch = saves.Saves(folder)
        try:
            changes = watch.follow()
            (folder / "tests" / "test_app.py").write_text("")
            (folder / "pages").mkdir()
            first = await next_save(changes)
            (folder / "pages" / "first.py").write_text("")
            return [first, await next_save(changes)]
        finally:
            watch.close()

    assert asyncio.run(run()) == [["pages"], ["pages/first.py"]]


def test_a_file_that_went_is_a_save(folder: Path) -> None:
    async def run() -> list[str]:
        watch = saves.Saves(folder)
        try:
            changes = watch.follow()
            (folder / "strings" / "en.toml").unlink()
            return await next_save(changes)
        finally:
            watch.close()

    assert asyncio.run(run()) == ["strings/en.toml"]


def test_what_cannot_run_is_named_by_its_line(folder: Path) -> None:
    assert saves.check(folder).app.id == "com.example.saved"
    source = folder / "app.py"
    text = source.read_text()
    source.write_text(text + "def broken(:\n")
    with pytest.raises(ConfigurationError, match=rf"app\.py:{text.count(chr(10)) + 1}: invalid syntax"):
        saves.check(folder)
    source.write_text("x = '\0'\n")
    with pytest.raises(ConfigurationError, match=r"app\.py:1: "):
        saves.check(folder)
