# SPDX-License-Identifier: Apache-2.0
"""What of an app's template may be shown in the present driving state. The host clamps too; we trust nobody."""

from dataclasses import dataclass

from ivi.model.templates import Action, ListTemplate, Row

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Rows of a list and characters of a text; 0 for no limit."""

    rows: int = 0
    chars: int = 0


FULLY_RESTRICTED = Limits(rows=6, chars=120)
"""While nobody says what is allowed: what Android Automotive allows a moving car."""


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list within the limits."""

    title: str
    subtitle: str
    rows: tuple[Row, ...]
    actions: tuple[Action, ...]
    hidden: int
    """Rows that are kept for when the car is parked."""


def cut(text: str, chars: int) -> str:
    """The text within so many characters, with an ellipsis where it was cut; 0 for no limit."""
    if not chars or len(text) <= chars:
        return text
    return text[: chars - 1].rstrip() + ELLIPSIS


def within(template: ListTemplate, limits: Limits) -> ShownList:
    """The part of a template that may be shown."""
    rows = template.rows[: limits.rows] if limits.rows else template.rows
    shown = tuple(
        Row(row.id, cut(row.title, limits.chars), cut(row.text, limits.chars), row.icon, row.badge, row.selected)
        for row in rows
    )
    return ShownList(
        cut(template.title, limits.chars),
        cut(template.subtitle, limits.chars),
        shown,
        tuple(template.actions),
        len(template.rows) - len(shown),
    )
