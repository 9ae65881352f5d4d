# SPDX-License-Identifier: Apache-2.0
"""What outlives a restart: the signed set as it came, which version it was, what was told, and what was sent today.

One small file, replaced as a whole. The bytes of the day are written down before they are sent, in blocks: a crash can
make a campaign send a little less than its budget, never more.
"""

import logging
import os
from pathlib import Path

from ivi.cloud.campaigns.campaign import MAX_BUDGET
from ivi.cloud.cbor import decode, encode
from ivi.cloud.signal_table import HASH_BYTES
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError

log = logging.getLogger(__name__)

DAY = 86_400  # seconds
MAX_FILE = 1 << 20  # bytes
_BLOCKS = 16  # the file is written at most about so often a day for one campaign


class Keeping:
    """The file, and the budgets in it."""

    def __init__(self, path: Path) -> None:
        """Reads the file. One that is damaged is set aside as `damaged`, and everything begins anew."""
        self.message = b""
        """The newest set that was taken, as it came."""
        self.version = 0
        """Its version; no older one is taken any more."""
        self.told = b""
        """Hash of what was reported of this set, so that a restart does not report it again."""
        self.table = b""
        """Hash of the table of signals that the fleet was sent last."""
        self.damaged: Path | None = None
        self._path = path
        self._day = 0
        self._used: dict[str, int] = {}
        self._reserved: dict[str, int] = {}
        self._load()

    def used(self, campaign: str) -> int:
        """Bytes that a campaign sent today."""
        return self._used.get(campaign, 0)

    def charge(self, campaign: str, size: int, budget: int, now: float) -> bool:
        """Take bytes from today's budget (0: no limit); False when they are more than what is left.

        Raises ResourceExhaustedError when it cannot be written down.
        """
        self.turn(now)
        used = self.used(campaign) + size
        if budget and used > budget:
            return False
        if budget and used > self._reserved.get(campaign, 0):
            before = self._reserved.get(campaign)
            self._reserved[campaign] = min(budget, used + budget // _BLOCKS)
            try:
                self.save()
            except ResourceExhaustedError:
                self._reserved[campaign] = before or 0
                raise
        self._used[campaign] = used
        return True

    def turn(self, now: float) -> None:
        """Begin a new day when it is time, in UTC. `now` never goes back: it is the trusted clock's."""
        if (day := int(now // DAY)) > self._day:
            self._day, self._used, self._reserved = day, {}, {}

    def save(self, *, exact: bool = False) -> None:
        """Write it all, whole or not at all; `exact`: what was used and not what is reserved, at an ordered end.

        Raises ResourceExhaustedError when the disk does not take it.
        """
        used = self._used if exact else self._used | self._reserved
        content = {
            "message": self.message,
            "version": self.version,
            "told": self.told,
            "table": self.table,
            "day": self._day,
            "used": used,
        }
        part = self._path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.write(encode(content))
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
            folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise ResourceExhaustedError(
                f"cannot write {self._path}: {error.strerror}", hint="make room on the disk"
            ) from error

    def _load(self) -> None:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise ResourceExhaustedError(
                f"cannot read {self._path}: {error.strerror}", hint="check the disk"
            ) from error
        try:
            self._parse(decode(content, str(self._path), most=MAX_FILE))
        except InvalidArgumentError as error:
            log.warning("the file of campaigns is damaged", extra={"error": str(error)})
            self.damaged = self._path.with_suffix(".damaged")
            self._path.replace(self.damaged)

    def _parse(self, content: object) -> None:
        match content:
            case {
                "message": bytes(message),
                "version": int(version),
                "told": bytes(told),
                "table": bytes(table),
                "day": int(day),
                "used": dict(used),
            } if len(table) in (0, HASH_BYTES) and all(
                isinstance(name, str) and isinstance(size, int) and 0 <= size <= MAX_BUDGET
                for name, size in used.items()
            ):
                self.message, self.version, self.told, self.table = message, version, told, table
                self._day, self._used, self._reserved = day, dict(used), dict(used)
            case _:
                raise InvalidArgumentError("it has not the fields that belong there")
