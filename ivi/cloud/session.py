# SPDX-License-Identifier: Apache-2.0
"""An MQTT 5 session on paho-mqtt: connects, stays connected, and hands what happens to the event loop.

paho runs a thread of its own; nothing of ours runs in it but the hand-over. Every connection gets a new Client: paho
would otherwise send again whatever it still holds, while the outbox decides alone what is sent. QoS 1 throughout: at
QoS 2 paho ignores a broker's refusal and reports success (eclipse-paho/paho.mqtt.python issue 895).
"""

import asyncio
import logging
import random
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from ivi.cloud.wire import Broker

log = logging.getLogger(__name__)

KEEPALIVE = 10  # seconds; a dead connection is noticed after at most one and a half of it
CONNECT_TIMEOUT = 2.0  # seconds
RETRY_FIRST, RETRY_LAST = 0.5, 10.0  # seconds between attempts, before jitter
SESSION_EXPIRY = 3600  # seconds that the broker keeps the session of an absent client
IN_FLIGHT = 100  # messages without PUBACK; more gains nothing on a loopback and costs memory on both ends
INBOX = 2000  # events between paho's thread and the loop
THREAD_CHECK = 2.0  # seconds between looks whether paho's thread is alive
GOODBYE = 1.0  # seconds that an orderly disconnect may take
NO_SUBSCRIBERS = 0x10  # PUBACK: accepted, but nobody gets it (MQTT 5.0, 3.4.2.1)
PROTOCOL_RECEIVE_MAXIMUM = 65535  # what a broker means that does not say (MQTT 5.0, 3.2.2.3.3)


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker says for us when we are gone without a word."""

    topic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message that arrived."""

    topic: str
    payload: bytes
    mid: int
    connection: object
    """Which connection delivered it; only that one may acknowledge it."""


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
    """Keeps one client connected to one broker until its task is cancelled or it is closed."""

    def __init__(
        self,
        broker: Broker,
        client_id: str,
        listener: Listener,
        *,
        subscriptions: Sequence[str] = (),
        will: Will | None = None,
        manual_ack: bool = False,
    ) -> None:
        self.broker = broker
        self.client_id = client_id
        self.listener = listener
        self.subscriptions = tuple(subscriptions)
        self.will = will
        self.manual_ack = manual_ack
        self._limit = 0
        self._flying: dict[int, Callable[[bool], None] | None] = {}
        self._connection: _Connection | None = None
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
        """Connect, and again with growing, jittered pauses, so that a fleet does not come back in lock-step."""
        wait = RETRY_FIRST
        while not self._closing:
            self._connection = connection = _Connection(self)
            reason = await connection.live()
            was_online, self._limit = self._limit > 0, 0
            self._flying.clear()
            self.listener.offline(reason)
            wait = RETRY_FIRST if was_online else min(RETRY_LAST, wait * 2)
            if not self._closing:
                await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311  # spreads reconnects; no secret

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
            self._connection.acknowledge(delivery.mid)

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


class _Connection:
    """One paho Client, from its connect to its end, and the bounded way of its events into the loop."""

    def __init__(self, session: MqttSession) -> None:
        self._session = session
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[str] = self._loop.create_future()
        self._events: deque[Callable[[], None]] = deque()
        self._scheduled = False
        self._guard = threading.Lock()
        self._receive_maximum = PROTOCOL_RECEIVE_MAXIMUM
        self._thread: threading.Thread | None = None
        self._client = self._make_client()

    def _make_client(self) -> mqtt.Client:
        session = self._session
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=session.client_id,
            protocol=mqtt.MQTTv5,
            manual_ack=session.manual_ack,
            reconnect_on_failure=False,
        )
        client.connect_timeout = CONNECT_TIMEOUT
        client.max_inflight_messages_set(IN_FLIGHT)
        client.on_pre_connect = self._on_pre_connect
        client.on_socket_open = self._on_socket_open
        client.on_connect = self._on_connect
        client.on_connect_fail = self._on_connect_fail
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.on_disconnect = self._on_disconnect
        if session.will is not None:
            client.will_set(session.will.topic, session.will.payload, qos=1, retain=True)
        return client

    async def live(self) -> str:
        """Connect and stay until the connection ends; returns why it ended."""
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho leaves it untyped
        properties.SessionExpiryInterval = SESSION_EXPIRY
        properties.ReceiveMaximum = INBOX // 2
        broker = self._session.broker
        self._client.connect_async(broker.host, broker.port, KEEPALIVE, clean_start=False, properties=properties)
        self._client.loop_start()
        try:
            while not self._ended.done():
                await asyncio.wait([self._ended], timeout=THREAD_CHECK)
                if self._thread is not None and not self._thread.is_alive() and not self._events:
                    self._end("the MQTT client ended by itself")
            return self._ended.result()
        finally:
            self._end("given up")
            self._client.disconnect()

    def publish(self, topic: str, payload: bytes, retain: bool) -> int | None:
        """Queue a message in paho, which sends it at once: `room` keeps below paho's own window. Returns its id."""
        queued = self._client.publish(topic, payload, qos=1, retain=retain)
        return queued.mid if queued.rc == mqtt.MQTT_ERR_SUCCESS else None

    def acknowledge(self, mid: int) -> None:
        """Send the PUBACK of a message."""
        self._client.ack(mid, 1)

    async def goodbye(self) -> None:
        """Disconnect in order and wait a moment for it."""
        self._client.disconnect()
        await asyncio.wait([self._ended], timeout=GOODBYE)
        self._end("disconnected")

    def _end(self, reason: str) -> None:
        if not self._ended.done():
            self._ended.set_result(reason)

    # -- hand-over ----------------------------------------------------------------------------------------------------
    def _post(self, event: Callable[[], None]) -> None:
        """From paho's thread: run `event` in the loop. One wake-up serves all events that gathered meanwhile."""
        with self._guard:
            self._events.append(event)
            if self._scheduled:
                return
            self._scheduled = True
        try:
            self._loop.call_soon_threadsafe(self._drain)
        except RuntimeError:  # the loop is closed: the process ends
            log.debug("event after the end of the loop")

    def _drain(self) -> None:
        with self._guard:
            self._scheduled = False
            events, self._events = self._events, deque()
        if not self._ended.done():
            for event in events:
                event()

    # -- callbacks, in paho's thread ----------------------------------------------------------------------------------
    def _on_pre_connect(self, _client: mqtt.Client, _data: object) -> None:
        self._thread = threading.current_thread()

    def _on_socket_open(self, _client: mqtt.Client, _data: object, sock: object) -> None:
        """Without it a request and its answer cost 40 ms each: Nagle's algorithm waits for the delayed ACK."""
        if isinstance(sock, socket.socket):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _on_connect_fail(self, client: mqtt.Client, _data: object) -> None:
        error = sys.exception()  # paho calls this while it handles the OSError, and does not pass it on
        text = error.strerror or str(error) if isinstance(error, OSError) else "no connection"
        client.loop_stop()  # in its own thread: ends without the pause that paho would make
        self._post(partial(self._end, f"no broker answers at {self._session.broker}: {text.lower()}"))

    def _on_connect(
        self,
        client: mqtt.Client,
        _data: object,
        _flags: mqtt.ConnectFlags,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
        if self._ended.done():  # given up while it connected
            client.disconnect()
            return
        if reason.is_failure:
            self._post(partial(self._end, f"the broker {self._session.broker} refused us: {str(reason).lower()}"))
            return
        self._receive_maximum = getattr(properties, "ReceiveMaximum", PROTOCOL_RECEIVE_MAXIMUM)
        if self._session.subscriptions:
            client.subscribe([(topic, SubscribeOptions(qos=1)) for topic in self._session.subscriptions])
        else:
            self._post(partial(self._session.went_online, self._receive_maximum))

    def _on_subscribe(
        self, client: mqtt.Client, _data: object, _mid: int, reasons: list[ReasonCode], _properties: Properties | None
    ) -> None:
        if refused := [str(reason) for reason in reasons if reason.is_failure]:
            self._post(partial(self._end, f"{self._session.broker} refused a subscription: {refused[0].lower()}"))
            client.disconnect()
            return
        self._post(partial(self._session.went_online, self._receive_maximum))

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        try:
            delivery = Delivery(message.topic, bytes(message.payload), message.mid, self)
        except UnicodeDecodeError:
            log.warning("message with a topic that is not UTF-8")
            return
        if len(self._events) >= INBOX:  # a broker that ignores our Receive Maximum; not acknowledged, so it comes again
            log.warning("more messages than agreed", extra={"broker": str(self._session.broker)})
            return
        self._post(partial(self._session.listener.received, delivery))

    def _on_publish(
        self, _client: mqtt.Client, _data: object, mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self._post(partial(self._session.was_taken, mid, reason.value))

    def _on_disconnect(
        self,
        _client: mqtt.Client,
        _data: object,
        flags: mqtt.DisconnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        who = "the broker ended the connection" if flags.is_disconnect_packet_from_server else "the connection was lost"
        self._post(partial(self._end, f"{who} ({self._session.broker}): {str(reason).lower()}"))
