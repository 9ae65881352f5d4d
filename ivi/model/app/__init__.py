# SPDX-License-Identifier: Apache-2.0
"""Messages between an app and its host over the inherited socketpair. Identity is the socket; none names an app.

One module a facility; what any of them may carry is the union of all.
"""

from ivi.model.app import screen, session, signals
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
from ivi.model.app.session import Accepted, Granted, Heartbeat, Hello, Revoked, Welcome
from ivi.model.app.signals import ActuateSignal, GetSignals, Signals, SubscribeSignals

type AppRequest = session.Request | signals.Request | screen.Request
type AppAnswer = session.Answer | signals.Answer | screen.Answer

__all__ = [
    "Accepted",
    "ActuateSignal",
    "AddPicture",
    "AppAnswer",
    "AppRequest",
    "Dismissed",
    "FollowInput",
    "GetSignals",
    "Granted",
    "Heartbeat",
    "Hello",
    "InputEvent",
    "Limits",
    "MoreWanted",
    "PictureAdded",
    "Revoked",
    "Searched",
    "ShowTemplate",
    "Shown",
    "Signals",
    "SubscribeSignals",
    "Tapped",
    "Toggled",
    "TransportPressed",
    "Welcome",
    "WentBack",
    "WentHome",
]
