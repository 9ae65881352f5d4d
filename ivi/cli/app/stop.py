# SPDX-License-Identifier: Apache-2.0
"""`ivi app stop`."""

from ivi.cli.app.switching import Switch
from ivi.model.apphost import StopApp

STOP = Switch(
    verb="stop",
    description="End an app until `ivi app start`, or until the car starts again.",
    request=StopApp,
    said="stopped  {id}",
)


def main(argv: list[str]) -> int:
    """Run `ivi app stop`."""
    return STOP.run(argv)
