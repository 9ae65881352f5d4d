# SPDX-License-Identifier: Apache-2.0
"""Where a hung app hangs, from the traceback that faulthandler wrote on SIGABRT."""

import re
from collections.abc import Iterable

# Python 3.12 to 3.14 write: `File "/app/media/app.py", line 12 in tick`, the innermost call first.
_FRAME = re.compile(r'File "/app/(?P<file>[^"]+)", line (?P<line>\d+) in (?P<function>\S+)')
_THREAD = re.compile(r"(Current t|T)hread 0x")


def traceback(lines: Iterable[str]) -> list[str]:
    """The lines of the newest dump, header first; empty when there is none."""
    found: list[str] = []
    for line in lines:
        if line.startswith("Fatal Python error"):
            found = [line]
        elif found and (_THREAD.match(line) or line.lstrip().startswith('File "')):
            found.append(line)
    return found


def place(lines: Iterable[str]) -> str:
    """Like `in tick, media/app.py line 12`: the innermost place in the app's own code; empty when there is none."""
    for line in traceback(lines):
        if (found := _FRAME.search(line)) is not None:
            return f"in {found['function']}, {found['file']} line {found['line']}"
    return ""
