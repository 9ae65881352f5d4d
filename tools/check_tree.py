#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check what no linter looks at: nothing of one machine in the tree, licence lines, lengths, names that say something.

Run by ``make lint``. Prints one line per finding (``path:line: what``) and exits 1 if there is any. Standard library
only, so that it also runs before anything is installed.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_LINES = {".py": 600, ".qml": 300}
"""Ceiling of a file's length in lines; past it, a room has become a hall (CONTRIBUTING.md, house numbers)."""

LICENSED = {".py", ".sh", ".qml"}
"""Endings whose first line (after a shebang) is the SPDX line."""

SPDX = "SPDX-License-Identifier: Apache-2.0"

VAGUE_NAMES = {"utils", "util", "helpers", "common", "base", "misc"}
"""Module names that do not say what is inside."""

SKIPPED_FOLDERS = {".git", ".venv", "build", "dist", "__pycache__"}
"""Not ours to check, where git is not there to say so."""

# The patterns are put together here so that this file does not name what it forbids.
_HOSTS = [
    ("py" + "pi", "org"),
    ("python" + "hosted", "org"),
    ("registry.npm" + "js", "org"),
    ("deb.deb" + "ian", "org"),
    ("security.deb" + "ian", "org"),
    ("snapshot.deb" + "ian", "org"),
    ("archive.ubu" + "ntu", "com"),
    ("ports.ubu" + "ntu", "com"),
]
_FOLDERS = ["work", "farm", "root", "tmp/bash" + "_jobs", "opt/" + "pypi", "opt/" + "wheels"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that no line may match, and what to say when one does."""

    pattern: re.Pattern[str]
    finding: str


RULES = (
    Rule(
        re.compile("|".join(re.escape(f"{name}.{top}") for name, top in _HOSTS)),
        "names a package registry's address; the user's own configuration decides where packages come from",
    ),
    Rule(
        re.compile(rf"(?<![\w.$}}-])/(?:{'|'.join(_FOLDERS)})/"),
        "names a folder of one machine; make it relative or configurable",
    ),
    Rule(
        re.compile(rf"\b(?:{'TO' + 'DO'}|{'FIX' + 'ME'}|{'X' * 3})\b"),
        "a note to ourselves; do it or file an issue",
    ),
)


def listed_files(root: Path) -> Iterator[Path]:
    """Yield the files under ``root`` that are or would be committed, relative to it, in a stable order."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        output = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        yield from walked_files(root)
        return
    for name in sorted(set(output.split(b"\0")) - {b""}):
        path = Path(os.fsdecode(name))
        if (root / path).is_file():  # a deleted file is listed until the deletion is committed
            yield path


def walked_files(root: Path) -> Iterator[Path]:
    """Yield the same as `listed_files` for a tree that is no git checkout."""
    for folder, names, files in root.walk():
        names[:] = sorted(name for name in names if name not in SKIPPED_FOLDERS)
        yield from ((folder / name).relative_to(root) for name in sorted(files))


def text_of(path: Path) -> str | None:
    """Return a file's text, or None when it holds something else (a picture, a sound, a model)."""
    data = path.read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def findings_in(path: Path, text: str) -> Iterator[str]:
    """Yield a line per finding in one file; ``path`` is relative to the root of the tree."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        for rule in RULES:
            if rule.pattern.search(line):
                yield f"{path}:{number}: {rule.finding}"
    ceiling = MAX_LINES.get(path.suffix)
    if ceiling is not None and len(lines) > ceiling:
        yield f"{path}:{len(lines)}: {len(lines)} lines, the ceiling is {ceiling}; find the seam and split it"
    if path.suffix in LICENSED and not any(SPDX in line for line in lines[:2]):
        yield f"{path}:1: the line '{SPDX}' is missing"
    if path.suffix == ".py" and path.stem in VAGUE_NAMES:
        yield f"{path}:1: '{path.stem}' does not say what is inside"


def main(root: Path) -> int:
    """Check the tree under ``root``, print the findings and return the exit code."""
    count = 0
    found: list[str] = []
    for path in listed_files(root):
        count += 1
        text = text_of(root / path)
        if text is not None:
            found.extend(findings_in(path, text))
    for line in found:
        print(line)
    print(f"tree check: {count} files, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
