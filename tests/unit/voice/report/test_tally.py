# SPDX-License-Identifier: Apache-2.0
"""What counts as right, and how sure a share is."""

import pytest

from ivi.voice.report.drawing import lines
from ivi.voice.report.hearing import Outcome
from ivi.voice.report.tally import Share, Trial, asked, exact, percentile, understood, wrong


def _trial(heard: str, *, accepted: bool = True, meant: bool = True) -> Trial:
    outcome = Outcome(heard, 0.9, "Help", {}, accepted)
    return Trial("what can i say", "Help", "voice", "fan", 10.0, outcome, meant)


def test_exact_wants_every_word_and_acceptance() -> None:
    """Other words with the same meaning are understood, not exact; rejected ones are neither."""
    trials = [
        _trial("what can i say"),
        _trial("help"),
        _trial("what can i say", accepted=False),
        _trial("cancel that", meant=False),
    ]
    assert exact(trials) == Share(1, 4)
    assert understood(trials) == Share(2, 4)
    assert wrong(trials) == Share(1, 4)


def test_what_is_not_quite_sure_is_asked_first() -> None:
    """Not a question, which does no harm, and not what is refused anyway."""

    def trial(intent: str, confidence: float, *, accepted: bool = True, meant: bool = True) -> Trial:
        outcome = Outcome("open the window", confidence, intent, {}, accepted)
        return Trial("open the window", intent, "voice", "fan", 10.0, outcome, meant)

    trials = [
        trial("OpenWindow", 0.75),
        trial("OpenWindow", 0.95),
        trial("OpenWindow", 0.6, accepted=False),
        trial("ReadSpeed", 0.75),
        trial("OpenWindow", 0.75, meant=False),
    ]
    assert asked(trials) == Share(2, 5)
    assert asked(trials, of_wrong=True) == Share(1, 5)


def test_a_share_of_few_is_unsure() -> None:
    """Wilson's interval, compared with published values (Newcombe 1998, table I: 81 of 263)."""
    low, high = Share(81, 263).margin
    assert low == pytest.approx(25.53, abs=0.02)
    assert high == pytest.approx(36.62, abs=0.02)
    assert Share(0, 0).margin == (0.0, 100.0)


def test_percentile_is_a_value_that_was_measured() -> None:
    """The 95th of a hundred is the 95th in order."""
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile([3.0], 0.5) == 3.0
    assert percentile([], 0.5) == 0.0


def test_a_line_passes_over_what_was_not_heard() -> None:
    """A voice that was not heard at a ratio has no figure there, and above all not zero."""
    picture = lines("x", ["20 dB", "10 dB", "5 dB"], {"one": [100.0, None, 50.0], "two": [None, 0.0, None]})
    assert picture.count("<circle") == 3
    points = [line.split('"')[1].split() for line in picture.split("<polyline ")[1:]]
    assert [len(line) for line in points] == [2, 1]


def test_each_voice_of_the_report_has_a_colour_of_its_own() -> None:
    """Eleven voices with the natural ones: the tenth once looked like the first."""
    picture = lines("x", ["20 dB", "0 dB"], {f"voice {number}": [90.0, 50.0] for number in range(11)})
    colours = [line.split('stroke="')[1].split('"')[0] for line in picture.split("<polyline ")[1:]]
    assert len(set(colours)) == len(colours) == 11
