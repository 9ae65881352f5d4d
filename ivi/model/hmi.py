# SPDX-License-Identifier: Apache-2.0
"""Messages that the cabin screen answers: a picture of itself, and touches for tests and remote service."""

import msgspec


class TakeScreenshot(msgspec.Struct, array_like=True, frozen=True, tag="take_screenshot"):
    """Write what the screen shows to `path` (PNG)."""

    path: str


class Touch(msgspec.Struct, array_like=True, frozen=True, tag="touch"):
    """Touch the middle of the item with this objectName; only when the process was started with remote input."""

    object_name: str


class ReadItem(msgspec.Struct, array_like=True, frozen=True, tag="read_item"):
    """A property of a visible item as text, for tests that look at the screen as a driver does."""

    object_name: str
    property: str = "text"


class GoTo(msgspec.Struct, array_like=True, frozen=True, tag="go_to"):
    """Show a page, e.g. `energy`; only when the process was started with remote input."""

    page: str
    detail: str = ""
    """What the page shall begin with, in its own words."""


type HmiRequest = TakeScreenshot | Touch | ReadItem | GoTo


class Screenshot(msgspec.Struct, array_like=True, frozen=True, tag="screenshot"):
    """Answer of TakeScreenshot."""

    path: str
    width: int
    height: int


class Touched(msgspec.Struct, array_like=True, frozen=True, tag="touched"):
    """Answer of Touch: where, in window coordinates."""

    x: float
    y: float


class ItemText(msgspec.Struct, array_like=True, frozen=True, tag="item_text"):
    """Answer of ReadItem."""

    text: str


class PageShown(msgspec.Struct, array_like=True, frozen=True, tag="page_shown"):
    """Answer of GoTo."""

    page: str


type HmiAnswer = Screenshot | Touched | ItemText | PageShown
