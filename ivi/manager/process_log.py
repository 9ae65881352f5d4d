# SPDX-License-Identifier: Apache-2.0
"""The end of a process's log as its newest lines, for people: structured lines lose their braces, others stay."""

import calendar
import json
import os
import time
from pathlib import Path

from ivi.model.errors import UnavailableError
from ivi.model.manager import ProcessLogLine

READ = 64 << 10  # bytes of the file's end that are looked at
LINE_MAX = 400  # characters of one line
MAX_LINES = 200
_SHOWN_ELSEWHERE = frozenset({"t", "level", "process", "logger", "msg", "exception"})


def newest(path: Path, limit: int) -> list[ProcessLogLine]:
    """The newest lines of a log, oldest first; none when nothing was logged. Raises UnavailableError."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - READ))
            data = file.read(READ)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnavailableError(f"the log {path.name} cannot be read: {error.strerror}") from error
    lines = data.decode("utf-8", "replace").splitlines()
    if size > READ:
        lines = lines[1:]  # the first one is cut
    kept = [line for line in lines if line.strip()][-max(1, min(limit, MAX_LINES)) :]
    return [_line(line) for line in kept]


def _line(text: str) -> ProcessLogLine:
    if text.startswith("{"):
        try:
            fields = json.loads(text)
        except ValueError:
            fields = None
        if isinstance(fields, dict):
            return ProcessLogLine(_time(fields.get("t")), str(fields.get("level", "")), _words(fields)[:LINE_MAX])
    return ProcessLogLine(0, "", text.strip()[:LINE_MAX])


def _words(fields: dict[str, object]) -> str:
    """The message, then what was said beside it."""
    beside = ", ".join(f"{name} {value}" for name, value in fields.items() if name not in _SHOWN_ELSEWHERE)
    said = str(fields.get("msg", ""))
    trace = str(fields.get("exception", "")).strip().splitlines()
    return " ".join(part for part in (said, f"({beside})" if beside else "", trace[-1] if trace else "") if part)


def _time(text: object) -> int:
    """Milliseconds since 1970 of a log's time (see ivi.daemon.logs); 0 for anything else."""
    if not isinstance(text, str):
        return 0
    whole, _, rest = text.partition(".")
    try:
        seconds = calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S"))
        return seconds * 1000 + int(rest.rstrip("Z") or 0)
    except ValueError:
        return 0
