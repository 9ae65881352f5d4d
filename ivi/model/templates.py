# SPDX-License-Identifier: Apache-2.0
"""Templates: typed data that an app sends and the host draws in the car's style. Plain text only, icons by name."""

from enum import StrEnum
from typing import Annotated

import msgspec

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
RowTitle = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
RowText = Annotated[str, msgspec.Meta(max_length=240)]
Badge = Annotated[str, msgspec.Meta(max_length=12)]


class Icon(StrEnum):
    """Icons of the car's own set; an app names one, it never brings a picture's address."""

    NONE = ""
    MUSIC = "music"
    PLAY = "play"
    PAUSE = "pause"
    BOLT = "bolt"
    PARKING = "parking"
    PLACE = "place"
    INFO = "info"
    WARNING = "warning"


class ActionStyle(StrEnum):
    """How an action's button looks."""

    NORMAL = "normal"
    PRIMARY = "primary"


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A button."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
    style: ActionStyle = ActionStyle.NORMAL


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a list."""

    id: Id
    title: RowTitle
    text: RowText = ""
    icon: Icon = Icon.NONE
    badge: Badge = ""
    selected: bool = False


class ListTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="list", tag_field="template"):
    """A titled list with at most two actions."""

    title: Title
    rows: Annotated[list[Row], msgspec.Meta(max_length=100)]
    actions: Annotated[list[Action], msgspec.Meta(max_length=2)] = []
    subtitle: RowText = ""
    """A line under the title, e.g. what plays now."""


type Template = ListTemplate
