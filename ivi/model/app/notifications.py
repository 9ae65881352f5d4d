# SPDX-License-Identifier: Apache-2.0
"""Notifications of an app: a line or two on the screen for a moment, when the host finds one."""

from enum import StrEnum

import msgspec


class Importance(StrEnum):
    """How soon the driver should know."""

    LOW = "low"
    """Waits while the car moves."""
    NORMAL = "normal"
    HIGH = "high"
    """Before the others."""


class Notify(msgspec.Struct, array_like=True, frozen=True, tag="notify"):
    """Say something; answered by Notified."""

    title: str
    text: str = ""
    importance: Importance = Importance.NORMAL


type Request = Notify


class Notified(msgspec.Struct, array_like=True, frozen=True, tag="notified"):
    """Answer of Notify: it was taken."""

    waits: bool
    """Whether others come first, the screen is away, or it waits for the car to stand."""


type Answer = Notified
