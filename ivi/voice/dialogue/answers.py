# SPDX-License-Identifier: Apache-2.0
"""The words of an answer, from the language's files, which are checked when they are loaded."""

from collections.abc import Mapping

from ivi.model.errors import ConfigurationError, IviError
from ivi.model.signal import Scalar
from ivi.voice.dialogue.conversation import ABOUT, Question
from ivi.voice.dialogue.outcome import Outcome
from ivi.voice.nlu.language import Language

GENERAL = (
    "unknown_value",
    "not_understood",
    "nothing_heard",
    "recogniser_failed",
    "app_done",
    "app_failed",
    "when_parked",
    "left",
    "cancelled",
    "nothing_asked",
    "nothing_to_correct",
    "no_undo_hint",
    "no_such_choice",
    "nothing_to_undo",
    "undone",
    "not_undone",
    "why",
    "why_nothing",
    "repeat_nothing",
    "help",
    "unsure",
    "question",
    "confirm",
    "private",
    "reminder",
    "and",
)
MAX_SUGGESTIONS = 6


class Answers:
    """Answer texts of one language."""

    def __init__(self, language: Language, actions: frozenset[str]) -> None:
        """Raises ConfigurationError when an intent has no action or no answers, or a general text is missing."""
        self._files = language.files
        self._next_example = 0
        intents = language.files.intents
        missing = [
            name for name in intents if name not in ABOUT and (name not in actions or not intents[name]["answers"])
        ]
        missing += [name for name in GENERAL if not isinstance(self._files.answers.get(name), str)]
        if "other" not in (self._files.answers.get("failed") or {}):
            missing.append("failed.other")
        if not self._files.suggestions.get("home"):
            missing.append("suggestions.home")
        if missing:
            raise ConfigurationError(
                f"{language.source}: no action or answer for {', '.join(missing)}", hint="correct the files"
            )

    def of(self, intent: str, outcome: Outcome) -> str:
        """What is said about an outcome."""
        if outcome.said:
            return outcome.said
        own = self._files.intents.get(intent, {}).get("answers", {})
        text = own.get(outcome.answer) or self._files.answers[outcome.answer]
        return str(text).format_map({name: self.word(name, value) for name, value in outcome.values.items()})

    def word(self, name: str, value: Scalar) -> str:
        """How the value of a slot is said: `driver` as "the driver's side"."""
        return str(self._files.words.get(name, {}).get(str(value), value))

    def failure(self, error: IviError) -> str:
        """What is said when the car did not do it."""
        failed = self._files.answers["failed"]
        return str(failed.get(error.code, failed["other"]))

    def fixed(self) -> list[str]:
        """Texts that are always the same, to be spoken ahead of time: the most often heard ones last."""
        texts = [str(text) for entry in self._files.intents.values() for text in entry["answers"].values()]
        texts += [*map(str, self._files.questions.values()), *map(str, self._files.confirm.values())]
        texts += [text for text in self._files.answers.values() if isinstance(text, str)]
        return list(dict.fromkeys(text for text in texts if "{" not in text))

    def ask(self, question: Question) -> str:
        """The words of a question."""
        command = question.command
        values = {name: self.word(name, value) for name, value in command.slots.items()}
        if question.choices:
            names = self.listed(question.choices)
            return self.general("question", choices=names)
        if question.slot:
            asked = self._files.questions
            text = asked.get(f"{command.intent}.{question.slot}") or asked.get(question.slot) or asked["other"]
            return str(text)
        if question.unsure:
            return self.general("unsure", sentence=command.sentence)
        text = self._files.confirm.get(command.intent, self._files.answers["confirm"])
        return " ".join(str(text).format_map(_Blank({"sentence": command.sentence, **values})).split()).replace(
            " ?", "?"
        )

    def not_understood(self, context: str = "home") -> str:
        """An apology with an example, another one each time."""
        examples = self.suggestions(context) or self.suggestions("home")
        example = examples[self._next_example % len(examples)]
        self._next_example += 1
        return self.general("not_understood", example=example)

    def suggestions(self, context: str) -> list[str]:
        """What may be said, where somebody should see it."""
        return [str(text) for text in self._files.suggestions.get(context, [])][:MAX_SUGGESTIONS]

    def listed(self, names: tuple[str, ...] | list[str]) -> str:
        """Several names in one sentence."""
        *first, last = [*names] or [""]
        return f"{', '.join(first)} {self.general('and')} {last}" if first else last

    def general(self, key: str, **values: str) -> str:
        """One of the general texts."""
        return str(self._files.answers[key]).format_map(values)


class _Blank(dict[str, str]):
    """Values for a text; what a sentence did not have is left out of it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> str:
        return ""
