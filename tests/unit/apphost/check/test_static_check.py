# SPDX-License-Identifier: Apache-2.0
"""What the check sees in files, with file, line and fix; and how findings are gathered."""

from pathlib import Path

import pytest

from ivi.apphost import scaffold
from ivi.apphost.catalogue import SignalCatalogue
from ivi.apphost.check import static
from ivi.apphost.check.findings import Finding, Severity, gathered
from ivi.vss.loader import load_catalogue


@pytest.fixture(scope="session")
def signals() -> SignalCatalogue:
    catalogue = load_catalogue()
    return SignalCatalogue(catalogue.get(path) for path in catalogue)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    scaffold.create(tmp_path / "tyres", "list")
    return tmp_path / "tyres"


def change(path: Path, old: str, new: str) -> int:
    """Replace text; returns the line where the new text begins."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return text[: text.index(old)].count("\n") + 1


def found(app: Path, signals: SignalCatalogue) -> list[tuple[str, str, str]]:
    return [(one.place, one.what, one.fix) for one in static.check(app, signals)]


def test_a_syntax_error(app: Path, signals: SignalCatalogue) -> None:
    line = change(app / "app.py", "class Tyres(App):", "class Tyres(App:")
    ((place, what, fix),) = found(app, signals)
    assert (place, fix) == (f"app.py:{line}", "correct the line")
    assert what.endswith(": class Tyres(App:")


def test_an_unknown_key_of_the_manifest(app: Path, signals: SignalCatalogue) -> None:
    line = change(app / "manifest.toml", "max_hz", "max_herz")
    ((place, what, fix),) = found(app, signals)
    assert place == f"manifest.toml:{line}"
    assert "max_herz" in what
    assert "did you mean `max_hz`" in fix


def test_a_signal_that_the_car_does_not_have(app: Path, signals: SignalCatalogue) -> None:
    line = change(app / "manifest.toml", "Vehicle.TripDuration", "Vehicle.TripDurations")
    ((place, what, fix),) = found(app, signals)
    assert place == f"manifest.toml:{line}"
    assert "Vehicle.TripDurations: this car has no such signal" in what
    assert "ivi signals list" in fix


def test_a_pattern_that_no_driver_can_judge(app: Path, signals: SignalCatalogue) -> None:
    line = change(app / "manifest.toml", "Vehicle.TripDuration", "Vehicle.Cabin.HVAC.**")
    ((place, what, _),) = found(app, signals)
    assert place == f"manifest.toml:{line}"
    assert "asks for " in what


def test_sharing_that_is_not_declared(app: Path, signals: SignalCatalogue) -> None:
    net = '[[permission]]\nuse = "net"\nhosts = ["api.example.com:443"]\nreason = "asks"\n\n[resources]'
    change(app / "manifest.toml", "[resources]", net)
    ((_, what, fix),) = found(app, signals)
    assert "does not say what it passes on" in what
    assert "data.share" in fix


@pytest.mark.parametrize(
    ("old", "new", "what", "fix"),
    [
        ("Icon.BATTERY", "Icon.BATERY", "there is no icon BATERY", "did you mean `BATTERY`?"),
        ("import tomllib", "import requests", "requests is not there in the car", "wheels/"),
        ("import tomllib", "import ivi.daemon.paths", "ivi.daemon.paths is not for apps", "ivi.sdk"),
        ('Fact(self.strings["now"],', f'Fact("{"x" * 41}",', "Fact: label has 41 characters", "at most 40"),
        ('Fact(self.strings["now"],', 'Fact("",', "Fact: label is empty", "write a word"),
        ('self.strings["now"]', 'self.strings["nou"]', "there is no string 'nou'", "add nou to strings/en.toml"),
    ],
)  # fmt: skip
def test_code(app: Path, signals: SignalCatalogue, old: str, new: str, what: str, fix: str) -> None:
    line = change(app / "app.py", old, new)
    hits = found(app, signals)
    assert [(place, said) for place, said, _ in hits] == [(f"app.py:{line}", what)]
    assert fix in hits[0][2]


def test_a_language_that_lacks_a_string(app: Path, signals: SignalCatalogue) -> None:
    text = (app / "strings" / "en.toml").read_text()
    (app / "strings" / "de.toml").write_text(text.replace('now = "Now"\n', ""))
    assert found(app, signals) == [("strings/de.toml", "now is missing here", "strings/en.toml has it")]


def test_a_wheel_for_one_machine(app: Path, signals: SignalCatalogue) -> None:
    (app / "wheels").mkdir()
    (app / "wheels" / "fast-1.0-cp313-cp313-linux_x86_64.whl").write_bytes(b"")
    (app / "wheels" / "calm-1.0-py3-none-any.whl").write_bytes(b"")
    places = [place for place, what, _ in found(app, signals) if "one kind of machine" in what]
    assert places == ["wheels/fast-1.0-cp313-cp313-linux_x86_64.whl"]


def test_an_app_without_tests(app: Path, signals: SignalCatalogue) -> None:
    (app / "tests" / "test_app.py").unlink()
    assert [what for _, what, _ in found(app, signals)] == ["the app has no tests"]


def test_the_same_finding_of_many_trials_is_one() -> None:
    one = Finding(Severity.WARNING, "w", "f", "b.py", 1, ("parked, slow",))
    two = Finding(Severity.ERROR, "e", "f", "c.py", 9, ("moving, slow",))
    again = Finding(Severity.WARNING, "w", "f", "b.py", 1, ("moving, slow",))
    assert gathered([one, two, again]) == [
        two, Finding(Severity.WARNING, "w", "f", "b.py", 1, ("parked, slow", "moving, slow"))
    ]  # fmt: skip
