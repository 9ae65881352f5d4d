# SPDX-License-Identifier: Apache-2.0
import asyncio
from pathlib import Path

import pytest

from ivi.apphost.sandbox import systemd
from ivi.apphost.sandbox.box import Box
from ivi.apphost.sandbox.launcher import CHOICE_VARIABLE, choose
from ivi.model.errors import ConfigurationError


@pytest.fixture
def bwrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a bwrap in it, and nothing else on the path."""
    monkeypatch.delenv(CHOICE_VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    systemd.may_start_units.cache_clear()
    return program


def test_bubblewrap_is_the_default(bwrap: Path) -> None:
    assert choose().name == "bwrap"


def test_without_bubblewrap_and_systemd_there_is_none(bwrap: Path) -> None:
    bwrap.unlink()
    with pytest.raises(ConfigurationError, match="bubblewrap") as caught:
        choose()
    assert caught.value.hint


def test_the_variable_decides(bwrap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE_VARIABLE, "systemd")
    assert choose().name == "systemd"
    monkeypatch.setenv(CHOICE_VARIABLE, "bwrap")
    assert choose().name == "bwrap"
    monkeypatch.setenv(CHOICE_VARIABLE, "docker")
    with pytest.raises(ConfigurationError, match="docker"):
        choose()


def test_bwrap_that_was_asked_for_is_not_replaced(bwrap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bwrap.unlink()
    monkeypatch.setenv(CHOICE_VARIABLE, "bwrap")
    with pytest.raises(ConfigurationError):
        choose()


def test_who_may_not_start_units_is_told_so(bwrap: Path) -> None:
    # No systemd-run is on the path, whoever runs this.
    box = Box(memory_mb=64, processes=1, tmp_mb=1, entry="--probe")
    with pytest.raises(ConfigurationError, match="may not start units"):
        asyncio.run(systemd.SystemdLauncher().spawn(box, -1))
