# SPDX-License-Identifier: Apache-2.0
"""The pages that a driver has gone through with one app, and how many more there may be while driving.

Five pages to a task as in Android's Car App Library; lists in lists only three deep, as Android Automotive's
max_content_depth. Showing a page again that the task has goes back to it and gives its steps back.
"""

from dataclasses import dataclass

from ivi.model.errors import ResourceExhaustedError
from ivi.model.templates import NavigationTemplate, PageTemplate, Rule, kind_of
from ivi.model.templates.rules import refusal

STEPS_MOVING = 5
DEPTH_MOVING = 3
MAX_KEPT = 64
"""Pages that a parked car's task is remembered for; the oldest but the first go."""
_BROWSING = {"list", "grid", "map_with_content"}


@dataclass(frozen=True, slots=True)
class Step:
    """One page; a page with the same kind and title is the same page."""

    kind: str
    title: str


class Task:
    """The present task of one app."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    @property
    def depth(self) -> int:
        """Pages from the first to the present one."""
        return len(self._steps)

    def steps_left(self, *, moving: bool) -> int | None:
        """Further pages; None while that is not limited."""
        return max(0, STEPS_MOVING - self.depth) if moving else None

    def show(self, page: PageTemplate, *, moving: bool) -> None:
        """Count a page. Raises ResourceExhaustedError when the task may have no further one while driving."""
        step = _step_of(page)
        if step in self._steps:
            del self._steps[self._steps.index(step) + 1 :]
            return
        if moving and self.depth >= STEPS_MOVING:
            raise refusal(
                ResourceExhaustedError, step.kind, Rule.TASK_STEPS,
                f"the task has {self.depth} pages, and {STEPS_MOVING} are the limit while driving",
                "show a page of the task again, or wait until the driver goes home",
            )  # fmt: skip
        browsing = sum(one.kind in _BROWSING for one in self._steps)
        if moving and step.kind in _BROWSING and browsing >= DEPTH_MOVING:
            raise refusal(
                ResourceExhaustedError, step.kind, Rule.BROWSE_DEPTH,
                f"{browsing} lists lead here, and {DEPTH_MOVING} are the limit while driving",
                "show what was chosen, not another list",
            )  # fmt: skip
        if len(self._steps) >= MAX_KEPT:
            del self._steps[1]
        self._steps.append(step)

    def home(self) -> None:
        """Go back to the first page."""
        del self._steps[1:]

    def clear(self) -> None:
        """There is no task any more."""
        self._steps.clear()


def _step_of(page: PageTemplate) -> Step:
    # Guidance and a track are the same page whatever they say at the moment.
    kind = kind_of(page)
    title = "" if isinstance(page, NavigationTemplate) or kind == "media" else getattr(page, "title", "")
    return Step(kind, title)
