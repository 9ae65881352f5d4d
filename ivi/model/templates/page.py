# SPDX-License-Identifier: Apache-2.0
"""What pages of every kind have: buttons, and the two states in which there is no content."""

from enum import StrEnum
from typing import Annotated

import msgspec

from ivi.model.templates.icons import Icon
from ivi.model.templates.texts import Id, RowText

MAX_ACTIONS = 2


class ActionStyle(StrEnum):
    """How an action's button looks."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"
    """Ends or deletes something."""


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A button."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
    style: ActionStyle = ActionStyle.NORMAL
    icon: Icon = Icon.NONE


Actions = Annotated[list[Action], msgspec.Meta(max_length=MAX_ACTIONS)]


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="template"):
    """A page of any kind."""

    loading: bool = False
    """The content is on its way; the host shows its shape, and what is there already."""
    error: RowText = ""
    """What went wrong, in place of the content; actions stay."""
    back: bool = False
    """Whether the app answers WentBack on this page though it is the first of its task."""
