# SPDX-License-Identifier: Apache-2.0
"""What leaves the car and how: the class decides on loss and order, the use decides whether it may leave at all."""

from enum import StrEnum
from typing import NamedTuple

OPERATION = "operation"
"""The purpose without which a service that the owner has ordered could not be done: receipts of commands, of payments
and of consent itself, and that the link is there. It is not asked for, and it is listed like every other."""


class DeliveryClass(StrEnum):
    """A class has its own outbox, stream and acknowledgement, so that a slow one cannot block another."""

    CONTROL = "control"
    """P0: commands, payments, consent. FULL sync; never dropped."""
    EVENTS = "events"
    """P1: things that happened. FULL sync."""
    TELEMETRY = "telemetry"
    """P2: measured values. NORMAL sync, a cap in bytes; the oldest are given up, counted, and told as a gap."""


class DataUse(NamedTuple):
    """What a record is for. The consent gate allows a use or drops the record before it is stored."""

    purpose: str
    """Why it is sent: a short name such as `operation`, `diagnostics`, `research`."""
    category: str
    """What it tells: `technical`, `location`, `driving`, `cabin`, `identity`, ... ."""
    recipient: str
    """Who gets it."""
    retention_days: int
    """How long the recipient may keep it; 0 for as long as the law demands."""


OPERATIONAL = DataUse(OPERATION, "technical", "fleet", 0)


class Outgoing(NamedTuple):
    """One record on its way out."""

    delivery: DeliveryClass
    body: bytes
    """Encoding byte and content, at most wire.MAX_PAYLOAD with its header."""
    use: DataUse = OPERATIONAL
