# SPDX-License-Identifier: Apache-2.0
"""What the driver thinks of an app: what the screen asks the cloud process for, and what it is told."""

import msgspec

LEAST, MOST = 1, 5
"""Stars."""


class ShowRating(msgspec.Struct, array_like=True, frozen=True, tag="show_rating"):
    """The driver's rating of an app. Answered by RatingView."""

    app_id: str


class RateApp(msgspec.Struct, array_like=True, frozen=True, tag="rate_app"):
    """Rate an installed app, in the place of an earlier rating; while parked. Answered by RatingView."""

    app_id: str
    stars: int
    """1 to 5."""


class WithdrawRating(msgspec.Struct, array_like=True, frozen=True, tag="withdraw_rating"):
    """Take a rating back, at any time. Answered by RatingView."""

    app_id: str


type Request = ShowRating | RateApp | WithdrawRating


class RatingView(msgspec.Struct, array_like=True, frozen=True, tag="rating"):
    """Answer of all of them: what is kept now."""

    app_id: str
    stars: int
    """0 for none."""
    version: str
    """The one that was rated; empty for none."""
    leaves: bool
    """Whether ratings leave the car: the driver has agreed to it."""


type Answer = RatingView
