# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.fleet.appstore.demo`: the store of `ivi run --demo`, with everything a real one has, on this machine.

FOLDER/repository/   keys and repository, as `python -m ivi.fleet.updates` makes them
FOLDER/car/          updates.toml, image-root.json and trust.toml: what a car that believes this store has to be given

Packages are built and signed when the run begins, by a process of its own at the lowest priority, so that nothing of
the start waits for it and what serves the files stays small.
"""

import argparse
import asyncio
import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ivi.daemon.paths import make_private
from ivi.daemon.process import Process, run

NAME = "appstore"
LOOPBACK = "127.0.0.1"
NICE = 15
SERVE_POLL = 0.5  # seconds until a stop is noticed
CAR, REPOSITORY, PACKAGES = "car", "repository", "packages"
UPDATES, TRUST = "updates.toml", "trust.toml"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30.0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """The car says in its own log what it fetched."""


def main(argv: list[str] | None = None) -> int:
    """Serve until SIGTERM; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ivi.fleet.appstore.demo", description="The demo's store of apps.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where everything is kept")
    options = parser.parse_args(argv)
    return run(NAME, lambda process: _start(process, options.folder.absolute()))


async def _start(process: Process, folder: Path) -> None:
    make_private(folder)
    web = folder / REPOSITORY / "web"
    server = ThreadingHTTPServer((LOOPBACK, 0), partial(_Handler, directory=str(web)))
    server.daemon_threads = True
    thread = threading.Thread(target=partial(server.serve_forever, SERVE_POLL), name="web", daemon=True)
    thread.start()

    async def stop() -> None:
        await asyncio.to_thread(server.shutdown)
        server.server_close()

    process.on_stop("web", stop)
    url = f"http://{LOOPBACK}:{server.server_address[1]}"
    builder = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ivi.fleet.appstore.demo_packages", str(folder), url,
        preexec_fn=lambda: os.nice(NICE),  # nothing of ours runs between fork and exec
    )  # fmt: skip

    async def end() -> None:
        if builder.returncode is None:
            builder.terminate()
            await builder.wait()

    process.on_stop("packages", end)


if __name__ == "__main__":
    sys.exit(main())
