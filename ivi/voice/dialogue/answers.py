# SPDX-License-Identifier: Apache-2.0
"""The words of an answer, from the language's file, which is checked when it is loaded."""

from pathlib import Path
from typing import Any

from ivi.model.errors import ConfigurationError, IviError
from ivi.voice.dialogue.actions import ACTIONS, Outcome

_GENERAL = ("unknown_value", "not_understood", "nothing_heard", "recogniser_failed", "app_done", "app_failed")


class Answers:
    """Answer texts of one language."""

    def __init__(
        self, texts: dict[str, Any], examples: tuple[str, ...], intents: tuple[str, ...], source: Path
    ) -> None:
        """Raises ConfigurationError when an intent has no action or no answers, or a general text is missing."""
        self._texts = texts
        self._examples = examples
        self._next_example = 0
        missing = [name for name in intents if name not in ACTIONS or not isinstance(texts.get(name), dict)]
        missing += [name for name in _GENERAL if not isinstance(texts.get(name), str)]
        if not isinstance(texts.get("failed"), dict) or "other" not in texts["failed"]:
            missing.append("failed.other")
        if not examples:
            missing.append("examples")
        if missing:
            raise ConfigurationError(f"{source}: no action or answer for {', '.join(missing)}", hint="correct the file")

    def of(self, intent: str, outcome: Outcome) -> str:
        """What is said about an outcome."""
        text = self._texts[intent].get(outcome.answer) or self._texts[outcome.answer]
        return str(text).format_map({**outcome.values, "examples": ", ".join(self._examples)})

    def failure(self, error: IviError) -> str:
        """What is said when the car did not do it."""
        failed = self._texts["failed"]
        return str(failed.get(error.code, failed["other"]))

    def not_understood(self) -> str:
        """An apology with an example, another one each time."""
        example = self._examples[self._next_example % len(self._examples)]
        self._next_example += 1
        return str(self._texts["not_understood"]).format(example=example)

    def fixed(self) -> list[str]:
        """Texts that are always the same, to be spoken ahead of time: the most often heard ones last."""
        texts = [text for intent in self._texts.values() if isinstance(intent, dict) for text in intent.values()]
        texts += [text for text in self._texts.values() if isinstance(text, str)]
        return [str(text) for text in texts if "{" not in str(text)]

    def app_failed(self, name: str) -> str:
        """What is said when an app did not answer."""
        return str(self._texts["app_failed"]).format(app=name)

    def general(self, key: str) -> str:
        """One of the texts without values."""
        return str(self._texts[key])
