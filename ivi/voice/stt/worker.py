# SPDX-License-Identifier: Apache-2.0
"""The recogniser process: `python -m ivi.voice.stt.worker FD` with one end of a socketpair; audio in, text out.

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
from ivi.voice.grammar.model_files import GARBAGE
from ivi.voice.stt import protocol
from ivi.voice.stt.early_commit import EarlyCommit
from ivi.voice.stt.held_models import Context, HeldModels
from ivi.voice.stt.libvosk import Result, load
from ivi.voice.stt.rehearsal import rehearse

EARLY_CONFIDENCE = 0.95  # of the least certain word; below it a sentence waits for its end-point
MAX_SECONDS = 20  # of a sentence that early commit looks at; longer ones are no commands
LEAD_OUT = 0.3  # seconds of near silence after the last block, so that the last word is decided
SILENCE = 64  # zero bytes in a row that count as digital silence
DITHER = 16  # quantisation steps, standard deviation: digital silence (all zeros) makes recognition worse


class Worker:
    """One connection's state: the grammars, and the sentence that is being heard."""

    def __init__(self, models: HeldModels, sock: socket.socket) -> None:
        self._models = models
        self._sock = sock
        self._hearing: Hearing | None = None

    def serve(self) -> None:
        """Work until the voice process closes its end."""
        frames = FrameReader(protocol.MAX_FRAME)
        self._send(protocol.Ready())
        while data := self._sock.recv(1 << 16):
            for frame in frames.feed(data):
                self._take(protocol.decode_to_worker(frame))

    def _take(self, message: protocol.ToWorker) -> None:
        if isinstance(message, protocol.Load):
            folders = {name: Path(folder) for name, folder in message.contexts.items()}
            self._send(protocol.Loaded(self._models.hold(folders)))
        elif isinstance(message, protocol.Prepare):
            if self._hearing is None:  # else it is loaded when its sentence begins
                self._models.get(message.context)
        elif isinstance(message, protocol.Begin):
            self._close()
            context = self._models.get(message.context)
            if context is None:
                self._send(protocol.Heard(message.sentence, "", 0.0))
            else:
                freely = self._models.get(protocol.ANYTHING) if context.sentences is not None else None
                self._hearing = Hearing(context, message.sentence, message.rate, freely)
        elif self._hearing is not None:  # else the sentence was complete before this block
            self._hear(self._hearing, message)

    def _hear(self, hearing: "Hearing", message: protocol.Audio | protocol.End) -> None:
        answer = hearing.audio(message.pcm) if isinstance(message, protocol.Audio) else hearing.end()
        if answer is not None:
            self._send(answer)
            self._close()
        elif (partial := hearing.changed()) is not None:
            self._send(partial)

    def _send(self, message: protocol.FromWorker) -> None:
        self._sock.sendall(protocol.encode(message))

    def _close(self) -> None:
        if self._hearing is not None:
            self._hearing.close()
            self._hearing = None


class Hearing:
    """One sentence."""

    def __init__(self, context: Context, sentence: int, rate: int, freely: Context | None = None) -> None:
        """`freely`: the grammar of any words, for a second opinion."""
        self._context = context
        self._freely = freely
        self._sentence = sentence
        self._rate = rate
        self._recogniser = context.recogniser(rate)
        self._second = freely.recogniser(rate) if freely is not None else None
        self._before = ""  # what the second recogniser heard up to its last end-point
        self._commit = EarlyCommit(context.sentences, rate) if context.sentences is not None else None
        self._waiting: list[bytes] = []  # sound that the second recogniser has not heard yet
        self._seconds = 0.0  # of sound so far
        self._text = ""
        self._told = ""

    def audio(self, pcm: bytes) -> protocol.Heard | None:
        """Hear a block; the sentence, if it is over."""
        pcm = dithered(pcm)
        self._seconds += len(pcm) / 2 / self._rate
        result = self._recogniser.accept(pcm)
        if self._second is not None:
            self._waiting.append(pcm)
        if result is not None and result.text:
            return self._heard(result)
        self._text = "" if result is not None else self._recogniser.partial()
        heard = self._taken_early(pcm)
        if heard is None and _says_something(self._text):
            self._hear_freely()
        return heard

    def _taken_early(self, pcm: bytes) -> protocol.Heard | None:
        """The sentence, if it is over with this block and sure enough."""
        if self._commit is None or self._seconds > MAX_SECONDS or not self._commit.heard(self._text, pcm):
            return None
        for frame in FrameReader(protocol.MAX_FRAME).feed(rehearse(self._early)):
            heard = protocol.decode_from_worker(frame)
            if isinstance(heard, protocol.Heard):
                return heard
        self._commit.refuse()
        return None

    def _early(self) -> bytes:
        """The frame of the sentence if it is over and sure enough, else nothing. The recognisers end with it."""
        result = self._recogniser.finish()
        if result.text != self._text or result.confidence < EARLY_CONFIDENCE:
            return b""
        if self._commit is not None and self._seconds - result.words[-1].end < self._commit.behind:
            return b""
        if self._opinion(result, self._partial_freely()) < 1.0:  # that is quick, and often enough
            self._hear_freely()
            if self._opinion(result, self._finish_freely()) < 1.0:
                return b""
        return protocol.encode(protocol.Heard(self._sentence, result.text, result.confidence, result.words, early=True))

    def changed(self) -> protocol.Partial | None:
        """The words so far, if they are others than last time."""
        if self._text == self._told:
            return None
        self._told = self._text
        return protocol.Partial(self._sentence, self._text)

    def end(self) -> protocol.Heard:
        """No more audio: what was heard."""
        silence = dithered(bytes(2 * int(LEAD_OUT * self._rate)))
        result = self._recogniser.accept(silence)
        if self._second is not None:
            self._waiting.append(silence)
        return self._heard(result if result is not None and result.text else self._recogniser.finish())

    def close(self) -> None:
        """Free the recognisers."""
        self._recogniser.close()
        if self._second is not None:
            self._second.close()

    def _heard(self, result: Result) -> protocol.Heard:
        """The sentence, with less confidence when it does not sound like what is heard without its grammar."""
        confidence = result.confidence
        if _says_something(result.text):
            self._hear_freely()
            confidence = min(confidence, self._opinion(result, self._finish_freely()))
        return protocol.Heard(self._sentence, result.text, confidence, result.words)

    def _opinion(self, result: Result, freely: str) -> float:
        """How much a result is believed that sounds like this without its grammar; 1 when nobody listens so."""
        opinion = self._freely.opinion if self._freely is not None else None
        return opinion.believe(result.text, freely, result.confidence) if opinion is not None else 1.0

    def _partial_freely(self) -> str:
        """What the second recogniser has heard so far; the end of the sentence is missing."""
        return f"{self._before} {self._second.partial()}" if self._second is not None else ""

    def _finish_freely(self) -> str:
        """All that the second recogniser heard; it ends with this."""
        return f"{self._before} {self._second.finish().text}" if self._second is not None else ""

    def _hear_freely(self) -> None:
        """Give the second recogniser what it has not heard yet."""
        waiting, self._waiting = self._waiting, []
        for pcm in waiting:
            if self._second is not None and (second := self._second.accept(pcm)) is not None:
                self._before = f"{self._before} {second.text}"


def _says_something(text: str) -> bool:
    """Whether there are words of a sentence, and not only other speech, whose second hearing would be for nothing."""
    return any(word != GARBAGE for word in text.split())


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
            models = HeldModels(load())
        except ConfigurationError as error:
            sock.sendall(protocol.encode(protocol.Failed(error.code, error.message, error.hint)))
            return error.exit_code
        try:
            Worker(models, sock).serve()
        except (LinkError, ConnectionError) as error:
            sys.stderr.write(f"recogniser: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
