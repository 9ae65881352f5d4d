# SPDX-License-Identifier: Apache-2.0
"""Messages about campaigns: what data the fleet asks for, for what and for whom, and what becomes of it."""

import msgspec


class ListCampaigns(msgspec.Struct, array_like=True, frozen=True, tag="list_campaigns"):
    """The campaigns of the newest set, with those that are refused."""


type CampaignsRequest = ListCampaigns


class CampaignView(msgspec.Struct, array_like=True, frozen=True):
    """One campaign."""

    id: str
    state: str
    """`running`, `waiting` (begins later), `ended`, `budget` (today's is used up), `refused`."""
    why: str
    """Why it is refused or rests, in plain words."""
    signals: int = 0
    """How many leaves it collects."""
    purpose: str = ""
    category: str = ""
    recipient: str = ""
    retention_days: int = 0
    priority: int = 0
    budget: int = 0
    """Bytes a day; 0 for no limit."""
    used_today: int = 0
    """Bytes."""
    samples: int = 0
    """Sent since the process started."""
    triggered: int = 0
    dropped: int = 0
    """Samples that were lost because a buffer was full, the budget used up or the outbox closed to them."""


class CampaignList(msgspec.Struct, array_like=True, frozen=True, tag="campaigns"):
    """Answer of ListCampaigns."""

    version: int
    """Of the set; 0: there is none."""
    issuer: str
    """Name of the key that signed it."""
    expires_ms: int
    """Milliseconds since 1970."""
    campaigns: list[CampaignView]


type CampaignsAnswer = CampaignList
