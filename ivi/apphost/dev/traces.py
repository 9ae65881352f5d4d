# SPDX-License-Identifier: Apache-2.0
"""An app's tracebacks without the frames that are not its own, and with its own files' names."""

import re
from typing import NamedTuple

_BEGIN = "Traceback (most recent call last):"
_FRAME = re.compile(r'\s*File "(?P<file>[^"]+)", line (?P<line>\d+)(?:, in (?P<where>.+))?')
_OWN = re.compile(r"/app/[^/]+/(?P<name>.+)")  # the app's folder inside its sandbox
_MARKS = re.compile(r"\s*[~^]+\s*")
_ERROR = re.compile(r"(?:[A-Za-z_][\w]*\.)*(?P<name>[A-Za-z_]\w*)(?P<rest>: .*|$)")


class Place(NamedTuple):
    """A line of the app."""

    file: str
    """Below the app's folder."""
    line: int


class Trace:
    """Takes an app's lines one by one."""

    def __init__(self) -> None:
        self.place: Place | None = None
        """The app's own line nearest to the newest error."""
        self.error = ""
        """The newest error in a line."""
        self._inside = self._own = False

    def take(self, text: str) -> list[str]:
        """What of a line is worth reading."""
        if text == _BEGIN:
            self._inside, self._own, self.place = True, False, None
            return []
        if not self._inside:
            return [text]
        if (frame := _FRAME.match(text)) is not None:
            own = _OWN.fullmatch(frame["file"])
            self._own = own is not None
            if own is None:
                return []
            self.place = Place(own["name"], int(frame["line"]))
            where = f", in {frame['where']}" if frame["where"] else ""
            return [f"{own['name']}:{frame['line']}{where}"]
        if text.startswith(" "):
            return [text] if self._own and not _MARKS.fullmatch(text) else []
        self._inside = False
        found = _ERROR.fullmatch(text)
        self.error = f"{found['name']}{found['rest']}" if found else text
        return [self.error]

    def ended(self, reason: str) -> str:
        """Why the app ended, with its own line."""
        head, said, rest = reason.partition(": ")
        if said and rest and self.error and rest[:80].rpartition(".")[2][:20] in self.error:
            reason = f"{head}, see above"
        return f"{reason} ({self.place.file}:{self.place.line})" if self.place is not None else reason
