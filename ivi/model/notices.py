# SPDX-License-Identifier: Apache-2.0
"""Notifications of apps on their way to the screen, one at a time."""

import msgspec


class SubscribeNotices(msgspec.Struct, array_like=True, frozen=True, tag="subscribe_notices"):
    """Opens a stream of Notice: each to be shown now, in the place of the one before."""


class Notice(msgspec.Struct, array_like=True, frozen=True, tag="notice"):
    """One event of SubscribeNotices."""

    number: int
    app_id: str
    app_name: str
    title: str
    text: str
    """Plain text, shortened to what the driving state allows; may be empty."""


type Request = SubscribeNotices
type Answer = Notice
