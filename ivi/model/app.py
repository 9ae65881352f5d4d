# SPDX-License-Identifier: Apache-2.0
"""Messages between an app and its host over the inherited socketpair. Identity is the socket; none names an app."""

import msgspec

from ivi.model.signal import Datapoint, Value
from ivi.model.templates import ListTemplate


class Hello(msgspec.Struct, array_like=True, frozen=True, tag="hello"):
    """First call of an app, within the host's deadline; answered by Welcome."""

    sdk_version: str


class GetSignals(msgspec.Struct, array_like=True, frozen=True, tag="get_signals"):
    """Current values of granted VSS paths; one that is not granted fails the call with permission_denied."""

    paths: list[str]


class SubscribeSignals(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_signals"):
    """Opens a stream of Signals; every path must be granted, the rate is the grant's."""

    paths: list[str]


class ActuateSignal(msgspec.Struct, array_like=True, frozen=True, tag="actuate_signal"):
    """Ask the car to change a granted actuator."""

    path: str
    value: Value


class ShowTemplate(msgspec.Struct, array_like=True, frozen=True, tag="show_template"):
    """Replace what the screen shows of this app."""

    template: ListTemplate


class FollowInput(msgspec.Struct, array_like=True, frozen=True, tag="follow_input"):
    """Opens a stream of Tapped and Limits."""


class Heartbeat(msgspec.Struct, array_like=True, frozen=True, tag="heartbeat"):
    """Says that the app's own loop still turns; the host stops an app that misses three."""


type AppRequest = Hello | GetSignals | SubscribeSignals | ActuateSignal | ShowTemplate | FollowInput | Heartbeat


class Welcome(msgspec.Struct, array_like=True, frozen=True, tag="welcome"):
    """Answer of Hello."""

    app_id: str
    heartbeat_s: float
    """Seconds between heartbeats."""


class Signals(msgspec.Struct, array_like=True, frozen=True, tag="signals"):
    """Values of signals; a path without a value yet is absent."""

    entries: dict[str, Datapoint]


class Shown(msgspec.Struct, array_like=True, frozen=True, tag="shown"):
    """Answer of ShowTemplate."""

    revision: int


class Tapped(msgspec.Struct, array_like=True, frozen=True, tag="tapped"):
    """The driver chose a row or an action."""

    revision: int
    target: str


class Limits(msgspec.Struct, array_like=True, frozen=True, tag="limits"):
    """What the screen shows of this app in the present driving state."""

    driving_state: str
    max_rows: int
    max_chars: int


class Accepted(msgspec.Struct, array_like=True, frozen=True, tag="accepted"):
    """It was done."""


type AppAnswer = Welcome | Signals | Shown | Tapped | Limits | Accepted
