# SPDX-License-Identifier: Apache-2.0
"""What of a template the driver can choose, and whether an answer fits what is shown."""

from collections.abc import Iterator

from ivi.model.app import (
    Dismissed,
    InputEvent,
    MoreWanted,
    Searched,
    Tapped,
    Toggled,
    TransportPressed,
    WentBack,
    WentHome,
)
from ivi.model.templates import (
    GridTemplate,
    ListTemplate,
    MapTemplate,
    MediaTemplate,
    NavigationTemplate,
    ProviderMethod,
    RoutePreviewTemplate,
    Row,
    SignInTemplate,
    Template,
)

SIGN_IN = "sign_in"
"""What Tapped says of a provider's button."""


def choices(template: Template) -> Iterator[str]:
    """Ids that are each their own; a map's marker shares its row's."""
    match template:
        case ListTemplate(rows=parts) | MapTemplate(rows=parts) | MediaTemplate(queue=parts):
            yield from (row.id for row in parts)
        case GridTemplate(items=items):
            yield from (item.id for item in items)
        case RoutePreviewTemplate(routes=routes):
            yield from (route.id for route in routes)
        case NavigationTemplate(stops=stops):
            yield from (stop.id for stop in stops)
        case SignInTemplate(method=ProviderMethod()):
            yield SIGN_IN
        case _:
            pass
    yield from (action.id for action in template.actions)


def _rows(template: Template) -> list[Row]:
    match template:
        case ListTemplate(rows=rows) | MapTemplate(rows=rows) | MediaTemplate(queue=rows):
            return rows
        case _:
            return []


def tappable(template: Template) -> set[str]:
    """Ids that a tap may name."""
    off = {row.id for row in _rows(template) if not row.enabled or row.toggle is not None}
    if isinstance(template, GridTemplate):
        off |= {item.id for item in template.items if not item.enabled}
    found = set(choices(template)) - off
    return found | {marker.id for marker in template.markers} if isinstance(template, MapTemplate) else found


def fits(template: Template, event: InputEvent, *, depth: int, keyboard: bool) -> bool:
    """Whether an answer belongs to what is shown."""
    match event:
        case Tapped(target=target):
            return target in tappable(template)
        case Toggled(target=target):
            return any(row.id == target and row.toggle is not None and row.enabled for row in _rows(template))
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
        case Dismissed():
            return False
