# SPDX-License-Identifier: Apache-2.0
"""What plays now, and what comes next."""

from enum import StrEnum
from typing import Annotated

import msgspec

from ivi.model.templates.browse import MAX_ROWS, Row
from ivi.model.templates.icons import Icon
from ivi.model.templates.page import Actions, Page
from ivi.model.templates.texts import PictureId, RowText, RowTitle, Seconds, Short


class TransportCommand(StrEnum):
    """What can be asked of a player; those of MPRIS."""

    PLAY = "play"
    PAUSE = "pause"
    NEXT = "next"
    PREVIOUS = "previous"
    SEEK = "seek"
    """To a position in seconds."""
    SHUFFLE = "shuffle"
    """1 for on, 0 for off."""
    REPEAT = "repeat"
    """The next of none, all, one."""


class Repeat(StrEnum):
    """What follows the last track."""

    NONE = "none"
    ALL = "all"
    ONE = "one"


class MediaTemplate(Page, frozen=True, tag="media"):
    """Now playing. The host counts the position on by itself, so a template a track is enough."""

    title: RowTitle
    """Of the track."""
    artist: RowText = ""
    album: RowText = ""
    icon: Icon = Icon.MUSIC
    """In place of the cover while there is none."""
    picture: PictureId = ""
    """The cover."""
    playing: bool = False
    duration: Seconds | None = None
    """Seconds; None for a live stream."""
    position: Seconds = 0.0
    """Seconds, at the moment in which the template is shown."""
    commands: Annotated[list[TransportCommand], msgspec.Meta(max_length=7)] = msgspec.field(default_factory=list)
    """What the player can do now; further buttons are not drawn."""
    shuffle: bool = False
    repeat: Repeat = Repeat.NONE
    source: Short = ""
    """Where it comes from, e.g. `Library`."""
    note: RowText = ""
    """A line for what the driver should know."""
    queue_title: Short = ""
    queue: Annotated[list[Row], msgspec.Meta(max_length=MAX_ROWS)] = msgspec.field(default_factory=list)
    """What can be chosen: what comes next, or the library."""
    more: bool = False
    """As in a list."""
    actions: Actions = msgspec.field(default_factory=list)
