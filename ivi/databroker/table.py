# SPDX-License-Identifier: Apache-2.0
"""A table of datapoints and the followers of its paths. The broker has two: current values, and target values.

This is the hot path: a value costs one datapoint, two look-ups and one entry in the batch of each group of followers.
Followers of the same paths share a group, and with it the batch that they are handed.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivi.databroker.demand import Demand
from ivi.databroker.subscription import Batch, Subscription
from ivi.model.databroker import Deadband
from ivi.model.signal import Datapoint, Value

PERSISTED = "persisted"
"""Source of values that were kept over a restart and that no provider has given again yet."""


@dataclass(eq=False, slots=True)
class _Group:
    """Followers that want the same changes of the same paths."""

    key: object
    paths: Sequence[str]
    every: bool
    """Whether a repeated value counts too."""
    bands: Mapping[str, Deadband]
    taken: dict[str, Value | None] = field(default_factory=dict)
    """Last value that passed its deadband."""
    batch: Batch = field(default_factory=dict)
    members: list[Subscription] = field(default_factory=list)

    def passes(self, path: str, value: Value | None) -> bool:
        """Whether a value is far enough from the last one taken; then it is the last one taken."""
        band = self.bands.get(path)
        before = self.taken.get(path)
        if (
            band is not None
            and isinstance(value, int | float)
            and isinstance(before, int | float)
            and abs(value - before) <= max(band.absolute, band.percent / 100 * abs(before))
        ):
            return False
        self.taken[path] = value
        return True


class Table:
    """See the module's text."""

    def __init__(self, demand: Demand | None = None) -> None:
        self.values: dict[str, Datapoint] = {}
        self._demand = demand or Demand()
        """Hears which paths have followers."""
        self._groups: dict[object, _Group] = {}
        self._by_path: dict[str, list[_Group]] = {}
        self._group_of: dict[Subscription, _Group] = {}

    def store(self, source: str, values: Mapping[str, Value | None], time_ns: int) -> None:
        """Take new values and hand the changes to those who follow them."""
        now = time.monotonic_ns()
        table, by_path = self.values, self._by_path
        touched: list[_Group] = []
        for path, value in values.items():
            before = table.get(path)
            point = table[path] = Datapoint(value, time_ns, now, source)
            groups = by_path.get(path)
            if groups is None:
                continue
            changed = before is None or before.value != value or before.source is PERSISTED
            for group in groups:
                if not (changed or group.every) or (group.bands and not group.passes(path, value)):
                    continue
                if not (batch := group.batch):
                    touched.append(group)
                batch[path] = point
        for group in touched:
            batch, group.batch = group.batch, {}
            for member in tuple(group.members):
                member.take(batch)

    def follow(
        self, subscription: Subscription, paths: Sequence[str], bands: Mapping[str, Deadband], *, every: bool = False
    ) -> None:
        """Hand the values of these paths to a subscription: what is known now, then what changes."""
        self._demand.begin(paths)
        # A deadband is measured from what this follower was told, so nobody else can be in its group.
        key: object = object() if bands else (every, tuple(paths))
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = _Group(key, paths, every, bands)
            for path in paths:
                self._by_path.setdefault(path, []).append(group)
        group.members.append(subscription)
        self._group_of[subscription] = group
        snapshot = {path: self.values[path] for path in paths if path in self.values}
        if bands:
            group.taken = {path: point.value for path, point in snapshot.items()}
        if snapshot:
            subscription.take(snapshot)

    def leave(self, subscription: Subscription) -> None:
        """End a subscription; one that follows nothing here is left alone."""
        group = self._group_of.pop(subscription, None)
        if group is None:
            return
        subscription.close()
        group.members.remove(subscription)
        if group.members:
            return
        del self._groups[group.key]
        for path in group.paths:
            self._by_path[path].remove(group)
            if not self._by_path[path]:
                del self._by_path[path]
        self._demand.end([path for path in group.paths if path not in self._by_path])
