# SPDX-License-Identifier: Apache-2.0
"""The HTTP server: the interface below /api/, the page at /, and the address that both are at."""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from ivi.cloud.wire import parse_broker
from ivi.fleet.serve.guard import Guard, add_headers, is_loopback_host
from ivi.model.errors import ConfigurationError

MAX_BODY = 64 << 10  # bytes of a request
STOP_S = 1.0  # seconds that open answers may take at the end
DEFAULT_LISTEN: Final = "127.0.0.1:8080"
_PORT = 8080
_PAGE = Path(__file__).with_name("page")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the page is."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @classmethod
    def parse(cls, address: str, certificate: Path | None = None, key: Path | None = None) -> "Listen":
        """HOST:PORT. Raises ConfigurationError, also when other machines could read tokens on their way."""
        broker = parse_broker(address, default_port=_PORT)  # an address is an address
        made = cls(broker.host, broker.port, certificate, key)
        if (certificate is None) != (key is None):
            raise ConfigurationError("a certificate and its key go together", hint="name --certificate and --key")
        if not made.is_loopback and certificate is None:
            raise ConfigurationError(
                f"{address} can be reached from other machines, and tokens would travel in the clear",
                hint="name --certificate and --key, or listen at 127.0.0.1 behind a proxy that has them",
            )
        return made

    @property
    def is_loopback(self) -> bool:
        """Whether this machine alone reaches it."""
        return is_loopback_host(self.host)

    @property
    def origin(self) -> str:
        """As a browser says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.certificate else 'http'}://{host}:{self.port}"

    def context(self) -> ssl.SSLContext | None:
        """TLS, when there is a certificate. Raises ConfigurationError."""
        if self.certificate is None or self.key is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"cannot use the certificate {self.certificate}: {error}") from error
        return context


def application(guard: Guard, routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    """Everything that is served. Raises ConfigurationError when the page's files are missing."""
    made = web.Application(middlewares=[guard.middleware], client_max_size=MAX_BODY)
    made.on_response_prepare.append(add_headers)
    made.add_routes(routes)
    files = {path.name: path.read_bytes() for path in sorted(_PAGE.iterdir()) if path.suffix in _TYPES}
    if "index.html" not in files:
        raise ConfigurationError(f"the page's files are missing in {_PAGE}", hint="install ivi again")

    async def file(request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        if (content := files.get(name)) is None:
            raise web.HTTPNotFound(reason="there is no such page")
        return web.Response(body=content, content_type=_TYPES[Path(name).suffix], charset="utf-8")

    made.add_routes([web.get("/", file), web.get("/page/{name}", file)])
    return made


class Site:
    """A running server."""

    def __init__(self, app: web.Application, listen: Listen) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_S, handle_signals=False)
        self._listen = listen

    async def start(self) -> None:
        """Listen. Raises ConfigurationError when the address cannot be used."""
        context = self._listen.context()
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._listen.host, self._listen.port, ssl_context=context).start()
        except OSError as error:
            await self._runner.cleanup()
            raise ConfigurationError(
                f"cannot listen at {self._listen.host}:{self._listen.port}: {error.strerror or error}",
                hint="choose another address with --listen",
            ) from error

    async def stop(self) -> None:
        """Close what is open."""
        await self._runner.cleanup()
