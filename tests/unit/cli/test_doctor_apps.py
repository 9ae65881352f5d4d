# SPDX-License-Identifier: Apache-2.0
import os
import tempfile
from pathlib import Path

import pytest

from ivi.apphost.sandbox import systemd
from ivi.apphost.sandbox.box import Layer
from ivi.apphost.sandbox.launcher import CHOICE_VARIABLE
from ivi.cli.doctor import CHECKS, Verdict, _launcher, _sandbox

USUAL_PATH = os.environ["PATH"]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for; empty."""
    monkeypatch.delenv(CHOICE_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    systemd.may_start_units.cache_clear()
    return tmp_path


def test_without_bubblewrap_it_says_what_to_install(path: Path) -> None:
    for finding in (_launcher(), _sandbox()):
        assert finding.verdict is Verdict.MISSING
        assert "bubblewrap" in finding.found
        assert "install bubblewrap" in finding.fix


def test_it_names_the_launcher_and_who_chose_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path / "bwrap").write_text("#!/bin/sh\n")
    (path / "bwrap").chmod(0o755)
    assert _launcher().found == "bwrap"
    monkeypatch.setenv(CHOICE_VARIABLE, "bwrap")
    assert _launcher().found == f"bwrap, as {CHOICE_VARIABLE} says"
    monkeypatch.setenv(CHOICE_VARIABLE, "docker")
    assert _launcher().verdict is Verdict.MISSING


def test_a_sandbox_that_cannot_be_built_has_no_layers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root's apps run as another user, who has to reach the program too.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "bwrap").write_text("#!/bin/sh\necho 'bwrap: Unknown option --disable-userns'; exit 1\n")
        (folder / "bwrap").chmod(0o755)
        # What else the sandbox is built with is this machine's own.
        monkeypatch.setenv("PATH", f"{folder}:{USUAL_PATH}")
        finding = _sandbox()
    assert finding.verdict is Verdict.MISSING
    assert not any(layer.value in finding.found for layer in Layer)
    assert "0.8" in finding.fix


def test_both_are_asked() -> None:
    assert {_launcher, _sandbox} <= set(CHECKS)
