# SPDX-License-Identifier: Apache-2.0
"""The features of this car at a moment: the snapshot's terms, what was used, and when a lock may fall.

A feature that was there stays there until the car is parked or starts anew, whatever its terms say meanwhile.
"""

from collections.abc import Callable
from dataclasses import replace

from ivi.cloud.entitlements.never_gated import never_gated
from ivi.cloud.entitlements.snapshot import MAX_ID, Feature, Snapshot
from ivi.cloud.entitlements.store import Store, Waiting, opened
from ivi.cloud.entitlements.terms import Use, Verdict, judge
from ivi.cloud.record import Record, encode_record
from ivi.model.entitlements import FeatureKind, FeatureState, FeatureUsed, FeatureView
from ivi.model.errors import (
    InvalidArgumentError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
)

MAX_AMOUNT = 1_000_000  # units of one use
MAX_KEY = 64  # characters
LATER = "it stays until the car is parked"
_WITHDRAWN = Verdict(FeatureState.LOCKED, "the fleet has withdrawn it")
_LEAVABLE = frozenset({FeatureKind.TERM, FeatureKind.METERED})


class Features:
    """Answers about features, and counts their use."""

    def __init__(self, store: Store, now: Callable[[], float], may_lock: Callable[[], bool]) -> None:
        """`now`: the trusted clock, seconds since 1970. `may_lock`: whether something may be taken away now."""
        self.snapshot: Snapshot | None = None
        self._store, self._now, self._may_lock = store, now, may_lock

    def views(self, new_start: bool = False) -> list[FeatureView]:
        """All features by id. Those that have run out are locked when they may be; `new_start` is such a moment.

        Raises UnavailableError when the disk does not take a change.
        """
        now, may_lock = self._now(), new_start or self._may_lock()
        known = {one.id: one for one in self.snapshot.features} if self.snapshot is not None else {}
        ids = sorted({*known, *self._store.open_features()})
        changed: list[Use] = []
        found: list[FeatureView] = []
        for id_ in ids:
            use, verdict = self._store.use(id_), self._judge(known.get(id_), now, id_)
            is_open = verdict.state is not FeatureState.LOCKED or (use.open and not may_lock)
            if is_open != use.open:
                changed.append(opened(use, is_open))
            if id_ in known or is_open:
                found.append(_view(id_, known.get(id_), verdict, use, is_open))
        if changed:
            self._store.put(*changed)
        return found

    def check(self, id_: str) -> FeatureView:
        """One feature, offered or not. Raises InvalidArgumentError, UnavailableError."""
        if not 0 < len(id_) <= 4 * MAX_ID:
            raise InvalidArgumentError("a feature has a name")
        if (why := never_gated(id_)) is not None:
            why = f"`{why}` is about safety; it is always there"
            return FeatureView(id_, FeatureState.NEVER_GATED, allowed=True, why=why)
        for view in self.views():
            if view.id == id_:
                return view
        return FeatureView(id_, FeatureState.NOT_OFFERED, allowed=False, why="this car has no such feature")

    def use(self, id_: str, amount: int, key: str) -> tuple[FeatureUsed, Waiting | None]:
        """Count a use. The receipt is on the disk, and is to be told, when this returns.

        Raises InvalidArgumentError, NotFoundError, PermissionDeniedError when it is locked, ResourceExhaustedError
        over the quota, UnavailableError when the disk does not take it.
        """
        if not 1 <= amount <= MAX_AMOUNT or len(key) > MAX_KEY:
            raise InvalidArgumentError(f"a use is 1 to {MAX_AMOUNT} units, with a key of up to {MAX_KEY} characters")
        view = self.check(id_)
        if view.state is FeatureState.NOT_OFFERED:
            raise NotFoundError(f"{id_}: {view.why}", hint="`ivi features` lists those of this car")
        if key and view.kind is not None and (counter := self._store.repeated(id_, key)):
            return FeatureUsed(view, counter, repeated=True), None
        feature = self.snapshot.feature(id_) if self.snapshot is not None else None
        if feature is not None and feature.kind is FeatureKind.METERED and 0 <= view.left < amount:
            raise ResourceExhaustedError(f"{id_}: {view.left} of {feature.quota} {feature.unit} are left")
        if not view.allowed:
            raise PermissionDeniedError(f"{id_} is locked: {view.why}", hint="see `ivi features`")
        waiting = self._count(feature, amount, key) if feature is not None else None
        view = self.check(id_)
        return FeatureUsed(view, self._store.use(id_).counter if waiting is not None else 0), waiting

    def leave(self, id_: str, leave: bool) -> tuple[FeatureView, Waiting | None]:
        """End a feature at the end of its term, or take that back. What is to be told comes with it.

        Raises NotFoundError, InvalidArgumentError, UnavailableError.
        """
        view = self.check(id_)
        feature = self.snapshot.feature(id_) if self.snapshot is not None else None
        if feature is None or self.snapshot is None:
            raise NotFoundError(f"{id_}: {view.why}", hint="`ivi features` lists those of this car")
        if feature.kind not in _LEAVABLE:
            what = "is yours for good" if feature.kind is FeatureKind.PERPETUAL else "ends by itself"
            raise InvalidArgumentError(f"{id_} {what}: there is nothing to end")
        use, now = self._store.use(id_), self._now()
        if bool(use.leaving) is leave:
            return view, None
        if not leave and now >= use.leaving:
            raise InvalidArgumentError(f"{id_} has ended", hint="order it anew")
        end = feature.until or self.snapshot.expiry
        until = max(int(now), end) if leave else 0
        data = {"feature": id_, "leaves": leave, "until": until, "sequence": self.snapshot.sequence}
        record = encode_record(Record("leave", int(now * 1000), data))
        waiting = self._store.record(replace(use, leaving=until), record)
        return self.check(id_), waiting

    def forget_what_ended(self) -> None:
        """After a new snapshot: a term that the owner had ended and that is sold anew is no longer ended.

        Raises UnavailableError.
        """
        if (snapshot := self.snapshot) is None:
            return
        again = [
            replace(use, leaving=0)
            for one in snapshot.features
            if (use := self._store.use(one.id)).leaving and snapshot.issued >= use.leaving
        ]
        if again:
            self._store.put(*again)

    # -- inside -------------------------------------------------------------------------------------------------------
    def _judge(self, feature: Feature | None, now: float, id_: str) -> Verdict:
        if feature is None or self.snapshot is None:
            return _WITHDRAWN
        return judge(self.snapshot, feature, self._store.use(id_), now)

    def _count(self, feature: Feature, amount: int, key: str) -> Waiting | None:
        """The receipt of a use; None where there is nothing to count."""
        use, now = self._store.use(feature.id), self._now()
        if feature.kind is FeatureKind.METERED:
            base = max(use.used, feature.spent)
            made = replace(use, counter=_next(use, now), used=base + amount, open=True)
            data = {"amount": amount, "unit": feature.unit, "total": made.used}
        elif feature.kind is FeatureKind.TRIAL and not use.started:
            made = replace(use, counter=_next(use, now), started=int(now), open=True)
            data = {"amount": 0, "unit": "days", "started": int(now)}
        else:
            return None
        sequence = self.snapshot.sequence if self.snapshot is not None else 0
        record = Record(
            "usage", int(now * 1000), {"feature": feature.id, "counter": made.counter, "sequence": sequence, **data}
        )
        return self._store.record(made, encode_record(record), key)


def _next(use: Use, now: float) -> int:
    """The counter of the next receipt: one more, and the first is the time in microseconds.

    So a car whose store was lost goes on above all that it has ever used, and never takes a counter twice.
    """
    return use.counter + 1 if use.counter else int(now * 1_000_000)


def _view(id_: str, feature: Feature | None, verdict: Verdict, use: Use, is_open: bool) -> FeatureView:
    state, why = verdict.state, verdict.why
    if state is FeatureState.LOCKED and is_open:
        state, why = FeatureState.GRACE, f"{why}; {LATER}"
    if feature is None:
        return FeatureView(id_, state, is_open, why)
    return FeatureView(
        *(id_, state, is_open, why, feature.kind, verdict.until * 1000, feature.quota, verdict.left, feature.unit),
        *(feature.transferable, bool(use.leaving)),
    )
