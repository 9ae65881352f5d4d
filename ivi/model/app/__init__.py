# SPDX-License-Identifier: Apache-2.0
"""Messages between an app and its host over the inherited socketpair. Identity is the socket; none names an app.

One module a facility; what any of them may carry is the union of all.
"""

from ivi.model.app import notifications, payments, screen, session, signals, storage, voice
from ivi.model.app.notifications import Importance, Notified, Notify
from ivi.model.app.payments import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.app.screen import FollowInput, Limits, Shown, ShowTemplate, Tapped
from ivi.model.app.session import Accepted, Heartbeat, Hello, Welcome
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
)
type AppAnswer = (
    session.Answer
    | signals.Answer
    | screen.Answer
    | storage.Answer
    | payments.Answer
    | voice.Answer
    | notifications.Answer
)

__all__ = [
    "Accepted",
    "ActuateSignal",
    "AnswerIntent",
    "AppAnswer",
    "AppRequest",
    "DeleteItem",
    "FollowInput",
    "FollowIntents",
    "GetItem",
    "GetSignals",
    "Heartbeat",
    "Hello",
    "Importance",
    "IntentMatched",
    "ItemInfo",
    "ItemList",
    "ItemPart",
    "Limits",
    "ListItems",
    "Notified",
    "Notify",
    "PaymentState",
    "PaymentUpdate",
    "PutItem",
    "RequestPayment",
    "ShowTemplate",
    "Shown",
    "Signals",
    "SubscribeSignals",
    "Tapped",
    "Welcome",
]
