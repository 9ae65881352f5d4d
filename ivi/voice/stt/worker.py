# SPDX-License-Identifier: Apache-2.0
"""The recogniser process: `python -m ivi.voice.stt.worker FD MODEL` with one end of a socketpair; audio in, text out.

It ends when the other end of the socketpair does. It holds nothing that a crash could lose but the present sentence.
"""

import array
import random
import signal
import socket
import sys
from pathlib import Path

from ivi.model.errors import ConfigurationError, LinkError
from ivi.model.link import FrameReader
from ivi.voice.stt import protocol
from ivi.voice.stt.libvosk import Model, Recogniser, Result, load

LEAD_OUT = 0.3  # seconds of near silence after the last block, so that the last word is decided
SILENCE = 64  # zero bytes in a row that count as digital silence
DITHER = 16  # quantisation steps, standard deviation: digital silence (all zeros) makes recognition worse


class Worker:
    """One connection's state: the model, and the sentence that is being heard."""

    def __init__(self, model: Model, sock: socket.socket) -> None:
        self._model = model
        self._sock = sock
        self._sentence = 0
        self._rate = 0
        self._recogniser: Recogniser | None = None

    def serve(self) -> None:
        """Work until the voice process closes its end."""
        frames = FrameReader(protocol.MAX_FRAME)
        self._sock.sendall(protocol.encode(protocol.Ready()))
        while data := self._sock.recv(1 << 16):
            for frame in frames.feed(data):
                self._take(protocol.decode_to_worker(frame))

    def _take(self, message: protocol.ToWorker) -> None:
        if isinstance(message, protocol.Begin):
            self._close()
            self._sentence, self._rate = message.sentence, message.rate
            self._recogniser = Recogniser(self._model, message.rate)
        elif self._recogniser is None:
            return  # the sentence was complete before this block
        elif isinstance(message, protocol.Audio):
            result = self._recogniser.accept(dithered(message.pcm))
            if result is not None and result.text:
                self._answer(result)
        else:
            silence = bytes(2 * int(LEAD_OUT * self._rate))
            result = self._recogniser.accept(dithered(silence))
            self._answer(result if result is not None and result.text else self._recogniser.finish())

    def _answer(self, result: Result) -> None:
        self._sock.sendall(protocol.encode(protocol.Heard(self._sentence, result.text, result.confidence)))
        self._close()

    def _close(self) -> None:
        if self._recogniser is not None:
            self._recogniser.close()
            self._recogniser = None


_random = random.Random(1)  # noqa: S311  # noise, not a secret; seeded so that a recording gives one result
_NOISE = array.array("h", (round(_random.gauss(0, DITHER)) for _ in range(1 << 14)))


def dithered(pcm: bytes) -> bytes:
    """The block with a little noise where it is digital silence; real sound has noise of its own."""
    if bytes(SILENCE) not in pcm:
        return pcm
    samples = array.array("h", pcm[: len(pcm) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    for index, sample in enumerate(samples):
        if sample == 0:
            samples[index] = _NOISE[index % len(_NOISE)]
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def main(arguments: list[str]) -> int:
    """The worker's life; the exit status is that of the error that kept it from starting."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; our end is the socket's
    with socket.socket(fileno=int(arguments[0])) as sock:
        try:
            model = Model(load(), Path(arguments[1]))
        except ConfigurationError as error:
            sock.sendall(protocol.encode(protocol.Failed(error.code, error.message, error.hint)))
            return error.exit_code
        try:
            Worker(model, sock).serve()
        except (LinkError, ConnectionError) as error:
            sys.stderr.write(f"recogniser: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
