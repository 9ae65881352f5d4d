# SPDX-License-Identifier: Apache-2.0
"""An MQTT 5 session: connects to the first broker that answers, stays connected, and counts what is in flight."""

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from typing import Protocol

from ivi.cloud.connection import IN_FLIGHT, Connection, Delivery, Terms, Will
from ivi.cloud.tls import TlsFiles
from ivi.cloud.wire import Broker
from ivi.model.errors import ConfigurationError

__all__ = ["Delivery", "Listener", "MqttSession", "Will"]

log = logging.getLogger(__name__)

RETRY_FIRST, RETRY_LAST = 0.5, 10.0  # seconds between attempts, before jitter
NO_SUBSCRIBERS = 0x10  # PUBACK: accepted, but nobody gets it (MQTT 5.0, 3.4.2.1)


class Listener(Protocol):
    """Who uses a session. All methods are called in the event loop."""

    def online(self) -> None:
        """Connected and subscribed."""

    def offline(self, reason: str) -> None:
        """Not connected, and why in plain words; called for every failed attempt."""

    def received(self, delivery: Delivery) -> None:
        """A message arrived."""

    def published(self, reached: bool) -> None:
        """The broker took one of our messages; `reached` is False when it said that nobody gets it."""


class MqttSession:
    """Keeps one client connected to one of its brokers until its task is cancelled or it is closed."""

    def __init__(
        self,
        broker: Broker | Sequence[Broker],
        client_id: str,
        listener: Listener,
        *,
        subscriptions: Sequence[str] = (),
        will: Will | None = None,
        manual_ack: bool = False,
        tls: TlsFiles | None = None,
    ) -> None:
        """With several brokers they are tried in this order, from the first again after each connection."""
        self._brokers = (broker,) if isinstance(broker, Broker) else tuple(broker)
        self.broker = self._brokers[0]
        """The one that is or was tried last."""
        self.tls = tls
        self.client_id = client_id
        self.listener = listener
        self.subscriptions = tuple(subscriptions)
        self.will = will
        self.manual_ack = manual_ack
        self._limit = 0
        self._flying: dict[int, Callable[[bool], None] | None] = {}
        self._connection: Connection | None = None
        self._closing = False

    @property
    def is_online(self) -> bool:
        """Whether messages can go out now."""
        return self._limit > 0

    @property
    def in_flight(self) -> int:
        """Messages published on this connection that the broker has not taken yet."""
        return len(self._flying)

    @property
    def limit(self) -> int:
        """How many may be in flight: our own window, clamped to the broker's Receive Maximum; 0 while offline."""
        return self._limit

    @property
    def room(self) -> int:
        """How many messages may be published now."""
        return max(0, self._limit - len(self._flying))

    @property
    def half_empty(self) -> bool:
        """Whether it is worth while to fill the window again; filling it row by row costs three times as much."""
        return len(self._flying) * 2 <= self._limit

    async def run(self) -> None:
        """Connect, and again with growing, jittered pauses, so that a fleet does not come back in lock-step.

        The pause grows when all brokers were tried in vain.
        """
        wait, turn = RETRY_FIRST, 0
        while not self._closing:
            self.broker = self._brokers[turn]
            reason = await self._live()
            was_online, self._limit = self._limit > 0, 0
            self._flying.clear()
            self.listener.offline(reason)
            turn = 0 if was_online else (turn + 1) % len(self._brokers)
            if was_online:
                wait = RETRY_FIRST
            elif turn == 0:
                wait = min(RETRY_LAST, wait * 2)
            if not self._closing:
                await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311  # spreads reconnects; no secret

    async def _live(self) -> str:
        try:
            context = self.tls.context() if self.tls is not None else None
        except ConfigurationError as error:  # half of a renewal, perhaps: it is read again at the next attempt
            return error.message
        terms = Terms(self.broker, self.client_id, self.subscriptions, self.will, self.manual_ack, context)
        self._connection = Connection(terms, self)
        return await self._connection.live()

    def renew(self) -> None:
        """Connect anew, because our certificate did change. Nothing is lost: what has no PUBACK is sent again."""
        if self._connection is not None:
            self._connection.end("connecting again with a new certificate")

    def cut(self, reason: str) -> None:
        """End the connection at once, so that nothing that still waits in it is sent; then connect anew."""
        if self._connection is not None:
            self._connection.cut(reason)

    def publish(
        self, topic: str, payload: bytes, *, retain: bool = False, taken: Callable[[bool], None] | None = None
    ) -> bool:
        """Hand a message to the broker at QoS 1; False when there is no room or no connection.

        `taken` is called as Listener.published is, for this message alone; never when the connection ends before.
        """
        if self.room <= 0 or self._connection is None:
            return False
        mid = self._connection.publish(topic, payload, retain)
        if mid is None:
            return False
        self._flying[mid] = taken
        return True

    def acknowledge(self, delivery: Delivery) -> None:
        """Tell the broker that a message is safe with us. One of an older connection is skipped: it comes again."""
        if self._connection is not None and delivery.connection is self._connection:
            self._connection.acknowledge(delivery)

    async def close(self, farewell: Will | None = None) -> None:
        """Say goodbye in order, with a last retained message when there is a connection."""
        self._closing = True
        if self._connection is not None:
            if farewell is not None:
                self.publish(farewell.topic, farewell.payload, retain=True)
            await self._connection.goodbye()

    # -- called by the connection, in the loop ------------------------------------------------------------------------
    def went_online(self, receive_maximum: int) -> None:
        """The connection stands."""
        self._limit = max(1, min(IN_FLIGHT, receive_maximum))
        self._flying.clear()
        self.listener.online()

    def was_taken(self, mid: int, reason: int) -> None:
        """A PUBACK with its reason code."""
        taken = self._flying.pop(mid, None)
        if taken is not None:
            taken(reason < NO_SUBSCRIBERS)
        self.listener.published(reason < NO_SUBSCRIBERS)

    def delivered(self, delivery: Delivery) -> None:
        """A message arrived."""
        self.listener.received(delivery)
