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


class Revoked(msgspec.Struct, array_like=True, frozen=True, tag="revoked"):
    """Event: the driver took permissions back.

    On a stream of signals: nothing more comes for these paths. On the stream of FollowInput: all that changed.
    """

    paths: list[str]
    """VSS paths or patterns; empty when no permission with paths is concerned."""
    uses: list[str] = []
    """Kinds of permissions that are wholly or partly gone, e.g. `net`; empty on a stream of signals."""


class Granted(msgspec.Struct, array_like=True, frozen=True, tag="granted"):
    """Event of FollowInput: the driver gave permissions (again); what they allow can be asked for from now on."""

    paths: list[str]
    uses: list[str]


class Stopping(msgspec.Struct, array_like=True, frozen=True, tag="stopping"):
    """Event of FollowInput: the car ends the app. Whoever closes the link is taken for ready; calls work until then."""

    seconds: float
    """Until the car closes the link itself."""


type Answer = Welcome | Accepted | Revoked | Granted | Stopping
