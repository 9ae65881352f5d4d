# SPDX-License-Identifier: Apache-2.0
"""Notifications of an app: a line or two on the screen for a moment, when the host finds one."""

from enum import StrEnum

import msgspec

from ivi.model.errors import InvalidArgumentError

MAX_TITLE, MAX_TEXT = 60, 120  # characters


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


def words_of(request: Notify) -> tuple[str, str]:
    """Title and text as they are shown. Raises InvalidArgumentError that names the one that cannot be."""
    title, text = request.title.strip(), request.text.strip()
    for name, value, most in (("title", title, MAX_TITLE), ("text", text, MAX_TEXT)):
        if len(value) > most or not value.isprintable():
            what = f"{name} is over {most} characters or not plain text"
            raise InvalidArgumentError(f"notification: {what}", hint="write one line")
    if not title:
        raise InvalidArgumentError("notification: title is empty", hint="say in a few words what happened")
    return title, text


type Request = Notify


class Notified(msgspec.Struct, array_like=True, frozen=True, tag="notified"):
    """Answer of Notify: it was taken."""

    waits: bool
    """Whether others come first, the screen is away, or it waits for the car to stand."""


type Answer = Notified
