# SPDX-License-Identifier: Apache-2.0
"""From buses to files: a tap per bus, one bounded queue, one writer that flushes each second."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ivi.model.errors import ResourceExhaustedError, UnavailableError
from ivi.providers.recording.files import RotatingLog
from ivi.providers.recording.frame_queue import FrameQueue
from ivi.providers.recording.tap import Tap

FLUSH = 1.0  # seconds; what a recorder that is killed loses at most
WAIT = 0.1  # seconds between two looks whether to stop


@dataclass(frozen=True)
class RecordResult:
    """What a recording came to."""

    frames: int
    dropped_bus: int
    """Lost between bus and tap."""
    dropped_disk: int
    """Lost because the disk was slower than the bus."""
    unfit: int
    """Frames that the format cannot hold."""
    files: tuple[str, ...]
    files_deleted: int
    seconds: float
    failure: str = ""
    """Why it ended by itself; empty when somebody or the time ended it."""


def record(
    taps: list[Tap], queue: FrameQueue, log: RotatingLog, stopping: Callable[[], bool], seconds: float | None = None
) -> RecordResult:
    """Record until `stopping()` or `seconds` are over, a bus fails or the disk is full (both: see `failure`)."""
    started = time.monotonic()
    failure: ResourceExhaustedError | UnavailableError | None = None
    for tap in taps:
        tap.start()
    try:
        failure = _pump(taps, queue, log, stopping, seconds)
    except ResourceExhaustedError as error:
        failure = error
    finally:
        for tap in taps:
            tap.stop()
        queue.close()
    failure = _finish(queue, log, failure)
    return RecordResult(
        frames=log.written,
        dropped_bus=sum(tap.dropped for tap in taps),
        dropped_disk=queue.dropped,
        unfit=log.unfit,
        files=tuple(str(file) for file in log.files),
        files_deleted=log.deleted,
        seconds=time.monotonic() - started,
        failure="" if failure is None else str(failure),
    )


def _pump(
    taps: list[Tap], queue: FrameQueue, log: RotatingLog, stopping: Callable[[], bool], seconds: float | None
) -> UnavailableError | None:
    """Write what comes; returns when it is over, with the reason when that was a bus."""
    started = flushed = time.monotonic()
    while not stopping() and (seconds is None or time.monotonic() - started < seconds):
        for entry in queue.get(WAIT):
            log.write(entry)
        if time.monotonic() - flushed >= FLUSH:
            log.flush()
            flushed = time.monotonic()
        for tap in taps:
            if tap.failure:
                return UnavailableError(f"the bus {tap.channel} is gone: {tap.failure}")
    return None


def _finish(
    queue: FrameQueue, log: RotatingLog, failure: ResourceExhaustedError | UnavailableError | None
) -> ResourceExhaustedError | UnavailableError | None:
    """Write what was read before the end, and close the file."""
    if isinstance(failure, ResourceExhaustedError):
        log.abandon()
        return failure
    try:
        for entry in queue.get(0):
            log.write(entry)
        log.close()
    except ResourceExhaustedError as error:
        return error
    return failure
