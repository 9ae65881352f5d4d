# SPDX-License-Identifier: Apache-2.0
"""The screen in another language: loaded while it runs, and left alone when that fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ivi.hmi import catalogues, sentences
from ivi.hmi.models import Models, singletons
from ivi.hmi.translator import Translator
from ivi.model.errors import ConfigurationError
from ivi.model.services import DrivingState

GERMAN = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context><name>Sentences</name>
<message><source>Parked</source><translation>Geparkt</translation></message>
</context>
</TS>
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues of this test, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shipped = catalogues.catalogue("en").read_bytes()
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    (tmp_path / "ivi_en.ts").write_bytes(shipped)
    (tmp_path / "ivi_de.ts").write_text(GERMAN)
    (tmp_path / "ivi_ar.ts").write_text(GERMAN.replace('"de"', '"ar"').replace("Geparkt", "متوقفة"))
    return tmp_path


@pytest.fixture
def models(qtbot: QtBot, folder: Path) -> Iterator[Models]:
    """Models with a translator; English again afterwards."""
    engine = QQmlApplicationEngine()
    models = singletons(engine)
    owner = QObject()
    translator = Translator(engine, models.language, models.notice, owner)
    yield models
    translator.change("en")
    del translator, owner, models, engine


def test_the_screen_speaks_another_language_and_back(models: Models) -> None:
    models.language.choose("de")
    assert models.language.property("code") == "de"
    assert sentences.driving(DrivingState.PARKED) == "Geparkt"
    models.language.choose("en")
    assert sentences.driving(DrivingState.PARKED) == "Parked"


def test_arabic_is_laid_out_from_right_to_left(models: Models) -> None:
    models.language.choose("ar")
    assert QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert models.language.property("rtl") is True
    models.language.choose("de")
    assert QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_english_has_its_plurals(models: Models) -> None:
    def waiting(count: int) -> str:
        return QCoreApplication.translate("Uplink", "%n records wait on board; none is lost.", "", count)

    assert waiting(1) == "1 record waits on board; it is not lost."
    assert waiting(3) == "3 records wait on board; none is lost."


def test_a_missing_catalogue_leaves_the_language_and_says_so(models: Models) -> None:
    models.language.choose("de")
    models.language.choose("fr")
    assert models.language.property("code") == "de"
    assert "cannot be shown" in str(models.notice.property("text"))


def test_a_damaged_catalogue_is_named(folder: Path) -> None:
    (folder / "ivi_fr.ts").write_text("<TS><context>")
    with pytest.raises(ConfigurationError, match=r"ivi_fr\.ts cannot be compiled"):
        catalogues.compiled("fr")


def test_a_catalogue_is_compiled_once_a_change(folder: Path) -> None:
    first = catalogues.compiled("de")
    made = first.stat().st_mtime_ns
    assert catalogues.compiled("de").stat().st_mtime_ns == made
    (folder / "ivi_de.ts").write_text(GERMAN.replace("Geparkt", "Abgestellt"))
    assert catalogues.compiled("de") != first


def test_a_cache_that_cannot_be_written_is_an_error_with_a_hint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "file"))
    with pytest.raises(ConfigurationError) as caught:
        catalogues.compiled("de")
    assert caught.value.hint
