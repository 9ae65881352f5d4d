# SPDX-License-Identifier: Apache-2.0
"""One thing that is wrong with an app, and what to do about it."""

import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from ivi.model.errors import IviError

_PLACE = re.compile(r"(?P<file>[^\s:]+?)(?::|, line )(?P<line>\d+): (?P<text>.*)", re.DOTALL)


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """A driver or a store would not take it."""
    WARNING = "warning"
    """Better otherwise."""


class Finding(msgspec.Struct, frozen=True):
    """What, where, and the fix."""

    severity: Severity
    what: str
    fix: str
    file: str = ""
    """Below the app's folder; empty when it is in no file."""
    line: int = 0
    """0 when it is not known."""
    seen: tuple[str, ...] = ()
    """Trials in which it happened, e.g. `moving, offline`."""

    @property
    def place(self) -> str:
        """Like `app.py:12`; empty when it is in no file."""
        return f"{self.file}:{self.line}" if self.line else self.file


def of_error(error: IviError, folder: str) -> Finding:
    """A refusal of ours as a finding; our messages begin with the file and the line."""
    text = error.message.replace(f"{folder}/", "")
    if (found := _PLACE.fullmatch(text)) is not None:
        return Finding(Severity.ERROR, found["text"], error.hint, found["file"], int(found["line"]))
    return Finding(Severity.ERROR, text, error.hint)


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, with all the trials in which it happened; errors first, then by place."""
    seen: dict[tuple[Severity, str, str, str, int], list[str]] = {}
    for one in findings:
        key = (one.severity, one.what, one.fix, one.file, one.line)
        seen.setdefault(key, []).extend(trial for trial in one.seen if trial not in seen.get(key, ()))
    found = [Finding(*key, tuple(trials)) for key, trials in seen.items()]
    return sorted(found, key=lambda one: (one.severity is Severity.WARNING, one.file or "~", one.line))
