# SPDX-License-Identifier: Apache-2.0
"""How often and how exactly an app learns a value: one gate for all reads and streams of one life of the app.

A path gives one new value in each 1/max_hz seconds, however many streams and polls look at it; in between they all see
the value of the last time. Values are rounded before they are compared, so that no event tells that something changed
within the step.
"""

import time

import msgspec

from ivi.apphost.coarse import rounded
from ivi.apphost.rights import Rights
from ivi.model.signal import Datapoint

EARLY = 0.1  # part of the interval by which a value may come early: the databroker keeps the same rate, with jitter


class Gate:
    """Takes true values and lets through what the rights in force allow."""

    def __init__(self, rights: Rights) -> None:
        self._rights = rights
        self._newest: dict[str, Datapoint] = {}
        self._told: dict[str, tuple[float, Datapoint]] = {}

    def offer(self, path: str, point: Datapoint) -> None:
        """Take a true value of a granted path."""
        reading = self._rights.reading(path)
        if reading is None:
            return
        if reading.coarse:
            self._rights.position.offer(path, point)
        else:
            self._newest[path] = msgspec.structs.replace(point, value=rounded(point.value, reading.precision))

    def told(self, path: str) -> Datapoint | None:
        """What the app may know of a path now; None for nothing."""
        reading = self._rights.reading(path)
        if reading is None:
            return None
        now = time.monotonic()
        if reading.coarse:
            return self._rights.position.told(path, now)
        newest, told = self._newest.get(path), self._told.get(path)
        if newest is not None and (told is None or now - told[0] >= (1 - EARLY) / reading.max_hz):
            told = self._told[path] = (now, newest)
        return told[1] if told else None

    def due(self, path: str) -> bool:
        """Whether asking the car again could bring the app something new."""
        reading, told = self._rights.reading(path), self._told.get(path)
        if reading is None or told is None or reading.coarse:
            return True
        return time.monotonic() - told[0] >= (1 - EARLY) / reading.max_hz

    def forget(self, path: str) -> None:
        """The path was taken back."""
        self._newest.pop(path, None)
        self._told.pop(path, None)
