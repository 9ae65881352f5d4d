# SPDX-License-Identifier: Apache-2.0
"""A page as lines of text, for those who have no screen, and read well aloud."""

from collections.abc import Iterator

import msgspec

from ivi.model.apphost import AppView
from ivi.model.templates import (
    ChargeSessionTemplate,
    GridTemplate,
    ListTemplate,
    MapTemplate,
    MediaTemplate,
    NavigationTemplate,
    NoticeTemplate,
    PageTemplate,
    PaneTemplate,
    RoutePreviewTemplate,
    Row,
    SignInTemplate,
    kind_of,
)

_PLAYER = {"playing", "paused", "buttons"}  # what a player shows as signs
_ALREADY = {"title", "actions", "loading", "error", "back"}


def page(view: AppView) -> list[str]:
    """What the driver sees of an app now, its head first; empty before its first page."""
    if view.withheld:
        return [f"nothing: a {view.withheld} page is not shown while driving"]
    if view.template is None:
        return []
    return list(_page(view.template, view.hidden))


def texts(template: PageTemplate) -> Iterator[str]:
    """Every text of a page that a driver reads, line by line; its title and buttons are not among them."""
    for field in ("subtitle", "text", "artist", "note", "error"):
        if text := getattr(template, field, ""):
            yield str(text)
    for left, right in _pairs(template):
        if not (isinstance(template, MediaTemplate) and left in _PLAYER):
            yield from (text for text in (left, right) if text)


def notice(template: NoticeTemplate) -> str:
    """A notification or alert in a line."""
    choices = f" {_actions(template)}" if template.actions else ""
    return f"{template.title}{': ' + template.text if template.text else ''}{choices}"


def _page(template: PageTemplate, hidden: int) -> Iterator[str]:
    yield f"{getattr(template, 'title', '') or 'Guidance'} ({kind_of(template)})"
    for field in ("subtitle", "text", "artist", "note"):
        if text := getattr(template, field, ""):
            yield f"  {text}"
    if template.loading:
        yield "  (loading)"
    if template.error:
        yield f"  problem: {template.error}"
    pairs = list(_pairs(template))
    width = min(28, max((len(left) for left, _ in pairs), default=0))
    yield from (f"  {left:<{width}}  {right}".rstrip() for left, right in pairs)
    if hidden:
        yield f"  ({hidden} more are not shown in this driving state)"
    if not pairs and (empty := getattr(template, "empty", "")):
        yield f"  {empty}"
    if template.actions:
        yield f"  {_actions(template)}"


def _pairs(template: PageTemplate) -> Iterator[tuple[str, str]]:
    """Names and values of what a page is made of."""
    match template:
        case ListTemplate(rows=rows) | MediaTemplate(queue=rows):
            if isinstance(template, MediaTemplate):
                yield "playing" if template.playing else "paused", _minutes(template.position, template.duration)
                yield "buttons", ", ".join(template.commands)
            yield from map(_row, rows)
        case GridTemplate(items=items):
            yield from ((_marked(item.title, item.selected), item.text) for item in items)
        case PaneTemplate(facts=facts):
            yield from ((fact.label, fact.text) for fact in facts)
        case MapTemplate(markers=markers, rows=rows):
            listed = {row.id for row in rows}
            yield from map(_row, rows)
            yield from (
                (marker.title or marker.label or marker.id, "") for marker in markers if marker.id not in listed
            )
        case RoutePreviewTemplate(routes=routes):
            yield from (
                (_marked(route.title, route.selected), f"{route.distance / 1000:.0f} km, {route.duration / 60:.0f} min")
                for route in routes
            )
        case NavigationTemplate() | ChargeSessionTemplate() | SignInTemplate():
            yield from _known(template)
        case _:
            pass


def _row(row: Row) -> tuple[str, str]:
    said = [row.text] if row.text else []
    if row.badge:
        said.append(f"[{row.badge}]")
    if row.toggle is not None:
        said.append("on" if row.toggle else "off")
    return _marked(row.title, row.selected), " ".join(said)


def _known(template: PageTemplate) -> Iterator[tuple[str, str]]:
    """Every further field that says something."""
    for field in template.__struct_fields__:
        value = getattr(template, field)
        if field in _ALREADY or value is None or value in ("", []):
            continue
        if field == "route":
            value = "a line on the map"
        elif field == "stops":
            value = ", ".join(stop.title for stop in value)
        elif isinstance(value, msgspec.Struct):
            value = ", ".join(str(one) for one in msgspec.structs.astuple(value) if one not in ("", None))
        yield field.replace("_", " "), str(value)


def _actions(template: PageTemplate | NoticeTemplate) -> str:
    return " ".join(f"[{action.title}]" for action in template.actions)


def _marked(title: str, selected: bool) -> str:
    return f"> {title}" if selected else title


def _minutes(position: float, duration: float | None) -> str:
    at = f"{int(position) // 60}:{int(position) % 60:02d}"
    return at if duration is None else f"{at} of {int(duration) // 60}:{int(duration) % 60:02d}"
