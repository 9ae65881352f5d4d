# SPDX-License-Identifier: Apache-2.0
"""HTTP/1.1 for the worker thread: one connection that is kept, deadlines, no redirects, ranges, and a way to give up.

Everything that comes is untrusted until its hash or signature was checked, so plain HTTP does no harm to integrity.
"""

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.model.errors import ConfigurationError, NotFoundError, UnavailableError

CHUNK = 64 << 10  # bytes
SOCKET_TIMEOUT = 10.0  # seconds without a byte
GRACE = 10.0  # seconds before the rate counts
MIN_RATE = 512  # bytes a second over all of an answer; a slower one only keeps us busy


class Answer:
    """An answer whose head has come."""

    def __init__(self, response: http.client.HTTPResponse, url: str, step: Callable[[], None]) -> None:
        self.status = response.status
        self.url = url
        self._response = response
        self._step = step

    def header(self, name: str) -> str:
        """One header; empty when it is not there."""
        return self._response.getheader(name, "")

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes. Raises UnavailableError, and UpdateRefusedError when it comes too slowly."""
        began, got = time.monotonic(), 0
        while True:
            try:
                chunk = self._response.read1(CHUNK)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise UnavailableError(f"{self.url} broke off: {error}", hint="it is tried again later") from error
            if not chunk:
                break
            got += len(chunk)
            self._step()
            yield chunk
            lasted = time.monotonic() - began
            if lasted > GRACE and got < MIN_RATE * lasted:
                raise UpdateRefusedError(
                    Why.SLOW, f"{self.url} sends {got / lasted:.0f} bytes a second", hint="it is tried again later"
                )
        if self._response.length:
            raise UnavailableError(f"{self.url} ended {self._response.length} bytes early")


class Transfer:
    """Requests of one worker thread, to whichever server a URL names; the connection to the last one is kept."""

    def __init__(self, headers: Mapping[str, str] | None = None, *, timeout: float = SOCKET_TIMEOUT) -> None:
        """`headers` go with every request, e.g. a token."""
        self.steps = 0
        """Grows with every piece that comes, and with what else shows that somebody is at work."""
        self._headers = dict(headers or {})
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None
        self._server = ("", "")
        self._lock = threading.Lock()
        self._gave_up = threading.Event()

    def give_up(self) -> None:
        """From another thread: end what is going on, and let nothing begin until `resume`."""
        self._gave_up.set()
        with self._lock:
            connection = self._connection
        if connection is not None and (sock := connection.sock) is not None:
            try:
                sock.shutdown(2)
            except OSError:
                return  # it was closed at the same moment

    def resume(self) -> None:
        """Requests may begin again."""
        self._gave_up.clear()

    @contextmanager
    def request(
        self, url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Iterator[Answer]:
        """Ask and yield the answer; its body has to be read whole, or the connection is closed.

        Raises ConfigurationError for a URL that is none, UnavailableError when the server does not answer.
        """
        response = self._ask(url, method, {**self._headers, **(headers or {})}, body)
        try:
            yield Answer(response, url, self.step)
        finally:
            if not response.isclosed():  # unread bytes would be taken for the next answer
                self.close()

    def step(self) -> None:
        """Something came, or was done with what came."""
        self.steps += 1

    def get(self, url: str, most: int) -> bytes:
        """A small file, whole. Raises NotFoundError for 404 and 403, UnavailableError, UpdateRefusedError."""
        with self.request(url) as answer:
            if answer.status in {403, 404}:
                for _ in answer.chunks():
                    pass
                raise NotFoundError(f"{url} is not there")
            if answer.status != http.client.OK:
                raise UnavailableError(f"{url} answers {answer.status}", hint="it is tried again later")
            data = bytearray()
            for chunk in answer.chunks():
                data += chunk
                if len(data) > most:
                    raise UpdateRefusedError(Why.ENDLESS, f"{url} has more than {most} bytes")
        return bytes(data)

    def _ask(self, url: str, method: str, headers: dict[str, str], body: bytes | None) -> http.client.HTTPResponse:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ConfigurationError(f"{url!r} is no address of a web server", hint="it begins with https://")
        target = quote(parts.path or "/", safe="/%+~@:") + (f"?{parts.query}" if parts.query else "")
        kept = self._server == (parts.scheme, parts.netloc) and self._connection is not None
        while True:
            if self._gave_up.is_set():
                raise UnavailableError("the transfer was given up")
            connection = self._connect(parts.scheme, parts.netloc)
            try:
                connection.request(method, target, body, headers)
                return connection.getresponse()
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.close()
                if not kept:
                    raise UnavailableError(f"{url} does not answer: {error}", hint="it is tried again later") from error
                kept = False  # the server had closed the connection that was kept; a new one is worth one try

    def _connect(self, scheme: str, netloc: str) -> http.client.HTTPConnection:
        if self._connection is not None and self._server == (scheme, netloc):
            return self._connection
        self.close()
        if scheme == "https":
            made: http.client.HTTPConnection = http.client.HTTPSConnection(
                netloc, timeout=self._timeout, context=ssl.create_default_context()
            )
        else:
            made = http.client.HTTPConnection(netloc, timeout=self._timeout)
        with self._lock:
            self._connection, self._server = made, (scheme, netloc)
        return made

    def close(self) -> None:
        """Close the connection; the next request opens one again."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
