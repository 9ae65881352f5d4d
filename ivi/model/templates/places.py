# SPDX-License-Identifier: Apache-2.0
"""Places on the car's own map, and beside it a list of them. No picture of a map comes from an app."""

from typing import Annotated

import msgspec

from ivi.model.templates.browse import Row
from ivi.model.templates.icons import Icon
from ivi.model.templates.page import Actions, Page
from ivi.model.templates.texts import Id, Latitude, Longitude, RowText, Short, Title

MAX_PLACES = 24


class Position(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """WGS 84, degrees."""

    latitude: Latitude
    longitude: Longitude


class Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place. Where a row has the same id, choosing either is the same, and the row shows the marker's label."""

    id: Id
    position: Position
    label: Annotated[str, msgspec.Meta(max_length=3)] = ""
    """A letter or number in the marker; its icon is drawn when this is empty."""
    icon: Icon = Icon.PLACE
    title: Short = ""
    """Said for those who cannot see the map."""
    selected: bool = False


class MapTemplate(Page, frozen=True, tag="map_with_content"):
    """A map with markers, and a list beside it."""

    title: Title
    markers: Annotated[list[Marker], msgspec.Meta(max_length=MAX_PLACES)]
    rows: Annotated[list[Row], msgspec.Meta(max_length=MAX_PLACES)] = msgspec.field(default_factory=list)
    centre: Position | None = None
    """None for the middle of all markers."""
    zoom: Annotated[float, msgspec.Meta(ge=2, le=18)] | None = None
    """Levels as of web maps: one more is twice the scale. None shows all markers."""
    actions: Actions = msgspec.field(default_factory=list)
    empty: RowText = ""
