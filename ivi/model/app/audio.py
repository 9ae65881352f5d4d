# SPDX-License-Identifier: Apache-2.0
"""Being heard: an app asks for audio focus and is told whether and how it may play."""

import msgspec

from ivi.model.audio import AudioKind, FocusState


class RequestAudioFocus(msgspec.Struct, array_like=True, frozen=True, tag="request_audio_focus"):
    """Opens a stream of AudioFocusChanged, which holds the focus; cancelling it gives the focus back."""

    kind: AudioKind


type Request = RequestAudioFocus


class AudioFocusChanged(msgspec.Struct, array_like=True, frozen=True, tag="audio_focus_changed"):
    """One event of RequestAudioFocus; after `lost` or `refused` the stream ends."""

    state: FocusState


type Answer = AudioFocusChanged
