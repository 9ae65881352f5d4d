# SPDX-License-Identifier: Apache-2.0
"""What the host demands of a template beyond its type: plain text, ids of their own, a task of so many pages."""

import math
import unicodedata
from collections.abc import Container, Iterator
from enum import Enum

import msgspec

from ivi.model.app import InputEvent, MoreWanted, Searched, Tapped, Toggled, TransportPressed, WentBack, WentHome
from ivi.model.errors import InvalidArgumentError, IviError, ResourceExhaustedError
from ivi.model.templates import (
    ChargeSessionTemplate,
    GridTemplate,
    ListTemplate,
    MapTemplate,
    MediaTemplate,
    NavigationTemplate,
    PageTemplate,
    ProviderMethod,
    RoutePreviewTemplate,
    Row,
    Rule,
    SignInTemplate,
    Template,
    TransportCommand,
    kind_of,
)

STEPS_MOVING, DEPTH_MOVING = 5, 3  # pages of a task, and lists in each other, while driving
MAX_KEPT = 64  # pages that a parked car's task is remembered for
MAX_MARKS = 6  # marks on one letter
_BROWSING = {"list", "grid", "map_with_content"}
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}  # Unicode categories
_JOINERS = "\u200c\u200d"
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def refusal[E: IviError](error: type[E], kind: str, rule: Rule, why: str, hint: str) -> E:
    """The error of a template of `kind` that `rule` refuses."""
    return error(f"{kind} refused by {rule.value}: {why}", hint=hint)


def fault_of(text: str) -> str:
    """Why a text is no plain text of one line; empty when it is."""
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        if (category in _INVISIBLE and letter not in _JOINERS) or letter in _BLANK:
            return "has characters that cannot be shown"
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MAX_MARKS:
            return "has too many marks on one letter"
    return "is blank" if text and not text.strip().strip(_JOINERS) else ""


def check(template: Template, pictures: Container[str]) -> None:
    """Raises InvalidArgumentError that names the rule and the field."""
    kind = kind_of(template)
    for field, value in _leaves(template, ""):
        rule, why, hint = Rule.FORM, "", "leave out what is not known"
        if isinstance(value, float) and not math.isfinite(value):
            why = f"{field} is not a finite number"
        elif isinstance(value, str) and (fault := fault_of(value)):
            rule, why, hint = Rule.PLAIN_TEXT, f"{field} {fault}", "send plain text of one line"
        elif field.endswith("picture") and value and value not in pictures:
            rule, why, hint = Rule.PICTURE, f"{field} names a picture that is not here", "add it again"
        if why:
            raise refusal(InvalidArgumentError, kind, rule, why, hint)
    seen: set[str] = set()
    for target in choices(template):
        if target in seen:
            text, hint = f"the id {target!r} is there twice", "each row, item, route and action has its own id"
            raise refusal(InvalidArgumentError, kind, Rule.UNIQUE_IDS, text, hint)
        seen.add(target)
    if fault := _contradiction(template):
        raise refusal(InvalidArgumentError, kind, Rule.REFERENCES, fault, "docs/templates.md has the fields")


def _leaves(part: object, path: str) -> Iterator[tuple[str, object]]:
    """Every text and number of a template with its place."""
    if isinstance(part, msgspec.Struct):
        for field in part.__struct_fields__:
            yield from _leaves(getattr(part, field), f"{path}.{field}" if path else field)
    elif isinstance(part, list):
        for number, item in enumerate(part):
            yield from _leaves(item, f"{path}[{number}]")
    elif isinstance(part, str | float) and not isinstance(part, Enum):
        yield path, part


def _contradiction(template: Template) -> str:
    """Parts that do not go together; empty when they do."""
    match template:
        case MapTemplate(markers=markers):
            ids = [marker.id for marker in markers]
            return "two markers have the same id" if len(set(ids)) < len(ids) else ""
        case MediaTemplate(commands=commands, duration=duration, position=position):
            if len(set(commands)) < len(commands):
                return "a command is there twice"
            if TransportCommand.SEEK in commands and duration is None:
                return "SEEK needs a duration"
            return "position lies after duration" if duration is not None and position > duration else ""
        case ChargeSessionTemplate(price=price, currency=currency):
            return "price and currency come together" if (price is None) != (currency is None) else ""
        case _:
            return ""


def choices(template: Template) -> Iterator[str]:
    """Ids that are each their own."""
    yield from (row.id for row in rows_of(template))
    match template:
        case GridTemplate(items=items):
            yield from (item.id for item in items)
        case RoutePreviewTemplate(routes=routes):
            yield from (route.id for route in routes)
        case SignInTemplate(method=ProviderMethod()):
            yield "sign_in"
        case _:
            pass
    yield from (action.id for action in template.actions)


def rows_of(template: Template) -> list[Row]:
    """The template's rows."""
    match template:
        case ListTemplate(rows=rows) | MapTemplate(rows=rows) | MediaTemplate(queue=rows):
            return rows
        case _:
            return []


def tappable(template: Template) -> set[str]:
    """Ids that a tap may name."""
    off = {row.id for row in rows_of(template) if not row.enabled or row.toggle is not None}
    if isinstance(template, GridTemplate):
        off |= {item.id for item in template.items if not item.enabled}
    found = set(choices(template)) - off
    return found | {marker.id for marker in template.markers} if isinstance(template, MapTemplate) else found


def fits(template: Template, event: InputEvent, *, depth: int, keyboard: bool) -> bool:
    """Whether what the driver does is possible on what is shown."""
    match event:
        case Tapped(target=target):
            return target in tappable(template)
        case Toggled(target=target):
            return any(row.id == target and row.toggle is not None and row.enabled for row in rows_of(template))
        case TransportPressed(command=command):
            return isinstance(template, MediaTemplate) and command in template.commands
        case MoreWanted():
            return isinstance(template, ListTemplate | GridTemplate | MediaTemplate) and template.more
        case Searched():
            return keyboard and isinstance(template, ListTemplate) and template.search is not None
        case WentBack():
            return depth > 1 or bool(getattr(template, "back", False))
        case WentHome():
            return depth > 1
        case _:
            return False


class Task:
    """The pages that the driver has gone through. A page of the same kind and title is the same page."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []

    def left(self, *, moving: bool) -> int | None:
        """Further pages; None while that is not limited."""
        return max(0, STEPS_MOVING - len(self.steps)) if moving else None

    def show(self, page: PageTemplate, *, moving: bool) -> None:
        """Count a page. Raises ResourceExhaustedError when the task may have no further one while driving."""
        kind = kind_of(page)
        step = (kind, "" if isinstance(page, NavigationTemplate | MediaTemplate) else getattr(page, "title", ""))
        if step in self.steps:
            del self.steps[self.steps.index(step) + 1 :]
            return
        depth, browsing = len(self.steps), sum(one in _BROWSING for one, _ in self.steps)
        if moving and depth >= STEPS_MOVING:
            why = f"the task has {depth} pages, and {STEPS_MOVING} are the limit while driving"
            hint = "show a page of the task again, or wait until the driver goes home"
            raise refusal(ResourceExhaustedError, kind, Rule.TASK_STEPS, why, hint)
        if moving and kind in _BROWSING and browsing >= DEPTH_MOVING:
            why = f"{browsing} lists lead here, and {DEPTH_MOVING} are the limit while driving"
            raise refusal(
                ResourceExhaustedError, kind, Rule.BROWSE_DEPTH, why, "show what was chosen, not another list"
            )
        if depth >= MAX_KEPT:
            del self.steps[1]
        self.steps.append(step)
