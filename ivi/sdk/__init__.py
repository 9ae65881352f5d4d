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
from ivi.model.templates import Action, ActionStyle, Icon, ListTemplate, Row
from ivi.sdk.app import SDK_VERSION, App

__all__ = [
    "SDK_VERSION",
    "Action",
    "ActionStyle",
    "App",
    "Datapoint",
    "DeadlineError",
    "Icon",
    "Importance",
    "InvalidArgumentError",
    "IviError",
    "Limits",
    "ListTemplate",
    "NotFoundError",
    "PaymentState",
    "PaymentUpdate",
    "PermissionDeniedError",
    "ResourceExhaustedError",
    "Row",
    "UnavailableError",
    "Value",
]
