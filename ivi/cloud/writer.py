# SPDX-License-Identifier: Apache-2.0
"""Group commit: rows gather for a moment and are committed together, a hundred times cheaper than one by one."""

import asyncio
from collections import deque
from collections.abc import Callable

from ivi.cloud.outbox import DamagedError, Outbox
from ivi.model.errors import IviError, ResourceExhaustedError, UnavailableError

GROUP_ROWS = 100  # rows that make a group at once
GROUP_S = 0.1  # seconds a row waits for company
RETRY_S = 1.0  # seconds until the disk is tried again
MAX_PENDING = 1000  # rows that wait in memory while the disk takes none


class GroupWriter:
    """Puts rows into an outbox in groups. A row is accepted when its group is committed, not before."""

    def __init__(
        self,
        outbox: Callable[[], Outbox],
        on_commit: Callable[[], None],
        on_error: Callable[[IviError | None], None],
        *,
        give_way: bool = True,
    ) -> None:
        """`on_error` hears what keeps rows from the disk, and None when the next group is committed.

        `give_way`: whether the oldest row that waits in memory makes room for a new one. If not, the new one is
        refused.
        """
        self.refused = 0
        """Rows that never were accepted, because the disk took none for too long."""
        self._outbox = outbox
        self._on_commit = on_commit
        self._on_error = on_error
        self._give_way = give_way
        self._pending: deque[bytes] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._failing = False
        self._error: IviError | None = None

    @property
    def pending(self) -> int:
        """Rows that wait in memory for their group."""
        return len(self._pending)

    def put(self, body: bytes) -> None:
        """Add a row; it is committed within 100 ms. While the disk takes none, the oldest waiting row gives way.

        Raises ResourceExhaustedError when it may not give way, or when the outbox is full and may drop nothing.
        """
        self._make_room(body)
        self._pending.append(body)
        if len(self._pending) >= GROUP_ROWS and not self._failing:
            self.commit()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GROUP_S, self.commit)

    def put_now(self, body: bytes) -> None:
        """Commit a row, and what waits before it. Raises IviError when it is not taken; then it is not kept either."""
        self._make_room(body)
        self._pending.append(body)
        if self.commit():
            return
        if isinstance(self._error, DamagedError) and self.commit():  # a new file is there already
            return
        self._pending.pop()
        self.refused += 1
        raise self._error or UnavailableError(f"the outbox {self._outbox().path.name} takes no rows")

    def _make_room(self, body: bytes) -> None:
        if self._give_way:
            if len(self._pending) >= MAX_PENDING:
                self._pending.popleft()
                self.refused += 1
            return
        waiting, size = len(self._pending) + 1, sum(map(len, self._pending)) + len(body)
        if waiting > MAX_PENDING or not self._outbox().has_room(waiting, size):
            self.refused += 1
            raise ResourceExhaustedError(
                f"the outbox {self._outbox().path.name} is full", hint="it empties when the fleet can be reached"
            )

    def commit(self) -> bool:
        """Commit what waits, now; False when the disk did not take it (it is tried again)."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._pending:
            return True
        try:
            self._outbox().append(self._pending)
        except IviError as error:
            self._failing, self._error = True, error
            self._on_error(error)
            self._timer = asyncio.get_running_loop().call_later(RETRY_S, self.commit)
            return False
        self._pending.clear()
        if self._failing:
            self._failing = False
            self._on_error(None)
        self._on_commit()
        return True

    def clear(self) -> int:
        """Forget what waits in memory; returns how many rows that were."""
        count = len(self._pending)
        self._pending.clear()
        return count

    def close(self) -> None:
        """Commit what waits and stop. Raises ResourceExhaustedError when rows remain that the disk does not take."""
        done = self.commit()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not done:
            raise ResourceExhaustedError(f"{len(self._pending)} rows could not be stored", hint="free some disk space")
