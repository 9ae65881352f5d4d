# SPDX-License-Identifier: Apache-2.0
"""What other processes say reaches the driver in the language of the screen."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from pytestqt.qtbot import QtBot

from ivi.hmi import catalogues, process_words, sentences
from ivi.hmi.process_problems import PROBLEMS
from ivi.hmi.process_sentences import SENTENCES
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.services.resolution.findings import TITLES
from ivi.services.ux_restrictions import policy

_SPEC = importlib.util.spec_from_file_location("spoken_literals", Path(__file__).with_name("spoken_literals.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
spoken_literals = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(spoken_literals)

JUST_FILLED = {"7 7", "7 7: 7", "7; 7", "The vehicle bus 7 7", "7 frames a second, 7"}
"""Sentences that are made of two others, or whose gap is one of a few phrases: each of those has its own entry."""


@pytest.fixture
def german(qtbot: QtBot) -> Iterator[None]:
    translator, before = QTranslator(), QLocale()
    assert translator.load(str(catalogues.compiled("de")))
    QCoreApplication.installTranslator(translator)
    QLocale.setDefault(QLocale("de"))
    yield
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


def test_every_sentence_that_a_process_hands_to_the_screen_has_an_entry() -> None:
    said = dict(spoken_literals.spoken())
    assert len(said) > 100
    plain = {place: text.strip().removesuffix(".") for place, text in said.items()}
    missing = {
        place: text for place, text in plain.items() if text not in JUST_FILLED and not process_words.known(text)
    }
    assert missing == {}


def test_no_entry_is_there_for_nobody() -> None:
    assert len({*SENTENCES, *PROBLEMS}) == len(SENTENCES) + len(PROBLEMS)
    assert all(process_words.known(title) for title in TITLES.values())


@pytest.mark.parametrize(
    ("english", "german_words"),
    [
        ("driving at 87 km/h", "Fährt mit 87 km/h."),
        ("Voice does not answer.", "Sprache: keine Antwort."),
        ("Media waits for your agreement.", "Media wartet auf Ihre Zustimmung."),
        ("The vehicle bus can0 is silent.", "Der Fahrzeugbus can0 schweigt."),
        ("the car is not parked (driving at 5 km/h)", "Das Auto parkt nicht (Fährt mit 5 km/h)."),
        (
            "the car is not parked; the fleet has asked to wait",
            "Das Auto parkt nicht. Die Flotte hat um Warten gebeten.",
        ),
        ("Of nobody known: x", "Of nobody known: x."),
    ],
)
@pytest.mark.usefixtures("german")
def test_a_known_sentence_is_translated_with_what_fills_it(english: str, german_words: str) -> None:
    assert sentences.sentence(english) == german_words


@pytest.mark.usefixtures("qtbot")
def test_english_stays_as_the_process_wrote_it() -> None:
    assert sentences.sentence("driving at 87 km/h") == "Driving at 87 km/h."
    assert sentences.sentence("No microphone") == "No microphone."
    assert sentences.refusal(NotFoundError("no path Vehicle.X")) == "No path Vehicle.X."


@pytest.mark.usefixtures("german")
def test_an_error_that_nobody_knows_is_said_by_its_kind() -> None:
    assert sentences.refusal(UnavailableError("this is over")) == "Das ist vorbei."
    assert sentences.refusal(NotFoundError("no path Vehicle.X")) == "Dieses Auto hat das nicht."


def test_the_reasons_of_the_driving_state_are_among_them() -> None:
    still = policy.restrict(policy.Motion())
    assert process_words.known(still.reason)
