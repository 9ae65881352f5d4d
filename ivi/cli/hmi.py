# SPDX-License-Identifier: Apache-2.0
"""`ivi hmi`: the cabin screen alone, or a gallery of what apps can show."""

from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run the screen and return its exit status."""
    from ivi.hmi import app  # noqa: PLC0415  # Qt loads only for this command

    return app.main(list(argv))
