# SPDX-License-Identifier: Apache-2.0
"""The proxy of one life of an app: checks each CONNECT, dials the address that was checked, counts what flows."""

import asyncio
import contextlib
import errno
import logging
import os
import socket
import time
from http import HTTPStatus

from ivi.apphost.egress import client_hello
from ivi.apphost.egress.connect_request import END, MAX_HEAD, Target, parse
from ivi.apphost.egress.gate import Gate
from ivi.apphost.egress.refusal import Refused
from ivi.apphost.egress.tunnel import Tunnel
from ivi.apphost.facility import Life
from ivi.apphost.manifest import Net
from ivi.apphost.permissions import Decision
from ivi.model.errors import DeadlineError, IviError, PermissionDeniedError

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000  # bytes, as manifests count
SHARE = 0.3  # seconds for one address of a host while dialling, at least
AGAIN = 0.1  # seconds until the next try when no connection can be taken
LINGER = 1.0  # seconds that an end gets to take the last bytes
UNRECOGNIZED_NAME = bytes.fromhex("15 0303 0002 02 70")
"""A TLS alert (RFC 6066), so that the app's library names the reason instead of a lost connection."""

_OVER = frozenset({errno.EBADF, errno.EINVAL, errno.ENOTSOCK})
"""The listening socket is closed, was shut down by the app, or is none: nothing will come any more."""


class NotGreetedError(Exception):
    """TLS does not begin as it must; a status can no longer say so."""


class Proxy:
    """Serves the listening socket of one box until it is closed."""

    def __init__(self, life: Life, gate: Gate) -> None:
        self._life, self._gate = life, gate
        self._budget = gate.budget(life.app.id)
        self._tokens, self._refilled = gate.bounds.burst, time.monotonic()
        self._open: dict[asyncio.Task[None], Target | None] = {}
        """Connections that count, and where they go once that is known."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, listener: socket.socket) -> None:
        """Answer until cancelled; then end everything, also what flows, and book it."""
        self._life.rights.watch(self._rights_changed)
        try:
            while True:
                await self._pace()
                self._begin(await self._accept(listener))
        finally:
            self._life.rights.unwatch(self._rights_changed)
            listener.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, near: socket.socket) -> None:
        task = asyncio.create_task(self._connected(near))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: near.close())  # also when it was cancelled before it ran

    async def _accept(self, listener: socket.socket) -> socket.socket:
        """The next connection, also after the machine was short of something. Raises OSError when none can come."""
        told = False
        while True:
            try:
                near, _ = await asyncio.get_running_loop().sock_accept(listener)
            except OSError as error:
                if error.errno in _OVER:
                    raise
                if not told:
                    reason = error.strerror or str(error)
                    log.warning(
                        "connections of an app have to wait", extra={"app": self._life.app.id, "reason": reason}
                    )
                told = True
                await asyncio.sleep(AGAIN)
            else:
                return near

    async def _pace(self) -> None:
        """Wait while connections come too fast: then they queue up in the app's own kernel buffers, not here."""
        bounds = self._gate.bounds
        while True:
            now = time.monotonic()
            self._tokens = min(bounds.burst, self._tokens + (now - self._refilled) * bounds.per_s)
            self._refilled = now
            if self._tokens >= 1:
                self._tokens -= 1
                return
            await asyncio.sleep((1 - self._tokens) / bounds.per_s)

    # -- rights -------------------------------------------------------------------------------------------------------
    def _hosts(self) -> set[str]:
        return {host.lower() for grant in self._life.rights.of(Net) for host in grant.hosts}

    def _limit(self) -> int:
        """Bytes a day."""
        return sum(grant.mb_per_day for grant in self._life.rights.of(Net)) * MEGABYTE

    def _rights_changed(self) -> None:
        """What was taken back ends at once, also in the middle of a transfer."""
        hosts = self._hosts()
        for task, target in self._open.items():
            if target is not None and str(target) not in hosts:
                self._judge(str(target), allowed=False, reason="the permission was taken back")
                task.cancel()

    def _judge(self, target: str, *, allowed: bool, reason: str, hint: str = "") -> None:
        """Write a decision to the audit."""
        with contextlib.suppress(PermissionDeniedError):
            self._life.judge("net", target, Decision(allowed=allowed, reason=reason, hint=hint))

    # -- one connection -----------------------------------------------------------------------------------------------
    async def _connected(self, near: socket.socket) -> None:
        task = asyncio.current_task()
        if task is None:  # not within a task: nobody could cancel it
            return
        try:
            reader, writer = await asyncio.open_connection(sock=near, limit=MAX_HEAD)
        except OSError as error:
            log.warning("a connection of an app was lost", extra={"app": self._life.app.id, "reason": str(error)})
            return
        try:
            try:
                if len(self._open) >= (most := self._gate.bounds.connections):
                    text = f"more than {most} connections are open"
                    raise Refused(HTTPStatus.TOO_MANY_REQUESTS, text, hint="close one first")  # noqa: TRY301
                self._open[task] = None
                await self._handle(task, reader, writer)
            except Refused as refused:
                target = self._open.pop(task, None)
                self._judge(str(target or "-"), allowed=False, reason=refused.reason, hint=refused.hint)
                await self._answer(refused, reader, writer)
        except (OSError, TimeoutError) as error:
            log.debug("a connection of an app ended", extra={"app": self._life.app.id, "error": str(error)})
        finally:
            self._open.pop(task, None)
            writer.transport.abort()

    async def _answer(self, refused: Refused, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send the refusal and take what is still coming: closing at once would make the kernel drop the answer."""
        writer.write(refused.response())
        writer.write_eof()
        async with asyncio.timeout(LINGER):
            while await reader.read(MAX_HEAD):
                pass

    async def _handle(
        self, task: asyncio.Task[None], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        target = parse(await self._head(reader))
        self._open[task] = target
        self._check(target)
        addresses = await self._addresses(target)
        if not await self._budget.take(1, self._limit()):
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, f"the app has used its {self._limit() // MEGABYTE} MB of today")
        far_reader, far_writer = await self._dial(target, addresses)
        tunnel = Tunnel(self._budget, self._limit, self._gate.bounds.idle)
        self._budget.begin()
        try:
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            hello = await self._hello(target, reader)
            self._judge(str(target), allowed=True, reason=f"connected to {far_writer.get_extra_info('peername')[0]}")
            await tunnel.carry(reader, writer, far_reader, far_writer, hello)
            if tunnel.ended_by:
                self._judge(str(target), allowed=False, reason=tunnel.ended_by)
            writer.close()
            async with asyncio.timeout(LINGER):
                await writer.wait_closed()
        except NotGreetedError as error:
            self._judge(str(target), allowed=False, reason=f"a connection was cut: {error}")
            writer.write(UNRECOGNIZED_NAME)
            await writer.drain()
        finally:
            far_writer.transport.abort()
            await asyncio.shield(self._budget.end(str(target), tunnel.sent, tunnel.received))

    async def _head(self, reader: asyncio.StreamReader) -> bytes:
        try:
            async with asyncio.timeout(self._gate.bounds.head):
                return await reader.readuntil(END)
        except TimeoutError as error:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive whole in time") from error
        except asyncio.LimitOverrunError as error:
            text = f"the request's head is over {MAX_HEAD} bytes"
            raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, text) from error
        except asyncio.IncompleteReadError as error:
            raise Refused(HTTPStatus.BAD_REQUEST, "the request ended before it was whole") from error

    def _check(self, target: Target) -> None:
        if str(target) not in self._hosts():
            hint = f'manifest.toml would need [[permission]] use = "net" hosts = ["{target}"]'
            raise Refused(HTTPStatus.FORBIDDEN, f"{target} may not be reached by {self._life.app.id}", hint=hint)

    async def _addresses(self, target: Target) -> list[str]:
        """Look the host up, once; each address must pass, so that a mixed answer cannot smuggle one in."""
        try:
            addresses = await self._gate.resolver.resolve(target.host, target.port)
        except DeadlineError as error:
            raise Refused(HTTPStatus.GATEWAY_TIMEOUT, f"{error.message}: the car may be offline") from error
        except IviError as error:
            raise Refused(HTTPStatus.BAD_GATEWAY, f"{error.message}: the car may be offline") from error
        if not addresses:
            raise Refused(HTTPStatus.BAD_GATEWAY, f"{target.host} has no address")
        for address in addresses:
            if why := self._gate.surroundings.reachable.refusal(address):
                text = f"{target.host} is {address}, which may not be reached: {why}"
                raise Refused(HTTPStatus.FORBIDDEN, text)
        return addresses

    async def _dial(self, target: Target, addresses: list[str]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to one of the checked addresses; the name is not looked up again."""
        said = ""
        try:
            async with asyncio.timeout(self._gate.bounds.connect):
                for number, address in enumerate(addresses):
                    # An address that does not answer must not take the time of the others.
                    share = self._gate.bounds.connect / (len(addresses) - number + 1) + SHARE
                    try:
                        async with asyncio.timeout(share):
                            return await asyncio.open_connection(address, target.port)
                    except OSError as error:  # a TimeoutError of the share is one
                        said = os.strerror(error.errno) if error.errno else ""
        except TimeoutError as error:
            raise Refused(HTTPStatus.GATEWAY_TIMEOUT, f"{target} did not answer: the car may be offline") from error
        status = HTTPStatus.BAD_GATEWAY if said else HTTPStatus.GATEWAY_TIMEOUT
        raise Refused(status, f"{target} cannot be connected: {said or 'no answer'}")

    async def _hello(self, target: Target, reader: asyncio.StreamReader) -> bytes:
        """The first bytes, which must greet the host that was asked for. There is no status for a refusal any more."""
        data = b""
        try:
            async with asyncio.timeout(self._gate.bounds.hello):
                while (hello := client_hello.read(data)) is None:
                    more = await reader.read(client_hello.MAX_HELLO)
                    if not more:
                        raise client_hello.NotTlsError("it ended before TLS began")  # noqa: TRY301
                    data += more
        except TimeoutError as error:
            raise NotGreetedError("TLS did not begin in time") from error
        except client_hello.NotTlsError as error:
            raise NotGreetedError(str(error)) from error
        if hello.encrypted:
            raise NotGreetedError("its ClientHello is encrypted (ECH)")
        if hello.server_name != target.host:
            raise NotGreetedError(f"TLS greets {hello.server_name or 'nobody'!r} instead")
        return data
