# SPDX-License-Identifier: Apache-2.0
"""One car as the broker and the fleet see it: a session, a stream, rows that are kept until they are acknowledged.

Frames, topics and acknowledgements are the real ones; what a car has on its disk is here in memory.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from ivi.cloud.delivery import DeliveryClass
from ivi.cloud.session import Will
from ivi.cloud.telemetry import Batch, encode_batch
from ivi.cloud.wire import (
    STREAM_BYTES,
    Broker,
    Frame,
    Kind,
    VehicleState,
    ack_topic,
    decode_ack,
    encode,
    rows_topic,
    state_topic,
)
from ivi.fleet.load.client import LoopClient
from ivi.model.errors import InvalidArgumentError, UnavailableError

CLASS = DeliveryClass.TELEMETRY.value
MAX_WAITING = 2000  # rows of one car without acknowledgement; further ones are not accepted
RESEND_S = 5.0  # seconds without progress until rows are sent again; doubles
RESEND_LAST_S = 60.0  # seconds
RETRY_S = 0.5, 4.0  # seconds between attempts to connect, least and most, before jitter
MAX_DELAYS = 2000  # of one car that are kept


@dataclass(slots=True)
class Counts:
    """What all cars did together."""

    accepted: int = 0
    """Rows that a car has taken the responsibility for."""
    acknowledged: int = 0
    """Rows that the fleet has told to have."""
    refused: int = 0
    """Rows that a car did not take, because too many waited."""
    sent: int = 0
    """Messages with a row, repetitions included."""
    connections: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    """Why there was no connection, and how often."""
    delays: list[float] = field(default_factory=list)
    """Seconds from accepting a row to its acknowledgement, a sample of them."""


class Car:
    """A car that makes `rate` rows a second until it is told to stop."""

    def __init__(self, vehicle: str, brokers: Sequence[Broker], rate: float, counts: Counts, *, mqtt5: bool) -> None:
        """Of several brokers another one is tried after each failure."""
        self.vehicle = vehicle
        self.online = False
        self._chance = random.Random()  # noqa: S311  # values and pauses of a simulated car; no secret
        self._brokers = list(brokers)
        self._rate = rate
        self._counts = counts
        self._stream = random.randbytes(STREAM_BYTES)  # noqa: S311  # as above
        self._waiting: deque[tuple[int, bytes, float]] = deque()
        self._seq = 0
        self._sent = 0  # the highest sequence sent on this connection
        self._progress, self._resend = 0.0, RESEND_S
        self._delays = 0
        self._speed = self._chance.uniform(0, 30)
        self._epoch, self._connection = time.time_ns(), 1
        self._client = LoopClient(
            f"ivi-{vehicle}",
            mqtt5=mqtt5,
            will=Will(state_topic(vehicle), self._state("offline")),
            subscriptions=[ack_topic(vehicle, DeliveryClass.TELEMETRY)],
            received=self._hear,
            published=self._send,
        )

    @property
    def waiting(self) -> int:
        """Rows that the fleet has not acknowledged."""
        return len(self._waiting)

    async def drive(self) -> None:
        """Make rows, until cancelled."""
        due = time.monotonic() + self._chance.random() / self._rate
        while True:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due += 1 / self._rate
            self._make()
            self._send()

    async def connect(self) -> None:
        """Stay connected, until cancelled; send again what is not acknowledged in time."""
        pause = RETRY_S[0]
        try:
            while True:
                self._client.will = Will(state_topic(self.vehicle), self._state("offline"))
                try:
                    ended = await self._client.connect(self._brokers[0])
                except UnavailableError as error:
                    self._brokers.append(self._brokers.pop(0))
                    self._note(error.message)
                    await asyncio.sleep(pause * self._chance.uniform(0.5, 1.0))
                    pause = min(RETRY_S[1], pause * 2)
                    continue
                pause = RETRY_S[0]
                self._begin()
                while not ended.done():
                    await asyncio.wait([ended], timeout=1.0)
                    self._look()
                self.online = False
                self._connection += 1
                self._brokers.append(self._brokers.pop(0))
                self._note(ended.result())
                await asyncio.sleep(pause * self._chance.random())
        finally:
            if self.online:
                self._client.publish(state_topic(self.vehicle), self._state("offline"), retain=True)
            self.online = False
            self._client.close()

    def _state(self, word: str) -> bytes:
        return encode(VehicleState(word, self._epoch, self._connection))

    def _note(self, why: str) -> None:
        self._counts.reasons[why] = self._counts.reasons.get(why, 0) + 1

    def _make(self) -> None:
        if len(self._waiting) >= MAX_WAITING:
            self._counts.refused += 1
            return
        self._speed = min(45.0, max(0.0, self._speed + self._chance.gauss(0, 1)))
        values = {
            "Vehicle.Speed": round(self._speed * 3.6, 1),
            "Vehicle.Powertrain.TractionBattery.CurrentPower": round(self._speed * 900 + self._chance.gauss(0, 500)),
            "Vehicle.Exterior.AirTemperature": 18.5,
        }
        self._seq += 1
        frame = Frame(Kind.RECORD, self._stream, self._seq, encode_batch(Batch(time.time_ns(), dict(values))))
        self._waiting.append((self._seq, frame.encode(), time.monotonic()))
        self._counts.accepted += 1

    def _begin(self) -> None:
        """A new connection: whatever the old one took may be lost."""
        self.online = True
        self._counts.connections += 1
        self._client.publish(state_topic(self.vehicle), self._state("online"), retain=True)
        self._again()

    def _again(self) -> None:
        first = self._waiting[0][0] if self._waiting else self._seq + 1
        self._sent, self._progress = first - 1, time.monotonic()
        if first > 1:
            settled = Frame(Kind.SETTLED, self._stream, first - 1).encode()
            self._client.publish(rows_topic(self.vehicle, DeliveryClass.TELEMETRY), settled)
        self._send()

    def _look(self) -> None:
        if self._waiting and self._waiting[0][0] <= self._sent and time.monotonic() - self._progress > self._resend:
            self._resend = min(RESEND_LAST_S, self._resend * 2)
            self._again()

    def _send(self) -> None:
        if not self.online or not self._waiting:
            return
        start = max(0, self._sent + 1 - self._waiting[0][0])
        if start == 0:
            self._progress = time.monotonic()
        for place in range(start, len(self._waiting)):
            seq, payload, _ = self._waiting[place]
            if not self._client.publish(rows_topic(self.vehicle, DeliveryClass.TELEMETRY), payload):
                return
            self._sent = seq
            self._counts.sent += 1

    def _hear(self, _topic: str, payload: bytes, acknowledge: object) -> None:
        if callable(acknowledge):
            acknowledge()
        try:
            ack = decode_ack(payload)
        except InvalidArgumentError:
            self._note("an acknowledgement that cannot be read")
            return
        if ack.stream != self._stream or ack.upto > self._seq:  # of an earlier run with this car's name
            return
        now = time.monotonic()
        while self._waiting and self._waiting[0][0] <= ack.upto:
            _, _, accepted = self._waiting.popleft()
            self._counts.acknowledged += 1
            self._progress, self._resend = now, RESEND_S
            if self._delays < MAX_DELAYS:
                self._delays += 1
                self._counts.delays.append(now - accepted)
        self._send()
