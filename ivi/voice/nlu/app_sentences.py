# SPDX-License-Identifier: Apache-2.0
"""What drivers can say to apps, as the app host told us: whole sentences, each with one meaning."""

from dataclasses import dataclass, field

from ivi.model.app_intents import AppIntents, Phrase


@dataclass(frozen=True)
class AppMatch:
    """A sentence that belongs to an app."""

    app_id: str
    app_name: str
    phrase: Phrase


@dataclass(frozen=True)
class AppSentences:
    """All of them at one moment."""

    matches: dict[str, AppMatch] = field(default_factory=dict)
    """By the words as a recogniser writes them."""

    @classmethod
    def of(cls, told: AppIntents) -> "AppSentences":
        """From what the app host sent; of two with one text the first counts."""
        found: dict[str, AppMatch] = {}
        for app in told.apps:
            for phrase in app.phrases:
                found.setdefault(_spoken(phrase.text), AppMatch(app.app_id, app.name, phrase))
        return cls(found)

    def match(self, text: str) -> AppMatch | None:
        """The app and the meaning of a sentence in plain words."""
        return self.matches.get(_spoken(text))


def _spoken(text: str) -> str:
    return " ".join(text.replace("-", " ").split())
