# SPDX-License-Identifier: Apache-2.0
"""From a refusal to manifest lines, and tracebacks without what is not the app's."""

from pathlib import Path

import pytest

from ivi.apphost.dev.advice import refusal
from ivi.apphost.dev.traces import Place, Trace
from ivi.apphost.facility import REFUSED
from ivi.apphost.manifest import Manifest, read
from ivi.apphost.manifest_source import Source

MANIFEST = """[app]
id = "com.example.lacking"
name = "Lacking"
version = "1.0.0"
sdk = ">=1"
entry = "lacking.app:App"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["main"]
"""


@pytest.fixture
def app(tmp_path: Path) -> tuple[Manifest, Source]:
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    return read(tmp_path)


def test_the_lines_that_are_missing_make_a_good_manifest(app: tuple[Manifest, Source], tmp_path: Path) -> None:
    text = (
        "Vehicle.Speed may not be read by com.example.lacking "
        '(its manifest.toml would need [[permission]] use = "vehicle.read" paths = ["Vehicle.Speed"])'
    )
    found = refusal(REFUSED + text, *app)
    assert found is not None
    assert found.what == "Vehicle.Speed may not be read by com.example.lacking"
    (tmp_path / "manifest.toml").write_text(MANIFEST + "\n".join(found.lines))
    assert len(read(tmp_path)[0].permission) == 2


def test_a_kind_that_is_there_once_is_widened(app: tuple[Manifest, Source]) -> None:
    hint = 'its manifest.toml would need [[permission]] use = "ui" templates = ["pane"] surfaces = ["card"]'
    found = refusal(f"{REFUSED}it may not show the template pane ({hint})", *app)
    assert found is not None
    assert found.where == "manifest.toml, line 7"
    assert found.lines == ['templates = ["list", "pane"]']


def test_what_no_manifest_allows_has_no_lines(app: tuple[Manifest, Source]) -> None:
    found = refusal(f"{REFUSED}Vehicle.X may never be changed by an app (the brake is closed to all apps)", *app)
    assert found is not None
    assert found.lines == []


def test_other_lines_are_no_refusals(app: tuple[Manifest, Source]) -> None:
    assert refusal("running", *app) is None


def test_a_traceback_shows_the_apps_own_lines() -> None:
    trace = Trace()
    printed = [
        "before",
        "Traceback (most recent call last):",
        '  File "<frozen runpy>", line 198, in _run_module_as_main',
        '  File "/sdk/ivi/sdk/app.py", line 200, in run',
        "    self.on_start()",
        "    ~~~~~~~~~~~~~^^",
        '  File "/app/lacking/pages/first.py", line 7, in on_start',
        "    raise ValueError(x)",
        "ValueError: no such x",
        "after",
    ]
    assert [text for line in printed for text in trace.take(line)] == [
        "before", "pages/first.py:7, in on_start", "    raise ValueError(x)", "ValueError: no such x", "after",
    ]  # fmt: skip
    assert trace.place == Place("pages/first.py", 7)
    assert trace.error == "ValueError: no such x"
    assert trace.ended("it ended with status 1: ValueError: no such x") == (
        "it ended with status 1, see above (pages/first.py:7)"
    )
