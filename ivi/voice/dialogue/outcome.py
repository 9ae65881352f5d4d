# SPDX-License-Identifier: Apache-2.0
"""How an action ended, and how it is taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from ivi.model.signal import Scalar

type Slots = dict[str, Scalar]
type Undo = Callable[[], Awaitable[None]]
"""Makes it as it was before, by the same path. Raises IviError."""


@dataclass(frozen=True)
class Outcome:
    """What an action leaves to be said. Answers are keys: the words are in the language's files."""

    ok: bool
    answer: str
    """Key of the answer under the intent's name."""
    values: dict[str, str] = field(default_factory=dict)
    said: str = ""
    """Words that are another's already, e.g. an app's answer; said as they are instead of `answer`."""
    undo: Undo | None = None
    choose: tuple[str, tuple[str, ...]] = ("", ())
    """A slot and the names among which the driver has to choose before it can be done."""
    page: str = ""
    """A page that the screen shows for it."""
    private: bool = False
    """Whether `said` is for ears only in this driving state."""


NOT_REPORTED = Outcome(ok=False, answer="unknown_value")
