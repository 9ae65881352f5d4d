# SPDX-License-Identifier: Apache-2.0
"""Takes rows from the broker, commits them in batches, and acknowledges them end to end.

The order is what makes it safe: commit, then PUBACK (so the broker delivers again what a crash interrupted), then the
retained acknowledgement for the vehicle. Any of the three may be repeated; none may come early.
"""

import asyncio
import logging
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
    decode_frame,
    decode_state,
    encode,
    parse_brokers,
    parse_upward,
    rows_class,
)
from ivi.daemon.process import Counter, Process
from ivi.fleet.store import Store, StreamKey
from ivi.model.errors import InvalidArgumentError, IviError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

BATCH_ROWS = 200  # messages of one transaction
BATCH_S = 0.02  # seconds a message waits for company
RETRY_S = 1.0  # seconds until the disk is tried again
MAX_PENDING = 4000  # messages in memory; the broker's flow control keeps it lower


class Ingest:
    """One ingest. Several share the work when each has a name of its own."""

    def __init__(
        self, process: Process, *, broker: str, db: Path, name: str = "ingest", tls: TlsFiles | None = None
    ) -> None:
        """Nothing runs before `start`. Raises ConfigurationError for a broker address that cannot be used."""
        self.subscribed = asyncio.Event()
        """Set while messages arrive."""
        self.refused = 0
        """Messages that were none of ours."""
        self._process = process
        self._path = db
        # A shared subscription, so that a second ingest takes half of the work and not a copy of all of it.
        self._session = MqttSession(
            parse_brokers(broker, default_port=TLS_PORT if tls else DEFAULT_PORT),
            f"ivi-{name}",
            self,
            subscriptions=[f"$share/ingest/{UPWARD}"],
            manual_ack=True,
            tls=tls,
        )
        self._pending: list[tuple[Delivery, str, str, Frame]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._acks: dict[StreamKey, int] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the database and begin; returns before the broker answers. Raises ConfigurationError."""
        self._store = Store(self._path)
        self._process.add_counters(self._counters)
        self._task = asyncio.get_running_loop().create_task(self._session.run())

    async def stop(self) -> None:
        """Commit and acknowledge what arrived, then disconnect."""
        if self._task is None:
            return
        self._commit()
        await self._session.close()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if self._timer is not None:
            self._timer.cancel()
        self._store.close()
        self._task = None

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
        if self._task is not None and not self._process.stopping.is_set():
            hint = "start the broker; this goes on by itself"
            self._process.report(
                "mqtt", Problem(f"The ingest is not connected: {reason}", str(self._session.broker), hint)
            )

    def received(self, delivery: Delivery) -> None:
        """Sort a message; rows gather for the next commit."""
        try:
            vehicle, levels = parse_upward(delivery.topic)
            if levels == ("state",):
                self._note_state(delivery, vehicle, decode_state(delivery.payload))
            else:
                self._gather(delivery, vehicle, rows_class(levels))
        except InvalidArgumentError as error:
            self._refuse(delivery, error)

    def published(self, reached: bool) -> None:  # the car may be away: the acknowledgement is retained
        """The broker took an acknowledgement; there is room for the next."""
        if self._acks:
            self._acknowledge()

    # -- work ---------------------------------------------------------------------------------------------------------
    def _gather(self, delivery: Delivery, vehicle: str, name: str) -> None:
        self._pending.append((delivery, vehicle, name, decode_frame(delivery.payload)))
        if len(self._pending) >= MAX_PENDING:
            self._pending.pop(0)  # not acknowledged, so it comes again
        if len(self._pending) == BATCH_ROWS:
            self._commit()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH_S, self._commit)

    def _note_state(self, delivery: Delivery, vehicle: str, state: VehicleState) -> None:
        try:
            self._store.set_state(vehicle, state.state, state.epoch)
        except IviError as error:
            self._disk_problem(error)
            return
        self._session.acknowledge(delivery)

    def _refuse(self, delivery: Delivery, error: InvalidArgumentError) -> None:
        """Acknowledge what nobody can read, or it would come for ever and hold up what can be read."""
        self.refused += 1
        log.warning("message refused", extra={"topic": delivery.topic[:200], "error": error.message})
        self._session.acknowledge(delivery)

    def _commit(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._pending:
            return
        try:
            complete = self._store.add((vehicle, name, frame) for _, vehicle, name, frame in self._pending)
        except IviError as error:
            self._disk_problem(error)
            self._timer = asyncio.get_running_loop().call_later(RETRY_S, self._commit)
            return
        self._process.resolve("store")
        for delivery, *_ in self._pending:
            self._session.acknowledge(delivery)
        self._pending.clear()
        self._acks.update(complete)
        self._acknowledge()

    def _acknowledge(self) -> None:
        """Publish what is complete as far as there is room; newer numbers replace those that wait."""
        while self._acks and self._session.room:
            key, upto = next(iter(self._acks.items()))
            if upto and not self._session.publish(
                ack_topic(key.vehicle, key.name), encode(Ack(key.stream, upto)), retain=True
            ):
                return
            del self._acks[key]

    def _disk_problem(self, error: IviError) -> None:
        self._process.report("store", Problem(f"Rows cannot be stored: {error.message}", str(self._path), error.hint))

    def _counters(self) -> dict[str, Counter]:
        return {
            "fleet_rows": self._store.rows,
            "fleet_duplicates": self._store.duplicates,
            "fleet_streams": self._store.streams,
            "fleet_refused": self.refused,
        }
