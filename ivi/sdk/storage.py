# SPDX-License-Identifier: Apache-2.0
"""What an app keeps over restarts: `self.storage["key"] = value`, with bytes or anything that JSON can say."""

from collections.abc import Iterator
from typing import Any

import msgspec

from ivi.model.app import DeleteItem, GetItem, ItemList, ItemPart, ListItems, PutItem
from ivi.model.app.storage import PART
from ivi.model.errors import InvalidArgumentError, NotFoundError, UnavailableError
from ivi.sdk.connection import Connection

TRIES = 3  # readings of an item that is changed meanwhile
_CHANGED = object()  # None is a value, JSON's null


class Storage:
    """Items by key. A value that was set is on the disk when the line is done; half a value is never seen.

    Every method raises PermissionDeniedError without the `storage` permission, and ResourceExhaustedError when the
    app's quota or the car's disk is full, in which case nothing was changed.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401  # whatever JSON can say
        """Keep a value under a key. Raises InvalidArgumentError when JSON cannot say it."""
        is_json = not isinstance(value, bytes | bytearray | memoryview)
        try:
            data = msgspec.json.encode(value) if is_json else bytes(value)
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidArgumentError(f"{key!r} cannot be kept: {error}", hint="use bytes or JSON's types") from error
        parts = max(1, -(-len(data) // PART))
        for part in range(parts):
            piece = data[part * PART : (part + 1) * PART]
            self._connection.call(PutItem(key, piece, is_json, part, part == parts - 1))

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401  # what was kept
        """The value. Raises KeyError when there is none."""
        for _ in range(TRIES):
            try:
                found = self._read(key)
            except NotFoundError:
                raise KeyError(key) from None
            if found is not _CHANGED:
                return found
        raise UnavailableError(f"{key!r} is changed while it is read")

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401  # what was kept
        """The value, or `default` when there is none."""
        try:
            return self[key]
        except KeyError:
            return default

    def __delitem__(self, key: str) -> None:
        """Forget a value. Raises KeyError when there is none."""
        try:
            self._connection.call(DeleteItem(key))
        except NotFoundError:
            raise KeyError(key) from None

    def __contains__(self, key: str) -> bool:
        """Whether there is a value."""
        try:
            self._connection.call(GetItem(key))
        except NotFoundError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        """All keys, in order."""
        return self.keys()

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Keys that begin with `prefix`, in order."""
        after = ""
        while True:
            page: ItemList = self._connection.call(ListItems(prefix, after))
            yield from (item.key for item in page.items)
            if not page.more:
                return
            after = page.items[-1].key

    def use(self) -> tuple[int, int]:
        """Bytes that are used, and bytes that may be."""
        page: ItemList = self._connection.call(ListItems("", "\U0010ffff"))
        return page.used, page.limit

    def _read(self, key: str) -> Any:  # noqa: ANN401  # what was kept
        """The whole value as it was at one moment; _CHANGED when it changed between two parts."""
        first: ItemPart = self._connection.call(GetItem(key))
        data = [first.data]
        for part in range(1, first.parts):
            piece: ItemPart = self._connection.call(GetItem(key, part))
            if piece.revision != first.revision:
                return _CHANGED
            data.append(piece.data)
        whole = b"".join(data)
        return msgspec.json.decode(whole) if first.is_json else whole
