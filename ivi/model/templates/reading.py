# SPDX-License-Identifier: Apache-2.0
"""Something to read: pane and message."""

from typing import Annotated

import msgspec

from ivi.model.templates.icons import Icon
from ivi.model.templates.page import Actions, Page
from ivi.model.templates.texts import LongText, PictureId, RowText, Short, Title


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label and what is known of it."""

    label: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    text: RowText
    icon: Icon = Icon.NONE


class PaneTemplate(Page, frozen=True, tag="pane"):
    """Details of one thing: up to four facts, a picture, two actions."""

    title: Title
    facts: Annotated[list[Fact], msgspec.Meta(max_length=4)]
    actions: Actions = msgspec.field(default_factory=list)
    subtitle: Short = ""
    picture: PictureId = ""


class MessageTemplate(Page, frozen=True, tag="message"):
    """One thing said, and what to do about it."""

    title: Title
    text: LongText
    actions: Actions = msgspec.field(default_factory=list)
    icon: Icon = Icon.NONE
