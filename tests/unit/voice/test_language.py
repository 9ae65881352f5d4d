# SPDX-License-Identifier: Apache-2.0
"""Sentences and what they mean, from the shipped English file; and files that cannot be used."""

from pathlib import Path

import pytest
import yaml

from ivi.model.errors import ConfigurationError
from ivi.model.signal import Scalar
from ivi.voice.dialogue.actions import ACTIONS, Outcome
from ivi.voice.dialogue.answers import Answers
from ivi.voice.grammar.model_files import read_words
from ivi.voice.nlu.language import Language, Match
from ivi.voice.process import MODEL, SENTENCES


@pytest.fixture(scope="module")
def english() -> Language:
    return Language(SENTENCES)


MEANINGS: list[tuple[str, str, dict[str, Scalar]]] = [
    ("set the temperature to twenty one degrees", "SetTemperature", {"temperature": 21}),
    ("Set the temperature to 21°C, please!", "SetTemperature", {"temperature": 21}),
    ("set it to 21.5", "SetTemperature", {"temperature": 21, "half": 0.5}),
    ("set the passenger temperature to nineteen", "SetTemperature", {"temperature": 19, "zone": "passenger"}),
    ("set the temperature on the driver side to 20", "SetTemperature", {"temperature": 20, "zone": "driver"}),
    ("set the front temperature to twenty", "SetTemperature", {"temperature": 20, "zone": "both"}),
    ("make it a little warmer", "ChangeTemperature", {"direction": 1}),
    ("it's too hot", "ChangeTemperature", {"direction": -1}),
    ("turn down the temperature", "ChangeTemperature", {"direction": -1}),
    ("set the fan to 60%", "SetFan", {"percent": 60}),
    ("set the fan speed to maximum", "SetFan", {"percent": 100}),
    ("turn the fan off", "SetFan", {"percent": 0}),
    ("turn the fan up", "ChangeFan", {"direction": 1}),
    ("make the fan slower", "ChangeFan", {"direction": -1}),
    ("turn on the air conditioning", "AirConditioning", {"active": True}),
    ("A/C off", "AirConditioning", {"active": False}),
    ("air conditioning off", "AirConditioning", {"active": False}),
    ("defrost the windshield", "Defrost", {"active": True, "pane": "front"}),
    ("turn off the rear window defrost", "Defrost", {"active": False, "pane": "rear"}),
    ("turn the defrost on", "Defrost", {"active": True}),
    ("How far can I drive?", "ReadRange", {}),
    ("what's the battery level", "ReadBattery", {}),
    ("how cold is it outside", "ReadOutsideTemperature", {}),
    ("what is the temperature in here", "ReadCabinTemperature", {}),
    ("how fast am i driving", "ReadSpeed", {}),
    ("What can I say?", "Help", {}),
    ("cancel", "Cancel", {}),
]


@pytest.mark.parametrize(("text", "intent", "slots"), MEANINGS)
def test_meaning(english: Language, text: str, intent: str, slots: dict[str, Scalar]) -> None:
    assert english.parse(text) == Match(intent, slots)


def test_every_intent_has_an_example_here(english: Language) -> None:
    assert {intent for _, intent, _ in MEANINGS} == set(english.intents) == set(ACTIONS)


@pytest.mark.parametrize(
    "text", ["", "  ", "?!", "drive me to the moon", "set the temperature", "temperature twenty one", "x" * 100_000]
)
def test_other_text_means_nothing(english: Language, text: str) -> None:
    assert english.parse(text) is None


def test_every_sentence_can_be_spoken_and_means_something(english: Language) -> None:
    words = read_words(MODEL)
    sentences = english.sentences()
    assert len(sentences) > 1000
    assert {word for text in sentences for word in text.split()} <= set(words)
    # Each thirteenth: all of them take seconds, and neighbours differ by a number only.
    for text in sentences[::13]:
        assert english.parse(text) is not None, text


def test_examples_are_sentences(english: Language) -> None:
    assert set(english.examples) <= set(english.sentences())


def test_every_answer_can_be_filled(english: Language) -> None:
    answers = Answers(english.answers, english.examples, english.intents, SENTENCES)
    names = ("degrees", "low", "high", "percent", "kilometers", "speed")
    for intent in english.intents:
        for key in english.answers[intent]:
            said = answers.of(intent, Outcome(ok=True, answer=key, values=dict.fromkeys(names, "7")))
            assert said[-1] == "."
            assert "{" not in said
    assert answers.not_understood() != answers.not_understood()


def _changed(tmp_path: Path, **changes: object) -> Path:
    data = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    file = tmp_path / "en.yaml"
    file.write_text(yaml.safe_dump({**data, **changes}), encoding="utf-8")
    return file


def test_bad_template_is_named(tmp_path: Path) -> None:
    file = _changed(tmp_path, intents={"Broken": {"data": [{"sentences": ["turn [the fan"]}]}})
    with pytest.raises(ConfigurationError, match="bad sentence template"):
        Language(file)


def test_missing_list_is_named(tmp_path: Path) -> None:
    file = _changed(tmp_path, intents={"Broken": {"data": [{"sentences": ["turn {nothing}"]}]}})
    with pytest.raises(ConfigurationError, match="nothing"):
        Language(file).sentences()


@pytest.mark.parametrize("content", ["", "[1, 2]", "intents: {}", "a: [", "\ud800"])
def test_file_that_is_no_language(tmp_path: Path, content: str) -> None:
    file = tmp_path / "en.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(ConfigurationError):
        Language(file)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read"):
        Language(tmp_path / "none.yaml")


def test_intent_without_action_or_answer(english: Language) -> None:
    with pytest.raises(ConfigurationError, match="OpenTrunk"):
        Answers(english.answers, english.examples, (*english.intents, "OpenTrunk"), SENTENCES)
    texts = {key: value for key, value in english.answers.items() if key != "not_understood"}
    with pytest.raises(ConfigurationError, match="not_understood"):
        Answers(texts, english.examples, english.intents, SENTENCES)
