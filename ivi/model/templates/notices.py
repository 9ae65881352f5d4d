# SPDX-License-Identifier: Apache-2.0
"""What lies above the pages for a moment. The host decides when, how long and how many."""

from typing import Annotated

import msgspec

from ivi.model.templates.icons import Icon
from ivi.model.templates.page import Actions
from ivi.model.templates.texts import Title

NoticeText = Annotated[str, msgspec.Meta(max_length=120)]


class NotificationTemplate(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="notification", tag_field="template"
):
    """News that can be missed: it goes by itself."""

    title: Title
    text: NoticeText = ""
    icon: Icon = Icon.INFO
    actions: Actions = []
    seconds: Annotated[float, msgspec.Meta(ge=4, le=15)] = 8.0
    """How long it stays."""


class AlertTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="alert", tag_field="template"):
    """Something to decide: it stays until the driver answers or its time is over."""

    title: Title
    text: NoticeText = ""
    icon: Icon = Icon.WARNING
    actions: Actions = []
    """One of them is the answer; without any the host shows its own `OK`."""
    seconds: Annotated[float, msgspec.Meta(ge=10, le=120)] = 60.0
