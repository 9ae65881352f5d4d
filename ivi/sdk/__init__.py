# SPDX-License-Identifier: Apache-2.0
"""Everything a partner's app needs, and the only package of ivi that it may import.

    from ivi.sdk import App, ListTemplate, Row

    class Hello(App):
        def on_start(self) -> None:
            self.show(ListTemplate("Hello", [Row("hi", "Tap me")]))

        def on_tap(self, target: str) -> None:
            self.show(ListTemplate("Hello", [Row("hi", "Thank you")]))

What an app may do stands in its manifest.toml; anything else raises PermissionDeniedError with the missing line.
"""

from ivi.model.app import Importance, Limits, PaymentState, PaymentUpdate
from ivi.model.audio import AudioKind, FocusState
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.signal import Datapoint, Value
from ivi.model.templates import (
    Action,
    ActionStyle,
    AlertTemplate,
    ChargeSessionTemplate,
    ChargeState,
    ChargeStop,
    Fact,
    GridItem,
    GridTemplate,
    Icon,
    Lane,
    LaneDirection,
    ListTemplate,
    Maneuver,
    MapTemplate,
    Marker,
    MediaTemplate,
    MessageTemplate,
    NavigationTemplate,
    NotificationTemplate,
    PaneTemplate,
    PinMethod,
    Position,
    ProviderMethod,
    QrMethod,
    Repeat,
    Route,
    RoutePreviewTemplate,
    Row,
    Rule,
    SearchField,
    SignInTemplate,
    TransportCommand,
    Turn,
)
from ivi.model.templates.polyline import encode as encode_route
from ivi.model.templates.rules import rule_of
from ivi.sdk.app import SDK_VERSION, App
from ivi.sdk.signals import Subscription
from ivi.sdk.timers import Clock, Timer

__all__ = [
    "SDK_VERSION",
    "Action",
    "ActionStyle",
    "AlertTemplate",
    "App",
    "AudioKind",
    "ChargeSessionTemplate",
    "ChargeState",
    "ChargeStop",
    "Clock",
    "Datapoint",
    "DeadlineError",
    "Fact",
    "FocusState",
    "GridItem",
    "GridTemplate",
    "Icon",
    "Importance",
    "InvalidArgumentError",
    "IviError",
    "Lane",
    "LaneDirection",
    "Limits",
    "ListTemplate",
    "Maneuver",
    "MapTemplate",
    "Marker",
    "MediaTemplate",
    "MessageTemplate",
    "NavigationTemplate",
    "NotFoundError",
    "NotificationTemplate",
    "PaneTemplate",
    "PaymentState",
    "PaymentUpdate",
    "PermissionDeniedError",
    "PinMethod",
    "Position",
    "ProviderMethod",
    "QrMethod",
    "Repeat",
    "ResourceExhaustedError",
    "Route",
    "RoutePreviewTemplate",
    "Row",
    "Rule",
    "SearchField",
    "SignInTemplate",
    "Subscription",
    "Timer",
    "TransportCommand",
    "Turn",
    "UnavailableError",
    "Value",
    "encode_route",
    "rule_of",
]
