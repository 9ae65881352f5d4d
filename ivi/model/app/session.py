# SPDX-License-Identifier: Apache-2.0
"""Life of an app's link: the first call, the heartbeat, and the plain answer."""

import msgspec


class Hello(msgspec.Struct, array_like=True, frozen=True, tag="hello"):
    """First call of an app, within the host's deadline; answered by Welcome."""

    sdk_version: str


class Heartbeat(msgspec.Struct, array_like=True, frozen=True, tag="heartbeat"):
    """Says that the app's own loop still turns; the host stops an app that misses three."""


type Request = Hello | Heartbeat


class Welcome(msgspec.Struct, array_like=True, frozen=True, tag="welcome"):
    """Answer of Hello."""

    app_id: str
    heartbeat_s: float
    """Seconds between heartbeats."""


class Accepted(msgspec.Struct, array_like=True, frozen=True, tag="accepted"):
    """It was done."""


type Answer = Welcome | Accepted
