# SPDX-License-Identifier: Apache-2.0
"""The runtime's own packages: wheels become a folder of packages in a slot, which has to pass a trial run to count.

pip installs from the slot's wheels alone: no index, no source packages, no configuration of the machine's.
"""

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ivi.cloud.updates.artefact import Artefact
from ivi.model.errors import DeadlineError, InvalidArgumentError, UnavailableError

log = logging.getLogger(__name__)

WHEELS, SITE = "wheels", "site"
PIP_TIMEOUT = 600.0  # seconds
TRIAL_TIMEOUT = 60.0  # seconds
_TRIAL = """
import sys
sys.path.insert(0, sys.argv[1])
import ivi, ivi.cli.main
assert ivi.__file__.startswith(sys.argv[1]), ivi.__file__
print(ivi.__version__)
"""


def build(one: Artefact, slot: Path) -> None:
    """Turn `wheels/` of an unpacked slot into `site/` and try it. Raises InvalidArgumentError, DeadlineError."""
    wheels = sorted((slot / WHEELS).glob("*.whl"))
    if not wheels:
        raise InvalidArgumentError(f"{one.path} holds no wheels", hint="they belong into a folder `wheels`")
    site = slot / SITE
    options = ["--no-index", "--no-deps", "--only-binary=:all:", "--no-compile", "--disable-pip-version-check"]
    pip = [sys.executable, "-m", "pip", "--isolated", "install", *options, "--target", str(site)]
    _run([*pip, *map(str, wheels)], PIP_TIMEOUT, f"installing the packages of {one.name} {one.version}")
    version = try_out(site, one)
    if version != one.version:
        raise InvalidArgumentError(f"the runtime said to be {one.version} is {version}")
    shutil.rmtree(slot / WHEELS)


def try_out(site: Path, one: Artefact) -> str:
    """Start the runtime of this folder far enough to tell its version."""
    said = _run(
        [sys.executable, "-I", "-B", "-c", _TRIAL, str(site)], TRIAL_TIMEOUT, f"trying {one.name} {one.version}"
    )
    return said.strip().rpartition("\n")[2]


def _run(command: list[str], timeout: float, what: str) -> str:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", ""),
        "TMPDIR": os.environ.get("TMPDIR", ""),
        "PIP_CONFIG_FILE": os.devnull,
        "LC_ALL": "C.UTF-8",
    }
    environment = {name: value for name, value in environment.items() if value}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise DeadlineError(f"{what} did not end within {timeout:.0f} s") from error
    except OSError as error:
        raise UnavailableError(f"{what}: {error.strerror}") from error
    if done.returncode:
        words = done.stderr.strip().rpartition("\n")[2][:300]
        raise InvalidArgumentError(f"{what} failed: {words}", hint="the runtime stays as it is")
    return done.stdout
