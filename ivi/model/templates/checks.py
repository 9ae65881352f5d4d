# SPDX-License-Identifier: Apache-2.0
"""What the types do not say of a template: texts are plain, ids are unique, what is named exists."""

import math
from collections.abc import Container, Iterator
from enum import Enum

import msgspec

from ivi.model.errors import InvalidArgumentError
from ivi.model.templates import (
    ChargeSessionTemplate,
    MapTemplate,
    MediaTemplate,
    NavigationTemplate,
    Rule,
    Template,
    TransportCommand,
    kind_of,
    polyline,
)
from ivi.model.templates.plain_text import fault_of
from ivi.model.templates.rules import refusal
from ivi.model.templates.targets import choices

LINE = "route"
"""The field that is no text to read; its own check says what it may be."""


def check(template: Template, pictures: Container[str] = ()) -> None:
    """Raises InvalidArgumentError that names the rule and the field. `pictures` are those that the app handed over."""
    kind = kind_of(template)
    for field, value in _leaves(template, ""):
        if isinstance(value, float) and not math.isfinite(value):
            raise refusal(
                InvalidArgumentError, kind, Rule.FORM, f"{field} is not a finite number", "leave out what is not known"
            )
        if isinstance(value, str) and field != LINE and (fault := fault_of(value)):
            raise refusal(
                InvalidArgumentError, kind, Rule.PLAIN_TEXT, f"{field} {fault}", "send plain text of one line"
            )
        if field.endswith("picture") and value and value not in pictures:
            raise refusal(
                InvalidArgumentError, kind, Rule.PICTURE, f"{field} names a picture that is not here", "add it again"
            )
    _check_ids(template, kind)
    _check_line(template, kind)
    _check_parts(template, kind)


def _leaves(part: object, path: str) -> Iterator[tuple[str, object]]:
    """Every text and number of a template with its place; words from our own sets are not among them."""
    if isinstance(part, msgspec.Struct):
        for field in part.__struct_fields__:
            yield from _leaves(getattr(part, field), f"{path}.{field}" if path else field)
    elif isinstance(part, list):
        for number, item in enumerate(part):
            yield from _leaves(item, f"{path}[{number}]")
    elif isinstance(part, str | float) and not isinstance(part, Enum):
        yield path, part


def _check_ids(template: Template, kind: str) -> None:
    seen: set[str] = set()
    for target in choices(template):
        if target in seen:
            raise refusal(
                InvalidArgumentError, kind, Rule.UNIQUE_IDS, f"the id {target!r} is there twice",
                "each row, item, route and action has its own id",
            )  # fmt: skip
        seen.add(target)


def _check_line(template: Template, kind: str) -> None:
    if isinstance(template, NavigationTemplate):
        try:
            polyline.decode(template.route)
        except InvalidArgumentError as error:
            raise refusal(InvalidArgumentError, kind, Rule.FORM, f"route: {error.message}", error.hint) from error


def _check_parts(template: Template, kind: str) -> None:
    """Parts that would contradict each other on the screen."""
    match template:
        case MapTemplate(markers=markers):
            ids = [marker.id for marker in markers]
            fault = "two markers have the same id" if len(set(ids)) < len(ids) else ""
        case MediaTemplate(commands=commands, duration=duration, position=position):
            if len(set(commands)) < len(commands):
                fault = "a command is there twice"
            elif TransportCommand.SEEK in commands and duration is None:
                fault = "SEEK needs a duration"
            else:
                fault = "position lies after duration" if duration is not None and position > duration else ""
        case ChargeSessionTemplate(price=price, currency=currency):
            fault = "price and currency come together" if (price is None) != (currency is None) else ""
        case _:
            fault = ""
    if fault:
        raise refusal(InvalidArgumentError, kind, Rule.REFERENCES, fault, "docs/templates.md has the fields")
