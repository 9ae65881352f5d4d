# SPDX-License-Identifier: Apache-2.0
"""Choosing a route, and being guided along it. Numbers only: the host writes them in the driver's units."""

from enum import StrEnum
from typing import Annotated

import msgspec

from ivi.model.templates.icons import Maneuver
from ivi.model.templates.page import Actions, Page
from ivi.model.templates.places import Position
from ivi.model.templates.polyline import MAX_TEXT
from ivi.model.templates.texts import Badge, Id, Metres, Percent, RowText, Seconds, Short, Title

MAX_ROUTES = 3
MAX_LANES = 8
MAX_STOPS = 8
Line = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Road = Annotated[str, msgspec.Meta(max_length=60)]


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to the destination."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    """What tells it from the others, e.g. `A8 by Ulm`."""
    distance: Metres
    duration: Seconds
    energy: Annotated[float, msgspec.Meta(ge=-50, le=1000)] | None = None
    """kWh; negative downhill."""
    arrival_charge: Percent | None = None
    """State of charge at the destination, percent."""
    badge: Badge = ""
    """E.g. `fastest`."""
    note: Short = ""
    """E.g. `1 charging stop`."""
    selected: bool = False


class RoutePreviewTemplate(Page, frozen=True, tag="route_preview"):
    """Up to three routes; choosing one comes as Tapped with its id."""

    title: Title
    """The destination."""
    routes: Annotated[list[Route], msgspec.Meta(max_length=MAX_ROUTES)]
    subtitle: RowText = ""
    """E.g. the address."""
    actions: Actions = msgspec.field(default_factory=list)


class LaneDirection(StrEnum):
    """Where a lane leads."""

    LEFT = "left"
    SLIGHT_LEFT = "slight_left"
    STRAIGHT = "straight"
    SLIGHT_RIGHT = "slight_right"
    RIGHT = "right"
    U_TURN = "u_turn"


class Lane(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One lane, from left to right on the road."""

    direction: LaneDirection
    recommended: bool = False


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to do on the way."""

    maneuver: Maneuver
    distance: Metres
    """Until there."""
    road: Road = ""
    """The road or direction that follows."""
    exit: Annotated[int, msgspec.Meta(ge=1, le=19)] | None = None
    """Number of a roundabout's exit."""


class ChargeStop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place on the way where the car is to be charged. Choosing it on the map comes as Tapped with its id."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    position: Position
    distance: Metres | None = None
    """Until there."""
    arrival_charge: Percent | None = None
    """State of charge on arrival there, percent."""
    duration: Seconds | None = None
    """Of charging there."""


class NavigationTemplate(Page, frozen=True, tag="navigation"):
    """Guidance: the next turn, the one after it, lanes, and the rest of the way."""

    turn: Turn | None
    """None while the route is made."""
    then: Turn | None = None
    lanes: Annotated[list[Lane], msgspec.Meta(max_length=MAX_LANES)] = msgspec.field(default_factory=list)
    destination: Road = ""
    arrival: Annotated[float, msgspec.Meta(ge=0, le=32_503_680_000)] | None = None
    """Unix time, seconds."""
    remaining_distance: Metres | None = None
    remaining_time: Seconds | None = None
    arrival_charge: Percent | None = None
    note: RowText = ""
    """E.g. a warning about the road ahead."""
    actions: Actions = msgspec.field(default_factory=list)
    route: Line = ""
    """The rest of the way as an encoded polyline (ivi.model.templates.polyline), drawn on the car's map."""
    stops: Annotated[list[ChargeStop], msgspec.Meta(max_length=MAX_STOPS)] = msgspec.field(default_factory=list)
    """In the order of the way."""
