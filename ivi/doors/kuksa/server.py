# SPDX-License-Identifier: Apache-2.0
"""The gRPC servers: one for each address, because each has its own scope and gRPC does not say which one was used."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import grpc

from ivi.doors import address as addresses
from ivi.doors.address import Address
from ivi.doors.kuksa import rpc, v1, v2
from ivi.doors.vehicle import Vehicle
from ivi.model.errors import UnavailableError

log = logging.getLogger(__name__)

MAX_REQUEST = 1 << 20  # bytes of one request; a batch of every leaf of VSS is about 60 kB
MAX_RPCS = 256  # at once on one address, streams included
GRACE = 0.5  # seconds that a stop lets RPCs finish
_OPTIONS = (
    ("grpc.max_receive_message_length", MAX_REQUEST),
    ("grpc.so_reuseport", 0),  # two servers on one port would share its clients by chance
    ("grpc.keepalive_time_ms", 20_000),  # finds clients that are gone without a word
    ("grpc.keepalive_timeout_ms", 10_000),
)


class KuksaDoor:
    """All addresses of this door."""

    def __init__(self, vehicle: Vehicle, tls: tuple[Path, Path] | None) -> None:
        self.listens: list[str] = []
        self._vehicle = vehicle
        self._tls = tls
        self._servers: list[Any] = []

    async def start(self, wanted: Iterable[Address]) -> None:
        """Listen everywhere. Raises ConfigurationError, or UnavailableError when an address is taken."""
        for address in wanted:
            addresses.prepare(address)
            server = grpc.aio.server(options=_OPTIONS, maximum_concurrent_rpcs=MAX_RPCS)
            methods = {
                v2.SERVICE: v2.ServiceV2(self._vehicle).methods(),
                v1.SERVICE: v1.ServiceV1(self._vehicle).methods(),
            }
            server.add_generic_rpc_handlers(
                tuple(rpc.handlers(name, table, address.gate) for name, table in methods.items())
            )
            port = self._bind(server, address)
            await server.start()
            if address.path is not None:
                address.path.chmod(0o600)
            self._servers.append(server)
            self.listens.append(str(address) if address.path else str(Address(address.host, port, None, address.gate)))
            log.info("the Kuksa door is open", extra={"address": self.listens[-1]})

    async def stop(self) -> None:
        """Close every address and end every stream."""
        for server in self._servers:
            await server.stop(GRACE)

    def counters(self) -> dict[str, bool | int | float | str]:
        """Numbers for the status."""
        return {"kuksa_listens": " ".join(self.listens)}

    def _bind(self, server: Any, address: Address) -> int:  # noqa: ANN401  # grpc.aio.Server; gRPC ships no types
        try:
            if self._tls is None or address.path is not None:
                port: int = server.add_insecure_port(str(address))
            else:
                certificate, key = self._tls
                credentials = grpc.ssl_server_credentials([(key.read_bytes(), certificate.read_bytes())])
                port = server.add_secure_port(str(address), credentials)
        except (RuntimeError, OSError) as error:
            raise UnavailableError(
                f"cannot listen at {address}", hint="another program has it, or its folder is missing"
            ) from error
        return port
