# SPDX-License-Identifier: Apache-2.0
"""What an app keeps over restarts: items by key, held by the host outside of the app's box.

An item of up to PART bytes is one message. A larger one travels in parts, in order, and is there all at once when its
last part has arrived.
"""

from typing import Annotated

import msgspec

PART = 128 << 10  # bytes of an item in one message
MAX_ITEM = 16 << 20  # bytes of one item
MAX_LISTED = 200  # items in one answer

MAX_KEY = 200  # characters


class PutItem(msgspec.Struct, array_like=True, frozen=True, tag="put_item"):
    """Keep an item, or the next part of one; answered by Accepted. A key is printable, up to MAX_KEY characters."""

    key: str
    data: Annotated[bytes, msgspec.Meta(max_length=PART)]
    is_json: bool = False
    """Whether the item is a JSON text; the host keeps the mark and does not look inside."""
    part: Annotated[int, msgspec.Meta(ge=0)] = 0
    last: bool = True


class GetItem(msgspec.Struct, array_like=True, frozen=True, tag="get_item"):
    """One part of an item, the first by default; answered by ItemPart, or not_found."""

    key: str
    part: Annotated[int, msgspec.Meta(ge=0)] = 0


class DeleteItem(msgspec.Struct, array_like=True, frozen=True, tag="delete_item"):
    """Forget an item; answered by Accepted, or not_found."""

    key: str


class ListItems(msgspec.Struct, array_like=True, frozen=True, tag="list_items"):
    """Items whose key begins with `prefix` and comes after `after`, in order; answered by ItemList."""

    prefix: str = ""
    after: str = ""


type Request = PutItem | GetItem | DeleteItem | ListItems


class ItemPart(msgspec.Struct, array_like=True, frozen=True, tag="item_part"):
    """Answer of GetItem."""

    data: bytes
    is_json: bool
    parts: int
    """How many parts the item has."""
    revision: int
    """Another number when the item was changed between two parts."""


class ItemInfo(msgspec.Struct, array_like=True, frozen=True):
    """One item of a list."""

    key: str
    size: int
    """Bytes."""


class ItemList(msgspec.Struct, array_like=True, frozen=True, tag="item_list"):
    """Answer of ListItems, with how much of the grant is used."""

    items: list[ItemInfo]
    more: bool
    """Whether there are further items; ask again with `after` the last key."""
    used: int
    """Bytes of all items, their keys included."""
    limit: int
    """Bytes that the grant allows."""


type Answer = ItemPart | ItemList
