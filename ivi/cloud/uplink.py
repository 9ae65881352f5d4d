# SPDX-License-Identifier: Apache-2.0
"""The uplink as one service: signals into the outbox, the outbox to the fleet, and its state for the screen."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from pathlib import Path

from ivi.cloud import telemetry, wire
from ivi.cloud.outbox import DamagedError, Outbox
from ivi.cloud.sender import Sender
from ivi.cloud.session import Delivery, MqttSession, Will
from ivi.cloud.writer import GroupWriter
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.paths import make_private
from ivi.daemon.process import Counter, Process
from ivi.model.cloud import Flush, LinkState, SubscribeUplink, Uplink
from ivi.model.errors import IviError, UnavailableError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

FLUSH_WAIT = 4.0  # seconds; below the link's usual deadline, so that the caller gets numbers and not a DeadlineError
UPDATE_PERIOD = 1.0  # seconds between updates of the numbers; a change of state is told at once


class UplinkService:
    """Everything of the cloud process. It loses no accepted row: a row is forgotten when the fleet has committed it."""

    def __init__(
        self,
        process: Process,
        databroker: LinkClient,
        *,
        broker: str,
        vehicle_id: str,
        state: Path,
        paths: Sequence[str] = telemetry.DEFAULT_PATHS,
    ) -> None:
        """Nothing runs before `start`. Raises ConfigurationError when the broker's address or the id cannot be used."""
        self._process = process
        self._broker = wire.parse_broker(broker)
        self._vehicle_id = wire.check_vehicle_id(vehicle_id)
        self._path = state / "outbox.db"
        self._telemetry = telemetry.Telemetry(databroker, self.accept, self._telemetry_problem, paths)
        self._state, self._reason = LinkState.OFFLINE, "not started yet"
        self._changed: set[asyncio.Event] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self._sampling: asyncio.Task[None] | None = None
        self._progress = asyncio.Event()
        self._stopping = False

    async def start(self) -> None:
        """Open the outbox and begin. An absent broker is no failure: rows wait.

        Raises UnavailableError when another copy runs, ConfigurationError when the state folder cannot be used.
        """
        make_private(self._path.parent)
        self._outbox = self._open()
        self._writer = GroupWriter(lambda: self._outbox, self._committed, self._store_problem)
        self._session = MqttSession(
            self._broker,
            f"ivi-{self._vehicle_id}",
            self,
            subscriptions=[wire.ack_topic(self._vehicle_id, telemetry.CLASS)],
            will=self._say("offline"),
        )
        topic = wire.rows_topic(self._vehicle_id, telemetry.CLASS)
        self._sender = Sender(lambda: self._outbox, self._session, topic, self._acknowledged, self._store_problem)
        self._process.add_counters(self._counters)
        self._set_state(LinkState.CONNECTING, f"connecting to {self._broker}")
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._session.run()), loop.create_task(self._sender.run())]
        self._sampling = loop.create_task(self._telemetry.run())
        for task in (*self._tasks, self._sampling):
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part that fails ends the process: a new one starts clean, and the outbox has kept everything."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the uplink failed", exc_info=error)
            self._process.stopping.set()

    def serve(self, server: LinkServer) -> None:
        """Answer requests of ivi.model.cloud on a server whose union includes CloudRequest."""
        server.router.on_stream(SubscribeUplink, self._subscribe)
        server.router.on_call(Flush, self._flush)

    async def stop(self) -> None:
        """Stop sampling, commit what there is, say goodbye. What was not acknowledged waits for the next start.

        Raises ResourceExhaustedError when the disk does not take the last rows.
        """
        if not self._tasks:
            return
        self._stopping = True
        await self._stop_sampling()
        try:
            self._writer.close()
        finally:
            await self._session.close(self._say("offline"))
            await _cancel(self._tasks)
            self._tasks = []
            self._outbox.close()

    def accept(self, body: bytes) -> None:
        """Take one record; it is committed within 100 ms."""
        self._writer.put(body)

    def snapshot(self) -> Uplink:
        """The present state in numbers."""
        box = self._outbox
        reason = self._reason
        if self._state is LinkState.ONLINE and self._sender.unheard:
            reason = "the broker has nobody who takes our records; they wait"
        return Uplink(self._state, str(self._broker), reason, box.accepted, box.acknowledged, box.waiting, box.dropped)

    # -- outbox -------------------------------------------------------------------------------------------------------
    def _open(self) -> Outbox:
        outbox = Outbox(self._path, sync="NORMAL")
        if outbox.quarantined is not None:
            self._process.report(
                "outbox",
                Problem(
                    "The store of unsent records was damaged and a new one was made",
                    str(outbox.quarantined),
                    "keep the file if its records matter, else delete it; check the disk",
                ),
            )
        return outbox

    def _committed(self) -> None:
        self._sender.wake()

    def _acknowledged(self) -> None:
        self._progress.set()

    def _store_problem(self, error: IviError | None) -> None:
        if error is None:
            self._process.resolve("store")
            return
        self._process.report(
            "store", Problem(f"Records cannot be stored: {error.message}", str(self._path), error.hint)
        )
        if isinstance(error, DamagedError):
            self._reopen()

    def _reopen(self) -> None:
        """Opening sets a damaged file aside. When even that fails, a new process has the better chance."""
        self._outbox.close()
        try:
            self._outbox = self._open()
        except IviError as error:
            log.critical("the outbox cannot be opened again", extra={"error": str(error)})
            self._process.stopping.set()
            return
        self._sender.restart()

    def _telemetry_problem(self, problem: Problem | None) -> None:
        if problem is None:
            self._process.resolve("telemetry")
        else:
            self._process.report("telemetry", problem)

    def _counters(self) -> dict[str, Counter]:
        now = self.snapshot()
        return {
            "mqtt_accepted": now.accepted,
            "mqtt_acknowledged": now.acknowledged,
            "mqtt_waiting": now.waiting,
            "mqtt_dropped": now.dropped,
            "mqtt_refused": self._writer.refused,
            "mqtt_state": now.state.value,
        }

    # -- session.Listener ---------------------------------------------------------------------------------------------
    def online(self) -> None:
        """The session stands: say so, and send from the oldest row on."""
        self._process.resolve("mqtt")
        self._set_state(LinkState.ONLINE, "")
        here = self._say("online")
        self._session.publish(here.topic, here.payload, retain=True)
        self._sender.restart()

    def offline(self, reason: str) -> None:
        """No session: rows wait."""
        if self._stopping:
            return
        self._set_state(LinkState.OFFLINE, reason)
        self._process.report(
            "mqtt",
            Problem(f"Not connected to the fleet: {reason}", str(self._broker), "records wait and are sent later"),
        )

    def received(self, delivery: Delivery) -> None:
        """An acknowledgement: the only topic that is subscribed."""
        self._sender.acknowledged(delivery.payload)

    def published(self, reached: bool) -> None:
        """The broker took a message."""
        self._sender.published(reached)

    def _say(self, state: str) -> Will:
        message = wire.VehicleState(state, self._outbox.epoch)
        return Will(wire.state_topic(self._vehicle_id), wire.encode(message))

    # -- link ---------------------------------------------------------------------------------------------------------
    def _set_state(self, state: LinkState, reason: str) -> None:
        if (state, reason) == (self._state, self._reason):
            return
        self._state, self._reason = state, reason
        log.info("uplink", extra={"state": state.value, "reason": reason})
        for event in self._changed:
            event.set()

    async def _subscribe(self, _request: SubscribeUplink, stream: Stream) -> None:
        self._require_started()
        changed = asyncio.Event()
        self._changed.add(changed)
        told: Uplink | None = None
        try:
            while stream.open:
                changed.clear()
                if (now := self.snapshot()) != told:
                    stream.send(now)
                    told = now
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(UPDATE_PERIOD):
                        await changed.wait()
        finally:
            self._changed.discard(changed)

    async def _flush(self, _request: Flush, _session: Session) -> Uplink:
        self._require_started()
        await self._stop_sampling()
        self._writer.commit()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FLUSH_WAIT):
                while self._outbox.waiting:
                    self._progress.clear()
                    await self._progress.wait()
        return self.snapshot()

    def _require_started(self) -> None:
        """The socket may be served a moment before the outbox is open, and a moment longer."""
        if not self._tasks:
            raise UnavailableError("the uplink is not running yet, or not any more", hint="ask again in a moment")

    async def _stop_sampling(self) -> None:
        if self._sampling is not None:
            task, self._sampling = self._sampling, None
            await _cancel([task])


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    """End tasks and wait for their end; what failed before was logged when it failed."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
