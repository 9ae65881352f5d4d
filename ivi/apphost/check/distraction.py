# SPDX-License-Identifier: Apache-2.0
"""How long an app takes a driver's eyes off the road, computed from the pages that it showed while the car moved.

The bounds are those of NHTSA's Visual-Manual Driver Distraction Guidelines for In-Vehicle Electronic Devices (78 FR
24817, 2013), section VI.E: no glance over 2 seconds, and at most 12 seconds off the road for a whole task. What a page
takes is estimated, as nobody drives here:

- a glance begins and ends with moving the eyes and finding the place: 0.4 s (SAE J2396 counts this into a glance);
- reading takes 0.25 s a word (silent reading, 238 words a minute: Brysbaert, Journal of Memory and Language 109, 2019);
- a driver can look up after each line, so the longest glance is that at the longest line;
- to choose, half of the lines are read to their fourth word, and a touch takes 1.1 s with pointing (keystroke-level
  model, Card, Moran and Newell 1980); a page that offers nothing to choose is read whole once.

A task is the sequence of pages that led furthest from the first one. The grade is that of the worse of the two:
A up to half of the bound, B up to three quarters, C up to the bound, D up to a quarter over it, E up to half, F beyond.
It is an estimate to compare versions by, and no replacement for a test with drivers.
"""

from collections.abc import Iterable, Sequence

import msgspec

GLANCE_LIMIT, TASK_LIMIT = 2.0, 12.0  # seconds
LOOK = 0.4  # seconds to move the eyes and back
WORD = 0.25  # seconds to read one
TOUCH = 1.1  # seconds to point at something and touch it
HEAD_WORDS = 4  # words of a line that a search reads
GRADES = ((0.5, "A"), (0.75, "B"), (1.0, "C"), (1.25, "D"), (1.5, "E"))


class Page(msgspec.Struct, frozen=True):
    """What was on the screen: lines as the driver sees them, and whether there was something to choose."""

    title: str
    lines: tuple[str, ...]
    choice: bool
    step: str = ""
    """What makes it the same page of a task; its title, unless that changes while the page stays."""


class Grade(msgspec.Struct, frozen=True):
    """The result."""

    letter: str
    glance: float
    """Seconds of the longest glance."""
    task: float
    """Seconds off the road for the longest task."""
    page: str
    """Title of the page with the longest glance."""
    steps: int
    """Pages of the longest task."""

    @property
    def passed(self) -> bool:
        """Whether both bounds are kept."""
        return self.letter in {"A", "B", "C"}


def glance(page: Page) -> float:
    """Seconds of the longest glance at a page."""
    return LOOK + WORD * max((_words(line) for line in (page.title, *page.lines)), default=0)


def total(page: Page) -> float:
    """Seconds that a page takes in all."""
    if not page.choice:
        return sum(LOOK + WORD * _words(line) for line in (page.title, *page.lines))
    heads = [LOOK / 2 + WORD * min(HEAD_WORDS, _words(line)) for line in page.lines]
    return LOOK + WORD * _words(page.title) + sum(heads) / 2 + TOUCH


def grade(tasks: Iterable[Sequence[Page]]) -> Grade | None:
    """The grade of sequences of pages; None when nothing was shown."""
    found = [task for task in tasks if task]
    if not found:
        return None
    worst = max((page for task in found for page in task), key=glance)
    longest = max(found, key=lambda task: sum(map(total, task)))
    seconds = sum(map(total, longest))
    share = max(glance(worst) / GLANCE_LIMIT, seconds / TASK_LIMIT)
    letter = next((letter for bound, letter in GRADES if share <= bound), "F")
    return Grade(letter, round(glance(worst), 1), round(seconds, 1), worst.title, len(longest))


def _words(line: str) -> int:
    return len(line.split())
