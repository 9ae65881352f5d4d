# SPDX-License-Identifier: Apache-2.0
"""Every text has a translation in every language, with its placeholders, and fits where the English one fits."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from ivi.hmi import app, catalogues
from ivi.hmi.screen import items
from ivi.hmi.shots.stage import Scene, Stage
from ivi.hmi.translator import Translator

ROOT = Path(__file__).resolve().parents[4]
OTHERS = [code for code in catalogues.NAMES if code != catalogues.SOURCE]
PLACEHOLDER = re.compile(r"%L?\d|%n|\{\w*\}")
SIZES = ((1280, 720), (1024, 600))


def test_no_text_is_missing_and_none_is_left_over() -> None:
    command = [sys.executable, str(ROOT / "tools" / "languages.py"), "--check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False, env=environment)
    assert (done.returncode, done.stdout) == (0, "0 texts are not translated\n"), done.stderr


@pytest.mark.parametrize("code", OTHERS)
def test_placeholders_survive(code: str) -> None:
    wrong = []
    for message in ElementTree.parse(catalogues.catalogue(code)).getroot().iter("message"):
        source, translation = message.findtext("source") or "", message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        wanted = Counter(PLACEHOLDER.findall(source))
        wrong += [(source, form) for form in forms if Counter(PLACEHOLDER.findall(form)) != wanted or not form.strip()]
    assert wrong == []


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    """The whole screen without a car, and English again afterwards."""
    app.load_fonts()
    engine = QQmlApplicationEngine()
    stage = Stage(engine)
    translator = Translator(engine, stage.models.language, stage.models.notice, stage)
    yield stage
    translator.change(catalogues.SOURCE)
    stage.close()
    engine.deleteLater()
    QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def cut(stage: Stage) -> dict[tuple[str, tuple[int, int], str], str]:
    """Texts that do not fit, by page, size and the item's place in the tree."""
    found = {}
    stage.play(Scene.PARKED)
    for width, height in SIZES:
        stage.window.resize(width, height)
        for page in stage.reachable():
            stage.go(page)
            stage.settle()
            for item in items(stage.window.contentItem()):
                if item.isVisible() and item.inherits("QQuickText") and item.property("truncated"):
                    found[page, (width, height), place(item, stage.window.contentItem())] = str(item.property("text"))
    return found


def place(item: QQuickItem, root: QQuickItem) -> str:
    """Where an item lies in the tree: its kinds and numbers from the root."""
    steps = []
    while item != root:
        above = item.parentItem()
        steps.append(f"{item.metaObject().className()}{above.childItems().index(item)}")
        item = above
    return "/".join(reversed(steps))


def test_what_fits_in_english_fits_in_every_language(stage: Stage) -> None:
    english = cut(stage)
    longer = []
    for code in OTHERS:
        stage.models.language.choose(code)
        assert stage.models.language.property("code") == code
        longer += [
            f"{code} {page} {size[0]}x{size[1]}: {text}"
            for (page, size, where), text in cut(stage).items()
            if (page, size, where) not in english
        ]
    assert longer == [], "\n".join(longer)
