# SPDX-License-Identifier: Apache-2.0
"""`ivi app start`."""

from ivi.cli.app.switching import Switch
from ivi.model.apphost import StartApp

START = Switch(
    verb="start",
    description="Start an app that was stopped, crashed too often, or waits to be started again.",
    request=StartApp,
    said="started  {id}  `ivi app logs {id}` says how it does",
)


def main(argv: list[str]) -> int:
    """Run `ivi app start`."""
    return START.run(argv)
