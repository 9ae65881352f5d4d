# SPDX-License-Identifier: Apache-2.0
"""Takes rows from the broker, commits them in batches, and acknowledges them end to end.

The order is what makes it safe: commit, then PUBACK (so the broker delivers again what a crash interrupted), then the
retained acknowledgement for the vehicle. Any of the three may be repeated; none may come early.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from ivi.cloud.session import Delivery, MqttSession
from ivi.cloud.tls import TlsFiles
from ivi.cloud.wire import (
    DEFAULT_PORT,
    TLS_PORT,
    UPWARD,
    Ack,
    Frame,
    VehicleState,
    ack_topic,
    decode_frames,
    decode_state,
    encode,
    gap_frame,
    parse_brokers,
    parse_upward,
    rows_class,
)
from ivi.daemon.process import Counter, Process
from ivi.fleet.store.recording import Item, Store, StreamKey, is_pseudonymous
from ivi.fleet.store.retention import Limits, Retention
from ivi.model.errors import InvalidArgumentError, IviError, UnavailableError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

BATCH_ROWS = 2000  # messages of one transaction at most
ENOUGH_ROWS = 200  # messages for which no more company is waited for
BATCH_S = 0.02  # seconds a message waits for company
RETRY_S = 1.0  # seconds until the database is tried again
MAX_PENDING = 4000  # messages in memory; the broker's flow control keeps it lower
STOP_S = 10.0  # seconds that the last commit may take
FORGET_FIRST_S, FORGET_EVERY_S = 60.0, 6 * 3600.0  # seconds until it is looked for what is too old
FORGET_PAUSE_S = 0.05  # seconds between two steps, in which rows are committed

type Gathered = tuple[Delivery, str, str, list[Frame] | VehicleState]


class Ingest:
    """One ingest. Several share the work when each has a name of its own."""

    def __init__(
        self,
        process: Process,
        *,
        broker: str,
        db: Path | str,
        name: str = "ingest",
        tls: TlsFiles | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Nothing runs before `start`. `limits`: how long what cars reported is kept.

        Raises ConfigurationError for a broker address that cannot be used.
        """
        self.subscribed = asyncio.Event()
        """Set while messages arrive."""
        self.refused = 0
        """Messages that were none of ours."""
        self._process = process
        self._address = db
        self._limits = limits
        # A shared subscription, so that a second ingest takes half of the work and not a copy of all of it.
        self._session = MqttSession(
            parse_brokers(broker, default_port=TLS_PORT if tls else DEFAULT_PORT),
            f"ivi-{name}",
            self,
            subscriptions=[f"$share/ingest/{UPWARD}"],
            manual_ack=True,
            tls=tls,
        )
        self._pending: list[Gathered] = []
        self._arrived = asyncio.Event()
        self._enough = asyncio.Event()
        self._acks: dict[StreamKey, int] = {}
        self._tasks: list[asyncio.Task[None]] = []
        # The database is written by one thread, so that messages are read and acknowledged while it commits.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def start(self) -> None:
        """Open the database and begin; returns before the broker answers. Raises ConfigurationError."""
        loop = asyncio.get_running_loop()
        self._store = await loop.run_in_executor(self._thread, Store, self._address)
        self._retention = Retention(self._store.database, self._limits)
        self._process.add_counters(self._counters)
        work = self._session.run(), self._commit_all(), self._forget_all()
        self._tasks = [loop.create_task(one) for one in work]
        for task in self._tasks:
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part that fails ends the process: a new one starts clean, and what was not acknowledged comes again."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the ingest failed", exc_info=error)
            self._process.stopping.set()

    async def stop(self) -> None:
        """Commit and acknowledge what arrived, then disconnect."""
        if not self._tasks:
            return
        session, *others = self._tasks
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        with contextlib.suppress(TimeoutError):  # what is not committed is not acknowledged, and comes again
            async with asyncio.timeout(STOP_S):
                await self._commit()
        await self._session.close()
        session.cancel()
        await asyncio.gather(session, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(self._thread, self._store.close)
        self._thread.shutdown()
        self._tasks = []

    # -- session.Listener ---------------------------------------------------------------------------------------------
    def online(self) -> None:
        """Subscribed."""
        log.info("subscribed", extra={"broker": str(self._session.broker)})
        self._process.resolve("mqtt")
        self.subscribed.set()
        self._acknowledge()

    def offline(self, reason: str) -> None:
        """No connection; what was delivered and not committed comes again."""
        self.subscribed.clear()
        self._pending.clear()
        if self._tasks and not self._process.stopping.is_set():
            hint = "start the broker; this goes on by itself"
            self._process.report(
                "mqtt", Problem(f"The ingest is not connected: {reason}", str(self._session.broker), hint)
            )

    def received(self, delivery: Delivery) -> None:
        """Sort a message; rows gather for the next commit."""
        try:
            vehicle, levels = parse_upward(delivery.topic)
            if levels == ("state",):
                self._gather((delivery, vehicle, "", decode_state(delivery.payload)))
            else:
                self._gather((delivery, vehicle, rows_class(levels), decode_frames(delivery.payload)))
        except InvalidArgumentError as error:
            self._refuse(delivery, error)

    def published(self, reached: bool) -> None:  # the car may be away: the acknowledgement is retained
        """The broker took an acknowledgement; there is room for the next."""
        if self._acks:
            self._acknowledge()

    # -- work ---------------------------------------------------------------------------------------------------------
    def _gather(self, message: Gathered) -> None:
        self._pending.append(message)
        if len(self._pending) > MAX_PENDING:
            self._pending.pop(0)  # not acknowledged, so it comes again
        self._arrived.set()
        if len(self._pending) >= ENOUGH_ROWS:
            self._enough.set()

    def _refuse(self, delivery: Delivery, error: InvalidArgumentError) -> None:
        """Acknowledge what nobody can read, or it would come for ever and hold up what can be read."""
        self.refused += 1
        log.warning("message refused", extra={"topic": delivery.topic[:200], "error": error.message})
        self._session.acknowledge(delivery)

    async def _commit_all(self) -> None:
        """Commit what gathers, until cancelled."""
        while True:
            await self._arrived.wait()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(BATCH_S):
                    await self._enough.wait()
            self._arrived.clear()
            self._enough.clear()
            # A commit that has begun is not left alone: its acknowledgements belong to it.
            done = asyncio.ensure_future(self._commit())
            try:
                stored = await asyncio.shield(done)
            except asyncio.CancelledError:
                await done
                raise
            if not stored:
                await asyncio.sleep(RETRY_S)
            if self._pending:
                self._arrived.set()

    async def _commit(self) -> bool:
        """Commit, then PUBACK, then acknowledge end to end. False when the database did not take it."""
        batch, self._pending = self._pending[:BATCH_ROWS], self._pending[BATCH_ROWS:]
        if not batch:
            return True
        try:
            complete = await asyncio.get_running_loop().run_in_executor(self._thread, self._store_all, batch)
        except UnavailableError as error:
            if self._session.is_online:  # else the broker delivers all of it again
                self._pending = batch + self._pending
            where = str(self._store.database.where)
            self._process.report("store", Problem(f"Rows cannot be stored: {error.message}", where, error.hint))
            return False
        self._process.resolve("store")
        for delivery, *_ in batch:
            self._session.acknowledge(delivery)
        self._acks.update(complete)
        self._acknowledge()
        return True

    def _store_all(self, batch: list[Gathered]) -> dict[StreamKey, int]:
        """In the store's thread. Raises UnavailableError."""
        states = [
            (vehicle, news.state, news.epoch, news.connection)
            for _, vehicle, _, news in batch
            if isinstance(news, VehicleState)
        ]
        items = [
            (vehicle, name, frame)
            for _, vehicle, name, frames in batch
            if not isinstance(frames, VehicleState)
            for frame in frames
        ]
        try:
            self._store.set_states(states)
            return self._store.add(items)
        except UnavailableError:
            raise
        except Exception as error:  # the border: one message must not hold up all others for ever
            log.exception("a batch cannot be stored; its messages are tried one by one", exc_info=error)
        for state in states:
            self._alone(lambda state=state: self._store.set_states([state]))  # type: ignore[misc]  # binds the loop's value
        complete: dict[StreamKey, int] = {}
        for item in items:
            complete |= self._store_one(item)
        return complete

    def _store_one(self, item: Item) -> dict[StreamKey, int]:
        """A row with its effect; or as it came, without; or as a gap, so that the car need not wait for it."""
        vehicle, name, frame = item
        gap = vehicle, name, gap_frame(frame.stream, frame.seq, frame.seq, 1)
        for attempt in (
            partial(self._store.add, [item]),
            partial(self._store.add, [item], effects=False),
            partial(self._store.add, [gap]),
        ):
            if (complete := self._alone(attempt)) is not None:
                return complete
            log.error("row refused", extra={"vehicle": vehicle, "channel": name, "seq": frame.seq})
        return {}

    def _alone[T](self, work: Callable[[], T]) -> T | None:
        """None when it failed for good. Raises UnavailableError."""
        try:
            return work()
        except UnavailableError:
            raise
        except Exception as error:  # the border, as above
            self.refused += 1
            log.exception("message refused", exc_info=error)
            return None

    async def _forget_all(self) -> None:
        """Forget what is too old or too much, in steps between the commits, until cancelled."""
        await asyncio.sleep(FORGET_FIRST_S)
        while True:
            pause = FORGET_PAUSE_S
            try:
                if not await asyncio.get_running_loop().run_in_executor(self._thread, self._retention.step):
                    pause = FORGET_EVERY_S
            except IviError as error:
                log.warning("nothing could be forgotten", extra={"error": error.message})
                pause = FORGET_FIRST_S
            await asyncio.sleep(pause)

    def _acknowledge(self) -> None:
        """Publish what is complete as far as there is room; newer numbers replace those that wait."""
        while self._acks and self._session.room:
            key, upto = next(iter(self._acks.items()))
            # Retained, for a car that is away. Not where the fleet may not know whose the stream is: the broker would
            # keep it on its disk. Such a car hears it when it sends again.
            retain = not is_pseudonymous(key.name)
            topic = ack_topic(key.vehicle, key.name)
            if upto and not self._session.publish(topic, encode(Ack(key.stream, upto)), retain=retain):
                return
            del self._acks[key]

    def _counters(self) -> dict[str, Counter]:
        return {
            "fleet_rows": self._store.rows,
            "fleet_duplicates": self._store.duplicates,
            "fleet_streams": self._store.streams,
            "fleet_refused": self.refused,
            "fleet_malformed": self._store.malformed,
            "fleet_forgotten": self._retention.forgotten,
        }
