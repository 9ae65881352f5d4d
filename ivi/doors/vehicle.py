# SPDX-License-Identifier: Apache-2.0
"""The doors' one view of the vehicle: a client of the databroker that both doors share."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.doors.buffer import UpdateBuffer
from ivi.doors.claims import Claims
from ivi.doors.leaves import Leaf, Leaves
from ivi.model import databroker as wire
from ivi.model.errors import DeadlineError, InvalidArgumentError, IviError, ResourceExhaustedError, UnavailableError
from ivi.model.signal import Datapoint, EntryType, Value
from ivi.model.status import Problem
from ivi.vss.catalogue import check_value

log = logging.getLogger(__name__)

MAX_SUBSCRIPTIONS = 200  # of both doors together; a link takes 256 streams
MAX_CALLS = 128  # waiting for the databroker at once; a link takes 256
MAX_ACTUATIONS = 64  # accepted and not confirmed yet
ACCEPT = 0.5  # seconds; an actuation that the databroker has not refused by then counts as accepted
CONFIRM = 3.0  # seconds; longer than the databroker waits for the car
_WATCHED = "Door.*"  # matches no leaf: a stream of empty updates, by which we notice that the databroker lives


class Vehicle:
    """Values, actuation and metadata, as the databroker has them; what may be done is the caller's question."""

    def __init__(self, process: Process, socket: Path) -> None:
        self.claims = Claims(socket)
        self.targets: dict[str, Datapoint] = {}
        """What was last asked of each actuator through a door."""
        self.messages_dropped = 0
        """Messages that slow subscribers lost."""
        self.unconfirmed = 0
        """Actuations that were accepted and that the car did not confirm in time."""
        self._process = process
        self._calls = LinkClient(socket, wire.DatabrokerAnswer)
        self._events = LinkClient(socket, wire.DatabrokerAnswer)
        self._leaves: Leaves | None = None
        self._loading = asyncio.Lock()
        self._slots = asyncio.Semaphore(MAX_CALLS)
        self._subscriptions = 0
        self._actuations: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch the databroker; nothing waits for it."""
        self._watch = asyncio.get_running_loop().create_task(
            self._events.follow(wire.Subscribe([_WATCHED]), lambda _update: None, self._state)
        )

    async def stop(self) -> None:
        """Close every connection to the databroker."""
        tasks = [*self._actuations, *([self._watch] if self._watch else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.claims.close()
        await self._events.close()
        await self._calls.close()

    def counters(self) -> dict[str, bool | int | float | str]:
        """Numbers for the status."""
        return {
            "subscriptions": self._subscriptions,
            "paths_provided": self.claims.paths,
            "actuations_unconfirmed": self.unconfirmed,
            "updates_lost": self._events.dropped,
            "messages_dropped": self.messages_dropped,
        }

    # -- reading ------------------------------------------------------------------------------------------------------
    async def leaves(self) -> Leaves:
        """The catalogue, fetched anew after the databroker has been away. Raises UnavailableError, LinkError."""
        if self._leaves is None:
            async with self._loading:
                if self._leaves is None:
                    answer: wire.MetadataList = await self._call(wire.ListMetadata())
                    self._leaves = Leaves(answer.entries)
        return self._leaves

    async def values(self, paths: list[str]) -> dict[str, Datapoint]:
        """Current values; a leaf that never had one is absent."""
        answer: wire.Values = await self._call(wire.GetValues(paths))
        return answer.entries

    async def updates(self, paths: list[str], max_hz: float = 0.0) -> AsyncGenerator[dict[str, Datapoint]]:
        """First the values of now (perhaps none), then changes, for ever.

        Raises ResourceExhaustedError over the limit, UnavailableError or LinkError when the databroker goes away.
        """
        if self._subscriptions >= MAX_SUBSCRIPTIONS:
            raise ResourceExhaustedError(f"more than {MAX_SUBSCRIPTIONS} subscriptions", hint="end some")
        self._subscriptions += 1
        try:
            first = await self.values(paths)
            yield first
            known = {path: datapoint.value for path, datapoint in first.items()}
            async with aclosing(self._events.stream(wire.Subscribe(paths, max_hz))) as events:  # type: ignore[type-var]  # async generators have aclose
                async for event in events:
                    entries: dict[str, Datapoint] = event.entries
                    if known and entries:  # the stream's own snapshot: mostly what `first` said already
                        entries = {p: d for p, d in entries.items() if p not in known or known[p] != d.value}
                        known = {}
                    if entries:
                        yield entries
        finally:
            self._subscriptions -= 1

    async def fill(self, buffer: UpdateBuffer, paths: list[str], max_hz: float = 0.0) -> None:
        """Put updates into a buffer until there are no more; the buffer's reader gets the reason."""
        try:
            async with aclosing(self.updates(paths, max_hz)) as updates:
                async for entries in updates:
                    buffer.put(entries)
        except IviError as error:
            buffer.fail(error)

    async def follow(
        self, paths: list[str], size: int, max_hz: float = 0.0, until: float | None = None
    ) -> AsyncGenerator[dict[str, Datapoint]]:
        """As `updates`, with room for `size` messages of a slow client. Ends at `until`, a time of the loop."""
        buffer = UpdateBuffer(size)
        pump = asyncio.get_running_loop().create_task(self.fill(buffer, paths, max_hz))
        try:
            while True:
                try:
                    async with asyncio.timeout_at(until):
                        entries = await buffer.get()
                except TimeoutError:
                    return
                yield entries
        finally:
            self.messages_dropped += buffer.dropped
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)

    # -- acting -------------------------------------------------------------------------------------------------------
    async def actuate(self, values: Mapping[Leaf, Value]) -> None:
        """Ask for target values: all are checked before the first is sent.

        Returns when the car has confirmed them, or after a moment when they were accepted; both Kuksa and VISS promise
        no more, and a seat takes seconds. Raises InvalidArgumentError, UnavailableError.
        """
        checked = {leaf.path: _check_target(leaf, value) for leaf, value in values.items()}
        for path in checked:
            if self.claims.without_actuation(path):
                raise UnavailableError(f"{path} has a provider of values, but none that actuates it")
        if len(self._actuations) >= MAX_ACTUATIONS:
            raise ResourceExhaustedError(f"more than {MAX_ACTUATIONS} actuations wait for the car", hint="slow down")
        task = asyncio.get_running_loop().create_task(self._actuate(checked))
        self._actuations.add(task)
        task.add_done_callback(self._actuations.discard)
        await asyncio.wait([task], timeout=ACCEPT)
        if task.done():
            task.result()
        now, mono = time.time_ns(), time.monotonic_ns()
        self.targets.update((path, Datapoint(value, now, mono, "door")) for path, value in checked.items())

    async def _actuate(self, values: dict[str, Value]) -> None:
        started = time.monotonic()
        try:
            await self._call(wire.BatchActuate(values), CONFIRM)
        except DeadlineError as error:
            self.unconfirmed += 1
            log.info("actuation not confirmed", extra={"error": str(error)})
        except IviError as error:
            if time.monotonic() - started < ACCEPT:
                raise
            log.warning("actuation failed after it was accepted", extra={"error": str(error)})

    # -- details ------------------------------------------------------------------------------------------------------
    async def _call(self, request: wire.DatabrokerRequest, timeout: float = 5.0):  # type: ignore[no-untyped-def]  # noqa: ANN202, ASYNC109  # as LinkClient.call
        async with self._slots:
            return await self._calls.call(request, timeout)

    def _state(self, connected: bool, reason: str) -> None:
        if connected:
            self._leaves = None
            self._process.resolve("databroker")
        else:
            self._process.report(
                "databroker", Problem("The doors have no vehicle data", f"databroker: {reason}", "see `ivi status`")
            )


def _check_target(leaf: Leaf, value: Value) -> Value:
    if leaf.entry.entry_type is not EntryType.ACTUATOR:
        raise InvalidArgumentError(f"{leaf.path} is a {leaf.entry.entry_type} and cannot be set")
    return check_value(leaf.entry, value)


def paths_of(leaves: Iterable[Leaf]) -> list[str]:
    """Paths of leaves, each once."""
    return list(dict.fromkeys(leaf.path for leaf in leaves))
