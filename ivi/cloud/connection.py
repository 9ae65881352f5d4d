# SPDX-License-Identifier: Apache-2.0
"""One MQTT 5 connection on paho-mqtt, from its connect to its end, in the event loop.

The loop reads and writes paho's socket: with paho's own thread every message waited for that thread to wake up and to
get the interpreter's lock, which made a command a third slower. Only connecting has a thread, because the lookup of a
name and the handshake of TLS block.

Every connection gets a new Client: paho would otherwise send again whatever it still holds, while the outbox decides
alone what is sent. QoS 1 throughout: at QoS 2 paho ignores a broker's refusal and reports success
(eclipse-paho/paho.mqtt.python issue 895).
"""

import asyncio
import contextlib
import logging
import socket
import ssl
import struct
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
RECEIVE_MAXIMUM = 1000  # messages that the broker may send before we acknowledge one
MAX_PACKET = MAX_PAYLOAD + 1024  # bytes that we take in one packet: a payload, its topic and its properties
KEEP_ALIVE_CHECK = 1.0  # seconds between looks whether a ping is due, or its answer
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
        self._reading = False
        self._socket: socket.socket | None = None
        self._write_watched = False
        self._receive_maximum = PROTOCOL_RECEIVE_MAXIMUM
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
        client.on_socket_open = self._on_socket_open
        client.on_socket_close = self._on_socket_close
        client.on_socket_register_write = self._on_writing
        client.on_connect = self._on_connect
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
        properties.ReceiveMaximum = RECEIVE_MAXIMUM
        properties.MaximumPacketSize = MAX_PACKET
        broker = self._terms.broker
        self._client.connect_async(broker.host, broker.port, KEEPALIVE, clean_start=False, properties=properties)
        threading.Thread(target=self._dial, name="mqtt-connect", daemon=True).start()
        try:
            while not self._ended.done():
                await asyncio.wait([self._ended], timeout=KEEP_ALIVE_CHECK)
                if self._socket is not None:
                    self._guarded(self._client.loop_misc)
            return self._ended.result()
        finally:
            self._end("given up")
            self._leave()

    # -- connecting, in a thread of its own ---------------------------------------------------------------------------
    def _dial(self) -> None:
        failed = ""
        try:
            self._client.reconnect()
        except (OSError, ValueError) as error:  # ValueError: a host's name that is none
            failed = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        try:
            self._loop.call_soon_threadsafe(self._dialled, failed)
        except RuntimeError:  # the loop is closed: the process ends
            log.debug("connected after the end of the loop")

    def _dialled(self, failed: str) -> None:
        sock = self._client.socket()
        if failed or not isinstance(sock, socket.socket):
            self._end(f"no broker answers at {self._terms.broker}: {(failed or 'no connection').lower()}")
        elif self._ended.done():  # given up meanwhile
            sock.close()
        else:
            self._socket = sock
            self._loop.add_reader(sock, self._readable)
            self._write()

    # -- reading and writing ------------------------------------------------------------------------------------------
    def _readable(self) -> None:
        """There may be something to read: take it, and only then do what it asks for, outside of paho's locks."""
        if self._socket is None:
            return
        self._reading = True
        try:
            self._guarded(self._client.loop_read)
        finally:
            self._reading = False
        self._drain()
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            self._loop.call_soon(self._readable)  # TLS has it already: the kernel will not tell
        self._write()

    def _write(self) -> None:
        """Write what paho has queued, and wait for the socket when it does not take everything."""
        if self._socket is None or self._reading:
            return
        if self._client.want_write():
            self._guarded(self._client.loop_write)
        self._watch_writing(self._client.want_write())

    def _watch_writing(self, watch: bool) -> None:
        if self._socket is None or watch == self._write_watched:
            return
        self._write_watched = watch
        if watch:
            self._loop.add_writer(self._socket, self._write)
        else:
            self._loop.remove_writer(self._socket)

    def _guarded(self, step: Callable[[], object]) -> None:
        """One step of paho's. Its parser raises whatever it stumbles over when a broker sends no MQTT."""
        try:
            step()
        except Exception:
            log.exception("the MQTT client failed")
            self._end(f"{self._terms.broker} sent what is no MQTT")

    def _leave(self) -> None:
        """Disconnect if that is still possible, and close the socket."""
        self._client.disconnect()
        sock = self._socket
        self._forget()
        if sock is not None:
            sock.close()

    def _forget(self) -> None:
        """Watch the socket no more."""
        if self._socket is None:
            return
        self._watch_writing(False)
        self._loop.remove_reader(self._socket)
        self._socket = None

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
        sock = self._socket
        self._end(reason)
        self._forget()
        if sock is not None:
            with contextlib.suppress(OSError):  # it was reset from the other end meanwhile
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
            sock.close()

    def _end(self, reason: str) -> None:
        if not self._ended.done():
            self._ended.set_result(reason)

    # -- callbacks of paho --------------------------------------------------------------------------------------------
    def _post(self, event: Callable[[], None]) -> None:
        """Do this when paho's step is over: within it some of its locks are held."""
        self._events.append(event)
        if not self._reading:
            self._loop.call_soon(self._drain)

    def _drain(self) -> None:
        events, self._events = self._events, deque()
        for event in events:
            if not self._ended.done():
                event()

    def _on_writing(self, _client: mqtt.Client, _data: object, _sock: object) -> None:
        """paho has something to write: most of the time the socket takes it at once."""
        self._write()

    def _on_socket_close(self, _client: mqtt.Client, _data: object, _sock: object) -> None:
        self._forget()

    def _on_socket_open(self, _client: mqtt.Client, _data: object, sock: object) -> None:
        """Without it a request and its answer cost 40 ms each: Nagle's algorithm waits for the delayed ACK."""
        if isinstance(sock, socket.socket):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _on_connect(
        self,
        client: mqtt.Client,
        _data: object,
        _flags: mqtt.ConnectFlags,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
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
