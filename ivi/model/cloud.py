# SPDX-License-Identifier: Apache-2.0
"""Messages of the cloud process towards the screen and the command line."""

from enum import StrEnum

import msgspec


class LinkState(StrEnum):
    """State of the uplink."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    ONLINE = "online"


class LinkCost(StrEnum):
    """What the connection costs. On a metered one telemetry waits, on a roaming one events wait too; control goes."""

    FREE = "free"
    METERED = "metered"
    ROAMING = "roaming"


class SubscribeUplink(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_uplink"):
    """Opens a stream of Uplink: the present state, then changes, at most one a second."""


class Flush(msgspec.Struct, array_like=True, frozen=True, tag="flush"):
    """Stop taking samples, send what waits, and answer with Uplink when all is acknowledged."""


class SetLinkCost(msgspec.Struct, array_like=True, frozen=True, tag="set_link_cost"):
    """Say what the connection costs from now on, as whoever manages the modem knows it. Answered with Uplink."""

    cost: LinkCost


type CloudRequest = SubscribeUplink | Flush | SetLinkCost


class Uplink(msgspec.Struct, array_like=True, frozen=True, tag="uplink"):
    """State of the uplink in numbers; rows are counted since the process's state folder was made."""

    state: LinkState
    broker: str
    reason: str
    """Why it is not online, in plain words."""
    accepted: int
    """Rows committed to the outbox."""
    acknowledged: int
    """Rows that the fleet said it has committed; only these leave the outbox."""
    waiting: int
    """Rows in the outbox."""
    dropped: int
    """Rows given up because the outbox was full, they were too old or consent was revoked; counted in gap records."""
    cost: LinkCost = LinkCost.FREE
    """What the connection costs; rows may wait for a cheaper one."""


type CloudAnswer = Uplink
