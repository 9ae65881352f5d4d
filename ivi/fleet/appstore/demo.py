# SPDX-License-Identifier: Apache-2.0
"""The store of apps of `ivi run --demo`, with everything a real one has, on this machine.

FOLDER/repository/   keys and repository, as `python -m ivi.fleet.updates` makes them
FOLDER/car/          updates.toml, image-root.json and trust.toml: what a car that believes this store has to be given

Packages are built and signed when everything has started, by a process of its own at the lowest priority. What serves
the files is a thread of the fleet's process: a process more would be dearer than everything it does.
"""

import asyncio
import contextlib
import logging
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ivi.daemon import program
from ivi.daemon.paths import make_private

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
SERVE_POLL = 0.5  # seconds until a stop is noticed
BUILD_AFTER = 8.0  # seconds: the start of all processes needs the memory and the processor first
BUILD_TIMEOUT = 120.0  # seconds; two are usual, and it is at the lowest priority
CAR, REPOSITORY, PACKAGES = "car", "repository", "packages"
UPDATES, TRUST = "updates.toml", "trust.toml"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30.0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """The car says in its own log what it fetched."""


class DemoStore:
    """Serves a folder's repository on loopback, and fills it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._server: ThreadingHTTPServer | None = None
        self._builder: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serve, and fill the repository a little later. Raises ConfigurationError when the folder cannot be made."""
        make_private(self._folder)
        web = self._folder / REPOSITORY / "web"
        self._server = ThreadingHTTPServer((LOOPBACK, 0), partial(_Handler, directory=str(web)))
        self._server.daemon_threads = True
        serve = partial(self._server.serve_forever, SERVE_POLL)
        threading.Thread(target=serve, name="appstore", daemon=True).start()
        url = f"http://{LOOPBACK}:{self._server.server_address[1]}"
        self._builder = asyncio.get_running_loop().create_task(self._build(url))

    async def stop(self) -> None:
        """End the builder and the server."""
        if self._builder is not None:
            self._builder.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._builder
        if self._server is not None:
            await asyncio.to_thread(self._server.shutdown)
            self._server.server_close()

    async def _build(self, url: str) -> None:
        await asyncio.sleep(BUILD_AFTER)
        words = (sys.executable, "-m", "ivi.fleet.appstore.demo_packages", str(self._folder), url)
        try:
            ended = await program.run(words, BUILD_TIMEOUT)
        except (TimeoutError, OSError) as error:
            log.warning("the demo has no store of apps", extra={"error": str(error) or "its packages take too long"})
            return
        if ended.status:
            log.warning("the demo has no store of apps", extra={"error": ended.output.decode(errors="replace").strip()})
