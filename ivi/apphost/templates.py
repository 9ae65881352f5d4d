# SPDX-License-Identifier: Apache-2.0
"""Templates between app and screen: what is refused, how often one may come, what the driving state leaves of it."""

import time
import unicodedata
from collections.abc import Iterator

import msgspec

from ivi.model.app import Limits
from ivi.model.errors import InvalidArgumentError
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import ListTemplate

RATE_MOVING = 1.0  # templates a second while the car moves, or nobody knows whether it does
RATE_STANDING = 5.0  # templates a second otherwise
BURST = 3.0  # templates that may come at once

WITHOUT_SERVICES = UxRestrictions(DrivingState.UNKNOWN, [], "the driving state is not known", max_rows=6, max_chars=60)
"""What counts while the services process is away: as strict as driving."""

_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # Unicode categories that are no plain text
_JOINERS = {"\u200c", "\u200d"}  # Persian and Indic scripts and some emoji need them


def check(template: ListTemplate) -> None:
    """What the types do not say. Raises InvalidArgumentError naming the field: ids are unique, texts are plain."""
    seen: set[str] = set()
    for target in targets(template):
        if target in seen:
            raise InvalidArgumentError(
                f"template: the id {target!r} is there twice", hint="each row and action has its own id"
            )
        seen.add(target)
    for field, text in _texts(template):
        if any(unicodedata.category(letter) in _INVISIBLE and letter not in _JOINERS for letter in text):
            raise InvalidArgumentError(
                f"template: {field} has characters that cannot be shown", hint="send plain text of one line"
            )


def targets(template: ListTemplate) -> Iterator[str]:
    """Ids that the driver can choose."""
    yield from (row.id for row in template.rows)
    yield from (action.id for action in template.actions)


def _texts(template: ListTemplate) -> Iterator[tuple[str, str]]:
    yield "title", template.title
    yield "subtitle", template.subtitle
    for number, row in enumerate(template.rows):
        for field in ("id", "title", "text", "badge"):
            yield f"rows[{number}].{field}", getattr(row, field)
    for number, action in enumerate(template.actions):
        for field in ("id", "title"):
            yield f"actions[{number}].{field}", getattr(action, field)


def shortened(template: ListTemplate, limits: Limits) -> ListTemplate:
    """What of a template may be shown under these limits. The host decides that, never the app."""
    rows = template.rows[: limits.max_rows] if limits.max_rows else template.rows
    if limits.max_chars:
        rows = [
            msgspec.structs.replace(row, title=_cut(row.title, limits.max_chars), text=_cut(row.text, limits.max_chars))
            for row in rows
        ]
    return msgspec.structs.replace(
        template,
        rows=rows,
        title=_cut(template.title, limits.max_chars),
        subtitle=_cut(template.subtitle, limits.max_chars),
    )


def _cut(text: str, length: int) -> str:
    return text if not length or len(text) <= length else text[: length - 1].rstrip() + "…"


def limits_of(ux: UxRestrictions) -> Limits:
    """What an app is told of the driving state."""
    return Limits(ux.state.value, ux.max_rows, ux.max_chars)


class ShowRate:
    """How often an app may change what the driver sees."""

    def __init__(self) -> None:
        self._tokens = BURST
        self._refilled = time.monotonic()

    def take(self, state: str) -> bool:
        """Whether a template may be shown now, in this driving state."""
        rate = RATE_STANDING if state in {DrivingState.PARKED, DrivingState.IDLING} else RATE_MOVING
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._refilled) * rate)
        self._refilled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
