# SPDX-License-Identifier: Apache-2.0
"""Messages between an app and its host over the inherited socketpair. Identity is the socket; none names an app.

One module a facility; what any of them may carry is the union of all.
"""

from ivi.model.app import audio, notifications, payments, screen, session, signals, storage, voice
from ivi.model.app.audio import AudioFocusChanged, RequestAudioFocus
from ivi.model.app.notifications import Importance, Notified, Notify
from ivi.model.app.payments import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.app.screen import (
    AddPicture,
    Dismissed,
    FollowInput,
    InputEvent,
    Limits,
    MoreWanted,
    PictureAdded,
    Searched,
    Shown,
    ShowTemplate,
    Tapped,
    Toggled,
    TransportPressed,
    WentBack,
    WentHome,
)
from ivi.model.app.session import Accepted, Granted, Heartbeat, Hello, Revoked, Stopping, Welcome
from ivi.model.app.signals import ActuateSignal, GetSignals, Signals, SubscribeSignals
from ivi.model.app.storage import DeleteItem, GetItem, ItemInfo, ItemList, ItemPart, ListItems, PutItem
from ivi.model.app.voice import AnswerIntent, FollowIntents, IntentMatched

type AppRequest = (
    session.Request
    | signals.Request
    | screen.Request
    | storage.Request
    | payments.Request
    | voice.Request
    | notifications.Request
    | audio.Request
)
type AppAnswer = (
    session.Answer
    | signals.Answer
    | screen.Answer
    | storage.Answer
    | payments.Answer
    | voice.Answer
    | notifications.Answer
    | audio.Answer
)

__all__ = [
    "Accepted",
    "ActuateSignal",
    "AddPicture",
    "AnswerIntent",
    "AppAnswer",
    "AppRequest",
    "AudioFocusChanged",
    "DeleteItem",
    "Dismissed",
    "FollowInput",
    "FollowIntents",
    "GetItem",
    "GetSignals",
    "Granted",
    "Heartbeat",
    "Hello",
    "Importance",
    "InputEvent",
    "IntentMatched",
    "ItemInfo",
    "ItemList",
    "ItemPart",
    "Limits",
    "ListItems",
    "MoreWanted",
    "Notified",
    "Notify",
    "PaymentState",
    "PaymentUpdate",
    "PictureAdded",
    "PutItem",
    "RequestAudioFocus",
    "RequestPayment",
    "Revoked",
    "Searched",
    "ShowTemplate",
    "Shown",
    "Signals",
    "Stopping",
    "SubscribeSignals",
    "Tapped",
    "Toggled",
    "TransportPressed",
    "Welcome",
    "WentBack",
    "WentHome",
]
