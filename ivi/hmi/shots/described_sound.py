# SPDX-License-Identifier: Apache-2.0
"""What the described car says of its sound and of calls. Invented, as the whole car is."""

from collections.abc import Callable
from typing import Any

import msgspec

from ivi.model.audio import AudioKind, ChangeVolume, FocusState, Heard, SetMuted, SetVolume, Sound, SubscribeSound
from ivi.model.phone import AnswerCall, Call, Calls, CallState, CallTaken, EndCall, SubscribeCalls

SOUND = Sound(35, muted=False, holders=[Heard("tuneful", AudioKind.MEDIA, FocusState.GAINED)])
CALL = Calls([Call("/call/1", "Anna Weber", "+49 711 5550", CallState.INCOMING)], possible=True)
EVENTS: dict[type[msgspec.Struct], msgspec.Struct] = {SubscribeSound: SOUND, SubscribeCalls: Calls([], possible=True)}
ANSWERS: dict[type[msgspec.Struct], Callable[[Any], msgspec.Struct]] = {
    SetVolume: lambda request: msgspec.structs.replace(SOUND, volume=request.volume),
    ChangeVolume: lambda request: msgspec.structs.replace(SOUND, volume=35 + 5 * request.steps),
    SetMuted: lambda request: msgspec.structs.replace(SOUND, muted=request.muted),
    AnswerCall: lambda _request: CallTaken(),
    EndCall: lambda _request: CallTaken(),
}
