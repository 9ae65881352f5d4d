# SPDX-License-Identifier: Apache-2.0
"""A small MQTT 5 broker that misbehaves on demand, with a fleet behind it that acknowledges end to end.

It knows what our sessions use: CONNECT, SUBSCRIBE, PUBLISH at QoS 1, PUBACK, PING, DISCONNECT (OASIS MQTT 5.0).
"""

import asyncio
import contextlib
import struct
from collections.abc import Awaitable, Callable
from typing import Self

from ivi.cloud.wire import Ack, Frame, Kind, ack_topic, decode_frames, encode, parse_upward

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, PINGREQ, PINGRESP, DISCONNECT = 1, 2, 3, 4, 8, 9, 12, 13, 14
RECEIVE_MAXIMUM = 0x21  # property
SERVER_BUSY = 0x89  # reason of a DISCONNECT


def varint(number: int) -> bytes:
    """A variable byte integer."""
    out = bytearray()
    while True:
        number, low = divmod(number, 128)
        out.append(low | (0x80 if number else 0))
        if not number:
            return bytes(out)


def text(value: str) -> bytes:
    """A UTF-8 string with its length."""
    data = value.encode()
    return struct.pack(">H", len(data)) + data


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """A variable byte integer, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value, shift, at = value | (byte & 0x7F) << shift, shift + 7, at + 1
        if not byte & 0x80:
            return value, at


class Fleet:
    """Stores rows once and tells how far each stream is complete."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, bytes, int], bytes] = {}
        self.order: list[tuple[str, bytes]] = []
        """Channel and body of every row as it came, copies too."""
        self.covered: dict[tuple[str, bytes], set[int]] = {}
        self.upto: dict[tuple[str, bytes], int] = {}

    def take(self, channel: str, frame: Frame) -> Ack:
        """A frame came: returns the acknowledgement."""
        key = channel, frame.stream
        seen, upto = self.covered.setdefault(key, set()), self.upto.get(key, 0)
        if frame.kind is Kind.RECORD:
            self.order.append((channel, frame.body))
            self.rows[channel, frame.stream, frame.seq] = frame.body
            seen.add(frame.seq)
        elif frame.kind is Kind.GAP:
            seen.update(range(frame.gap()[0], frame.seq + 1))
        else:
            upto = max(upto, frame.seq)
        while upto + 1 in seen:
            upto += 1
        self.upto[key] = upto
        return Ack(frame.stream, upto)

    def bodies(self, channel: str) -> list[bytes]:
        """Bodies of a channel, in their order, each once."""
        return [body for (name, _, _), body in sorted(self.rows.items()) if name == channel]


class FakeBroker:
    """Listens on a port of its own while it is entered."""

    def __init__(self, *, receive_maximum: int = 0, puback_s: float = 0.0) -> None:
        """`receive_maximum`: what the CONNACK says, 0 for nothing. `puback_s`: seconds until a PUBACK."""
        self.fleet = Fleet()
        self.receive_maximum, self.puback_s = receive_maximum, puback_s
        self.forgets = False
        """Whether rows are acknowledged with a PUBACK and thrown away."""
        self.hang_up_after = 0
        """Messages after which a connection is ended; 0 for never."""
        self.refuses = 0
        """Reason with which a CONNECT is refused."""
        self.connects = 0
        self.most_in_flight = 0
        self.published: list[tuple[str, bytes]] = []
        """Topic and payload of everything that came, rows too."""
        self.rows = 0
        """Rows that came, forgotten ones and copies too."""
        self.pubacked: set[int] = set()
        """Ids of our messages that the client has taken."""
        self.port = 0
        self._writers: list[asyncio.StreamWriter] = []
        self._next_id = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Listen."""
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    async def listen(self) -> None:
        """Listen, at the same port as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """End all connections without a word."""
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await self._server.wait_closed()

    def say(self, topic: str, payload: bytes) -> int:
        """Publish to every client, whether it subscribed or not; returns the message's id."""
        self._next_id += 1
        body = text(topic) + struct.pack(">H", self._next_id) + b"\0" + payload
        for writer in self._writers:
            _send(writer, PUBLISH << 4 | 2, body)
        return self._next_id

    def say_bytes(self, data: bytes) -> None:
        """Send every client something that need not be MQTT."""
        for writer in self._writers:
            writer.write(data)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.append(writer)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                await _Connection(self, reader, writer).run()
        finally:
            self._writers.remove(writer)
            self._tasks.discard(task)
            writer.close()

    def came(self, topic: str, payload: bytes) -> None:
        """A message of a client."""
        self.published.append((topic, payload))
        vehicle, levels = parse_upward(topic)
        if levels[0] != "t":
            return
        frames = decode_frames(payload)
        self.rows += sum(frame.kind is Kind.RECORD for frame in frames)
        if self.forgets:
            return
        acks = [self.fleet.take(levels[1], frame) for frame in frames]
        if acks and (ack := acks[-1]).upto:
            self.say(ack_topic(vehicle, levels[1]), encode(ack))


class _Connection:
    """One client."""

    def __init__(self, broker: FakeBroker, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._broker, self._reader, self._writer = broker, reader, writer
        self._in_flight = self._messages = 0
        self._handlers: dict[int, Callable[[int, bytes], Awaitable[bool]]] = {
            CONNECT: self._connect,
            SUBSCRIBE: self._subscribe,
            PUBLISH: self._publish,
            PUBACK: self._puback,
            PINGREQ: self._ping,
        }

    async def run(self) -> None:
        """Until the connection ends."""
        while True:
            (first,) = await self._reader.readexactly(1)
            length = shift = 0
            while True:
                (byte,) = await self._reader.readexactly(1)
                length, shift = length | (byte & 0x7F) << shift, shift + 7
                if not byte & 0x80:
                    break
            body = await self._reader.readexactly(length)
            handler = self._handlers.get(first >> 4)
            if handler is None or not await handler(first, body):
                return

    async def _connect(self, _first: int, _body: bytes) -> bool:
        broker = self._broker
        broker.connects += 1
        limit = struct.pack(">BH", RECEIVE_MAXIMUM, broker.receive_maximum) if broker.receive_maximum else b""
        _send(self._writer, CONNACK << 4, bytes((0, broker.refuses)) + varint(len(limit)) + limit)
        return not broker.refuses

    async def _subscribe(self, _first: int, body: bytes) -> bool:
        size, at = read_varint(body, 2)
        at += size
        count = 0
        while at < len(body):
            (length,) = struct.unpack_from(">H", body, at)
            at, count = at + 2 + length + 1, count + 1
        _send(self._writer, SUBACK << 4, body[:2] + b"\0" + b"\1" * count)
        return True

    async def _publish(self, first: int, body: bytes) -> bool:
        broker = self._broker
        assert first >> 1 & 3 == 1, "everything is sent at QoS 1"
        (length,) = struct.unpack_from(">H", body)
        topic, at = body[2 : 2 + length].decode(), 2 + length
        mid, at = body[at : at + 2], at + 2
        size, at = read_varint(body, at)
        self._messages += 1
        self._in_flight += 1
        broker.most_in_flight = max(broker.most_in_flight, self._in_flight)
        if broker.hang_up_after and self._messages > broker.hang_up_after:
            _send(self._writer, DISCONNECT << 4, bytes((SERVER_BUSY, 0)))
            return False
        asyncio.get_running_loop().call_later(broker.puback_s, self._take, mid, topic, body[at + size :])
        return True

    def _take(self, mid: bytes, topic: str, payload: bytes) -> None:
        if self._writer.is_closing():
            return
        self._in_flight -= 1
        _send(self._writer, PUBACK << 4, mid)
        self._broker.came(topic, payload)

    async def _puback(self, _first: int, body: bytes) -> bool:
        self._broker.pubacked.add(struct.unpack_from(">H", body)[0])
        return True

    async def _ping(self, _first: int, _body: bytes) -> bool:
        _send(self._writer, PINGRESP << 4, b"")
        return True


def _send(writer: asyncio.StreamWriter, first: int, body: bytes) -> None:
    if not writer.is_closing():
        writer.write(bytes((first,)) + varint(len(body)) + body)
