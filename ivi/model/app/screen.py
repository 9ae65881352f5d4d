# SPDX-License-Identifier: Apache-2.0
"""What an app shows and what the driver answers."""

import msgspec

from ivi.model.templates import ListTemplate


class ShowTemplate(msgspec.Struct, array_like=True, frozen=True, tag="show_template"):
    """Replace what the screen shows of this app."""

    template: ListTemplate


class FollowInput(msgspec.Struct, array_like=True, frozen=True, tag="follow_input"):
    """Opens a stream of Tapped and Limits."""


type Request = ShowTemplate | FollowInput


class Shown(msgspec.Struct, array_like=True, frozen=True, tag="shown"):
    """Answer of ShowTemplate."""

    revision: int


class Tapped(msgspec.Struct, array_like=True, frozen=True, tag="tapped"):
    """The driver chose a row or an action."""

    revision: int
    target: str


class Limits(msgspec.Struct, array_like=True, frozen=True, tag="limits"):
    """What the screen shows of this app in the present driving state."""

    driving_state: str
    max_rows: int
    max_chars: int


type Answer = Shown | Tapped | Limits
