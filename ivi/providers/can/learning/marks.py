# SPDX-License-Identifier: Apache-2.0
"""When a person pressed and released: typed marks, and how they lie in the recording."""

import re
from dataclasses import dataclass

from ivi.model.errors import InvalidArgumentError

MIN_PRESSES = 3
HOLD = 1.0  # seconds that a press lasts when only its beginning is known
MAX_SHARE = 0.9  # of the recording that may be pressed: there must be something to compare with

_SPAN = re.compile(r"\s*([\d.]+)\s*(?:-|\.\.)\s*([\d.]+)\s*$")


@dataclass(frozen=True)
class Marks:
    """Spans in which something was pressed, in seconds of the recording."""

    label: str
    spans: tuple[tuple[float, float], ...]

    def pressed(self, time: float, delay: float, slack: float) -> bool | None:
        """Whether it was pressed then; None near a mark, where a person's timing leaves it open."""
        moment = time - delay
        for start, end in self.spans:
            if start - slack <= moment <= end + slack:
                return None if moment < start + slack or moment > end - slack else True
        return False


def parse_events(label: str, text: str, hold: float = HOLD, *, toggle: bool = False) -> Marks:
    """Read `3.2,7.9`: times of presses that were held `hold` seconds, or, with `toggle`, on and off in turn."""
    times = [_number(part) for part in text.split(",") if part.strip()]
    if sorted(times) != times:
        raise InvalidArgumentError(f"the times of {label} are not in order", hint="earliest first, in seconds")
    if toggle:
        pairs = zip(times[::2], times[1::2], strict=False)
        return _checked(label, tuple(pairs))
    return _checked(label, tuple((time, time + hold) for time in times))


def parse_spans(label: str, text: str) -> Marks:
    """Read `3.2-4.1,7.9-9.0`: press and release. Raises InvalidArgumentError."""
    spans = []
    for part in text.split(","):
        match = _SPAN.match(part)
        if match is None:
            raise InvalidArgumentError(f"{part.strip()!r} is no press and release", hint="3.2-4.1,7.9-9.0 in seconds")
        spans.append((_number(match[1]), _number(match[2])))
    return _checked(label, tuple(spans))


def check(marks: Marks, duration: float) -> Marks:
    """The marks, when they lie in the recording. Raises InvalidArgumentError."""
    for start, end in marks.spans:
        if start < 0 or end > duration + HOLD:
            raise InvalidArgumentError(
                f"the press at {start:g} s lies outside the recording (0 to {duration:.1f} s)",
                hint="times are seconds since the recording began",
            )
    if sum(end - start for start, end in marks.spans) > MAX_SHARE * duration:
        raise InvalidArgumentError(
            f"{marks.label} is pressed nearly all the time", hint="leave pauses as long as the presses"
        )
    return marks


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InvalidArgumentError(f"{text.strip()!r} is no time", hint="seconds, e.g. 3.2") from error


def _checked(label: str, spans: tuple[tuple[float, float], ...]) -> Marks:
    if len(spans) < MIN_PRESSES:
        raise InvalidArgumentError(
            f"{len(spans)} presses of {label} are too few", hint=f"at least {MIN_PRESSES}, better 5; each with a pause"
        )
    last = -1.0
    for start, end in spans:
        if end <= start or start < last:
            raise InvalidArgumentError(
                f"the press {start:g}-{end:g} ends before it begins, or overlaps the one before",
                hint="press-release, earliest first",
            )
        last = end
    return Marks(label, spans)
