# SPDX-License-Identifier: Apache-2.0
"""paho-mqtt without a thread: its socket is read and written by the event loop, so that one thread has many clients.

The way is paho's own for other loops (`loop_read`, `loop_write`, `loop_misc`). Only `connect` waits, so it has a thread
for as long as it takes. Every connection gets a new Client, as in ivi.cloud.session.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Sequence

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from ivi.cloud.session import Will
from ivi.cloud.wire import Broker
from ivi.model.errors import UnavailableError

KEEPALIVE = 30  # seconds
CONNECT_S = 5.0  # seconds until a broker must have said yes
SESSION_EXPIRY = 3600  # seconds that the broker keeps the session
IN_FLIGHT = 20  # messages without PUBACK; brokers take at least this many
MISC_S = 2.0  # seconds between looks at the keepalive


class LoopClient:
    """One connection at a time. The callbacks are called in the event loop."""

    def __init__(
        self,
        client_id: str,
        *,
        mqtt5: bool = True,
        will: Will | None = None,
        subscriptions: Sequence[str] = (),
        received: Callable[[str, bytes, Callable[[], None]], None],
        published: Callable[[], None] = lambda: None,
    ) -> None:
        """`received` gets topic, payload, and what sends the PUBACK; `published` is told that there is room again."""
        self.in_flight = 0
        """Messages published that the broker has not taken yet."""
        self._client_id = client_id
        self._mqtt5 = mqtt5
        self.will = will
        self._subscriptions = tuple(subscriptions)
        self._received, self._published = received, published
        self._client: mqtt.Client | None = None
        self._standing: asyncio.Future[None] | None = None
        self._ended: asyncio.Future[str] | None = None
        self._attached: tuple[asyncio.AbstractEventLoop, socket.socket] | None = None
        self._misc: asyncio.TimerHandle | None = None

    @property
    def room(self) -> int:
        """How many messages may be published now."""
        return IN_FLIGHT - self.in_flight if self._client is not None else 0

    async def connect(self, broker: Broker) -> asyncio.Future[str]:
        """Connect and subscribe; the future that is returned ends with the connection, and says why.

        Raises UnavailableError.
        """
        loop = asyncio.get_running_loop()
        self._standing, self._ended, self.in_flight = loop.create_future(), loop.create_future(), 0
        client = self._make()
        properties = None
        if self._mqtt5:
            properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho leaves it untyped
            properties.SessionExpiryInterval = SESSION_EXPIRY
        try:
            await asyncio.to_thread(self._dial, client, broker, properties)
        except (OSError, ValueError) as error:
            raise UnavailableError(f"no broker answers at {broker}: {error}", hint="start the broker") from error
        sock = client.socket()
        if not isinstance(sock, socket.socket):
            raise UnavailableError(f"the broker {broker} hung up", hint="see its log")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._attached = loop, sock
        loop.add_reader(sock, client.loop_read)
        client.on_socket_register_write = self._on_register_write
        client.on_socket_unregister_write = self._on_unregister_write
        if client.want_write():
            loop.add_writer(sock, client.loop_write)
        self._look(client)
        try:
            async with asyncio.timeout(CONNECT_S):
                waits: list[asyncio.Future[None] | asyncio.Future[str]] = [self._standing, self._ended]
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError as error:
            self._drop(client)
            raise UnavailableError(f"the broker {broker} did not answer in time", hint="see its log") from error
        if self._ended.done():
            self._drop(client)
            raise UnavailableError(f"the broker {broker} refused: {self._ended.result()}", hint="see its log")
        self._client = client
        return self._ended

    def _make(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            self._client_id,
            clean_session=None if self._mqtt5 else False,
            protocol=mqtt.MQTTv5 if self._mqtt5 else mqtt.MQTTv311,
            manual_ack=True,
            reconnect_on_failure=False,
        )
        client.connect_timeout = CONNECT_S
        client.max_inflight_messages_set(IN_FLIGHT)
        if self.will is not None:
            client.will_set(self.will.topic, self.will.payload, qos=1, retain=True)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.on_disconnect = self._on_disconnect
        client.on_socket_close = self._on_socket_close
        return client

    def _dial(self, client: mqtt.Client, broker: Broker, properties: Properties | None) -> None:
        """In a thread of its own: waits for the broker's host."""
        clean = False if self._mqtt5 else mqtt.MQTT_CLEAN_START_FIRST_ONLY
        client.connect(broker.host, broker.port, KEEPALIVE, clean_start=clean, properties=properties)

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Send a message at QoS 1; False when there is no room or no connection."""
        if self._client is None or self.room <= 0:
            return False
        if self._client.publish(topic, payload, qos=1, retain=retain).rc != mqtt.MQTT_ERR_SUCCESS:
            return False
        self.in_flight += 1
        return True

    def close(self) -> None:
        """Say goodbye."""
        if self._client is not None:
            self._client.disconnect()
            self._drop(self._client)

    def _drop(self, client: mqtt.Client) -> None:
        sock = client.socket()
        if isinstance(sock, socket.socket):
            self._forget(sock)
            with contextlib.suppress(OSError):
                sock.close()
        self._client = None
        if self._misc is not None:
            self._misc.cancel()
        self._end("closed")

    def _look(self, client: mqtt.Client) -> None:
        client.loop_misc()
        self._misc = asyncio.get_running_loop().call_later(MISC_S, self._look, client)

    def _end(self, why: str) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(why)

    def _forget(self, sock: socket.socket) -> None:
        """Leave the loop. A socket that never came so far is closed in the thread that dialled."""
        if self._attached is None or self._attached[1] is not sock:
            return
        loop, self._attached = self._attached[0], None
        if sock.fileno() >= 0 and not loop.is_closed():
            loop.remove_reader(sock)
            loop.remove_writer(sock)

    # -- paho's callbacks, in the event loop --------------------------------------------------------------------------
    def _on_connect(
        self, client: mqtt.Client, _data: object, _flags: object, reason: ReasonCode, _properties: object
    ) -> None:
        if reason.is_failure:
            self._end(str(reason).lower())
        elif self._subscriptions:
            client.subscribe([(topic, 1) for topic in self._subscriptions])
        elif self._standing is not None and not self._standing.done():
            self._standing.set_result(None)

    def _on_subscribe(
        self, _client: mqtt.Client, _data: object, _mid: int, reasons: list[ReasonCode], _properties: object
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            self._end("a subscription was refused")
        elif self._standing is not None and not self._standing.done():
            self._standing.set_result(None)

    def _on_message(self, client: mqtt.Client, _data: object, message: mqtt.MQTTMessage) -> None:
        mid, qos = message.mid, message.qos
        self._received(message.topic, bytes(message.payload), lambda: self._acknowledge(client, mid, qos))

    def _acknowledge(self, client: mqtt.Client, mid: int, qos: int) -> None:
        if client is self._client or self._client is None:  # only the connection that delivered it
            client.ack(mid, qos)

    def _on_publish(
        self, _client: mqtt.Client, _data: object, _mid: int, _reason: ReasonCode, _properties: object
    ) -> None:
        self.in_flight = max(0, self.in_flight - 1)
        self._published()

    def _on_disconnect(
        self, client: mqtt.Client, _data: object, _flags: object, reason: ReasonCode, _properties: object
    ) -> None:
        self._client = None
        if self._misc is not None:
            self._misc.cancel()
        self._end(str(reason).lower())

    def _on_register_write(self, client: mqtt.Client, _data: object, sock: object) -> None:
        if isinstance(sock, socket.socket):
            asyncio.get_running_loop().add_writer(sock, client.loop_write)

    def _on_unregister_write(self, _client: mqtt.Client, _data: object, sock: object) -> None:
        if isinstance(sock, socket.socket) and sock.fileno() >= 0:
            asyncio.get_running_loop().remove_writer(sock)

    def _on_socket_close(self, _client: mqtt.Client, _data: object, sock: object) -> None:
        if isinstance(sock, socket.socket):
            self._forget(sock)
