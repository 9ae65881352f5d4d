# SPDX-License-Identifier: Apache-2.0
"""What one app has on the screen: its page, its task, its notices and pictures, and where the driver's answers go."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from ivi.apphost.templates.notices import Notice, Notices
from ivi.apphost.templates.pictures import Pictures
from ivi.daemon.link_server import Stream
from ivi.model.app import Dismissed, InputEvent, Limits, MoreWanted, Tapped, WentHome
from ivi.model.apphost import NoticeView, TapTaken
from ivi.model.templates import NoticeTemplate, PageTemplate, kind_of
from ivi.model.templates.limits import WITHOUT_SERVICES, is_moving, limits_of, shortened
from ivi.model.templates.targets import fits, tappable
from ivi.model.templates.task import Task


@dataclass(frozen=True, slots=True)
class Seen:
    """The page as the screen gets it."""

    revision: int
    template: PageTemplate | None
    hidden: int
    withheld: str
    depth: int
    steps_left: int | None
    shown_ns: int
    notices: list[NoticeView]


class Stage:
    """Revisions count pages and notices together, so that an answer says by its number what it is for."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self.shown = 0
        """Templates shown since the host started."""
        self.stale = 0
        """Answers that came for something that is not on the screen any more, or never was."""
        self.refused: Counter[str] = Counter()
        """Refused templates by rule."""
        self.inputs: set[Stream] = set()
        """Open FollowInput streams of the running app."""
        self.pictures = Pictures()
        self.task = Task()
        self.page: PageTemplate | None = None
        self._notices = Notices()
        self._revision = 0
        self._page_revision = 0
        self._shown_ns = 0
        self._more_for = 0
        self._limits = limits_of(WITHOUT_SERVICES)
        self._on_change = on_change

    def clear(self) -> None:
        """The app is gone, and what it showed with it."""
        self.page = None
        self._notices = Notices()
        self.inputs.clear()
        self.pictures.clear()
        self.task.clear()

    def withdraw(self) -> None:
        """Take the page away while the app runs on, because it may not show it any more."""
        self.page = None
        self.task.clear()
        self._on_change()

    def show(self, page: PageTemplate, *, moving: bool) -> int:
        """Take a checked page and return its revision. Raises ResourceExhaustedError when the task is too long."""
        self.task.show(page, moving=moving)
        self.page = page
        self._revision += 1
        self._page_revision, self._shown_ns = self._revision, time.monotonic_ns()
        self.shown += 1
        self._on_change()
        return self._revision

    def notify(self, notice: NoticeTemplate) -> int:
        """Put up a checked notice and return its revision."""
        self._revision += 1
        self.shown += 1
        for gone in self._notices.add(self._revision, notice):
            self._send(Dismissed(gone.revision))
        self._on_change()
        return self._revision

    def expire(self, now: float) -> None:
        """Take down notices whose time is over."""
        self._taken_down(self._notices.expire(now))

    def withdraw_notices(self, kept: Callable[[NoticeTemplate], bool]) -> None:
        """Take down notices that the app may not show any more."""
        self._taken_down(self._notices.withdraw(kept))

    def _taken_down(self, gone: list[Notice]) -> None:
        for notice in gone:
            self._send(Dismissed(notice.revision))
        if gone:
            self._on_change()

    @property
    def next_end(self) -> float | None:
        """When the next notice goes, by time.monotonic()."""
        return self._notices.next_end()

    def answer(self, event: InputEvent) -> TapTaken:
        """Hand what the driver did to the app, if it was done on what the app shows now."""
        if not self.inputs:
            return TapTaken(delivered=False, reason="it is not running")
        if (notice := self._notices.find(event.revision)) is not None:
            return self._answer_notice(notice, event)
        page = shortened(self.page, self._limits).template if self.page is not None else None
        if (
            page is None
            or event.revision != self._page_revision
            or not fits(page, event, depth=self.task.depth, keyboard=self._limits.keyboard)
        ):
            self.stale += 1
            return TapTaken(delivered=False, reason="what is shown has changed meanwhile")
        if isinstance(event, MoreWanted):
            if self._more_for == event.revision:
                return TapTaken(delivered=True)
            self._more_for = event.revision
        if isinstance(event, WentHome):
            self.task.home()
            self.tell(self._limits)
            self._on_change()
        self._send(event)
        return TapTaken(delivered=True)

    def _answer_notice(self, notice: Notice, event: InputEvent) -> TapTaken:
        if not isinstance(event, Dismissed) and not (
            isinstance(event, Tapped) and event.target in tappable(notice.template)
        ):
            self.stale += 1
            return TapTaken(delivered=False, reason="this is not among its answers")
        self._notices.remove(notice)
        self._send(event)
        self._on_change()
        return TapTaken(delivered=True)

    def limits(self, limits: Limits) -> Limits:
        """The driving state's limits with what the task leaves."""
        return msgspec.structs.replace(limits, steps_left=self.task.steps_left(moving=is_moving(limits.driving_state)))

    def tell(self, limits: Limits) -> None:
        """The driving state allows this from now on: remember it and tell the running app."""
        self._limits = limits
        self._send(self.limits(limits))

    def _send(self, event: InputEvent | Limits) -> None:
        for stream in self.inputs:
            stream.send(event)

    def seen(self, limits: Limits) -> Seen:
        """What the screen gets, shortened to what the driving state allows."""
        part = shortened(self.page, limits) if self.page is not None else None
        return Seen(
            revision=self._page_revision,
            template=part.template if part else None,
            hidden=part.hidden if part else 0,
            withheld=kind_of(self.page) if self.page is not None and part and part.template is None else "",
            depth=self.task.depth,
            steps_left=self.task.steps_left(moving=is_moving(limits.driving_state)),
            shown_ns=self._shown_ns,
            notices=[NoticeView(notice.revision, notice.template) for notice in self._notices.up],
        )
