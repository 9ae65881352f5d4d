# SPDX-License-Identifier: Apache-2.0
"""Templates: typed data that an app sends and the host draws in the car's style. Plain text only, icons by name.

One module a family. docs/templates.md shows each kind with its fields and limits.
"""

from ivi.model.templates.browse import GridItem, GridTemplate, ListTemplate, Row, SearchField
from ivi.model.templates.charging import ChargeSessionTemplate, ChargeState
from ivi.model.templates.icons import Icon, Maneuver
from ivi.model.templates.media import MediaTemplate, Repeat, TransportCommand
from ivi.model.templates.navigation import (
    ChargeStop,
    Lane,
    LaneDirection,
    NavigationTemplate,
    Route,
    RoutePreviewTemplate,
    Turn,
)
from ivi.model.templates.notices import AlertTemplate, NotificationTemplate
from ivi.model.templates.page import Action, ActionStyle, Page
from ivi.model.templates.places import MapTemplate, Marker, Position
from ivi.model.templates.reading import Fact, MessageTemplate, PaneTemplate
from ivi.model.templates.rules import Rule
from ivi.model.templates.sign_in import PinMethod, ProviderMethod, QrMethod, SignInTemplate

type PageTemplate = (
    ListTemplate
    | GridTemplate
    | PaneTemplate
    | MessageTemplate
    | SignInTemplate
    | MediaTemplate
    | MapTemplate
    | RoutePreviewTemplate
    | NavigationTemplate
    | ChargeSessionTemplate
)
"""What an app's page can be; it stays until the app shows another."""

type NoticeTemplate = NotificationTemplate | AlertTemplate
"""What lies above the pages for a moment."""

type Template = PageTemplate | NoticeTemplate

PAGES: tuple[type[Page], ...] = (
    ListTemplate,
    GridTemplate,
    PaneTemplate,
    MessageTemplate,
    SignInTemplate,
    MediaTemplate,
    MapTemplate,
    RoutePreviewTemplate,
    NavigationTemplate,
    ChargeSessionTemplate,
)


def kind_of(template: Template) -> str:
    """The kind's name on the wire and in a manifest's `ui` permission, e.g. `map_with_content`."""
    tag = template.__struct_config__.tag
    return str(tag)


__all__ = [
    "PAGES",
    "Action",
    "ActionStyle",
    "AlertTemplate",
    "ChargeSessionTemplate",
    "ChargeState",
    "ChargeStop",
    "Fact",
    "GridItem",
    "GridTemplate",
    "Icon",
    "Lane",
    "LaneDirection",
    "ListTemplate",
    "Maneuver",
    "MapTemplate",
    "Marker",
    "MediaTemplate",
    "MessageTemplate",
    "NavigationTemplate",
    "NoticeTemplate",
    "NotificationTemplate",
    "Page",
    "PageTemplate",
    "PaneTemplate",
    "PinMethod",
    "Position",
    "ProviderMethod",
    "QrMethod",
    "Repeat",
    "Route",
    "RoutePreviewTemplate",
    "Row",
    "Rule",
    "SearchField",
    "SignInTemplate",
    "Template",
    "TransportCommand",
    "Turn",
    "kind_of",
]
