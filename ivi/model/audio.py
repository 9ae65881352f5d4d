# SPDX-License-Identifier: Apache-2.0
"""Audio focus: who may be heard, and how loud, among media, guidance, alerts, the voice assistant and calls."""

from enum import StrEnum

import msgspec


class AudioKind(StrEnum):
    """What somebody wants to play."""

    MEDIA = "media"
    NAVIGATION = "navigation"
    ALERT = "alert"
    VOICE = "voice"
    CALL = "call"


class FocusState(StrEnum):
    """What the holder of a focus has to do."""

    GAINED = "gained"
    """Play."""
    DUCKED = "ducked"
    """Play quietly: something more important is heard at the same time."""
    PAUSED = "paused"
    """Be silent for now; gained or ducked comes again."""
    LOST = "lost"
    """Stop; the focus is gone, and playing again takes a new request."""
    REFUSED = "refused"
    """The focus was not given; the stream ends."""


class RequestFocus(msgspec.Struct, array_like=True, frozen=True, tag="request_focus"):
    """Opens a stream of FocusChanged, which holds the focus; cancelling it gives the focus back."""

    kind: AudioKind
    owner: str
    """Who plays, for the status."""


class FocusChanged(msgspec.Struct, array_like=True, frozen=True, tag="focus_changed"):
    """One event of RequestFocus."""

    state: FocusState
