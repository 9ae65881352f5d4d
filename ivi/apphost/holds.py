# SPDX-License-Identifier: Apache-2.0
"""Why an app is kept from running, each reason with a name of its own: it runs when nothing holds it."""

import asyncio
from dataclasses import dataclass

from ivi.model.apphost import AppState


@dataclass(frozen=True)
class Hold:
    """A state to be in and the reason, in words for the driver."""

    state: AppState
    reason: str


class Holds:
    """The holds of one app. The oldest is the one that is shown."""

    def __init__(self) -> None:
        self._holds: dict[str, Hold] = {}
        self.changed = asyncio.Event()
        """Set at each change; whoever waits clears it."""

    @property
    def present(self) -> Hold | None:
        """What keeps the app from running, if anything does."""
        return next(iter(self._holds.values()), None)

    def put(self, name: str, hold: Hold) -> None:
        """Keep the app from running until `release(name)`; one that runs is ended."""
        if self._holds.get(name) != hold:
            self._holds[name] = hold
            self.changed.set()

    def release(self, name: str) -> bool:
        """Take a hold away. Returns whether there was one."""
        if self._holds.pop(name, None) is None:
            return False
        self.changed.set()
        return True
