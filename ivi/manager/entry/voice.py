# SPDX-License-Identifier: Apache-2.0
"""The voice process: microphone, recogniser and dialogue, served to the screen on voice.sock."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ivi.daemon import heap, no_network
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path
from ivi.daemon.process import Process, run
from ivi.model.apphost import ApphostAnswer
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.services import ServicesAnswer
from ivi.model.status import Problem
from ivi.model.voice import VoiceRequest
from ivi.voice.model_store.choice import chosen

if TYPE_CHECKING:
    from ivi.voice.pipeline import Settings

NAME = "voice"
VOICES = {"en": "en-us", "de": "de"}
"""espeak-ng's voice for each language that has sentences. The shipped model is of English: German is typed with it."""
WAKE_WORDS = "IVI_WAKE_WORDS"  # environment: words with commas between them, where --wake-word says nothing
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT")
"""Our sums are small: threads of the libraries would only cost memory and wake the processor. The speech detector asks
for four whatever OMP_NUM_THREADS says, and they wait for each other in a busy loop: eight times the work on two cores.
A program gets no more than OMP_THREAD_LIMIT of them (OpenMP 5.2, chapter 21)."""


def main(argv: list[str] | None = None) -> int:
    """Run until stopped."""
    kept = _leave_network()
    heap.keep_small()
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    # Only now: numpy starts threads, and a thread that runs already stays in the network.
    from ivi.voice.pipeline import Settings  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog=f"ivi {NAME}", description="Offline voice control.")
    parser.add_argument("--model", type=Path, default=chosen(), help="vosk model folder (default: %(default)s)")
    parser.add_argument(
        "--wake-word", action="append", metavar="WORD", help="e.g. 'hey jarvis'; may be given several times"
    )
    parser.add_argument("--no-wake-word", action="store_true", help="listen only when a key is pressed")
    parser.add_argument(
        "--language", choices=sorted(VOICES), default="en", help="of sentences and answers (default: en)"
    )
    arguments = parser.parse_args(argv)
    chosen_words = [word.strip() for word in os.environ.get(WAKE_WORDS, "").split(",") if word.strip()]
    words = () if arguments.no_wake_word else arguments.wake_word or chosen_words or Settings().wake_words
    settings = Settings(wake_words=tuple(words), voice=VOICES[arguments.language])
    return run(NAME, lambda process: _start(process, arguments.model, settings, arguments.language, kept))


def _leave_network() -> str:
    """Why this process still has a network; empty when it has none."""
    try:
        no_network.leave()
    except OSError as error:
        return error.strerror or str(error)
    return ""


async def _start(process: Process, model: Path, settings: "Settings", language: str, kept: str) -> None:
    from ivi.voice.process import SENTENCES, Voice  # noqa: PLC0415  # as above

    if kept:
        hint = "allow user namespaces, or run it as a systemd unit"
        process.report("network", Problem("The voice process can reach the network", kept, hint))
    process.add_counters(lambda: {"network": bool(kept)})
    make_private(runtime_dir())
    server = LinkServer(socket_path(NAME), (VoiceRequest,), process.status)
    databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
    process.on_stop("databroker", databroker.close)
    apphost = LinkClient(socket_path("apphost"), ApphostAnswer)
    process.on_stop("apphost", apphost.close)
    services = LinkClient(socket_path("services"), ServicesAnswer)
    process.on_stop("services", services.close)
    voice = Voice(
        process,
        databroker,
        model=model,
        sentences=SENTENCES.parent / language,
        apphost=apphost,
        services=services,
        settings=settings,
    )
    voice.serve(server)
    await server.start()
    process.on_stop("link", server.stop)
    await voice.start()
    process.on_stop("voice", voice.stop)


if __name__ == "__main__":
    sys.exit(main())
