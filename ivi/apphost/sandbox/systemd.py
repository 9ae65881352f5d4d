# SPDX-License-Identifier: Apache-2.0
"""placeholder"""

from ivi.apphost.sandbox.box import Box


class SystemdLauncher:
    name = "systemd"

    async def spawn(self, box: Box, link_fd: int):
        raise NotImplementedError


def may_start_units() -> bool:
    return False
