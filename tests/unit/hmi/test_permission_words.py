# SPDX-License-Identifier: Apache-2.0
"""Every sentence of the app host about permissions has words in every language, with the app's reasons in it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

import plugins
from ivi.apphost import manifest, words
from ivi.apphost.consent_desk import ACTIONS
from ivi.apphost.manifest import KINDS, Manifest
from ivi.hmi import catalogues, permission_words, sentences
from ivi.hmi.permission_sentences import PHRASES, SENTENCES
from ivi.model.apphost import AppState
from ivi.model.signal import Value

OURS = sorted(path.parent for path in Path(plugins.__file__).parent.rglob("manifest.toml"))
OTHERS = [code for code in catalogues.NAMES if code != catalogues.SOURCE]
DEFAULTS = {"shows you its pages", "remembers your settings"}
"""What apps need not say themselves: words of ours."""
TERMS: dict[str, list[dict[str, Any]]] = {
    "vehicle.read": [
        {"paths": ["Vehicle.Speed"]},
        {"paths": ["Vehicle.Chassis.ParkingBrake.IsEngaged", "Vehicle.Body.Windshield.Front.Wiping.Mode"], "max_hz": 5},
    ],
    "vehicle.actuate": [
        {"paths": ["Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed"], "when": when, "confirm": confirm}
        for when in ("parked", "always")
        for confirm in ("never", "first", "each")
    ],
    "net": [{"hosts": ["api.partner.example:443", "b.example:443"]}],
    "ui": [{"templates": ["list"], "surfaces": ["main"]}],
    "voice": [{"intents": ["charging.find"]}],
    "audio.focus": [{"kinds": ["media", "navigation", "alert"]}],
    "payment": [{"max_amount": "20.00", "currency": "EUR"}],
    "storage": [{"mb": 2}],
    "notify": [{"per_hour": 4}],
    "background": [{}],
    "location": [{"precision": "coarse"}, {"precision": "fine"}],
    "data.share": [
        {"purpose": "maps", "recipient": "Partner", "retention_days": 0},
        {"purpose": "maps", "recipient": "Partner", "retention_days": 30},
    ],
}


def asked() -> Iterator[manifest.Permission]:
    for use, variants in TERMS.items():
        for terms in variants:
            yield msgspec.convert({"use": use, "reason": "because", **terms}, manifest.Permission)


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest, qapp: QCoreApplication) -> Iterator[str]:
    before, translator = QLocale(), QTranslator()
    assert translator.load(str(catalogues.compiled(request.param)))
    QCoreApplication.installTranslator(translator)
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


def test_no_phrase_of_the_host_is_missing() -> None:
    phrases = {phrase for _, phrase in words.SIGNALS} | set(words.THINGS.values())
    assert phrases <= set(PHRASES)
    assert set(TERMS) == set(KINDS)


def test_titles_are_in_the_language(language: str) -> None:
    for permission in asked():
        title = words.said(permission)
        shown = permission_words.said(title)
        assert shown != title
        assert "{" not in shown
        for number in re.findall(r"\d+", title):
            assert number in shown
        left = set(re.findall(r"[A-Za-z]{4,}", title)) - {
            "partner",
            "Partner",
            "maps",
            "media",
            "navigation",
            "example",
            "pages",  # French has it, too, and the next
            "notifications",
        }
        assert not left & set(re.findall(r"[A-Za-z]{4,}", shown)), shown


def test_lists_of_phrases_that_contain_and_are_taken_apart(language: str) -> None:
    title = (
        "Read how hard the car speeds up, brakes and turns, doors and windows, heating and cooling, the boot and 3 "
        "more things"
    )
    shown = permission_words.said(title)
    for english in ("brakes", "windows", "heating", "boot", "things", " and "):
        assert english not in shown
    assert "3" in shown
    told = permission_words.said("Read how fast the car drives and body horn")
    assert told.endswith("body horn")
    assert "fast" not in told


def test_the_sheet_is_in_the_language(language: str) -> None:
    text = "It cannot run without the lines that have no switch. You can take all of it back at any time."
    shown = permission_words.told(text)
    assert "lines" not in shown
    assert "time" not in shown
    for action in ACTIONS:
        assert permission_words.said(action.title) != action.title
    changes: list[tuple[str, Value]] = [
        ("Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed", 40),
        ("Vehicle.Cabin.HVAC.IsAirConditioningActive", True),
        ("Vehicle.Cabin.Sunroof.Shade.IsOpen", False),
    ]
    for path, value in changes:
        told = permission_words.said(f"Klima wants to {words.change(path, value)}")
        assert "Klima" in told
        assert "wants" not in told
        assert "the " not in told


def test_an_app_that_waits_says_for_what(language: str) -> None:
    reason = "it wants to read how fast the car drives and to be spoken to and 2 more"
    shown = sentences.app(AppState.STOPPED_NEEDS_CONSENT, reason)
    assert "fast" not in shown
    assert "spoken" not in shown
    assert "2" in shown


def test_reasons_come_in_the_language_and_fall_back_to_english(language: str) -> None:
    reasons = {"en": "finds chargers", "de": "findet Ladestationen"}
    expected = reasons.get(language, "finds chargers")
    assert permission_words.reason("finds chargers", reasons) == expected
    assert expected in permission_words.quoted("finds chargers", reasons)
    assert permission_words.reason("only one", {}) == "only one"


def test_english_stays_english(qapp: QCoreApplication) -> None:
    for permission in asked():
        assert permission_words.said(words.said(permission)) == words.said(permission)
    assert permission_words.said("anything else") == "anything else"
    assert len(SENTENCES) == len(set(SENTENCES))


@pytest.mark.parametrize(
    "folder",
    sorted(path.parent for path in Path(plugins.__file__).parent.rglob("manifest.toml")),
    ids=lambda one: one.name,
)
def test_our_own_apps_have_reasons_in_every_language(folder: Path) -> None:
    asks: Manifest = manifest.load(folder)
    for permission in asks.permission:
        if permission.reason != type(permission).__struct_defaults__[-1] and manifest.use_of(permission) != "ui":
            assert set(manifest.reasons_of(permission)) == set(catalogues.NAMES), permission
