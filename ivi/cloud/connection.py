# SPDX-License-Identifier: Apache-2.0
"""One MQTT 5 connection on paho-mqtt, from its connect to its end, and the bounded way of its events into the loop.

paho runs a thread of its own; nothing of ours runs in it but the hand-over. Every connection gets a new Client: paho
would otherwise send again whatever it still holds, while the outbox decides alone what is sent. QoS 1 throughout: at
QoS 2 paho ignores a broker's refusal and reports success (eclipse-paho/paho.mqtt.python issue 895).
"""

import asyncio
import logging
import socket
import ssl
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, override

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from ivi.cloud.wire import MAX_PAYLOAD, Broker

log = logging.getLogger(__name__)

KEEPALIVE = 10  # seconds; a dead connection is noticed after at most one and a half of it
CONNECT_TIMEOUT = 2.0  # seconds
SESSION_EXPIRY = 3600  # seconds that the broker keeps the session of an absent client
MESSAGE_EXPIRY = 3600  # seconds that the broker keeps a row for an absent fleet; the outbox has it all the same
IN_FLIGHT = 100  # messages without PUBACK; more gains nothing on a loopback and costs memory on both ends
INBOX = 2000  # events between paho's thread and the loop
MAX_PACKET = MAX_PAYLOAD + 1024  # bytes that we take in one packet: a payload, its topic and its properties
THREAD_CHECK = 2.0  # seconds between looks whether paho's thread is alive
GOODBYE = 1.0  # seconds that an orderly disconnect may take
_LINGER_NOT = struct.pack("ii", 1, 0)  # on, for 0 seconds
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
    qos: int = 1
    """At 0 it has no id, and nothing may be acknowledged."""


class User(Protocol):
    """Who uses a connection; called in the event loop."""

    def went_online(self, receive_maximum: int) -> None:
        """Connected and subscribed."""

    def was_taken(self, mid: int, reason: int) -> None:
        """A PUBACK with its reason code."""

    def delivered(self, delivery: "Delivery") -> None:
        """A message arrived."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a connection is made with."""

    broker: Broker
    client_id: str
    subscriptions: Sequence[str]
    will: "Will | None"
    manual_ack: bool
    context: ssl.SSLContext | None
    """TLS with our certificate; None for plain TCP."""


class _Expiring(Properties):
    """The properties of a row's PUBLISH; packed once, because paho would take longer for it than for the row."""

    def __init__(self) -> None:
        super().__init__(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # paho leaves it untyped
        self.MessageExpiryInterval = MESSAGE_EXPIRY
        object.__setattr__(self, "_packed", super().pack())  # type: ignore[no-untyped-call]  # paho leaves it untyped

    @override
    def pack(self) -> bytes:
        return bytes(self._packed)  # type: ignore[attr-defined]  # set past paho's own __setattr__


_EXPIRING = _Expiring()


class Connection:
    """One paho Client."""

    def __init__(self, terms: Terms, user: User) -> None:
        self._terms, self._user = terms, user
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Future[str] = self._loop.create_future()
        self._events: deque[Callable[[], None]] = deque()
        self._scheduled = False
        self._guard = threading.Lock()
        self._receive_maximum = PROTOCOL_RECEIVE_MAXIMUM
        self._thread: threading.Thread | None = None
        self._client = self._make_client()

    def _make_client(self) -> mqtt.Client:
        terms = self._terms
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            client_id=terms.client_id,
            protocol=mqtt.MQTTv5,
            manual_ack=terms.manual_ack,
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
        if terms.will is not None:
            client.will_set(terms.will.topic, terms.will.payload, qos=1, retain=True)
        if terms.context is not None:
            client.tls_set_context(terms.context)
        return client

    async def live(self) -> str:
        """Connect and stay until the connection ends; returns why it ended."""
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho leaves it untyped
        properties.SessionExpiryInterval = SESSION_EXPIRY
        properties.ReceiveMaximum = INBOX // 2
        properties.MaximumPacketSize = MAX_PACKET
        broker = self._terms.broker
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
        """Queue a message in paho, which sends it at once: `room` keeps below paho's own window. Returns its id.

        A retained message stays until the next; others expire in the broker.
        """
        queued = self._client.publish(topic, payload, qos=1, retain=retain, properties=None if retain else _EXPIRING)
        return queued.mid if queued.rc == mqtt.MQTT_ERR_SUCCESS else None

    def acknowledge(self, delivery: Delivery) -> None:
        """Send the PUBACK of a message, if it has one: to a broker, one for no message is a protocol error."""
        if delivery.qos > 0:
            self._client.ack(delivery.mid, delivery.qos)

    async def goodbye(self) -> None:
        """Disconnect in order and wait a moment for it."""
        self._client.disconnect()
        await asyncio.wait([self._ended], timeout=GOODBYE)
        self._end("disconnected")

    def end(self, reason: str) -> None:
        """End the connection; `live` returns."""
        self._end(reason)

    def cut(self, reason: str) -> None:
        """End the connection with a reset: what the kernel has not sent is thrown away too (tcp(7), SO_LINGER)."""
        sock = self._client.socket()
        if isinstance(sock, socket.socket):
            try:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
                sock.close()
            except OSError as error:  # closed by paho's thread meanwhile
                log.debug("the connection was closed already", extra={"error": str(error)})
        self._end(reason)
        self._client.disconnect()  # wakes paho's thread, which holds the closed socket while it waits for it

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
        self._post(partial(self._end, f"no broker answers at {self._terms.broker}: {text.lower()}"))

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
            self._post(partial(self._end, f"the broker {self._terms.broker} refused us: {str(reason).lower()}"))
            return
        self._receive_maximum = getattr(properties, "ReceiveMaximum", PROTOCOL_RECEIVE_MAXIMUM)
        if self._terms.subscriptions:
            client.subscribe([(topic, SubscribeOptions(qos=1)) for topic in self._terms.subscriptions])
        else:
            self._post(partial(self._user.went_online, self._receive_maximum))

    def _on_subscribe(
        self, client: mqtt.Client, _data: object, _mid: int, reasons: list[ReasonCode], _properties: Properties | None
    ) -> None:
        if refused := [str(reason) for reason in reasons if reason.is_failure]:
            self._post(partial(self._end, f"{self._terms.broker} refused a subscription: {refused[0].lower()}"))
            client.disconnect()
            return
        self._post(partial(self._user.went_online, self._receive_maximum))

    def _on_message(self, _client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        try:
            delivery = Delivery(message.topic, bytes(message.payload), message.mid, self, message.qos)
        except UnicodeDecodeError:
            log.warning("message with a topic that is not UTF-8")
            return
        if len(self._events) >= INBOX:  # a broker that ignores our Receive Maximum; not acknowledged, so it comes again
            log.warning("more messages than agreed", extra={"broker": str(self._terms.broker)})
            return
        self._post(partial(self._user.delivered, delivery))

    def _on_publish(
        self, _client: mqtt.Client, _data: object, mid: int, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self._post(partial(self._user.was_taken, mid, reason.value))

    def _on_disconnect(
        self,
        _client: mqtt.Client,
        _data: object,
        flags: mqtt.DisconnectFlags,
        reason: ReasonCode,
        _properties: Properties | None,
    ) -> None:
        who = "the broker ended the connection" if flags.is_disconnect_packet_from_server else "the connection was lost"
        self._post(partial(self._end, f"{who} ({self._terms.broker}): {str(reason).lower()}"))
