# SPDX-License-Identifier: Apache-2.0
"""Plays a log of any format that python-can reads, at its own speed, faster, or as fast as it goes."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import can
from can.io.generic import MessageReader

from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import Value
from ivi.model.status import Problem
from ivi.providers.can.frame import Frame, from_message
from ivi.providers.can.provider import Car

BATCH = 200  # frames between two turns of the event loop at full speed
LATE = 0.002  # seconds; frames due within this are played together


class ReplayProvider:
    """Feeds the broker from a log. `speed` 1 is real time, 0 as fast as possible."""

    def __init__(self, process: Process, broker: Broker, car: Car, log: Path, speed: float) -> None:
        if speed < 0:
            raise ConfigurationError(f"--speed {speed:g} is negative", hint="1 is real time, --max as fast as possible")
        self._process = process
        self._broker = broker
        self._car = car
        self._log = log
        self._speed = speed
        self._frames = 0
        self._finished = False
        self._task: asyncio.Task[None] | None = None
        process.add_counters(self._counters)

    @property
    def name(self) -> str:
        """Source in datapoints."""
        return f"replay:{self._log.name}"

    async def start(self) -> None:
        """Become the provider of the log's signals and play. Raises ConfigurationError for an unreadable log."""
        self._broker.register(self, self._car.translator.paths)
        frames = _open(self._log)
        self._task = asyncio.get_running_loop().create_task(self._play(frames))

    async def stop(self) -> None:
        """Stop playing."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """A recording obeys nobody."""
        raise InvalidArgumentError(
            f"{next(iter(values))} cannot be set while a recording plays", hint="use `ivi run --demo`"
        )

    async def _play(self, frames: Iterator[Frame]) -> None:
        started, first = time.monotonic(), 0
        batch: list[Frame] = []
        try:
            for frame in frames:
                first = first or frame.time_ns
                if self._speed:
                    wait = started + (frame.time_ns - first) / 1e9 / self._speed - time.monotonic()
                    if wait > LATE:
                        self._feed(batch)
                        await asyncio.sleep(wait)
                batch.append(frame)
                if len(batch) >= BATCH:
                    self._feed(batch)
                    await asyncio.sleep(0)
        except ConfigurationError as error:
            self._process.report(
                "log", Problem(f"The recording ends early: {error.message}", str(self._log), "check the file")
            )
        self._feed(batch)
        if values := self._car.translator.release(0, force=True):
            self._broker.publish(self, values)
        self._finished = True

    def _feed(self, batch: list[Frame]) -> None:
        if batch:
            self._frames += len(batch)
            if values := self._car.translator.feed(batch):
                self._broker.publish(self, values, batch[-1].time_ns)
            batch.clear()

    def _counters(self) -> dict[str, bool | int | float | str]:
        translator = self._car.translator
        return {
            "frames_received": self._frames,
            "frames_dropped": 0,
            "frames_unknown": translator.unknown,
            "frames_undecodable": translator.undecodable,
            "values_invalid": translator.invalid,
            "replay_finished": self._finished,
        }


def _open(log: Path) -> Iterator[Frame]:
    """Frames of a log. Raises ConfigurationError: at once when it is of no known kind, later when it is damaged."""
    try:
        reader = can.LogReader(log)
    except (OSError, ValueError) as error:
        known = "asc, blf, csv, log, mf4, trc"
        raise ConfigurationError(f"cannot read the recording {log}: {error}", hint=f"formats: {known}") from error
    return _frames(log, reader)


def _frames(log: Path, reader: MessageReader) -> Iterator[Frame]:
    try:
        with reader:
            for message in reader:
                yield from_message(message)
    except (ValueError, IndexError, OSError, can.CanError) as error:
        raise ConfigurationError(f"{log} is damaged: {error}") from error
