# SPDX-License-Identifier: Apache-2.0
"""Counts of what was right, by any key, and what the published figures are made of."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ivi.voice.dialogue.policy import rule
from ivi.voice.report.hearing import Outcome


@dataclass(frozen=True, slots=True)
class Trial:
    """One spoken sentence in one noise, and what became of it."""

    wanted: str
    intent: str
    voice: str
    noise: str
    ratio: float
    """Signal to noise, dB."""
    outcome: Outcome
    understood: bool
    """Whether the words mean the same intent and slots, even if they are not the same words."""

    @property
    def exact(self) -> bool:
        """Whether every word is right and the assistant would act: what the figures count."""
        return self.outcome.accepted and self.outcome.text == self.wanted

    @property
    def wrong(self) -> bool:
        """Whether the assistant would act on something that was not meant."""
        return self.outcome.accepted and not self.understood

    @property
    def asked(self) -> bool:
        """Whether the assistant would ask for a yes first, because it is not sure enough to change something."""
        outcome = self.outcome
        return outcome.accepted and rule(outcome.intent).unsure(outcome.confidence)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def percent(self) -> float:
        """0 to 100; 0 when there is nothing to count."""
        return 100 * self.hits / self.of if self.of else 0.0

    @property
    def margin(self) -> tuple[float, float]:
        """Bounds in percent between which the true share lies with 95 % certainty (Wilson's interval)."""
        if not self.of:
            return 0.0, 100.0
        z = 1.96
        share, count = self.hits / self.of, self.of
        middle = (share + z * z / (2 * count)) / (1 + z * z / count)
        half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
        return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def exact(trials: Iterable[Trial]) -> Share:
    """Share of the sentences that were right to the word and accepted."""
    results = [trial.exact for trial in trials]
    return Share(sum(results), len(results))


def understood(trials: Iterable[Trial]) -> Share:
    """Share of the sentences whose intent and slots were right and that were accepted."""
    results = [trial.understood and trial.outcome.accepted for trial in trials]
    return Share(sum(results), len(results))


def wrong(trials: Iterable[Trial]) -> Share:
    """Share of the sentences after which the assistant would do something that was not meant."""
    results = [trial.wrong for trial in trials]
    return Share(sum(results), len(results))


def asked(trials: Iterable[Trial], *, of_wrong: bool = False) -> Share:
    """Share of all sentences that were right, or wrong, and for which the assistant would ask for a yes first."""
    results = [trial.asked and (trial.wrong if of_wrong else trial.exact) for trial in trials]
    return Share(sum(results), len(results))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed; 0 without values."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
