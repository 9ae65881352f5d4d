# SPDX-License-Identifier: Apache-2.0
"""Plays a log through the same path as a live bus: at its own speed, faster, or as fast as it goes."""

import asyncio
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.demand import OnDemand
from ivi.model.errors import ConfigurationError, InvalidArgumentError
from ivi.model.signal import Value
from ivi.model.status import Problem
from ivi.providers.can.frame import Frame
from ivi.providers.can.live_decoding import LiveDecoding
from ivi.providers.can.provider import Car
from ivi.providers.replay.entry import LogEntry
from ivi.providers.replay.log import LogCounts, check_log, open_log
from ivi.providers.replay.options import ReplayOptions
from ivi.providers.replay.timeline import Lateness, Timeline

BATCH = 200  # frames between two turns of the event loop when there is nothing to wait for


class ReplayProvider(OnDemand):
    """Feeds the broker from a log."""

    def __init__(
        self, process: Process, broker: Broker, car: Car, log: Path, options: ReplayOptions | None = None
    ) -> None:
        self._process = process
        self._broker = broker
        self._car = car
        self._log = log
        self._options = options or ReplayOptions()
        self._counts = LogCounts()
        self._timeline = Timeline(self._open, self._options)
        self._lateness = Lateness()
        self._frames = 0
        self._finished = False
        self._task: asyncio.Task[None] | None = None
        self._live = LiveDecoding(car.translator, self._publish)
        process.add_counters(self._counters)

    @property
    def name(self) -> str:
        """Source in datapoints."""
        return f"replay:{self._log.name}"

    async def start(self) -> None:
        """Become the provider of the log's signals and play. Raises ConfigurationError for an unreadable log."""
        check_log(self._log)
        self._broker.register(self, self._car.translator.paths)
        frames = iter(self._timeline)
        # In a thread, because a seek far into a log takes its time and the process must answer meanwhile
        first = await asyncio.get_running_loop().run_in_executor(None, next, frames)
        self._task = asyncio.get_running_loop().create_task(self._run(first, frames))

    async def stop(self) -> None:
        """Stop playing."""
        self._live.stop()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def accept(self, values: Mapping[str, Value]) -> None:
        """A recording obeys nobody."""
        raise InvalidArgumentError(
            f"{next(iter(values))} cannot be set while a recording plays", hint="use `ivi run --demo`"
        )

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """See `accept`."""
        self.accept(values)
        return {}

    def interest(self, began: Collection[str], ended: Collection[str]) -> None:
        """See OnDemand."""
        self._live.interest(began, ended)

    def catch_up(self, paths: Collection[str]) -> None:
        """See OnDemand."""
        self._live.catch_up(paths)

    @property
    def available(self) -> list[str]:
        """See OnDemand."""
        return self._car.translator.available

    def _publish(self, values: Mapping[str, Value], time_ns: int) -> None:
        self._broker.publish(self, values, time_ns)

    def _open(self) -> Iterator[LogEntry]:
        return open_log(self._log, self._counts)

    async def _run(self, first: tuple[int, LogEntry], frames: Iterator[tuple[int, LogEntry]]) -> None:
        try:
            await self._play(first, frames)
        except ConfigurationError as error:
            self._process.report(
                "log", Problem(f"The recording ends early: {error.message}", str(self._log), "check the file")
            )
        if text := self._counts.text():
            self._process.report("log-lines", Problem(f"Of the recording {text}", str(self._log), "mend the file"))
        if values := self._car.translator.release(0, force=True):
            self._broker.publish(self, values)
        self._finished = True

    async def _play(self, first: tuple[int, LogEntry], frames: Iterator[tuple[int, LogEntry]]) -> None:
        speed = self._options.speed
        started = time.monotonic()
        batch: list[Frame] = []
        oldest = 0.0  # when the first frame of the batch was due
        try:
            for due_ns, entry in _chain(first, frames):
                due = started + due_ns / 1e9 / speed if speed else 0.0
                if speed and due > (now := time.monotonic()):
                    self._feed(batch, oldest)
                    await asyncio.sleep(due - now)
                oldest = oldest if batch else due
                batch.append(entry.frame())
                if len(batch) >= BATCH:
                    self._feed(batch, oldest)
                    await asyncio.sleep(0)
        finally:
            self._feed(batch, oldest)

    def _feed(self, batch: list[Frame], oldest: float) -> None:
        if batch:
            self._frames += len(batch)
            if oldest:
                self._lateness.add(max(time.monotonic() - oldest, 0.0), len(batch))
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
            "log_error_frames": self._counts.error_frames,
            "log_lines_bad": self._counts.bad_lines,
            "replay_frames_late": self._lateness.late,
            "replay_late_worst_ms": round(self._lateness.worst * 1e3, 3),
            "replay_loops": self._timeline.loops,
            "replay_finished": self._finished,
        }


def _chain(first: tuple[int, LogEntry], rest: Iterator[tuple[int, LogEntry]]) -> Iterator[tuple[int, LogEntry]]:
    yield first
    yield from rest
