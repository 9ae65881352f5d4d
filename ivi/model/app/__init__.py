# SPDX-License-Identifier: Apache-2.0
"""Messages between an app and its host over the inherited socketpair. Identity is the socket; none names an app.

One module a facility; what any of them may carry is the union of all.
"""

from ivi.model.app import screen, session, signals
from ivi.model.app.screen import FollowInput, Limits, Shown, ShowTemplate, Tapped
from ivi.model.app.session import Accepted, Heartbeat, Hello, Welcome
from ivi.model.app.signals import ActuateSignal, GetSignals, Signals, SubscribeSignals

type AppRequest = session.Request | signals.Request | screen.Request
type AppAnswer = session.Answer | signals.Answer | screen.Answer

__all__ = [
    "Accepted",
    "ActuateSignal",
    "AppAnswer",
    "AppRequest",
    "FollowInput",
    "GetSignals",
    "Heartbeat",
    "Hello",
    "Limits",
    "ShowTemplate",
    "Shown",
    "Signals",
    "SubscribeSignals",
    "Tapped",
    "Welcome",
]
