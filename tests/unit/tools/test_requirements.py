# SPDX-License-Identifier: Apache-2.0
"""The locks fit pyproject.toml: complete, hashed, without an address; and the Debian list is well formed."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(name: str) -> dict[str, str]:
    """The versions of a lock, after a look at every line of it."""
    found: dict[str, str] = {}
    previous = ""
    for line in (ROOT / "requirements" / f"{name}.txt").read_text().splitlines():
        if match := PIN.match(line):
            found[match[1]] = match[2]
        elif HASH.match(line):
            assert previous.endswith("\\"), line
        else:
            assert line.lstrip().startswith("#"), line
            assert not previous.endswith("\\"), f"no hash: {previous}"
        previous = line
    return found


def required(*groups: list[str]) -> list[Requirement]:
    """The requirements of some lists of pyproject.toml; our own name stands for the extras that it asks for."""
    found: list[Requirement] = []
    for requirement in (Requirement(text) for group in groups for text in group):
        if requirement.name == PYPROJECT["project"]["name"]:
            extras = PYPROJECT["project"]["optional-dependencies"]
            found += required(*(extras[extra] for extra in requirement.extras))
        else:
            found.append(requirement)
    return found


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("build", [PYPROJECT["dependency-groups"]["build"]]),
        ("run", [PYPROJECT["project"]["dependencies"], PYPROJECT["dependency-groups"]["build"]]),
        ("dev", [PYPROJECT["project"]["dependencies"], PYPROJECT["project"]["optional-dependencies"]["dev"]]),
    ],
)
def test_lock_satisfies_pyproject(lock: str, groups: list[list[str]]) -> None:
    locked = pins(lock)
    for requirement in required(*groups):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement} is not in requirements/{lock}.txt; run: make lock"
        assert requirement.specifier.contains(version), f"{requirement} but {version} is locked; run: make lock"


def test_build_tools_are_what_the_build_system_asks_for() -> None:
    locked = pins("build")
    for requirement in required(PYPROJECT["build-system"]["requires"]):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


def test_smaller_locks_are_part_of_the_larger() -> None:
    build, run, dev = pins("build"), pins("run"), pins("dev")
    assert build.items() <= run.items() <= dev.items()


def test_qt_comes_without_the_metapackage() -> None:
    assert [name for name in pins("run") if name.startswith("pyside6")] == ["pyside6-addons", "pyside6-essentials"]


def test_debian_packages_have_a_reason_each() -> None:
    section = ""
    seen: list[str] = []
    for line in (ROOT / "tools" / "debian-packages.txt").read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
            assert section in {"run", "dev", "target", "python"}
        elif line and not line.startswith("#"):
            match = re.fullmatch(r"([a-z0-9.+|-]+) +# (\S.*)", line)
            assert match, f"no name and reason: {line}"
            assert section, line
            seen += match[1].split("|")
    assert len(seen) == len(set(seen))
    assert {"bubblewrap", "mosquitto", "espeak-ng"} <= set(seen)
