# SPDX-License-Identifier: Apache-2.0
"""The few functions of vosk's C library that the worker needs (vosk_api.h, 0.3.45), with types.

Vosk's own Python module is not imported: it brings an HTTP client for fetching models, which costs 10 MB and has no
place in a process that hears the cabin.
"""

import ctypes
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ivi.model.errors import ConfigurationError
from ivi.voice.stt.protocol import Word

SILENT = -1  # log level: errors come back as NULL, and the rest is noise on stderr


@dataclass(frozen=True)
class Result:
    """What was heard up to an end-point."""

    text: str
    confidence: float
    """Smallest confidence of a word, 0 to 1; 0 when nothing was heard."""
    words: tuple[Word, ...] = ()


def load() -> ctypes.CDLL:
    """The library of the installed vosk package. Raises ConfigurationError when there is none that loads."""
    spec = importlib.util.find_spec("vosk")
    if spec is None or spec.origin is None:
        raise ConfigurationError("vosk is not installed", hint="install ivi with its dependencies")
    try:
        library = ctypes.CDLL(str(Path(spec.origin).with_name("libvosk.so")))
    except OSError as error:
        raise ConfigurationError(f"vosk's library does not load: {error}", hint="install libatomic1") from error
    pointer = ctypes.c_void_p
    for name, result, arguments in (
        ("vosk_set_log_level", None, [ctypes.c_int]),
        ("vosk_model_new", pointer, [ctypes.c_char_p]),
        ("vosk_model_free", None, [pointer]),
        ("vosk_recognizer_new", pointer, [pointer, ctypes.c_float]),
        ("vosk_recognizer_new_grm", pointer, [pointer, ctypes.c_float, ctypes.c_char_p]),
        ("vosk_recognizer_free", None, [pointer]),
        ("vosk_recognizer_set_words", None, [pointer, ctypes.c_int]),
        ("vosk_recognizer_accept_waveform", ctypes.c_int, [pointer, ctypes.c_char_p, ctypes.c_int]),
        ("vosk_recognizer_partial_result", ctypes.c_char_p, [pointer]),
        ("vosk_recognizer_result", ctypes.c_char_p, [pointer]),
        ("vosk_recognizer_final_result", ctypes.c_char_p, [pointer]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    library.vosk_set_log_level(SILENT)
    return library


class Model:
    """A loaded model folder."""

    def __init__(self, library: ctypes.CDLL, path: Path) -> None:
        """Raises ConfigurationError when vosk refuses the folder."""
        self.library = library
        self.handle = library.vosk_model_new(str(path).encode())
        if not self.handle:
            raise ConfigurationError(f"vosk cannot load the model {path}", hint="copy the model again")

    def close(self) -> None:
        """Let go of it; vosk frees it when the last recogniser of it is closed."""
        self.library.vosk_model_free(self.handle)


class Recogniser:
    """Hears one stream of 16-bit mono audio at `rate` samples a second; vosk resamples."""

    def __init__(self, model: Model, rate: int, phrases: Sequence[str] | None = None) -> None:
        """`phrases`: vosk's own grammar instead of the model's; it mixes them.

        The list is fixed for a recogniser's life: to change it in mid-sentence aborts the process, and so does one that
        is not valid JSON.
        """
        self._library = model.library
        if phrases is None:
            self._handle = self._library.vosk_recognizer_new(model.handle, float(rate))
        else:
            grammar = json.dumps(list(phrases)).encode()
            self._handle = self._library.vosk_recognizer_new_grm(model.handle, float(rate), grammar)
        if not self._handle:
            raise ConfigurationError("vosk makes no recogniser of the model", hint="copy the model again")
        self._library.vosk_recognizer_set_words(self._handle, 1)

    def close(self) -> None:
        """Free the recogniser's memory; it must not be used afterwards."""
        self._library.vosk_recognizer_free(self._handle)

    def accept(self, pcm: bytes) -> Result | None:
        """Hear a block; a result when an end-point was reached in it."""
        if not self._library.vosk_recognizer_accept_waveform(self._handle, pcm, len(pcm)):
            return None
        return _result(self._library.vosk_recognizer_result(self._handle))

    def partial(self) -> str:
        """The words so far."""
        text: str = json.loads(self._library.vosk_recognizer_partial_result(self._handle)).get("partial", "")
        return text

    def finish(self) -> Result:
        """What was heard since the last end-point; nothing may follow."""
        return _result(self._library.vosk_recognizer_final_result(self._handle))


def _result(raw: bytes) -> Result:
    data = json.loads(raw)
    words = tuple(Word(word["word"], word["conf"], word["start"], word["end"]) for word in data.get("result", ()))
    return Result(data.get("text", ""), min((word.confidence for word in words), default=0.0), words)
