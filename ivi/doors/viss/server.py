# SPDX-License-Identifier: Apache-2.0
"""The WebSocket server of VISS: sub-protocol `VISSv3`, bounded in clients, message size and what waits for each."""

import contextlib
import http
import logging
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

from ivi.doors.address import Address
from ivi.doors.tokens import Gate
from ivi.doors.vehicle import Vehicle
from ivi.doors.viss.session import Session
from ivi.model.errors import ConfigurationError, UnavailableError

log = logging.getLogger(__name__)

PROTOCOL = "VISSv3"
MAX_CLIENTS = 32  # on one address
MAX_MESSAGE = 64 << 10  # bytes of one request
MAX_REQUESTS = 8  # that wait behind the one being answered
PING = 20.0  # seconds; a client that does not answer is cut off


class VissDoor:
    """All addresses of this door."""

    def __init__(self, vehicle: Vehicle, tls: tuple[Path, Path] | None) -> None:
        self.listens: list[str] = []
        self._vehicle = vehicle
        self._tls = _context(tls)
        self._servers: list[Any] = []
        self._sessions: set[Session] = set()
        logging.getLogger("websockets").setLevel(logging.WARNING)

    async def start(self, wanted: Iterable[Address]) -> None:
        """Listen everywhere. Raises ConfigurationError, or UnavailableError when an address is taken."""
        for address in wanted:
            if address.path is not None:
                raise ConfigurationError(f"VISS cannot be served at {address}", hint="HOST:PORT, e.g. 127.0.0.1:6443")
            server = await self._listen(address)
            self._servers.append(server)
            port = server.sockets[0].getsockname()[1]
            self.listens.append(str(Address(address.host, port, None, address.gate)))
            log.info("the VISS door is open", extra={"address": self.listens[-1]})

    async def stop(self) -> None:
        """Close every address and every client."""
        for server in self._servers:
            server.close()
            await server.wait_closed()

    def counters(self) -> dict[str, bool | int | float | str]:
        """Numbers for the status."""
        return {
            "viss_listens": " ".join(self.listens),
            "viss_clients": len(self._sessions),
        }

    async def _listen(self, address: Address) -> Any:  # noqa: ANN401  # a server of websockets, which is an extra
        gate = address.gate

        def room(connection: Any, _request: object) -> object:  # noqa: ANN401  # a connection of websockets
            if len(self._sessions) >= MAX_CLIENTS:
                return connection.respond(http.HTTPStatus.SERVICE_UNAVAILABLE, f"at most {MAX_CLIENTS} clients\n")
            return None

        async def handle(connection: Any) -> None:  # noqa: ANN401  # as above
            await self._serve(connection, gate)

        try:
            return await serve(
                handle,
                address.host,
                address.port,
                subprotocols=[PROTOCOL],
                origins=[None],  # no web page of a browser in this car may come in by the loopback
                process_request=room,
                max_size=MAX_MESSAGE,
                max_queue=MAX_REQUESTS,
                ping_interval=PING,
                ping_timeout=PING,
                compression=None,
                server_header=None,
                ssl=self._tls,
            )
        except OSError as error:
            raise UnavailableError(
                f"cannot listen at {address}: {error.strerror}", hint="choose another port"
            ) from error

    async def _serve(self, connection: Any, gate: Gate) -> None:  # noqa: ANN401  # as above
        async def send(text: str) -> None:
            with contextlib.suppress(ConnectionClosed):  # the loop below learns it too
                await connection.send(text)

        session = Session(self._vehicle, gate, send)
        self._sessions.add(session)
        try:
            async for message in connection:
                await session.take(message)
        except ConnectionClosed:
            return  # the client has gone without a word
        finally:
            await session.close()
            self._sessions.discard(session)


def _context(tls: tuple[Path, Path] | None) -> ssl.SSLContext | None:
    if tls is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(*tls)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"cannot use the certificate {tls[0]}: {error}", hint="PEM, with its key") from error
    return context
