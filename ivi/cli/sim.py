# SPDX-License-Identifier: Apache-2.0
"""`ivi sim`: hands over to the simulator, a program of its own; `ivi sim fleet` to the load of the fleet end."""

import importlib.util
import os
import sys

from ivi.model.errors import ConfigurationError


def main(argv: list[str]) -> int:
    """Become `python -m simulator`, or `python -m ivi.fleet.load`.

    Raises ConfigurationError when the simulator is not installed.
    """
    if argv[:1] == ["fleet"]:
        os.execv(sys.executable, [sys.executable, "-m", "ivi.fleet.load", *argv[1:]])  # noqa: S606  # our own module
    if importlib.util.find_spec("simulator") is None:
        raise ConfigurationError(
            "the simulator is not part of this installation", hint="install ivi from its source tree"
        )
    os.execv(sys.executable, [sys.executable, "-m", "simulator", *argv])  # noqa: S606  # our own interpreter and module
