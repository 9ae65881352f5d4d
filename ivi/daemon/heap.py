# SPDX-License-Identifier: Apache-2.0
"""Keeps a process small whose work comes in bursts: what was freed goes back to the system instead of staying in heaps.

glibc gives every thread a heap of its own and keeps what it frees; a process that builds a grammar once and then waits
for years held 60 MB that way.
"""

import contextlib
import ctypes
import gc
import os

_ARENA_MAX, _TRIM_THRESHOLD, _MMAP_THRESHOLD = -8, -1, -3  # mallopt(3)
_SETTINGS = {
    "MALLOC_ARENA_MAX": (_ARENA_MAX, 1),
    "MALLOC_TRIM_THRESHOLD_": (_TRIM_THRESHOLD, 1 << 16),  # bytes
    "MALLOC_MMAP_THRESHOLD_": (_MMAP_THRESHOLD, 1 << 16),  # bytes
}


def keep_small() -> None:
    """From now on, here and in the processes that are started; before threads are. Without glibc nothing changes."""
    for name, (option, value) in _SETTINGS.items():
        os.environ.setdefault(name, str(value))
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(option, value)


def give_back() -> None:
    """Give back what is free, after a burst of work."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
