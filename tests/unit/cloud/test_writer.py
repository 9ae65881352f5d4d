# SPDX-License-Identifier: Apache-2.0
"""Group commit: together, soon, and without loss while the disk is full."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.cloud import writer as module
from ivi.cloud.outbox import Outbox
from ivi.cloud.writer import GroupWriter
from ivi.model.errors import IviError, ResourceExhaustedError


async def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(10):
        while not condition():  # the outside has no event to wait for
            await asyncio.sleep(0.01)


class Rig:
    """A writer and what it reported."""

    def __init__(self, folder: Path) -> None:
        self.box = Outbox(folder / "outbox.db")
        self.commits = 0
        self.errors: list[IviError | None] = []
        self.writer = GroupWriter(lambda: self.box, self._committed, self.errors.append)

    def _committed(self) -> None:
        self.commits += 1

    def full(self, yes: bool) -> None:
        """Let the disk be full, as SQLite sees it."""
        pages = self.box._db.execute("pragma page_count").fetchone()[0] if yes else 1_000_000
        self.box._db.execute(f"pragma max_page_count = {pages}")


def test_rows_are_committed_together_and_soon(tmp_path: Path) -> None:
    """A hundred at once; fewer after a moment."""

    async def play() -> None:
        rig = Rig(tmp_path)
        for _ in range(99):
            rig.writer.put(b"x")
        assert rig.box.accepted == 0
        rig.writer.put(b"x")
        assert (rig.box.accepted, rig.commits) == (100, 1)
        rig.writer.put(b"y")
        await until(lambda: rig.box.accepted == 101)
        rig.writer.put(b"z")
        rig.writer.close()
        assert (rig.box.accepted, rig.commits) == (102, 3)
        rig.box.close()

    asyncio.run(play())


def test_a_full_disk_is_reported_and_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows wait in memory, boundedly; those that give way are counted as never accepted."""
    monkeypatch.setattr(module, "RETRY_S", 0.05)
    monkeypatch.setattr(module, "MAX_PENDING", 150)

    async def play() -> None:
        rig = Rig(tmp_path)
        rig.full(True)
        for number in range(170):
            rig.writer.put(b"%d" % number + bytes(1000))
        await until(lambda: len(rig.errors) > 1)
        assert (rig.box.accepted, rig.writer.refused) == (0, 20)
        with pytest.raises(ResourceExhaustedError):
            rig.writer.close()
        rig.full(False)
        rig.writer.put(b"last")
        await until(lambda: rig.box.accepted == 150)
        assert rig.errors[-1] is None
        assert rig.box.due(1)[0].body.startswith(b"21\0")
        rig.writer.close()
        rig.box.close()

    asyncio.run(play())
