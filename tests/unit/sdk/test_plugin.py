# SPDX-License-Identifier: Apache-2.0
"""The pytest plugin as a partner meets it: in a folder of his own, whatever it is called, found by its entry point."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MANIFEST = """
[app]
id = "com.example.hello"
name = "Hello"
version = "1.0.0"
sdk = ">=1,<2"
entry = "hello.app:Hello"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
APP = """
from ivi.sdk import App, ListTemplate, Row
from .words import TITLE

class Hello(App):
    def on_start(self):
        self.show(ListTemplate(TITLE, [Row("hi", "Tap me")]))
"""
TEST = """
from hello.words import TITLE

def test_hello(app, host, clock, vehicle):
    app()
    assert host.shown.title == TITLE
"""


def run(folder: Path, site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": f"{ROOT}:{site}"}, capture_output=True, text=True, check=False,
        timeout=100,
    )  # fmt: skip


def test_an_app_tests_itself(tmp_path: Path) -> None:
    folder = tmp_path / "my-checkout"
    (folder / "tests").mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST)
    (folder / "app.py").write_text(APP)
    (folder / "words.py").write_text('TITLE = "Hello"')
    (folder / "tests" / "test_hello.py").write_text(TEST)
    site = tmp_path / "site"
    (site / "partner-1.dist-info").mkdir(parents=True)
    (site / "partner-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: partner\nVersion: 1\n")
    entry = "[pytest11]\nivi.sdk.testing = ivi.sdk.testing\n"
    (site / "partner-1.dist-info" / "entry_points.txt").write_text(entry)
    found = run(folder, site)
    assert found.returncode == 0, found.stdout + found.stderr
    named_too = run(tmp_path, site, "-p", "ivi.sdk.testing", f"{folder}/tests/test_hello.py::test_hello")
    assert named_too.returncode == 0, named_too.stdout + named_too.stderr

    (folder / "manifest.toml").write_text("[app")
    broken = run(folder, site)
    assert broken.returncode == 4
    assert "is not TOML" in broken.stderr
    assert "Traceback" not in broken.stderr
