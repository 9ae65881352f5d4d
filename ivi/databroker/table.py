# SPDX-License-Identifier: Apache-2.0
"""A table of datapoints and the followers of its paths. The broker has two: current values, and target values.

This is the hot path: a value costs one datapoint, one look-up and one entry in the batch of each group of followers.
All that belongs to a path is in one row, because after the sleep between two ticks of a bus each thing that has to be
found costs a wait for the main memory. Followers of the same paths share a group, and with it the batch that they are
handed.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


@dataclass(eq=False, slots=True)
class _Row:
    """What is known of a path, who may say more, and who wants to hear it."""

    point: Datapoint | None = None
    owner: object = None
    groups: tuple[_Group, ...] = ()


class Table(Mapping[str, Datapoint]):
    """The datapoints by path. See the module's text."""

    def __init__(self, demand: Demand | None = None) -> None:
        self._rows: dict[str, _Row] = {}
        self._demand = demand or Demand()
        """Hears which paths have followers."""
        self._groups: dict[object, _Group] = {}
        self._group_of: dict[Subscription, _Group] = {}

    def __getitem__(self, path: str) -> Datapoint:
        """The datapoint. Raises KeyError for a path without one."""
        row = self._rows.get(path)
        if row is None or row.point is None:
            raise KeyError(path)
        return row.point

    def __iter__(self) -> Iterator[str]:
        """Paths that have a datapoint."""
        return (path for path, row in self._rows.items() if row.point is not None)

    def __len__(self) -> int:
        """How many have one."""
        return sum(row.point is not None for row in self._rows.values())

    def put(self, path: str, point: Datapoint) -> None:
        """Set a datapoint that nobody is told of."""
        self._row(path).point = point

    def give(self, paths: Iterable[str], owner: object) -> None:
        """Who stores these paths from now on; None for nobody."""
        for path in paths:
            self._row(path).owner = owner

    def not_of(self, owner: object, paths: Iterable[str]) -> str | None:
        """The first of these paths that is not this owner's."""
        rows = self._rows
        for path in paths:
            row = rows.get(path)
            if row is None or row.owner is not owner:
                return path
        return None

    def store(self, source: str, values: Mapping[str, Value | None], time_ns: int) -> None:
        """Take new values and hand the changes to those who follow them."""
        now = time.monotonic_ns()
        rows = self._rows
        touched: list[_Group] = []
        for path, value in values.items():
            row = rows.get(path) or self._row(path)
            before = row.point
            point = row.point = Datapoint(value, time_ns, now, source)
            changed = before is None or before.value != value or before.source is PERSISTED
            for group in row.groups:
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
            self._join(group)
        group.members.append(subscription)
        self._group_of[subscription] = group
        snapshot = {path: point for path in paths if (point := self.get(path)) is not None}
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
            row = self._rows[path]
            row.groups = tuple(other for other in row.groups if other is not group)
        self._demand.end([path for path in group.paths if not self._rows[path].groups])

    def _row(self, path: str) -> _Row:
        row = self._rows.get(path)
        if row is None:
            row = self._rows[path] = _Row()
        return row

    def _join(self, group: _Group) -> None:
        """Hang a group to its paths; those with the same followers share one tuple of them, which is found once."""
        shared: dict[tuple[_Group, ...], tuple[_Group, ...]] = {}
        for path in group.paths:
            row = self._row(path)
            groups = (*row.groups, group)
            row.groups = shared.setdefault(groups, groups)
