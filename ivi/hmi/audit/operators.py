# SPDX-License-Identifier: Apache-2.0
"""How long the eyes are off the road for a task: a keystroke-level model with the operator times of SAE J2365.

The table of J2365 is sold and was not at hand; docs/distraction.md compares the times below with public reports.

SAE J2365 (2002, 2016) computes the time of a task on a screen in a car from operators, after Card, Moran and Newell's
keystroke-level model; its times are those of drivers of 18 to 30, and drivers of 55 to 60 take 1.7 times as long. Here
every operator counts as eyes off the road, also the mental one, as in the strictest reading; Purucker et al. (Applied
Ergonomics 58, 2017) fitted the share that really is (less). Limits: NHTSA, 78 FR 24817 (26 April 2013): no glance over
2 s in the mean, no task over 12 s of eyes off the road.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

OLDER = 1.7  # times as long as a young driver, SAE J2365
SLOWEST = 2.0  # times as long as a young driver: the older ones of UMTRI-2000-20 at a keyboard
GLANCE = 2.0  # seconds, NHTSA
TASK = 12.0  # seconds, NHTSA
ROUNDING = 1e-9  # seconds; what adding up leaves over
PER_WORD = 0.3  # seconds; 200 words a minute, the slow end of silent reading (Rayner et al. 2016)


class Operator(Enum):
    """Code, seconds of a young driver, and whether a driver's age makes it slower."""

    REACH = ("R", 0.45, True)
    """The hand goes from the wheel to the screen (reach far)."""
    THINK = ("M", 1.50, True)
    """Decide what to do next: for a control that is always in its place."""
    SEARCH = ("S", 2.30, True)
    """Find something on a page that has just appeared, or in a list."""
    PRESS = ("F", 1.20, True)
    """Move to a target and press it."""
    AGAIN = ("C", 0.40, True)
    """Press the same target once more."""
    PAGE = ("N", 0.50, False)
    """A new page is drawn (new menu)."""
    READ = ("W", PER_WORD, True)
    """Read one word."""

    @property
    def code(self) -> str:
        """One letter."""
        return self.value[0]

    def seconds(self, factor: float) -> float:
        """How long it takes a driver who is this much slower than a young one."""
        return self.value[1] * (factor if self.value[2] else 1.0)

    @property
    def breakable(self) -> bool:
        """Whether the eyes may go back to the road in the middle of it."""
        return self in {Operator.SEARCH, Operator.THINK, Operator.PAGE}


@dataclass(frozen=True)
class Cost:
    """What a task takes off the road."""

    seconds: float
    glances: int
    longest: float
    """Seconds of the longest glance."""

    @property
    def mean(self) -> float:
        """Seconds of the mean glance."""
        return self.seconds / self.glances if self.glances else 0.0

    @property
    def within(self) -> bool:
        """Whether both limits are kept."""
        return self.seconds <= TASK and self.mean <= GLANCE


def cost(operators: Sequence[Operator], *, older: bool) -> Cost:
    """Operators in their order, in glances of at most two seconds; one that cannot be broken off is one glance."""
    factor = OLDER if older else 1.0
    glances: list[float] = []
    for operator in operators:
        left = operator.seconds(factor)
        room = GLANCE - glances[-1] if glances else 0.0
        if operator.breakable and room > 0:
            glances[-1] += min(left, room)
            left -= min(left, room)
        elif left <= room + ROUNDING:
            glances[-1] += left
            left = 0.0
        while left > ROUNDING:
            part = min(left, GLANCE) if operator.breakable else left
            glances.append(part)
            left -= part
    return Cost(round(sum(glances), 2), len(glances), round(max(glances, default=0.0), 2))


def seconds(operators: Iterable[Operator], factor: float) -> float:
    """Seconds of a driver who is this much slower than a young one."""
    return sum(one.seconds(factor) for one in operators)


def written(operators: Iterable[Operator]) -> str:
    """Operators as one word, e.g. `RMFNSF`; repeated ones with their number."""
    parts: list[tuple[str, int]] = []
    for operator in operators:
        if parts and parts[-1][0] == operator.code:
            parts[-1] = (operator.code, parts[-1][1] + 1)
        else:
            parts.append((operator.code, 1))
    return " ".join(code if count == 1 else f"{count}{code}" for code, count in parts)
