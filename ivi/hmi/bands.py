# SPDX-License-Identifier: Apache-2.0
"""What lies above the pages, one band at a time: the most important one is seen, the others wait.

Rear view before call, before alert, before media, before hint: what a driver has to see in order not to hit somebody,
then what waits for an answer, then what is wrong, then what is merely new. Pure; ivi.hmi.overlays says what is wanted.
"""

from collections.abc import Collection
from enum import StrEnum


class Band(StrEnum):
    """The bands, the most important one first."""

    REAR_VIEW = "rear_view"
    """The camera, or the sentence in its place."""
    CALL = "call"
    """Somebody calls, or is spoken to."""
    ALERT = "alert"
    """An app's alert, which waits for an answer."""
    MEDIA = "media"
    """What has begun to play."""
    HINT = "hint"
    """Everything else that is said: of the car, and of apps."""


def uppermost(wanted: Collection[Band]) -> Band | None:
    """The band that is seen; None when nothing is wanted."""
    return next((band for band in Band if band in wanted), None)
