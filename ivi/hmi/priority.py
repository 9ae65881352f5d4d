# SPDX-License-Identifier: Apache-2.0
"""The screen comes first in the queue for the processor: a frame is little work, and who looks at it sees it wait."""

import contextlib
import os

NICE = -10  # setpriority(2)


def come_first() -> None:
    """Take this priority where the system grants it: to root, and to a unit with LimitNICE=.

    A unit with Nice= has it already.
    """
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, min(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
