# SPDX-License-Identifier: Apache-2.0
"""The apphost process: partner apps in their sandboxes, served to the screen on apphost.sock."""

import argparse
import os
import sys
from pathlib import Path

from ivi.apphost.host import AppHost, default_folders
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path
from ivi.daemon.process import Process, run
from ivi.model.apphost import ApphostRequest
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer

NAME = "apphost"


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    parser = argparse.ArgumentParser(prog=f"ivi {NAME}", description="Partner apps in their sandboxes.")
    parser.add_argument(
        "--app",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="folder of an app to start besides those in plugins/",
    )
    parser.add_argument("--only", action="store_true", help="leave out the apps in plugins/")
    parser.add_argument(
        "--grant-all",
        action="store_true",
        help="for developers: agree to everything that apps ask for, for this run only",
    )
    parser.add_argument("--trust", type=Path, metavar="FILE", help="a trust.toml, unless $IVI_TRUST_FILE names one")
    arguments = parser.parse_args(argv)
    if arguments.trust is not None:
        os.environ.setdefault("IVI_TRUST_FILE", str(arguments.trust))
    folders: list[Path] = [*([] if arguments.only else default_folders()), *(arguments.app or [])]
    return run(NAME, lambda process: _start(process, folders, grant_all=arguments.grant_all))


async def _start(process: Process, folders: list[Path], *, grant_all: bool) -> None:
    make_private(runtime_dir())
    server = LinkServer(socket_path(NAME), (ApphostRequest,), process.status)
    databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
    services = LinkClient(socket_path("services"), ServicesAnswer)
    process.on_stop("databroker", databroker.close)
    process.on_stop("services", services.close)
    host = AppHost(process, folders, databroker, services, grant_all=grant_all)
    host.serve(server)
    await server.start()
    process.on_stop("link", server.stop)
    await host.start()
    process.on_stop("apps", host.stop)


if __name__ == "__main__":
    sys.exit(main())
