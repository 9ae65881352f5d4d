# SPDX-License-Identifier: Apache-2.0
"""What is drawn of one signal now, and where it goes when it changes.

Digits change often and go straight into the properties that show them, without a signal, a getter or a binding in
between. Whether there is a value at all, is too old or cannot be, changes rarely; whoever shows that is told.
Sixty times a second some hundred of these are looked at, so that they are small and know nothing of Qt. What a frame
changes is taken first and written then: a processor that has just slept does one thing many times for much less.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from ivi.hmi.display import UNKNOWN, Rule, Shown
from ivi.model.signal import Value

type Writer = Callable[[Any], object]
"""Takes the new text, or the new number."""


class Drawn(Protocol):
    """What shows a signal."""

    def take(self, value: Value | None, due: list["Readout"]) -> bool:
        """Draw this value, as `show` does; what only changes a text may be put among those that are due instead."""

    def show(self, value: Value | None) -> bool:
        """Draw this value; None when it is absent or too old. Returns whether the drawing changes."""

    def outdate(self, value: Value | None, age: str) -> None:
        """Draw this value as one that is too old."""


class Readout:
    """One signal by one rule. While its value is unknown the text is `—`, never a frozen number and never 0."""

    __slots__ = ("_numbers", "_rule", "_text", "_texts", "changed", "old", "shown", "turned")

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self.shown: Shown | None = None
        """What is drawn now; None while unknown."""
        self.old: tuple[Shown, str] | None = None
        """What is drawn of a value that is too old, and its age; it is not known then: its number is not given."""
        self.changed: Callable[[], object] | None = None
        """Called after each change of the drawing; None while nobody asks."""
        self.turned: Callable[[], object] | None = None
        """Called when more than the digits has changed: known, too old, impossible, or the age."""
        self._text: Writer | None = None
        """Writes all texts; None while there is none."""
        self._texts: tuple[Writer, ...] = ()
        self._numbers: tuple[Writer, ...] = ()

    @property
    def text(self) -> str:
        """The value as text, without its unit."""
        if self.shown is not None:
            return self.shown.text
        return self.old[0].text if self.old else UNKNOWN

    @property
    def number(self) -> float:
        """The value in the unit of the rule, 0 while unknown."""
        return self.shown.value if self.shown is not None else 0.0

    @property
    def followers(self) -> int:
        """How many properties are kept at it."""
        return len(self._texts) + len(self._numbers)

    def rule(self, value: Value | None) -> Shown | None:
        """How this value would be drawn."""
        return self._rule(value)

    def add_text(self, write: Writer) -> None:
        """Keep a property at the text, from now on."""
        self._keep((*self._texts, write))
        write(self.text)

    def add_number(self, write: Writer) -> None:
        """Keep a property at the number, from now on."""
        self._numbers = (*self._numbers, write)
        write(self.number)

    def remove(self, write: Writer) -> None:
        """Leave a property as it is, from now on."""
        self._keep(tuple(one for one in self._texts if one is not write))
        self._numbers = tuple(one for one in self._numbers if one is not write)

    def show(self, value: Value | None) -> bool:
        """Draw this value; None when it is absent or too old. Returns whether the drawing changes."""
        return self._draw(self._rule(value))

    def take(self, value: Value | None, due: list["Readout"]) -> bool:
        """Draw this value as `show` does; when nothing but digits changes, it is due to be written instead."""
        shown, before = self._rule(value), self.shown
        if shown is None or before is None or shown.doubtful or before.doubtful:
            return self._draw(shown)
        if self.changed is not None or self._numbers:
            return self._draw(shown)
        if shown.text != before.text:
            due.append(self)
        elif shown.value == before.value:
            return False
        self.shown = shown
        return True

    def write(self) -> None:
        """Write what was due."""
        if self._text is not None:
            self._text(self.shown.text if self.shown is not None else self.text)

    def _draw(self, shown: Shown | None) -> bool:
        before = self.shown
        if shown is None or before is None:
            if shown is before and self.old is None:
                return False
            self._turn(shown, None)
            return True
        number = shown.value
        if shown.text != before.text:
            self.shown = shown
            self.write()
        elif number == before.value and shown.doubtful is before.doubtful:
            return False
        self.shown = shown
        if self._numbers and number != before.value:
            for write in self._numbers:
                write(number)
        if shown.doubtful is not before.doubtful and self.turned is not None:
            self.turned()
        if self.changed is not None:
            self.changed()
        return True

    def outdate(self, value: Value | None, age: str) -> None:
        """Draw this value as one that is too old."""
        shown = self._rule(value)
        old = None if shown is None else (shown, age)
        if self.shown is not None or old != self.old:
            self._turn(None, old)

    def _turn(self, shown: Shown | None, old: tuple[Shown, str] | None) -> None:
        self.shown, self.old = shown, old
        self.write()
        for write in self._numbers:
            write(self.number)
        if self.turned is not None:
            self.turned()
        if self.changed is not None:
            self.changed()

    def _keep(self, texts: tuple[Writer, ...]) -> None:
        self._texts = texts
        self._text = texts[0] if len(texts) == 1 else partial(_write_all, texts) if texts else None


class Several:
    """A signal that is shown in more than one way."""

    __slots__ = ("_ways",)

    def __init__(self, ways: Sequence[Drawn]) -> None:
        self._ways = tuple(ways)

    def take(self, value: Value | None, due: list[Readout]) -> bool:
        """See Drawn."""
        changed = False
        for way in self._ways:
            changed = way.take(value, due) or changed
        return changed

    def show(self, value: Value | None) -> bool:
        """See Drawn."""
        changed = False
        for way in self._ways:
            changed = way.show(value) or changed
        return changed

    def outdate(self, value: Value | None, age: str) -> None:
        """See Drawn."""
        for way in self._ways:
            way.outdate(value, age)


def _write_all(writers: Sequence[Writer], text: str) -> None:
    for write in writers:
        write(text)
