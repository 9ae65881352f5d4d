# SPDX-License-Identifier: Apache-2.0
"""The fake host's storage: a dictionary with the quota of the manifest."""

from typing import Any

import msgspec

from ivi.model.app import Accepted
from ivi.model.app.storage import (
    MAX_ITEM,
    MAX_KEY,
    MAX_LISTED,
    PART,
    DeleteItem,
    GetItem,
    ItemInfo,
    ItemList,
    ItemPart,
    ListItems,
    PutItem,
)
from ivi.model.errors import InvalidArgumentError, NotFoundError, ResourceExhaustedError
from ivi.sdk.harness.session import Session

MEBIBYTE = 1 << 20  # bytes
OVERHEAD = 64  # bytes that an item counts beside its key and value
MAX_ITEMS = 4096
CHANGES_PER_S, CHANGES_BURST = 20.0, 200.0


class FakeStorage:
    """What the app keeps. It outlives the app when a test starts it again."""

    def __init__(self, session: Session) -> None:
        self.full = False
        """Set it and the car's disk is full: nothing can be changed."""
        self._session = session
        self._items: dict[str, tuple[bytes, bool, int]] = {}
        self._staged: tuple[str, list[bytes]] = ("", [])
        self._changes = 0
        self._tokens, self._refilled = CHANGES_BURST, 0.0
        end = session.end
        end.calls[PutItem] = self._put
        end.calls[GetItem] = self._get
        end.calls[DeleteItem] = self._delete
        end.calls[ListItems] = self._list

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  # what was kept
        """A value, as the app would read it. Raises KeyError."""
        data, is_json, _ = self._items[key]
        return msgspec.json.decode(data) if is_json else data

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401  # whatever JSON can say
        """Put a value there before the app starts."""
        plain = isinstance(value, bytes)
        self._changes += 1
        self._items[key] = (value if plain else msgspec.json.encode(value), not plain, self._changes)

    def __contains__(self, key: str) -> bool:
        """Whether the app has kept something under this key."""
        return key in self._items

    def keys(self) -> list[str]:
        """All keys, in order."""
        return sorted(self._items)

    @property
    def used(self) -> int:
        """Bytes that count against the quota."""
        return sum(len(data) + len(key.encode()) + OVERHEAD for key, (data, _, _) in self._items.items())

    def _limit(self) -> int:
        return int(self._session.granted("storage", "its own items", "mb = 1")["mb"]) * MEBIBYTE

    def _change(self) -> None:
        now = self._session.clock.monotonic()
        self._tokens = min(CHANGES_BURST, self._tokens + (now - self._refilled) * CHANGES_PER_S)
        self._refilled = now
        if self._tokens < 1:
            raise ResourceExhaustedError("items are changed too fast", hint="gather changes, or write less often")
        self._tokens -= 1

    def _put(self, request: PutItem) -> Accepted:
        limit = self._limit()
        self._change()
        key, data = request.key, request.data
        if not 0 < len(key) <= MAX_KEY or not key.isprintable():
            raise InvalidArgumentError(f"{key[:MAX_KEY]!r} is no key", hint=f"use 1 to {MAX_KEY} characters")
        parts = self._staged[1] if request.part else []
        if request.part and (self._staged[0] != key or len(parts) != request.part):
            raise InvalidArgumentError(f"part {request.part} of {key!r} came out of order", hint="begin with part 0")
        if not request.last and len(data) != PART:
            raise InvalidArgumentError(f"a part is {len(data)} bytes long", hint=f"all but the last have {PART}")
        size = sum(map(len, parts)) + len(data)
        if size > MAX_ITEM:
            raise ResourceExhaustedError(f"an item is over {MAX_ITEM} bytes", hint="divide it into several items")
        old = self._items.get(key)
        wanted = self.used + size + (-len(old[0]) if old else len(key.encode()) + OVERHEAD)
        if wanted > limit:
            text = f"the app's storage is full: {wanted} of {limit} bytes would be used"
            raise ResourceExhaustedError(text, hint="delete items, or ask for more mb in manifest.toml")
        if old is None and len(self._items) >= MAX_ITEMS:
            raise ResourceExhaustedError(f"the app's storage has {MAX_ITEMS} items already", hint="delete some")
        self._refuse_when_full()
        self._staged = (key, [*parts, data])
        if request.last:
            self._changes += 1
            self._items[key] = (b"".join(self._staged[1]), request.is_json, self._changes)
            self._staged = ("", [])
        return Accepted()

    def _refuse_when_full(self) -> None:
        if self.full:
            raise ResourceExhaustedError("the car's disk is full: nothing was changed", hint="try again later")

    def _get(self, request: GetItem) -> ItemPart:
        self._limit()
        item = self._items.get(request.key)
        parts = max(1, -(-len(item[0]) // PART)) if item else 0
        if item is None or request.part >= parts:
            of = f" with a part {request.part}" if request.part else ""
            raise NotFoundError(f"there is no item {request.key!r}{of}")
        begin = request.part * PART
        return ItemPart(item[0][begin : begin + PART], item[1], parts, item[2])

    def _delete(self, request: DeleteItem) -> Accepted:
        self._limit()
        self._change()
        if request.key not in self._items:
            raise NotFoundError(f"there is no item {request.key!r}")
        self._refuse_when_full()
        del self._items[request.key]
        return Accepted()

    def _list(self, request: ListItems) -> ItemList:
        limit = self._limit()
        keys = [key for key in self.keys() if key > request.after and key.startswith(request.prefix)]
        page = [ItemInfo(key, len(self._items[key][0])) for key in keys[:MAX_LISTED]]
        return ItemList(page, len(keys) > MAX_LISTED, self.used, limit)
