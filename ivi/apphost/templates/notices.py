# SPDX-License-Identifier: Apache-2.0
"""Notices of one app that are up now."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from ivi.model.templates import NoticeTemplate

MAX_UP = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `until` by time.monotonic()."""

    revision: int
    template: NoticeTemplate
    until: float


class Notices:
    """What is up, oldest first."""

    def __init__(self) -> None:
        self.up: list[Notice] = []

    def add(self, revision: int, template: NoticeTemplate) -> list[Notice]:
        """Put one up; returns those that had to make room."""
        self.up.append(Notice(revision, template, time.monotonic() + template.seconds))
        gone, self.up = self.up[:-MAX_UP], self.up[-MAX_UP:]
        return gone

    def find(self, revision: int) -> Notice | None:
        """The notice with this revision, when it is still up."""
        return next((notice for notice in self.up if notice.revision == revision), None)

    def remove(self, notice: Notice) -> None:
        """It was answered."""
        self.up.remove(notice)

    def expire(self, now: float) -> list[Notice]:
        """Take down those whose time is over."""
        gone = [notice for notice in self.up if notice.until <= now]
        self.up = [notice for notice in self.up if notice.until > now]
        return gone

    def withdraw(self, kept: Callable[[NoticeTemplate], bool]) -> list[Notice]:
        """Take down those that may not be shown any more."""
        gone = [notice for notice in self.up if not kept(notice.template)]
        self.up = [notice for notice in self.up if notice not in gone]
        return gone

    def next_end(self) -> float | None:
        """When the next one goes, by time.monotonic()."""
        return min((notice.until for notice in self.up), default=None)
