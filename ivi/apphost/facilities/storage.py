# SPDX-License-Identifier: Apache-2.0
"""Items that an app keeps with the host, within the bytes of its `storage` permission."""

import time

from ivi.apphost.facilities.granted import granted
from ivi.apphost.facility import Life
from ivi.apphost.manifest import Storage
from ivi.daemon.link_server import Router, Session
from ivi.model.app import Accepted
from ivi.model.app.storage import DeleteItem, GetItem, ItemList, ItemPart, ListItems, PutItem
from ivi.model.errors import ResourceExhaustedError

MEBIBYTE = 1 << 20  # bytes
CHANGES_PER_S, CHANGES_BURST = 20.0, 200.0  # each change is a write that waits for the disk


class KeptItems:
    """Storage of one life."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._shelf = life.car.provisions.shelves.of(life.app.id)
        self._tokens, self._refilled = CHANGES_BURST, time.monotonic()

    def serve(self, router: Router) -> None:
        """Register the calls."""
        router.on_call(PutItem, self._put)
        router.on_call(GetItem, self._get)
        router.on_call(DeleteItem, self._delete)
        router.on_call(ListItems, self._list)

    def close(self) -> None:
        """The shelf outlives the app."""

    def _limit(self) -> int:
        """Bytes that may be used."""
        return granted(self._life, Storage, "its own items", "mb = 1").mb * MEBIBYTE

    def _take_change(self) -> None:
        now = time.monotonic()
        self._tokens = min(CHANGES_BURST, self._tokens + (now - self._refilled) * CHANGES_PER_S)
        self._refilled = now
        if self._tokens < 1:
            raise ResourceExhaustedError("items are changed too fast", hint="gather changes, or write less often")
        self._tokens -= 1

    async def _put(self, request: PutItem, _session: Session) -> Accepted:
        limit = self._limit()
        self._take_change()
        await self._shelf.run(lambda items: items.put(request, limit))
        return Accepted()

    async def _get(self, request: GetItem, _session: Session) -> ItemPart:
        self._limit()
        return await self._shelf.run(lambda items: items.get(request.key, request.part))

    async def _delete(self, request: DeleteItem, _session: Session) -> Accepted:
        self._limit()
        self._take_change()
        await self._shelf.run(lambda items: items.delete(request.key))
        return Accepted()

    async def _list(self, request: ListItems, _session: Session) -> ItemList:
        limit = self._limit()
        return await self._shelf.run(lambda items: items.listed(request.prefix, request.after, limit))
