# SPDX-License-Identifier: Apache-2.0
"""Collects for one campaign: samples by period or on change, while a condition holds or around a trigger."""

import math
from collections.abc import Collection, Mapping
from typing import TypeGuard

from ivi.cloud.campaigns.campaign import URGENT, Campaign
from ivi.cloud.campaigns.samples import MAX_HELD, Held, Ring, Sample
from ivi.cloud.campaigns.windowed import Window
from ivi.cloud.consent.coarsening import EXACT, CoarsePlaces, Precision
from ivi.cloud.signal_table import SignalTable
from ivi.model.databroker import Deadband
from ivi.model.signal import Datapoint, Value

ROW_MS, URGENT_ROW_MS = 10_000, 1_000  # between rows, below and from campaign.URGENT
_NS_PER_MS = 1_000_000

type Rows = list[tuple[bytes, int]]
"""Bodies, each with its number of samples."""


class Collector:
    """What one campaign has taken and not sent yet. Its clock is the event loop's; stamps are the wall clock's."""

    def __init__(
        self,
        campaign: Campaign,
        paths: Collection[str],
        table: SignalTable,
        now: float,
        precision: Precision = EXACT,
    ) -> None:
        """`paths`: the leaves that its signals name. `now`: seconds of the loop's clock.

        `precision`: how roughly places and moments are told. Its condition sees places no better than its rows.
        """
        self.precision = precision
        self._places = CoarsePlaces(precision)
        self.campaign = campaign
        self.paths = frozenset(paths)
        self.follows = self.paths.union(campaign.when.paths if campaign.when else ())
        """All paths it has to hear of: its signals, and what its condition looks at."""
        self.table = table
        self.paused = True
        """Values are followed, and nothing is taken."""
        self.triggered = 0
        """How often its trigger fired."""
        self._held = Held()
        self._values: dict[str, Value] = {}
        self._taken: dict[str, object] = {}
        self._met = False
        self._ring = Ring(campaign.trigger.before_ms) if campaign.trigger else None
        self._after: float | None = None
        """When what comes after a trigger ends, on the loop's clock."""
        self._window = Window(campaign.windows) if campaign.windows else None
        self._row_s = (URGENT_ROW_MS if campaign.priority >= URGENT else ROW_MS) / 1000
        self._sample_due = now + self._period_s if campaign.period_ms else math.inf
        self._window_due = now + self._window_s if campaign.windows else math.inf
        self._row_due = math.inf if campaign.trigger else now + self._row_s

    @property
    def dropped(self) -> int:
        """Samples that were lost because a buffer was full."""
        return self._held.dropped + (self._ring.dropped if self._ring else 0)

    @property
    def due(self) -> float:
        """When `beat` has to be called next, on the loop's clock."""
        return min(self._sample_due, self._window_due, self._row_due, math.inf if self._after is None else self._after)

    def take(self, entries: Mapping[str, Datapoint], now: float) -> None:
        """News of the databroker."""
        entries = self._places.told(entries)
        known = [path for path in entries if path in self.follows]
        if not known:
            return
        for path in known:
            value = entries[path].value
            if value is None:
                self._values.pop(path, None)
            else:
                self._values[path] = value
        self._look(now, max(entries[path].time_ns for path in known) // _NS_PER_MS)
        if self.campaign.on_change is None or not self._collects:
            return
        for path in known:
            point = entries[path]
            if path in self.paths and self._moved(path, point.value):
                self._taken[path] = point.value
                self._add(Sample(path, max(point.time_ns, 0) // _NS_PER_MS, point.value))

    def lose(self) -> None:
        """The databroker is away: old values are not taken as if they were new."""
        self._places.lose()
        self._values.clear()
        self._taken.clear()
        self._met = False

    def beat(self, now: float, wall_ms: int) -> Rows:
        """Do what is due; what is then ready to be sent."""
        if now >= self._sample_due:
            # after a suspend the missed samples are not made up
            self._sample_due = max(self._sample_due + self._period_s, now)
            if self._collects:
                for path in sorted(self.paths & self._values.keys()):
                    self._add(Sample(path, wall_ms, self._values[path]))
        if self._window is not None and now >= self._window_due:
            self._window_due = max(self._window_due + self._window_s, now)
            self._held.add(self._window.close(wall_ms))
        if self._after is not None and now >= self._after:
            self._after = None
            return self._rows()
        if len(self._held) >= MAX_HELD // 2:  # a trigger that fires again and again
            return self._rows()
        if now >= self._row_due:
            self._row_due = max(self._row_due + self._row_s, now)
            return self._rows()
        return []

    def finish(self, wall_ms: int) -> Rows:
        """The last rows of a campaign that ends: also a window that is not over, and a trigger's beginning."""
        if self._window is not None:
            self._held.add(self._window.close(wall_ms))
        return self._rows()

    # -- inside -------------------------------------------------------------------------------------------------------
    @property
    def _period_s(self) -> float:
        return self.campaign.period_ms / 1000

    @property
    def _window_s(self) -> float:
        return self.campaign.windows.window_ms / 1000 if self.campaign.windows else math.inf

    @property
    def _collects(self) -> bool:
        """Whether samples are wanted now; before a trigger they are, for the ring."""
        return not self.paused and (self._met or self.campaign.when is None or self._ring is not None)

    def _look(self, now: float, wall_ms: int) -> None:
        """Try the condition, and fire the trigger when it has become true."""
        if self.campaign.when is None:
            return
        met = self.campaign.when.holds(self._values)
        fires = met and not self._met
        self._met = met
        if self._ring is None or self.campaign.trigger is None or not fires or self.paused:
            return
        self.triggered += 1
        if self._after is None:
            self._ring.expire(wall_ms)
            self._held.add(self._ring.take())
        # one more trigger meanwhile: the row goes on, as far as there is room
        self._after = now + self.campaign.trigger.after_ms / 1000

    def _moved(self, path: str, value: object) -> bool:
        """Whether a value is far enough from the one that was taken last."""
        if path not in self._taken:
            return True
        asked = self.campaign.on_change
        return asked is None or beyond(asked.deadband, self._taken[path], value)

    def _add(self, sample: Sample) -> None:
        if self._window is not None:
            self._window.add(sample)
        elif self._ring is not None and self._after is None:
            self._ring.add(sample)
        else:
            self._held.add([sample])

    def _rows(self) -> Rows:
        return self._held.rows(self.campaign.id, self.table, self.precision)


def beyond(band: Deadband, last: object, value: object) -> bool:
    """Whether a number left the dead band around the last one; anything else: whether it is another."""
    if not _is_number(last) or not _is_number(value):
        return value != last
    return abs(value - last) > max(band.absolute, abs(last) * band.percent / 100)  # as the databroker has it


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
