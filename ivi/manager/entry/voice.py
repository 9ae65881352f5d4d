# SPDX-License-Identifier: Apache-2.0
"""The voice process: microphone, recogniser and dialogue, served to the screen on voice.sock."""

import argparse
import sys
from pathlib import Path

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, updated
from ivi.daemon.process import Process, run
from ivi.model.apphost import ApphostAnswer
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer
from ivi.model.voice import VoiceRequest
from ivi.voice.process import MODEL, Voice

NAME = "voice"


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    parser = argparse.ArgumentParser(prog=f"ivi {NAME}", description="Offline voice control.")
    model = updated("models", MODEL.name) or MODEL
    parser.add_argument("--model", type=Path, default=model, help="vosk model folder (default: %(default)s)")
    arguments = parser.parse_args(argv)
    return run(NAME, lambda process: _start(process, arguments.model))


async def _start(process: Process, model: Path) -> None:
    make_private(runtime_dir())
    server = LinkServer(socket_path(NAME), (VoiceRequest,), process.status)
    databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
    process.on_stop("databroker", databroker.close)
    apphost = LinkClient(socket_path("apphost"), ApphostAnswer)
    process.on_stop("apphost", apphost.close)
    services = LinkClient(socket_path("services"), ServicesAnswer)
    process.on_stop("services", services.close)
    voice = Voice(process, databroker, model=model, apphost=apphost, services=services)
    voice.serve(server)
    await server.start()
    process.on_stop("link", server.stop)
    await voice.start()
    process.on_stop("voice", voice.stop)


if __name__ == "__main__":
    sys.exit(main())
