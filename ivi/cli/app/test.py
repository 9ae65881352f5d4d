# SPDX-License-Identifier: Apache-2.0
"""`ivi app test`."""

import argparse
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from ivi.apphost.manifest import load
from ivi.model.errors import ConfigurationError

PLUGIN = "ivi.sdk.testing"
TESTS = "tests"


def build_parser() -> argparse.ArgumentParser:
    """Switches of `ivi app test`."""
    parser = argparse.ArgumentParser(
        prog="ivi app test",
        description="Run an app's tests with pytest. The fixtures host, vehicle and clock stand in for the car.",
        epilog="What follows `--` goes to pytest: ivi app test . -- -k favourite -x",
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path(), metavar="FOLDER", help="the app's folder (default: here)"
    )
    return parser


def main(argv: list[str]) -> int:
    """Run `ivi app test`; pytest's own exit status, 0 when all tests passed."""
    cut = argv.index("--") if "--" in argv else len(argv)
    arguments = build_parser().parse_args(argv[:cut])
    folder: Path = arguments.folder.resolve()
    load(folder)
    if not any((folder / TESTS).glob("test_*.py")):
        raise ConfigurationError(f"{folder / TESTS} has no tests", hint="write tests/test_app.py")
    if importlib.util.find_spec("pytest") is None:
        raise ConfigurationError("pytest is not installed", hint="pip install pytest")
    # A process of its own: an app's tests change what is imported, and may end the interpreter.
    command = [sys.executable, "-m", "pytest", "-p", PLUGIN, "--rootdir", str(folder), "-q", str(folder / TESTS)]
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", *argv[cut + 1 :]], cwd=folder, env=environment, check=False
    ).returncode
