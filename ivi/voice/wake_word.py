# SPDX-License-Identifier: Apache-2.0
"""The wake word: small streaming networks (microWakeWord) that run all the time and know one word each.

Their models come inside the wheel of pymicro-wakeword. "hey jarvis" is the default because it was the best of what may
be used: no false wake in 0.7 h of speech and all natural voices at 0 dB, while "okay nabu" is not heard in noise.
"""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ivi.model.errors import ConfigurationError, UnavailableError

DEFAULT = ("hey jarvis",)
PACKAGE = "pymicro_wakeword"
UNFIT = {"hey mycroft": "it woke 20 times in 0.7 h of other speech"}
QUIET_AFTER = 1.0  # seconds after a word in which it is not heard again: its tail would count twice
RATE = 16_000  # samples a second


def known() -> tuple[str, ...]:
    """The words that the installed package has models for; empty without the package."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return ()
    files = sorted((Path(spec.origin).parent / "models").glob("*.json"))
    return tuple(word for word in (file.stem.replace("_", " ") for file in files) if word not in UNFIT)


class WakeWords:
    """Hears one or more wake words in a stream of sound."""

    def __init__(self, words: Sequence[str] = DEFAULT) -> None:
        """Raises UnavailableError without the package and ConfigurationError for a word that has no model."""
        available = known()
        if not available:
            raise UnavailableError("the wake word's package is not installed", hint="pip install pymicro-wakeword")
        unknown = [word for word in words if word not in available]
        if unknown:
            why = UNFIT.get(unknown[0], "there is no model for it")
            raise ConfigurationError(f"wake word {unknown[0]!r}: {why}", hint=f"use one of {', '.join(available)}")
        self._features, self._models = _loaded(words)
        self._deaf_samples = 0

    def heard(self, pcm: bytes) -> str | None:
        """Take the next 16-bit mono sound at 16 kHz; the word that was completed in it, if any."""
        found = None
        for feature in self._features.process_streaming(pcm):
            for word, model in self._models:
                if model.process_streaming(feature) and found is None:
                    found = word
        if self._deaf_samples > 0:
            self._deaf_samples -= len(pcm) // 2
            return None
        if found is not None:
            self._deaf_samples = int(QUIET_AFTER * RATE)
        return found

    def reset(self) -> None:
        """Forget the sound so far, as after a gap in it."""
        self._features.reset()
        for _, model in self._models:
            model.reset()
        self._deaf_samples = 0

    def close(self) -> None:
        """Free the networks."""
        for _, model in self._models:
            model.close()


def _loaded(words: Sequence[str]) -> tuple[Any, list[tuple[str, Any]]]:
    """The features' maker and the networks. numpy and the library cost 25 MB, so they are loaded only when used."""
    try:
        from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise UnavailableError(f"the wake word's library does not load: {error}") from error
    try:
        models = [(word, MicroWakeWord.from_builtin(Model(word.replace(" ", "_")))) for word in words]
    except (OSError, ValueError, RuntimeError) as error:
        raise UnavailableError(f"the wake word's model does not load: {error}", hint="install it again") from error
    return MicroWakeWordFeatures(), models
