# SPDX-License-Identifier: Apache-2.0
"""When this process began, for start-up times that count the interpreter's own start too."""

import os
import time
from pathlib import Path


def process_start_monotonic() -> float:
    """When this process was started (exec), on the monotonic clock, seconds; good to 10 ms (proc(5), field 22)."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    since_boot = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return since_boot - (time.clock_gettime(time.CLOCK_BOOTTIME) - time.monotonic())
