# SPDX-License-Identifier: Apache-2.0
"""Audio focus: who may be heard among media, guidance, alerts, the voice assistant and calls; and the volume."""

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


class Heard(msgspec.Struct, array_like=True, frozen=True):
    """Somebody who holds a focus."""

    owner: str
    """An app's id, or a process of ours."""
    kind: AudioKind
    state: FocusState


class SubscribeSound(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_sound"):
    """Opens a stream of Sound: how it is now, then each change."""


class SetVolume(msgspec.Struct, array_like=True, frozen=True, tag="set_volume"):
    """How loud the car is, percent; above 0 it is not muted any more. Answered with Sound.

    Errors: invalid_argument outside 0 to 100, unavailable when nothing on board makes sound.
    """

    volume: int


class ChangeVolume(msgspec.Struct, array_like=True, frozen=True, tag="change_volume"):
    """So many steps louder, or quieter below 0. Answered with Sound. Errors: as of SetVolume."""

    steps: int


class SetMuted(msgspec.Struct, array_like=True, frozen=True, tag="set_muted"):
    """Silent, or as loud as before. Answered with Sound. Errors: unavailable when nothing on board makes sound."""

    muted: bool


class Sound(msgspec.Struct, array_like=True, frozen=True, tag="sound"):
    """How loud the car is and who is heard."""

    volume: int | None
    """Percent, as the sound server reports it; None when nothing on board makes sound."""
    muted: bool
    holders: list[Heard]
    """Who holds a focus, the newest first."""
    reason: str = ""
    """Why there is no volume, in plain words."""


type Request = RequestFocus | SubscribeSound | SetVolume | ChangeVolume | SetMuted
type Answer = FocusChanged | Sound
