# SPDX-License-Identifier: Apache-2.0
"""tools/check_tree.py finds what does not belong into the tree, and only that."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[3] / "tools" / "check_tree.py"
HEADER = "# SPDX-License-Identifier: Apache-2.0\n"


def check(tree: Path) -> subprocess.CompletedProcess[str]:
    """Check a tree that is no git checkout."""
    command = [sys.executable, str(CHECK), str(tree)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env={"PATH": "", "LC_ALL": "C"}
    )


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("a.md", "fetched from https://py" + "pi.org/simple", "a.md:1: names a package registry"),
        ("requirements/x.txt", "--index-url https://files.python" + "hosted.org/", "x.txt:1: names a package registry"),
        ("a.md", "line\nsee /ro" + "ot/.cache", "a.md:2: names a folder of one machine"),
        ("a.toml", 'path = "/wo' + 'rk/main"', "a.toml:1: names a folder of one machine"),
        ("a.sh", HEADER + "# TO" + "DO later", "a.sh:2: a note to ourselves"),
        ("a.py", "x = 1\n", "a.py:1: the line"),
        ("a.py", HEADER + "x = 1\n" * 600, "a.py:601: 601 lines"),
        ("a.qml", "// SPDX-License-Identifier: Apache-2.0\n" + "\n" * 300, "a.qml:301: 301 lines"),
        ("ivi/utils.py", HEADER, "ivi/utils.py:1: 'utils'"),
    ],
)
def test_finds(tmp_path: Path, name: str, text: str, finding: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    result = check(tmp_path)
    assert result.returncode == 1
    assert finding in result.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.md",
            "teamwo" + "rk/main, $BASE/wo" + "rk/x and net" + "work/eth0 are fine",
        ),
        ("a.py", HEADER + "x = 1\n" * 599),
        ("a.py", "#!/usr/bin/env python3\n" + HEADER),
        (".venv/lib/utils.py", "/ro" + "ot/x"),
        ("build/a.txt", "/ro" + "ot/x"),
    ],
)
def test_passes(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert check(tmp_path).stdout.splitlines()[-1].endswith(" 0 findings")


def test_leaves_data_alone(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"\0/ro" + b"ot/x")
    (tmp_path / "latin.txt").write_bytes(b"\xe4 /ro" + b"ot/x")
    assert check(tmp_path).returncode == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_asks_git_which_files_are_ours(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("ignored.md\n")
    for name in ("ignored.md", "new.md"):
        (tmp_path / name).write_text("see /ro" + "ot/.cache\n")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True, timeout=60)
    command = [sys.executable, str(CHECK), str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert "new.md:1" in result.stdout
    assert "ignored.md" not in result.stdout
