# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ivi.apphost.sandbox.runtime import runtime
from ivi.apphost.sandbox.staging import staged_sdk
from ivi.model.errors import ConfigurationError


def test_the_sdk_stands_alone(tmp_path: Path) -> None:
    folder = staged_sdk(tmp_path)
    assert sorted(path.name for path in (folder / "ivi").iterdir() if path.name != "__pycache__") == [
        "__init__.py",
        "model",
        "sdk",
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["ivi", "msgspec"]
    code = "import ivi.sdk, ivi.sdk.boot, sys; print('asyncio' in sys.modules, ivi.sdk.__file__)"
    done = subprocess.run(
        [sys.executable, "-s", "-S", "-P", "-c", code], env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["False", str(folder / "ivi" / "sdk" / "__init__.py")]


def test_it_is_compiled_and_old_ones_go(tmp_path: Path) -> None:
    old = tmp_path / "sdk-0123"
    old.mkdir()
    folder = staged_sdk(tmp_path)
    assert list(folder.glob("ivi/sdk/__pycache__/app.*.pyc"))
    assert not old.exists()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write"):
        staged_sdk(tmp_path / "file")


def test_no_folder_of_the_host_is_named_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path))
    arguments = runtime().arguments
    inside = {arguments[number + 2] for number, word in enumerate(arguments) if word == "--ro-bind"}
    assert all(path.startswith(("/usr", "/lib", "/etc/ld.so.cache", "/runtime/", "/sdk")) for path in inside)
    assert runtime().python.startswith(("/usr/bin/", "/runtime/python/bin/"))
