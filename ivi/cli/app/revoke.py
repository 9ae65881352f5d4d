# SPDX-License-Identifier: Apache-2.0
"""`ivi app revoke`."""

from ivi.cli.app.permission_change import PermissionChange

REVOKE = PermissionChange(
    verb="revoke",
    description="Take a permission back. It counts at once: what the app follows ends, what it waits for fails.",
    granted=False,
    said="it may no longer",
)


def main(argv: list[str]) -> int:
    """Run `ivi app revoke`; 1 when nothing changed."""
    return REVOKE.run(argv)
