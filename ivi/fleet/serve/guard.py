# SPDX-License-Identifier: Apache-2.0
"""Who comes in: the host that was asked for, the page that asks, the token, and what a browser may do with the answer.

Nothing is trusted because a browser sends it by itself: there are no cookies. Without operators the interface serves
this machine alone, and then a foreign page in the same browser is kept out by the Host and Origin headers.
"""

import ipaddress
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from ivi.fleet.serve import views
from ivi.fleet.serve.operators import THIS_MACHINE, Operator, Operators
from ivi.model.errors import (
    ConfigurationError,
    DeadlineError,
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)

log = logging.getLogger(__name__)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Of every answer. No script but ours, no inline script, no frame, nothing kept."""
OPERATOR = web.RequestKey("operator", Operator)
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via")
_STATUS: tuple[tuple[type[IviError], int], ...] = (
    (NotFoundError, 404),
    (PermissionDeniedError, 403),
    (InvalidArgumentError, 400),
    (ConfigurationError, 400),
    (ResourceExhaustedError, 429),
    (UnavailableError, 503),
    (DeadlineError, 504),
)

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Guard:
    """The first thing that a request meets."""

    def __init__(self, operators: Operators | None, origins: frozenset[str]) -> None:
        """Without operators only this machine is served. `origins`: where the page is, as https://fleet.example."""
        self._operators = operators
        self._origins = origins
        self._hosts = frozenset(urlsplit(origin).netloc.lower() for origin in origins)
        self.turned_away = 0
        """Requests that were refused here."""

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check, answer, and turn errors of ours into plain JSON."""
        try:
            self._check(request)
            response = await handler(request)
        except web.HTTPException as error:
            return error_response(error.status, "http", error.reason, "")
        except IviError as error:
            status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
            return error_response(status, error.code, error.message, error.hint)
        return response

    @property
    def needs_token(self) -> bool:
        """Whether there are operators."""
        return self._operators is not None

    def _check(self, request: web.Request) -> None:
        host = request.headers.get(hdrs.HOST, "").lower()
        if host not in self._hosts and not (_is_loopback(host) and _is_loopback(request.remote or "")):
            self._turn_away(
                f"this is not {host[:100] or 'a page without a name'}", "use the address that it listens at"
            )
        origin = request.headers.get(hdrs.ORIGIN)
        if origin is not None and urlsplit(origin).netloc.lower() != host:
            self._turn_away("another page asked", "use this page itself")
        if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
            self._turn_away("another page asked", "use this page itself")
        if request.method in _CHANGES and request.content_type != "application/json":
            self._turn_away("only JSON is taken", "send it with Content-Type: application/json")
        if request.path.startswith("/api/"):
            request[OPERATOR] = operator = self._who(request)
            if request.method in _CHANGES and not operator.may_issue:
                self._turn_away(f"{operator.name} may read only", "ask for the scope `issue`")

    def _who(self, request: web.Request) -> Operator:
        if self._operators is None:
            if not _is_loopback(request.remote or "") or any(name in request.headers for name in _PROXIES):
                self._turn_away("without operators this machine alone is served", "make them with `ivi fleet operator`")
            return THIS_MACHINE
        kind, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if kind.lower() != "bearer" or not token:
            self.turned_away += 1
            raise web.HTTPUnauthorized(reason="a token is needed")
        try:
            return self._operators.with_token(token.strip())
        except PermissionDeniedError as error:
            self.turned_away += 1
            log.warning("unknown token", extra={"from": request.remote})
            raise web.HTTPUnauthorized(reason="this token is not known") from error

    def _turn_away(self, why: str, hint: str) -> None:
        self.turned_away += 1
        raise PermissionDeniedError(why, hint=hint)


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """For aiohttp's on_response_prepare: every answer has them, those of errors and of files, too."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.pop(hdrs.SERVER, None)


def error_response(status: int, code: str, message: str, hint: str) -> web.Response:
    """An error as the page and programs read it."""
    text = views.dumps({"error": {"code": code, "message": message, "hint": hint}})
    return web.Response(status=status, text=text, content_type="application/json")


def is_loopback_host(host: str) -> bool:
    """Whether an address to listen at is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    """The same for a Host header, with or without its port."""
    try:
        return is_loopback_host(urlsplit(f"//{host}").hostname or host)
    except ValueError:
        return is_loopback_host(host)
