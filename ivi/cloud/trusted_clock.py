# SPDX-License-Identifier: Apache-2.0
"""The clock that expiry is judged by: nobody can turn it back to make something expired valid again.

It is the latest of three: the wall clock; the saved high-water mark, carried on by the machine's running time as long
as it is the same start of the machine; and every time that came under a signature. A wall clock that stands behind is
reported. One that leaps by years is not believed. One that leaps by months (a car that was parked, or a wrong clock)
counts as long as it says so, and for good only when a signed time comes near it: a wrong clock that is put right again
leaves nothing behind. What this cannot see is a whole disk put back to an older state: the fleet sees that by the
sequence numbers at the next contact.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import math
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ivi.cloud.age_clock import boot_id, running
from ivi.daemon.process import Process
from ivi.model.errors import ConfigurationError, IviError, ResourceExhaustedError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

STATE, KEY = "clock.json", "clock.key"
KEY_BYTES = 32
ROLLED_BACK = 300.0  # seconds that the wall clock may stand behind before it counts as turned back
LEAP = 5 * 365.25 * 86_400  # seconds by which the wall clock may be ahead of what is known and still be believed
PLAUSIBLE = 60 * 86_400.0  # seconds by which it may be ahead and be believed for good without a signed time
SET = 1_704_067_200.0  # 2024-01-01, seconds since 1970: a clock that stands before was never set
STEP = 1.0  # seconds that `now` may be ahead of what a restart of the process would know
SAVE_PERIOD = 60.0  # seconds; what a restart of the machine may forget at most
MAX_STATE = 4096  # bytes of the file
_CONTEXT = b"ivi-trusted-clock-1"


class _Mark(NamedTuple):
    high: float
    """Seconds since 1970 that are certainly over."""
    boot: str
    running: float
    """Seconds since that start of the machine when it was saved."""


class TrustedClock:
    """Implements part.Clock. Used in one thread; `now` writes to disk only when the wall clock was put forward."""

    def __init__(
        self,
        folder: Path,
        *,
        wall: Callable[[], float] = time.time,
        since_boot: Callable[[], float] = running,
        boot: str = "",
    ) -> None:
        """Read what was saved in `folder`. Raises ConfigurationError when the folder or its key cannot be used."""
        self.doubt = ""
        """Why what was saved could not be used, in plain words; empty when it could."""
        self.unsaved = ""
        """Why the last save failed; empty when it did not."""
        self._file = folder / STATE
        self._wall, self._since_boot = wall, since_boot
        self._boot = boot or boot_id()
        self._key, is_new = _key(folder / KEY)
        self._floor, self._at = self._carried(is_new), since_boot()
        self._tries_at = 0.0
        self._saved = _Mark(0.0, "", 0.0)
        self._try_to_save()

    # -- part.Clock ---------------------------------------------------------------------------------------------------
    def now(self) -> float:
        """Seconds since 1970; never less than what is certain, over restarts too."""
        certain = self._look()
        if certain - self._known_after_restart() > STEP and self._at >= self._tries_at:
            self._try_to_save()
        wall = self._wall()
        return wall if self._is_unconfirmed(wall, certain) else certain

    def learn(self, signed: float) -> None:
        """Somebody trusted said, under a signature, that it is at least this late; years ahead is not believed."""
        known = self._look()
        if signed > known and not self._leaps(signed, known):
            self._floor = signed
            self.now()  # which believes a wall clock that is near by now, and saves it

    @property
    def rolled_back(self) -> bool:
        """Whether the wall clock stands clearly before what is known."""
        return self._wall() < self.now() - ROLLED_BACK

    # -- further ------------------------------------------------------------------------------------------------------
    @property
    def leaps(self) -> bool:
        """Whether the wall clock is so far ahead that it is not believed."""
        return self._leaps(self._wall(), self._look())

    @property
    def unconfirmed(self) -> bool:
        """Whether the wall clock is ahead by so much that it counts only until it is put right, or confirmed."""
        return self._is_unconfirmed(self._wall(), self._look())

    def save(self) -> None:
        """Make the present high-water mark durable. Raises ResourceExhaustedError when the disk does not take it."""
        mark = _Mark(self._look(), self._boot, self._at)
        body = json.dumps(mark._asdict(), sort_keys=True)
        text = json.dumps({"mark": body, "mac": self._mac(body)}) + "\n"
        try:
            _replace(self._file, text.encode())
        except OSError as error:
            raise ResourceExhaustedError(
                f"the clock's mark cannot be saved in {self._file}: {error.strerror}", hint="make room on the disk"
            ) from error
        self._saved, self.unsaved = mark, ""

    async def keep(self, process: Process, period: float = SAVE_PERIOD) -> None:
        """Save from time to time, and report what is wrong; cancel the task to end it."""
        while True:
            self._report(process)
            await asyncio.sleep(period)
            self._try_to_save()

    # -- inside -------------------------------------------------------------------------------------------------------
    def _look(self) -> float:
        """What is certain: the floor, carried on by the running time; the wall clock when that is plausibly later."""
        at, wall = self._since_boot(), self._wall()
        self._floor += max(0.0, at - self._at)
        self._at = max(self._at, at)
        if wall > self._floor and not self._leaps(wall, self._floor) and not self._is_unconfirmed(wall, self._floor):
            self._floor = wall
        return self._floor

    @classmethod
    def _is_unconfirmed(cls, told: float, known: float) -> bool:
        return known > SET and told > known + PLAUSIBLE and not cls._leaps(told, known)

    def _known_after_restart(self) -> float:
        return self._saved.high + max(0.0, self._at - self._saved.running)

    @staticmethod
    def _leaps(told: float, known: float) -> bool:
        return not math.isfinite(told) or (known > SET and told > known + LEAP)

    def _try_to_save(self) -> None:
        try:
            self.save()
        except IviError as error:
            self.unsaved = error.message
            self._tries_at = self._at + SAVE_PERIOD
            log.error("the clock cannot be saved", extra={"error": error.message})  # noqa: TRY400  # a known error needs no trace

    def _mac(self, body: str) -> str:
        return hmac.new(self._key, _CONTEXT + body.encode(), hashlib.sha256).hexdigest()

    def _carried(self, key_is_new: bool) -> float:
        """What is known from earlier, or 0."""
        try:
            with self._file.open("rb") as file:
                text = file.read(MAX_STATE)
        except FileNotFoundError:
            if not key_is_new:
                self.doubt = f"{self._file} is gone"
            return 0.0
        except OSError as error:
            self.doubt = f"{self._file} cannot be read: {error.strerror}"
            return 0.0
        try:
            outer = json.loads(text)
            body, mac = str(outer["mark"]), str(outer["mac"])
            inner = json.loads(body)
            mark = _Mark(float(inner["high"]), str(inner["boot"]), float(inner["running"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            self.doubt = f"{self._file} is damaged"
            return 0.0
        if not hmac.compare_digest(mac.encode(), self._mac(body).encode()):
            self.doubt = f"{self._file} was not written by this car, or was altered"
            return 0.0
        ran = self._since_boot() - mark.running
        return mark.high + ran if mark.boot == self._boot and 0 < ran < LEAP else mark.high

    def _report(self, process: Process) -> None:
        where = str(self._file)
        found = {
            "clock rolled back": self.rolled_back
            and Problem("the clock was turned back; the time known before counts", where, "set the car's clock"),
            "clock leaps": self.leaps
            and Problem("the clock is years ahead of what is known, and is not believed", where, "set the car's clock"),
            "clock unconfirmed": self.unconfirmed
            and Problem(
                "the clock is months ahead of what is known; it counts until a signed message tells the time",
                where,
                "nothing after a long time in a garage, when the clock is right; else set the car's clock",
            ),
            "clock doubt": self.doubt
            and Problem(f"the saved time cannot be used: {self.doubt}", where, "the fleet's next message tells it"),
            "clock unsaved": self.unsaved and Problem(self.unsaved, where, "make room on the disk"),
        }
        for key, problem in found.items():
            if isinstance(problem, Problem):
                process.report(key, problem)
            else:
                process.resolve(key)


def _key(path: Path) -> tuple[bytes, bool]:
    """The car's key for its own files, made at the first start; and whether it was made now."""
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        key = b""
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint="check the state folder") from error
    if len(key) == KEY_BYTES:
        return key, False
    key = secrets.token_bytes(KEY_BYTES)
    try:
        _replace(path, key)
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="check the state folder") from error
    return key, True


def _replace(path: Path, content: bytes) -> None:
    """Put `content` there as a whole or not at all, for this user alone, and on the disk when this returns."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
