# SPDX-License-Identifier: Apache-2.0
"""Choosing among many: list and grid."""

from typing import Annotated

import msgspec

from ivi.model.templates.icons import Icon
from ivi.model.templates.page import Actions, Page
from ivi.model.templates.texts import Badge, Id, PictureId, RowText, RowTitle, Share, Short, Title

MAX_ROWS = 100
MAX_ITEMS = 60


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a list."""

    id: Id
    title: RowTitle
    text: RowText = ""
    icon: Icon = Icon.NONE
    badge: Badge = ""
    selected: bool = False
    section: Short = ""
    """Heading above this row and those after it with the same one."""
    picture: PictureId = ""
    """In place of the icon, where pictures are shown."""
    toggle: bool | None = None
    """A switch with this state; touching the row sends Toggled. None for a row without a switch."""
    progress: Share | None = None
    """A bar below the title."""
    browsable: bool = False
    """Leads to another list; drawn with an arrow."""
    enabled: bool = True


class SearchField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field to type into while parked; what is typed comes as Searched."""

    hint: Short
    text: Annotated[str, msgspec.Meta(max_length=80)] = ""
    """What was searched for, shown as long as nothing else is typed."""


class ListTemplate(Page, frozen=True, tag="list"):
    """A titled list with at most two actions."""

    title: Title
    rows: Annotated[list[Row], msgspec.Meta(max_length=MAX_ROWS)]
    actions: Actions = msgspec.field(default_factory=list)
    subtitle: RowText = ""
    """A line under the title."""
    empty: RowText = ""
    """What is said when there are no rows."""
    more: bool = False
    """There are further rows: when the end is near the app gets MoreWanted and shows the list again, longer."""
    search: SearchField | None = None


class GridItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One tile of a grid."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    text: Annotated[str, msgspec.Meta(max_length=60)] = ""
    icon: Icon = Icon.NONE
    badge: Badge = ""
    selected: bool = False
    picture: PictureId = ""
    enabled: bool = True


class GridTemplate(Page, frozen=True, tag="grid"):
    """Tiles to choose from, by picture or icon more than by words."""

    title: Title
    items: Annotated[list[GridItem], msgspec.Meta(max_length=MAX_ITEMS)]
    actions: Actions = msgspec.field(default_factory=list)
    empty: RowText = ""
    more: bool = False
    """As in a list."""
