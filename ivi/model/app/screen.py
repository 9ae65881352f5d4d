# SPDX-License-Identifier: Apache-2.0
"""What an app shows and what the driver answers. Every answer carries the revision that was on the screen."""

from typing import Annotated

import msgspec

from ivi.model.templates import Template, TransportCommand

MAX_PICTURE = 64 << 10  # bytes of one PNG
MAX_TYPED = 80  # characters

Typed = Annotated[str, msgspec.Meta(max_length=MAX_TYPED)]


class ShowTemplate(msgspec.Struct, array_like=True, frozen=True, tag="show_template"):
    """Show a page in place of the app's page, or a notice above it.

    A page of the same kind and title as the present one refreshes it. One that the task has had before goes back to it.
    Any other is a further step of the task.
    """

    template: Template


class AddPicture(msgspec.Struct, array_like=True, frozen=True, tag="add_picture"):
    """Hand over a PNG that templates then name; the host keeps a bounded number of them while the app runs."""

    png: Annotated[bytes, msgspec.Meta(max_length=MAX_PICTURE)]


class FollowInput(msgspec.Struct, array_like=True, frozen=True, tag="follow_input"):
    """Opens a stream of InputEvent and Limits."""


type Request = ShowTemplate | AddPicture | FollowInput


class Shown(msgspec.Struct, array_like=True, frozen=True, tag="shown"):
    """Answer of ShowTemplate."""

    revision: int
    steps_left: int | None = None
    """Pages that the task may still have while driving; None while that is not limited."""


class PictureAdded(msgspec.Struct, array_like=True, frozen=True, tag="picture_added"):
    """Answer of AddPicture."""

    id: str
    """SHA-256 of the PNG, hexadecimal."""


class Tapped(msgspec.Struct, array_like=True, frozen=True, tag="tapped"):
    """The driver chose a row, item, marker, route or action."""

    revision: int
    target: str


class Toggled(msgspec.Struct, array_like=True, frozen=True, tag="toggled"):
    """The driver moved a row's switch. The screen shows the new state when the app does."""

    revision: int
    target: str
    on: bool


class TransportPressed(msgspec.Struct, array_like=True, frozen=True, tag="transport_pressed"):
    """The driver wants something of the player."""

    revision: int
    command: TransportCommand
    value: float = 0.0
    """Seconds for SEEK; 1 or 0 for SHUFFLE."""


class MoreWanted(msgspec.Struct, array_like=True, frozen=True, tag="more_wanted"):
    """The end of a list that has `more` is near. Sent once a revision."""

    revision: int
    count: int
    """Rows that are there already."""


class Searched(msgspec.Struct, array_like=True, frozen=True, tag="searched"):
    """The driver typed into a list's search field; only while parked."""

    revision: int
    text: Typed
    submitted: bool
    """False while typing goes on."""


class WentBack(msgspec.Struct, array_like=True, frozen=True, tag="went_back"):
    """The driver wants the page before; the app shows it again."""

    revision: int


class WentHome(msgspec.Struct, array_like=True, frozen=True, tag="went_home"):
    """The driver wants the task's first page; its steps are given back already."""

    revision: int


class Dismissed(msgspec.Struct, array_like=True, frozen=True, tag="dismissed"):
    """A notice is gone without an answer: by the driver, by its time, or by another that took its place."""

    revision: int


type InputEvent = Tapped | Toggled | TransportPressed | MoreWanted | Searched | WentBack | WentHome | Dismissed


class Limits(msgspec.Struct, array_like=True, frozen=True, tag="limits"):
    """What the screen shows of this app in the present driving state."""

    driving_state: str
    max_rows: int
    """Rows, items or markers; 0 for no limit."""
    max_chars: int
    """Characters of one text; 0 for no limit."""
    steps_left: int | None = None
    """Further pages that the task may have; None for no limit."""
    keyboard: bool = False
    """Whether search fields can be typed into."""
    pictures: bool = False
    """Whether pictures in rows and items are shown; a cover always is."""
    kinds: tuple[str, ...] = ()
    """Kinds of templates that are shown now, before what the manifest grants."""
    refresh_s: float = 1.0
    """Seconds between templates that are always accepted; a few may come faster."""


type Answer = Shown | PictureAdded | InputEvent | Limits
