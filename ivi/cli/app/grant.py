# SPDX-License-Identifier: Apache-2.0
"""`ivi app grant`."""

from ivi.cli.app.permission_change import PermissionChange

GRANT = PermissionChange(
    verb="grant",
    description="Agree to what an app asks for. Permissions are given while the car is parked only.",
    granted=True,
    said="it may now",
)


def main(argv: list[str]) -> int:
    """Run `ivi app grant`; 1 when nothing changed."""
    return GRANT.run(argv)
