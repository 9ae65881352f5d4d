# SPDX-License-Identifier: Apache-2.0
"""A socketcand listener, so that stock tools (SavvyCAN, Wireshark, python-can) attach to our bus without kernel CAN.

The protocol is text in angle brackets (socketcand's doc/protocol.md). This speaks its raw mode:

    server: < hi >                                  client: < open can0 >, < rawmode >, < echo >
    server: < ok >                                  client: < send 123 2 11 22 >
    server: < frame 123 1436509052.249713 1122 >

It has no login, so it listens on the loopback only. Each client is a reader of the bus of its own: when the client is
slow, the bus server's bounded queue for it fills, and what does not fit is dropped and counted there.
"""

import asyncio
import contextlib
import re
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from simulator.bus import record
from simulator.bus.address import socket_path
from simulator.errors import BusServerError

DEFAULT_PORT = 28600  # socketcand's own is 29536; this one leaves it free
HOST = "127.0.0.1"
MAX_CLIENTS = 8
MAX_COMMAND = 512  # bytes of one command; the longest there is has 40
HANDSHAKE = 10.0  # seconds until a client must have opened a bus and chosen the raw mode
HELLO_DEADLINE = 2.0  # seconds until the bus must have answered
# python-can's client takes "< ok >" and the first frame for one broken answer when they arrive together
SETTLE = 0.1  # seconds between the answer to rawmode and the first frame; frames wait in the bus meanwhile
BUFFER = 1 << 18  # bytes that wait for a client before we stop reading the bus for it
READ_SIZE = 65536  # bytes
STANDARD_MAX, CLASSIC_MAX = 0x7FF, 8

_HEX = re.compile(rb"[0-9A-Fa-f]{1,8}")


@dataclass
class Totals:
    """What the listener did."""

    clients: int = 0
    refused: int = 0
    to_clients: int = 0
    from_clients: int = 0
    dropped: int = 0
    """Frames that clients lost because they were slow."""
    not_carried: int = 0
    """CAN FD and remote frames, which the protocol has no word for."""
    malformed: int = 0
    """Commands of clients that were no commands."""

    def line(self) -> str:
        """For people."""
        return (
            f"{self.clients} clients ({self.refused} refused), {self.to_clients} frames to them, "
            f"{self.from_clients} from them, "
            f"{self.dropped} dropped, {self.not_carried} not carried, {self.malformed} malformed commands"
        )


class _RefusedError(Exception):
    """Ends a client; the text is sent to it."""


class SocketcandServer:
    """The listener of one bus. start(), then serve until close()."""

    def __init__(self, channel: str, port: int, clients: int = MAX_CLIENTS, log: Callable[[str], None] = print) -> None:
        self._channel = channel
        self._path = socket_path(channel)
        self._port = port
        self._limit = clients
        self._log = log
        self._sessions: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.totals = Totals()

    async def start(self) -> int:
        """Listen; the port. Raises BusServerError when there is no bus or the port is taken."""
        reader, writer = await self._join()  # a listener without a bus would only disappoint later
        writer.close()
        del reader
        try:
            self._server = await asyncio.start_server(self._accept, HOST, self._port, limit=READ_SIZE)
        except OSError as error:
            raise BusServerError(
                f"cannot listen on {HOST}:{self._port}: {error.strerror or error}", "choose another --port"
            ) from error
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """End all clients."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._sessions):
            task.cancel()
        await asyncio.gather(*self._sessions, return_exceptions=True)

    async def _join(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A place on the bus. Raises BusServerError."""
        try:
            async with asyncio.timeout(HELLO_DEADLINE):
                reader, writer = await asyncio.open_unix_connection(self._path, limit=READ_SIZE)
                writer.write(record.control(record.HELLO, record.VERSION))
                _, verb, _, flags, _ = record.RECORD.unpack(await reader.readexactly(record.SIZE))
        except (OSError, EOFError, TimeoutError) as error:
            raise BusServerError(
                f"no bus answers on {self._path}", f"start one with: ivi sim bus {self._channel}"
            ) from error
        if (verb, flags) != (record.WELCOME, record.CONTROL):
            writer.close()
            raise BusServerError(f"what listens on {self._path} is no ivi bus of version {record.VERSION}")
        return reader, writer

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        if len(self._sessions) >= self._limit:
            self.totals.refused += 1
            writer.write(b"< error too many clients >")
            await _end(writer)
            return
        self._sessions.add(task)
        self.totals.clients += 1
        session = _Session(self, reader, writer)
        try:
            await session.run()
        except (_RefusedError, BusServerError, TimeoutError) as error:  # before OSError, which a TimeoutError is too
            reason = str(error) or "no open and rawmode in time"
            self._log(f"socketcand: a client is ended: {reason}")
            writer.write(f"< error {reason} >".encode())
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the client went, or we stop; either way it is over
        finally:
            self._sessions.discard(task)
            self.totals.dropped += session.dropped
            await _end(writer)

    @property
    def channel(self) -> str:
        """The name that clients open."""
        return self._channel

    async def join(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """See _join; for a session."""
        return await self._join()


class _Session:
    """One client: its commands one way, the frames of the bus the other."""

    def __init__(self, server: SocketcandServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._totals = server.totals
        self._reader = reader
        self._writer = writer
        self._rest = b""
        self._commands: list[list[bytes]] = []
        self.dropped = 0
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else small answers wait 40 ms for an ACK
        writer.transport.set_write_buffer_limits(BUFFER)

    async def run(self) -> None:
        """Serve until one end is gone."""
        self._writer.write(b"< hi >")
        async with asyncio.timeout(HANDSHAKE):
            await self._handshake(b"open")
            bus_reader, bus_writer = await self._server.join()
        try:
            self._writer.write(b"< ok >")
            async with asyncio.timeout(HANDSHAKE):
                await self._handshake(b"rawmode")
            self._writer.write(b"< ok >")
            await self._writer.drain()
            await self._both_ways(bus_reader, bus_writer)
        finally:
            bus_writer.close()

    async def _both_ways(self, bus_reader: asyncio.StreamReader, bus_writer: asyncio.StreamWriter) -> None:
        """Run both directions until one ends, and raise what ended it."""
        ways = [asyncio.create_task(self._to_bus(bus_writer)), asyncio.create_task(self._from_bus(bus_reader))]
        try:
            ended, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ended:
                way.result()
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _handshake(self, wanted: bytes) -> None:
        """Answer commands until `wanted` comes."""
        while True:
            words = await self._next()
            match words:
                case [b"echo"]:
                    self._writer.write(b"< echo >")
                case [b"open", name] if wanted == b"open":
                    if name.decode("utf-8", "replace") != self._server.channel:
                        raise _RefusedError(f"there is no bus of this name, it is {self._server.channel}")
                    return
                case [b"rawmode"] if wanted == b"rawmode":
                    return
                case _:
                    self._totals.malformed += 1
                    self._writer.write(b"< error unknown command >")
                    await self._writer.drain()

    async def _next(self) -> list[bytes]:
        """Words of the next command. Raises EOFError when the client has gone, _RefusedError for endless words."""
        while not self._commands:
            chunk = await self._reader.read(READ_SIZE)
            if not chunk:
                raise EOFError
            self._split(chunk)
        return self._commands.pop(0)

    def _split(self, chunk: bytes) -> None:
        *whole, self._rest = (self._rest + chunk).split(b">")
        if len(self._rest) > MAX_COMMAND:
            raise _RefusedError(f"a command has more than {MAX_COMMAND} bytes")
        for text in whole:
            before, opened, inside = text.rpartition(b"<")
            if not opened or before.strip() or len(inside) > MAX_COMMAND:
                self._totals.malformed += 1
            self._commands.append(inside.split() if opened else [])

    async def _to_bus(self, bus: asyncio.StreamWriter) -> None:
        while True:
            records = [self._take(await self._next())]
            while self._commands:
                records.append(self._take(self._commands.pop(0)))
            if data := b"".join(records):
                self._totals.from_clients += len(data) // record.SIZE
                bus.write(data)
                await bus.drain()
            await self._writer.drain()

    def _take(self, words: list[bytes]) -> bytes:
        """The record of one command; empty for what is none."""
        match words:
            case [b"send", ident, length, *data]:
                if sent := _record(ident, length, data):
                    return sent
                self._totals.malformed += 1  # socketcand says nothing to the client either
            case [b"echo"]:
                self._writer.write(b"< echo >")
            case [b"rawmode"]:
                self._writer.write(b"< ok >")
            case []:
                pass
            case _:
                self._totals.malformed += 1
                self._writer.write(b"< error unknown command >")
        return b""

    async def _from_bus(self, bus: asyncio.StreamReader) -> None:
        await asyncio.sleep(SETTLE)
        rest = b""
        while chunk := await bus.read(READ_SIZE):
            data, rest = record.whole(rest, chunk)
            if record.has_control(data):
                data, controls = record.split_control(data)
                for _, verb, _, _, payload in controls:
                    if verb == record.DROPPED:
                        self.dropped = record.numbers(payload)[0]
            lines = [_line(entry) for entry in record.RECORD.iter_unpack(data)]
            self._totals.not_carried += lines.count(b"")
            self._totals.to_clients += len(lines) - lines.count(b"")
            self._writer.write(b"".join(lines))
            await self._writer.drain()
        raise _RefusedError("the bus is gone")


def _line(entry: record.Record) -> bytes:
    """The text of a frame; empty for what raw mode has no word for."""
    ns, ident, length, flags, data = entry
    stamp = b"%d.%06d" % (ns // 1_000_000_000, ns // 1000 % 1_000_000)
    if ident & record.ERR:
        return b"< error %03X %s >" % (ident & (record.ERR | record.ID_MASK), stamp)
    if flags & record.FD or ident & record.RTR:
        return b""
    number = b"%08X" % (ident & record.ID_MASK) if ident & record.EFF else b"%03X" % ident
    return b"< frame %s %s %s >" % (number, stamp, data[:length].hex().upper().encode())


def _record(ident: bytes, length: bytes, data: list[bytes]) -> bytes:
    """The record of a send command; empty when it makes no frame."""
    if not _HEX.fullmatch(ident) or not _HEX.fullmatch(length) or not all(map(_HEX.fullmatch, data)):
        return b""
    number, size, payload = int(ident, 16), int(length, 16), [int(text, 16) for text in data]
    if size != len(payload) or size > CLASSIC_MAX or max(payload, default=0) > 0xFF:  # noqa: PLR2004  # a byte
        return b""
    if len(ident) > 3:  # noqa: PLR2004  # digits of a standard id
        number = number & record.ID_MASK | record.EFF
    elif number > STANDARD_MAX:
        return b""
    try:
        return record.RECORD.pack(time.time_ns(), number, size, 0, bytes(payload))
    except struct.error:
        return b""


async def _end(writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(1):  # seconds for a client to take our last words
            await writer.drain()
    writer.close()


async def serve(channel: str, port: int, clients: int, on_ready: Callable[[int], None], stop: asyncio.Event) -> Totals:
    """Serve until `stop`; `on_ready` gets the port. Raises BusServerError."""
    server = SocketcandServer(channel, port, clients, lambda text: print(text, file=sys.stderr, flush=True))
    on_ready(await server.start())
    await stop.wait()
    await server.close()
    return server.totals
