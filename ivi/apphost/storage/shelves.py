# SPDX-License-Identifier: Apache-2.0
"""The items of all apps, each app's on a thread of its own, so that a slow disk keeps neither the loop nor others."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ivi.apphost.storage.items import Items
from ivi.model.errors import UnavailableError


class Shelf:
    """One app's items for the loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage")
        self._items: Items | None = None
        self._closed = False

    async def run[R](self, work: Callable[[Items], R]) -> R:
        """Do something with the items. Raises what it raises, UnavailableError without an open file."""
        if self._closed:
            raise UnavailableError("the app's storage is closed", hint="the app has ended or was removed")
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._work, work)

    def _work[R](self, work: Callable[[Items], R]) -> R:
        if self._items is None:
            self._items = Items(self._path)
        return work(self._items)

    async def close(self) -> None:
        """Close the file, behind all that was begun before, also its opening. Nothing opens it again."""
        if self._closed:
            return
        self._closed = True
        closing = self._thread.submit(self._close)
        self._thread.shutdown(wait=False)  # what was submitted is still done
        await asyncio.shield(asyncio.wrap_future(closing))

    def _close(self) -> None:
        if self._items is not None:
            self._items.close()


class Shelves:
    """Shelves by app, opened when first used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelves: dict[str, Shelf] = {}

    def of(self, app_id: str) -> Shelf:
        """An app's shelf."""
        if app_id not in self._shelves:
            self._shelves[app_id] = Shelf(self._folder / app_id / "storage.db")
        return self._shelves[app_id]

    async def release(self, app_id: str) -> None:
        """Close an app's file: it is over, and if it was removed, its folder goes."""
        if (shelf := self._shelves.pop(app_id, None)) is not None:
            await shelf.close()

    async def remove(self, app_id: str) -> None:
        """Forget everything of an app."""
        await self.release(app_id)
        for ending in ("db", "db-wal", "db-shm", "damaged"):
            (self._folder / app_id / f"storage.{ending}").unlink(missing_ok=True)

    async def close(self) -> None:
        """Close all files."""
        await asyncio.gather(*(shelf.close() for shelf in self._shelves.values()))
