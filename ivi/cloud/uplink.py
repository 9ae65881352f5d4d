# SPDX-License-Identifier: Apache-2.0
"""The uplink as one service: signals into the outbox, the outbox to the fleet, and its state for the screen."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from ivi.cloud import telemetry, wire
from ivi.cloud.channels import TELEMETRY_DAYS, Channel, Channels, Gate, Keep, OpenGate
from ivi.cloud.delivery import OPERATIONAL, DataUse, DeliveryClass, Outgoing
from ivi.cloud.monotone_clock import MonotoneClock
from ivi.cloud.part import Clock, Part
from ivi.cloud.parts import Parts
from ivi.cloud.purpose_rows import PurposeRows
from ivi.cloud.record import Record, encode_record
from ivi.cloud.refusals import Refusals
from ivi.cloud.session import Delivery, MqttSession, Will
from ivi.cloud.tls import Renewal, TlsFiles
from ivi.cloud.uplink_desk import UplinkDesk
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private
from ivi.daemon.process import Counter, Process
from ivi.model.cloud import LinkCost, LinkState, Uplink
from ivi.model.errors import ConfigurationError, InvalidArgumentError, IviError
from ivi.model.status import Problem

log = logging.getLogger(__name__)


class UplinkService:
    """Everything of the cloud process. It loses no accepted row: a row is forgotten when the fleet has committed it.

    It is the parts' Post (ivi.cloud.part).
    """

    def __init__(  # noqa: PLR0913  # what the process is put together from
        self,
        process: Process,
        databroker: LinkClient,
        *,
        broker: str,
        vehicle_id: str,
        state: Path,
        paths: Sequence[str] = telemetry.DEFAULT_PATHS,
        parts: Sequence[Part] = (),
        gate: Gate | None = None,
        clock: Clock | None = None,
        tls: TlsFiles | None = None,
        cost: LinkCost = LinkCost.FREE,
        telemetry_days: float = TELEMETRY_DAYS,
        use: DataUse = OPERATIONAL,
        keep: Keep | None = None,
    ) -> None:
        """Nothing runs before `start`. Raises ConfigurationError when the broker's address, the id or the certificate
        cannot be used.

        `broker` may name several, with commas, in order of preference. Without a `gate` everything may leave; without
        a `clock` the wall clock counts, as long as it goes forward; without `tls` the connection is plain.
        `cost` is what the connection costs until somebody says otherwise; telemetry older than `telemetry_days` is
        given up. `use` is what the built-in sample of `paths` is for; `keep` gets rows that the fleet has before they
        are forgotten here.
        """
        self._process = process
        port = wire.TLS_PORT if tls else wire.DEFAULT_PORT
        self._brokers = wire.parse_brokers(broker, default_port=port)
        self._tls = tls
        if not telemetry_days >= 0:
            raise ConfigurationError(f"{telemetry_days} days cannot be how long telemetry waits", hint="0: for ever")
        self._cost, self._telemetry_days = cost, telemetry_days
        self._vehicle_id = wire.check_vehicle_id(vehicle_id)
        self._folder = state
        self._gate: Gate = gate or OpenGate()
        self._clock: Clock = clock or MonotoneClock()
        self._parts = Parts(process, parts, vehicle_id)
        self._refusals = Refusals(self, self._clock.now)
        self._withheld = 0
        self._use, self._keep = use, keep
        self._telemetry = telemetry.Telemetry(
            databroker, self.accept, self._telemetry_problem, paths, lambda: self._gate.precision(self._use)
        )
        self._state, self._reason = LinkState.OFFLINE, "not started yet"
        self._desk = UplinkDesk(self)
        self._tasks: list[asyncio.Task[None]] = []
        self._sampling: asyncio.Task[None] | None = None
        self._damage: list[tuple[str, Path]] = []
        self._stopping = False
        self._connection = 1

    async def start(self) -> None:
        """Open the outboxes and begin. An absent broker is no failure: rows wait.

        Raises UnavailableError when another copy runs, ConfigurationError when the state folder cannot be used.
        """
        make_private(self._folder)
        if self._tls is not None:
            self._tls.require(self._vehicle_id)
        self._session = MqttSession(
            self._brokers,
            f"ivi-{self._vehicle_id}",
            self,
            subscriptions=[wire.ack_topic(self._vehicle_id, "+"), *self._parts.topics],
            manual_ack=True,
            tls=self._tls,
        )
        self._channels = Channels(
            self._process,
            self._session,
            folder=self._folder,
            vehicle_id=self._vehicle_id,
            telemetry_days=self._telemetry_days,
            progress=self._desk.progress,
            on_damage=self._damaged,
            gate=self._gate,
            keep=self._keep,
        )
        self._channels.price(self._cost)
        with contextlib.ExitStack() as undo:
            undo.callback(self._channels.close)
            self._channels.open()
            undo.pop_all()
        self._epoch = self._channels[DeliveryClass.CONTROL].outbox.epoch
        self._session.will = self._say("offline")
        self._process.add_counters(self.status_numbers)
        self._process.add_counters(self._parts.counters)
        self._set_state(LinkState.CONNECTING, f"connecting to {self._session.broker}")
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._channels.run())]
        self._tell_damage()
        await self._parts.start(self)
        self._tasks.append(loop.create_task(self._session.run()))
        if self._tls is not None:
            renewal = Renewal(self._tls, self._process, self._session.renew)
            self._tasks.append(loop.create_task(renewal.run()))
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
        self._desk.serve(server.router)
        self._parts.serve(server.router)

    async def stop(self) -> None:
        """Stop sampling, commit what there is, say goodbye. What was not acknowledged waits for the next start.

        Raises ResourceExhaustedError when the disk does not take the last rows.
        """
        if not self._tasks:
            return
        self._stopping = True
        await self._stop_sampling()
        await self._parts.stop()
        try:
            self._channels.close_writers()
        finally:
            await self._session.close(self._say("offline"))
            await _cancel(self._tasks)
            self._tasks = []
            self._channels.close()

    # -- part.Post ----------------------------------------------------------------------------------------------------
    @property
    def vehicle_id(self) -> str:
        """Identity of this car, as in topics."""
        return self._vehicle_id

    @property
    def clock(self) -> Clock:
        """The car's trusted clock."""
        return self._clock

    @property
    def is_online(self) -> bool:
        """Whether the session stands."""
        return self._session.is_online

    def put(self, outgoing: Outgoing) -> bool:
        """Take a record; it is committed within 100 ms. False when the consent gate lets it not leave.

        Raises ResourceExhaustedError when its class drops nothing and is full.
        """
        channel = self._admit(outgoing)
        if channel is not None:
            channel.writer.put(outgoing.body)
        return channel is not None

    def put_now(self, outgoing: Outgoing) -> bool:
        """Take a record and commit it before this returns. Raises IviError when the disk does not take it."""
        channel = self._admit(outgoing)
        if channel is not None:
            channel.writer.put_now(outgoing.body)
            channel.step()  # on its way before the caller goes on, who may have more to write to the disk
        return channel is not None

    def waiting(self, delivery: DeliveryClass) -> Iterable[bytes]:
        """Bodies of the rows of a class that the fleet has not acknowledged, the oldest first. Raises IviError."""
        return self._channels[delivery].outbox.bodies()

    def before_forgetting(self, delivery: DeliveryClass, settle: Callable[[], None]) -> None:
        """Call `settle` before rows of a class that the fleet has acknowledged are forgotten."""
        self._channels[delivery].sender.before_forgetting = settle

    def _admit(self, outgoing: Outgoing) -> Channel | None:
        if len(outgoing.body) > wire.MAX_BODY:
            raise InvalidArgumentError(f"a record of {len(outgoing.body)} bytes is over the limit of {wire.MAX_BODY}")
        name = self._gate.channel(outgoing.use, outgoing.delivery)
        if name is None:
            self._withheld += 1
            return None
        return self._channels[name]

    def accept(self, body: bytes) -> None:
        """Take one record of the built-in sampler; it is committed within 100 ms."""
        self.put(Outgoing(DeliveryClass.TELEMETRY, body, self._use))

    def set_cost(self, cost: LinkCost) -> None:
        """What the connection costs from now on."""
        log.info("the connection costs", extra={"cost": cost.value})
        self._channels.price(cost)

    def stream(self, name: str) -> bytes:
        """The id of a channel's stream, as the fleet sees it."""
        return self._channels[name].outbox.stream

    def accepted(self, name: str) -> int:
        """Rows that a channel has committed since its file was made."""
        return self._channels[name].outbox.accepted

    @property
    def rows(self) -> PurposeRows:
        """The rows that wait, by purpose; from `start` on."""
        return PurposeRows(self._channels, self._session)

    def snapshot(self) -> Uplink:
        """The present state in numbers."""
        boxes = [channel.outbox for channel in self._channels]
        reason = self._reason
        if self._state is LinkState.ONLINE and any(channel.sender.unheard for channel in self._channels):
            reason = "the broker has nobody who takes our records; they wait"
        return Uplink(
            self._state,
            str(self._session.broker),
            reason,
            sum(box.accepted for box in boxes),
            sum(box.acknowledged for box in boxes),
            sum(box.waiting for box in boxes),
            sum(box.dropped for box in boxes),
            self._channels.cost,
        )

    # -- outbox -------------------------------------------------------------------------------------------------------
    def _damaged(self, name: str, aside: Path) -> None:
        """Told to the fleet a moment later: this may be called while the channels are being opened."""
        self._damage.append((name, aside))
        if self._tasks:
            asyncio.get_running_loop().call_soon(self._tell_damage)

    def _tell_damage(self) -> None:
        found, self._damage = self._damage, []
        for name, aside in found:
            data = {"channel": name, "why": "the outbox file was damaged and set aside", "file": aside.name}
            record = Record("gap", int(self._clock.now() * 1000), data)
            try:
                self.put(Outgoing(DeliveryClass.CONTROL, encode_record(record)))
            except IviError as error:
                log.error("damage could not be reported to the fleet", extra={"error": error.message})  # noqa: TRY400  # a known error needs no trace

    def _telemetry_problem(self, problem: Problem | None) -> None:
        if problem is None:
            self._process.resolve("telemetry")
        else:
            self._process.report("telemetry", problem)

    def status_numbers(self) -> dict[str, Counter]:
        """What `ivi status` shows."""
        if not self._tasks:
            return {}
        now = self.snapshot()
        return {
            "mqtt_accepted": now.accepted,
            "mqtt_acknowledged": now.acknowledged,
            "mqtt_waiting": now.waiting,
            "mqtt_dropped": now.dropped,
            "mqtt_refused": sum(channel.writer.refused for channel in self._channels),
            "mqtt_withheld": self._withheld,
            "mqtt_sent": sum(channel.sender.sent for channel in self._channels),
            "mqtt_sent_again": sum(channel.sender.sent_again for channel in self._channels),
            "mqtt_bad_messages": self._refusals.count,
            "mqtt_state": now.state.value,
        }

    # -- session.Listener ---------------------------------------------------------------------------------------------
    def online(self) -> None:
        """The session stands: say so, and send from the oldest row on."""
        self._process.resolve("mqtt")
        self._set_state(LinkState.ONLINE, "")
        here = self._say("online")
        self._session.publish(here.topic, here.payload, retain=True)
        self._channels.restart()
        self._parts.online()

    def offline(self, reason: str) -> None:
        """No session: rows wait."""
        if self._stopping:
            return
        self._connection += 1  # the next one
        self._session.will = self._say("offline")
        self._set_state(LinkState.OFFLINE, reason)
        self._process.report(
            "mqtt",
            Problem(
                f"Not connected to the fleet: {reason}", str(self._session.broker), "records wait and are sent later"
            ),
        )

    def received(self, delivery: Delivery) -> None:
        """An acknowledgement, or a message for a part. Whatever else a broker sends is refused and reported."""
        acknowledge = partial(self._session.acknowledge, delivery)
        if len(delivery.payload) > wire.MAX_PAYLOAD:
            self._refusals.note("message", f"{len(delivery.payload)} bytes are over the limit of {wire.MAX_PAYLOAD}")
        elif (name := wire.ack_name(delivery.topic, self._vehicle_id)) is not None:
            channel = self._channels.get(name)  # of a purpose that is gone: nothing waits for it
            if channel is not None:
                channel.sender.acknowledged(delivery.payload)
        elif self._parts.received(delivery, acknowledge):
            return
        else:
            self._refusals.note("message", f"nothing here takes the topic {delivery.topic[:100]}")
        acknowledge()

    def published(self, reached: bool) -> None:
        """The broker took a message: there may be room for the next."""
        if self._session.half_empty:
            self._channels.wake()

    def _say(self, state: str) -> Will:
        message = wire.VehicleState(state, self._epoch, self._connection)
        return Will(wire.state_topic(self._vehicle_id), wire.encode(message))

    # -- link ---------------------------------------------------------------------------------------------------------
    def _set_state(self, state: LinkState, reason: str) -> None:
        if (state, reason) == (self._state, self._reason):
            return
        self._state, self._reason = state, reason
        log.info("uplink", extra={"state": state.value, "reason": reason})
        self._desk.changed()

    @property
    def is_running(self) -> bool:
        """Whether the outboxes are open."""
        return bool(self._tasks)

    async def settle(self) -> None:
        """Take no more samples, and commit what waits in memory."""
        await self._stop_sampling()
        self._channels.commit()

    async def _stop_sampling(self) -> None:
        if self._sampling is not None:
            task, self._sampling = self._sampling, None
            await _cancel([task])


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    """End tasks and wait for their end; what failed before was logged when it failed."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
