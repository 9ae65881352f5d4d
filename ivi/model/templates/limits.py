# SPDX-License-Identifier: Apache-2.0
"""What a driving state allows: which kinds, how many rows, how long texts, how often something new."""

from dataclasses import dataclass

import msgspec

from ivi.model.app import Limits
from ivi.model.services import DrivingState, UxRestriction, UxRestrictions
from ivi.model.templates import (
    GridTemplate,
    ListTemplate,
    MapTemplate,
    MediaTemplate,
    NavigationTemplate,
    PageTemplate,
    PaneTemplate,
    Row,
    kind_of,
)

RATE_MOVING = 1.0  # templates a second while the car moves, or nobody knows whether it does
RATE_STANDING = 5.0  # templates a second otherwise

WITHOUT_SERVICES = UxRestrictions(DrivingState.UNKNOWN, [], "the driving state is not known", max_rows=6, max_chars=60)
"""What counts while the services process is away: as strict as driving."""

KINDS = (
    "list", "grid", "pane", "message", "sign_in", "media", "map_with_content", "route_preview", "navigation",
    "charge_session", "notification", "alert",
)  # fmt: skip
PARKED_KINDS = frozenset({"sign_in"})
"""Not while driving: signing in means reading a code and working on another device."""


def is_moving(state: str) -> bool:
    """Whether the strict rules hold; not knowing is moving."""
    return state not in {DrivingState.PARKED, DrivingState.IDLING}


def limits_of(ux: UxRestrictions) -> Limits:
    """What an app is told of the driving state."""
    moving = is_moving(ux.state)
    restricted = set(ux.restrictions)
    parked = ux.state is DrivingState.PARKED
    return Limits(
        ux.state.value,
        ux.max_rows,
        ux.max_chars,
        keyboard=parked and UxRestriction.NO_KEYBOARD not in restricted,
        pictures=not moving and UxRestriction.LIMIT_CONTENT not in restricted,
        kinds=tuple(kind for kind in KINDS if not (kind in PARKED_KINDS and not parked)),
        refresh_s=1 / (RATE_MOVING if moving else RATE_STANDING),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """What of a page may be shown."""

    template: PageTemplate | None
    """None when its kind is not allowed now."""
    hidden: int
    """Rows, items or markers that were left out."""


def shortened(template: PageTemplate, limits: Limits) -> Part:
    """The part of a page that may be shown under these limits. The host decides that, never the app."""
    if limits.kinds and kind_of(template) not in limits.kinds:
        return Part(None, 0)
    hidden = 0
    changes: dict[str, object] = {}
    for field in _COUNTED.get(type(template), ()):
        parts = getattr(template, field)
        kept = parts[: limits.max_rows] if limits.max_rows else parts
        hidden = max(hidden, len(parts) - len(kept))
        changes[field] = [_short_part(part, limits) for part in kept]
    changes |= _short_texts(template, limits)
    if hidden and hasattr(template, "more"):
        changes["more"] = False
    if isinstance(template, ListTemplate) and not limits.keyboard:
        changes["search"] = None
    return Part(msgspec.structs.replace(template, **changes), hidden)


_COUNTED: dict[type, tuple[str, ...]] = {
    ListTemplate: ("rows",),
    GridTemplate: ("items",),
    MediaTemplate: ("queue",),
    MapTemplate: ("rows", "markers"),
    PaneTemplate: ("facts",),
    NavigationTemplate: ("stops",),
}
_WORDS = ("title", "subtitle", "text", "note", "empty", "error", "artist", "album")
"""Texts of pages and their parts that may be long."""


def _short_texts(part: msgspec.Struct, limits: Limits) -> dict[str, object]:
    return {field: _cut(getattr(part, field), limits.max_chars) for field in _WORDS if hasattr(part, field)}


def _short_part(part: object, limits: Limits) -> object:
    """A row, item or marker with short texts, and without its picture where pictures are not shown."""
    if not isinstance(part, msgspec.Struct):
        return part
    changes = _short_texts(part, limits)
    if not limits.pictures and hasattr(part, "picture"):
        changes["picture"] = ""
    if isinstance(part, Row) and limits.max_rows:
        # Few rows need no headings between them.
        changes["section"] = ""
    return msgspec.structs.replace(part, **changes)


def _cut(text: str, length: int) -> str:
    return text if not length or len(text) <= length else text[: length - 1].rstrip() + "…"
