# SPDX-License-Identifier: Apache-2.0
"""Apps' sentences: what a template stands for, and what is refused with its line and fix."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost.intents.sentences import MAX_PHRASES, load
from ivi.apphost.intents.template import TemplateError, parse
from ivi.apphost.manifest import Manifest
from ivi.apphost.manifest import load as load_manifest
from ivi.model.app_intents import Phrase
from ivi.model.errors import ConfigurationError

MANIFEST = """
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
[[permission]]
use = "voice"
intents = ["charging.find", "charging.stop"]
reason = "test"
"""
GOOD = """
[intents."charging.find"]
sentences = ["Find [a] charger [near {place}]"]
[intents."charging.stop"]
sentences = ["(stop|end) charging"]
[lists]
place = ["home", { said = "the office", value = "office" }]
"""


def read(folder: Path, text: str, name: str = "en.toml") -> dict[str, list[Phrase]]:
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "sentences").mkdir(exist_ok=True)
    (folder / "sentences" / name).write_text(text)
    return load(folder, load_manifest(folder))


def test_every_sentence_is_found_with_its_slots(tmp_path: Path) -> None:
    phrases = read(tmp_path, GOOD)["en"]
    assert {(phrase.text, phrase.intent, phrase.slots.get("place", "")) for phrase in phrases} == {
        ("find charger", "charging.find", ""), ("find a charger", "charging.find", ""),
        ("find charger near home", "charging.find", "home"), ("find a charger near home", "charging.find", "home"),
        ("find charger near the office", "charging.find", "office"),
        ("find a charger near the office", "charging.find", "office"),
        ("stop charging", "charging.stop", ""), ("end charging", "charging.stop", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a [b [c]]", {"a", "a b", "a b c"}),
        ("(a|b c) {x:slot}", {"a one", "a two words", "b c one", "b c two words"}),
        ("it's über-easy", {"it's über-easy"}),
    ],
)
def test_templates_stand_for_their_sentences(template: str, expected: set[str]) -> None:
    parsed = parse(template, {"x": [("one", "1"), ("two words", "2")]})
    spoken = list(parsed.spoken())
    assert {" ".join(one.words) for one in spoken} == expected
    assert parsed.count() == len(spoken)


def test_counting_costs_nothing_however_many_there_are() -> None:
    assert parse("(a|b)" * 40, {}).count() == 2**40


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("[near {place}]", "[near {place}", "line 3", "']' is missing"),
        ("[near {place}]", "near {place}]", "line 3", "']' closes nothing"),
        ("[near {place}]", "[near {nowhere}]", "line 3", "no list 'nowhere'"),
        ("[near {place}]", "[near {Place}]", "line 3", "does not hold a name"),
        ("[near {place}]", "<rule>", "line 3", "'<' cannot stand here"),
        ("[near {place}]", "[]", "line 3", "nothing between"),
        ("[near {place}]", "| near", "line 3", "outside of brackets"),
        ("[near {place}]", "24", "line 3", "no word that can be spoken"),
        ("[near {place}]", "(a|b)" * 9, "line 3", "stands for 1024"),
        ("[near {place}]", "[[[[[a]]]]]", "line 3", "nested more than 4"),
        ("(stop|end) charging", "find a charger", "line 5", "means charging.find already"),
        ('"charging.stop"', '"charging.sell"', "line 4", "does not ask for the intent 'charging.sell'"),
        ('"home"', '"route 66"', "line 7", "no word that can be spoken"),
        ("[lists]", "[list]", "", "unknown field"),
        ("[lists]", "[lists", "line 6", "cannot be read"),
    ],
)
def test_mistakes_are_named_with_line_and_fix(tmp_path: Path, old: str, new: str, line: str, text: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigurationError) as refused:
        read(tmp_path, GOOD.replace(old, new))
    assert "en.toml" in refused.value.message
    assert line in refused.value.message
    assert text in refused.value.message
    assert refused.value.hint


def test_files_are_bounded_and_named_after_languages(tmp_path: Path) -> None:
    many = "sentences = [" + ", ".join(f'"word{chr(97 + n // 26)}{chr(97 + n % 26)} (a|b|c)"' for n in range(30)) + "]"
    assert len(read(tmp_path, f'[intents."charging.find"]\n{many}')["en"]) == 90 <= MAX_PHRASES
    with pytest.raises(ConfigurationError, match="larger than"):
        read(tmp_path, GOOD + "#" * 40_000)
    read(tmp_path, GOOD)
    with pytest.raises(ConfigurationError, match="not named after a language"):
        read(tmp_path, GOOD, "english.toml")


def test_an_app_without_intents_needs_no_sentences_and_one_with_them_does(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text(MANIFEST.partition("[[permission]]")[0])
    assert load(tmp_path, load_manifest(tmp_path)) == {}
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    with pytest.raises(ConfigurationError, match="there is no sentence for them"):
        load(tmp_path, load_manifest(tmp_path))
    assert isinstance(load_manifest(tmp_path), Manifest)


@given(st.text(alphabet="ab[](){}|<>: -'1", max_size=40))
def test_no_text_makes_the_reader_fail_otherwise(template: str) -> None:
    try:
        parsed = parse(template, {"a": [("one", "1")]})
    except TemplateError:
        return
    assert parsed.count() >= 1
