# SPDX-License-Identifier: Apache-2.0
"""The runtime's own packages: wheels become a slot, a bad one never counts, and one that does not start goes back."""

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from update_lab import a_bundle, sized, tar

from ivi.cloud.updates import runtime_packages, slot_boot
from ivi.cloud.updates.artefact import Artefact, Kind
from ivi.cloud.updates.generations import Generations, SoftwareSet, item
from ivi.daemon.durable_file import NEW
from ivi.model.errors import InvalidArgumentError


def wheel(name: str, version: str, files: dict[str, str]) -> bytes:
    """A pure Python wheel (PEP 427)."""
    about = f"{name}-{version}.dist-info"
    files = files | {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in (files | {f"{about}/RECORD": record + f"{about}/RECORD,,\n"}).items():
            archive.writestr(path, text)
    return buffer.getvalue()


def runtime(version: str, main: str = "", inner: str = "") -> tuple[Artefact, bytes]:
    """A runtime of one wheel, with what its start does."""
    files = {
        "ivi/__init__.py": f"__version__ = {inner or version!r}\n",
        "ivi/__main__.py": main,
        "ivi/cli/__init__.py": "",
        "ivi/cli/main.py": "",
    }
    content = tar({f"wheels/ivi-{version}-py3-none-any.whl": wheel("ivi", version, files)})
    return sized(a_bundle(Kind.RUNTIME, "ivi", version, 1 << 20), content), content


def install(folder: Path, number: int, one: Artefact, content: bytes) -> Generations:
    """Make a set of it and switch."""
    generations = Generations(folder / "updates")
    file = folder / "file"
    file.write_bytes(content)
    generations.prepare(one, file, runtime_packages.build)
    generations.make(SoftwareSet(number=number, before=number - 1, items=[item(one)]))
    generations.switch(number)
    return generations


def start(state: Path) -> subprocess.CompletedProcess[str]:
    """What the launcher runs."""
    command = [sys.executable, slot_boot.__file__, str(state), "run"]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, cwd=state)


@pytest.mark.parametrize(
    ("artefact", "words"),
    [
        (runtime("9.1", inner="9.2"), "said to be 9.1 is 9.2"),
        ((sized(a_bundle(Kind.RUNTIME, "ivi", "9.1", 99), tar({"a": b""})), tar({"a": b""})), "no wheels"),
        (
            (
                sized(a_bundle(Kind.RUNTIME, "ivi", "9.1", 99), tar({"wheels/x-1-py3-none-any.whl": b"no zip"})),
                tar({"wheels/x-1-py3-none-any.whl": b"no zip"}),
            ),
            "failed",
        ),
    ],
)
def test_a_runtime_that_is_no_good_never_counts(tmp_path: Path, artefact: tuple[Artefact, bytes], words: str) -> None:
    with pytest.raises(InvalidArgumentError, match=words):
        install(tmp_path, 1, *artefact)
    generations = Generations(tmp_path / "updates")
    assert generations.current().number == 0
    assert not list((tmp_path / "updates").glob(f"**/{NEW}*"))
    assert not list((tmp_path / "updates").glob("slots/*/*"))


def test_a_runtime_that_does_not_come_up_goes_back(tmp_path: Path) -> None:
    """Three starts, then the launcher takes the one before; a good one is left alone."""
    say = "import sys, ivi; print('runtime', ivi.__version__, sys.argv[1:])"
    install(tmp_path, 1, *runtime("9.1", say))
    assert start(tmp_path).stdout == "runtime 9.1 ['run']\n"
    generations = install(tmp_path, 2, *runtime("9.2", "raise SystemExit('broken')"))
    folder = tmp_path / "updates"
    trial = folder / slot_boot.TRIAL
    trial.write_text(json.dumps({"number": 2, "before": 1, "starts_left": 3}))
    for left in (2, 1, 0):
        assert start(tmp_path).returncode != 0
        assert json.loads(trial.read_text())["starts_left"] == left
    assert start(tmp_path).stdout == "runtime 9.1 ['run']\n"
    assert generations.current().number == 1
    assert json.loads((folder / slot_boot.FAILED).read_text())["number"] == 2
    assert not trial.exists()
    trial.write_text("no json")
    assert start(tmp_path).returncode == 0
    trial.write_text(json.dumps({"number": 7, "before": 1, "starts_left": 0}))
    assert start(tmp_path).returncode == 0
    assert generations.current().number == 1


def test_back_to_what_came_with_the_car(tmp_path: Path) -> None:
    install(tmp_path, 1, *runtime("9.1", "raise SystemExit('broken')"))
    (tmp_path / "updates" / slot_boot.TRIAL).write_text(json.dumps({"number": 1, "before": 0, "starts_left": 0}))
    slot_boot.count_down(tmp_path / "updates")
    assert Generations(tmp_path / "updates").current().number == 0
    assert slot_boot.environment(tmp_path / "updates") == dict(os.environ)
