# SPDX-License-Identifier: Apache-2.0
"""Sentences and what they mean, from the shipped English file; and files that cannot be used."""

import random
from pathlib import Path
from string import Formatter

import pytest
from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference, TextChunk
from hassil.intents import Intents, RangeSlotList, TextSlotList
from hassil.recognize import recognize_all

from ivi.model.errors import ConfigurationError
from ivi.model.signal import Scalar
from ivi.voice.dialogue.actions import ACTIONS
from ivi.voice.dialogue.answers import Answers
from ivi.voice.dialogue.conversation import ABOUT
from ivi.voice.nlu.context_grammar import DICTATION
from ivi.voice.nlu.language import Language, Match
from ivi.voice.process import SENTENCES


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
    ("make it a little warmer", "ChangeTemperature", {"direction": 1, "little": True}),
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


@pytest.mark.parametrize(
    "text",
    ["", "  ", "?!", "drive me to the moon", "temperature twenty one of", "turn left at the corner", "x" * 100_000],
)
def test_other_text_means_nothing(english: Language, text: str) -> None:
    assert english.parse(text) is None


FOLDERS = sorted(path for path in SENTENCES.parent.iterdir() if path.is_dir())


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: str(path.name))
def language(request: pytest.FixtureRequest) -> Language:
    return Language(request.param)


def test_there_are_as_many_as_promised(english: Language) -> None:
    assert len(english.intents) >= 60
    assert english.templates >= 600


def test_every_intent_does_something(language: Language) -> None:
    assert set(language.intents) == set(ACTIONS) | ABOUT
    Answers(language, frozenset(ACTIONS))


def test_every_language_says_the_same(english: Language, language: Language) -> None:
    for name, entry in english.files.intents.items():
        other = language.files.intents[name]
        assert other["contexts"] == entry["contexts"], name
        assert set(other["answers"]) == set(entry["answers"]), name
        assert bool(other["example"]) == bool(entry["example"]), name
    for part in ("answers", "questions", "confirm", "suggestions"):
        assert set(getattr(language.files, part)) == set(getattr(english.files, part)), part
    for slot, values in english.files.words.items():
        assert set(language.files.words.get(slot, {})) == set(values), slot


def test_answers_name_the_same_values(english: Language, language: Language) -> None:
    for name, entry in english.files.intents.items():
        for key, text in entry["answers"].items():
            assert fields(language.files.intents[name]["answers"][key]) <= fields(text), f"{name}.{key}"
            assert str(text)[-1] in ".?}", f"{name}.{key}"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_each_example_means_its_intent(language: Language) -> None:
    for name, entry in language.files.intents.items():
        for context in entry["contexts"] if entry["example"] else ():
            found = language.parse(entry["example"], context)
            assert found is not None, f"{name} in {context}"
            assert found.intent == name, f"{name} in {context}"


def test_suggestions_can_be_said(language: Language) -> None:
    for context, texts in language.files.suggestions.items():
        assert 0 < len(texts) <= 6
        for text in texts:
            assert context == DICTATION or language.parse(text, context) is not None, f"{text!r} in {context}"


def test_no_sentence_means_two_things(language: Language) -> None:
    """A sentence of each template, chosen anew for each word that can vary, means its own intent and no other."""
    choose = random.Random(5)
    for context, grammar in language.contexts(NAMES).items():
        for name, intent in grammar.intents.intents.items() if context != DICTATION else ():
            for block in intent.data:
                for template in block.sentences:
                    for _ in range(3):
                        text = sample(template.expression, grammar.intents, choose)
                        meant = {found.intent.name for found in recognize_all(text, grammar.intents)}
                        assert meant == {name}, f"{context}: {text!r} of {template.text!r} means {meant}"


NAMES = {
    "contact": ("Anna Weber", "Jean-Luc"),
    "place": ("Lake", "Bakery"),
    "title": ("Slow Tide", "Meridian"),
    "app": ("Media", "Parking"),
    "choice": ("Uncle Tom",),
}


def sample(part: Expression, intents: Intents, choose: random.Random) -> str:
    """One of the sentences that a part of a template stands for."""
    if isinstance(part, TextChunk):
        return part.text
    if isinstance(part, (Alternative, Permutation)):
        return sample(choose.choice(part.items), intents, choose)
    if isinstance(part, Group):
        return "".join(sample(one, intents, choose) for one in part.items)
    if isinstance(part, RuleReference):
        return sample(intents.expansion_rules[part.rule_name].expression, intents, choose)
    assert isinstance(part, ListReference)
    values = intents.slot_lists[part.list_name]
    if isinstance(values, RangeSlotList):
        return str(choose.choice(range(values.start, values.stop + 1, values.step)))
    assert isinstance(values, TextSlotList)
    return sample(choose.choice(values.values).text_in, intents, choose)


def _changed(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "climate.yaml").write_text(text, encoding="utf-8")
    return folder


def test_bad_template_is_named_with_its_file(tmp_path: Path) -> None:
    folder = _changed(tmp_path, "language: en\nintents: {Broken: {data: ['turn [the fan']}}\n")
    with pytest.raises(ConfigurationError, match=r"climate\.yaml: Broken: bad sentence template"):
        Language(folder)


def test_missing_list_is_named(tmp_path: Path) -> None:
    folder = _changed(tmp_path, "language: en\nintents: {Broken: {data: ['turn {nothing}']}}\n")
    with pytest.raises(ConfigurationError, match="nothing"):
        Language(folder).sentences()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1, 2]",
        "intents: {}",
        "a: [",
        "\ud800",
        "language: en\nintents: {yes: {data: [a]}}",
        "intents: {A: {data: [a]}}",
    ],
)
def test_file_that_is_no_language(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(ConfigurationError):
        Language(folder)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read"):
        Language(tmp_path / "none")


def test_intent_in_two_files(tmp_path: Path) -> None:
    folder = _changed(tmp_path, "language: en\nintents: {Twice: {data: [a]}}\n")
    (folder / "other.yaml").write_text("intents: {Twice: {data: [b]}}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="Twice"):
        Language(folder)


def test_intent_without_action(english: Language) -> None:
    with pytest.raises(ConfigurationError, match="OpenBoot"):
        Answers(english, frozenset(ACTIONS) - {"OpenBoot"})
