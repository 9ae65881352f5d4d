# SPDX-License-Identifier: Apache-2.0
"""The broker itself: current values, the providers that fill them, the subscriptions that follow them, actuation.

Everything runs on one event loop and nothing here waits for a client: a subscription that cannot be written keeps what
its owner chose to keep and counts what was lost. The catalogue is fixed when the broker starts; a pattern of a
subscription is resolved once.
"""

import asyncio
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from ivi.databroker.actuation import Actuation
from ivi.databroker.demand import Demand
from ivi.databroker.subscription import Deliver, Subscription
from ivi.databroker.table import PERSISTED, Table
from ivi.model.databroker import MAX_QUEUE, Deadband
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.model.signal import Datapoint, EntryType, Value
from ivi.vss.catalogue import NUMBERS, Catalogue, check_value

ACTUATION_TIMEOUT = 2.0  # seconds until an actuation that the car has not reported back has failed
NO_DEADBAND = Deadband()
MAX_HZ = 1000  # a rate above 1 kHz is no limit


class Provider(Protocol):
    """Whoever feeds some paths and can make actuators move."""

    @property
    def name(self) -> str:
        """Source named in datapoints, e.g. `can:can0`."""
        ...

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Ask the hardware for these values and return what it will report when it obeys (e.g. rounded to its steps).

        Raises InvalidArgumentError (cannot be encoded) or UnavailableError (bus away); it does not wait for the car.
        """
        ...


@runtime_checkable
class Accepting(Protocol):
    """A provider that can say whether it would take a request; of a batch over several, all are asked first."""

    def accept(self, values: Mapping[str, Value]) -> None:
        """Raise what `actuate` would raise for these values now, and send nothing."""
        ...


@dataclass(frozen=True)
class Selection:
    """Which of the values a follower is told and what it loses when it is slow; see ivi.model.databroker.Subscribe."""

    queue: int = 0
    on_change: bool = True
    deadband: Deadband = NO_DEADBAND
    deadbands: Mapping[str, Deadband] = field(default_factory=dict)


ALL_CHANGES = Selection()


class Broker:
    """The tables of values and who may fill them. See the module's text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.updates = 0
        """Datapoints published so far."""
        self._demand = Demand()
        self._current = Table(self._demand)
        self._targets = Table()
        self._owners: dict[str, Provider] = {}
        self._owned: dict[Provider, set[str]] = {}
        self._turns: dict[Provider, asyncio.Lock] = {}
        self._running: dict[str, list[Actuation]] = {}

    # -- providers ----------------------------------------------------------------------------------------------------
    def register(self, provider: Provider, paths: Iterable[str]) -> None:
        """Make `provider` the owner of these leaves, of all or of none.

        Raises NotFoundError for an unknown path, PermissionDeniedError when another provider owns one.
        """
        wanted = [self.catalogue.get(path).path for path in paths]
        for path in wanted:
            owner = self._owners.get(path)
            if owner is not None and owner is not provider:
                raise PermissionDeniedError(
                    f"{path} is provided by {owner.name} already", hint="one path has one provider"
                )
        self._owners.update((path, provider) for path in wanted)
        self._current.give(wanted, provider)
        self._owned.setdefault(provider, set()).update(wanted)
        self._demand.provided(provider, wanted)

    def unregister(self, provider: Provider) -> None:
        """The provider has gone: its values become "not available", and so do the targets that it was asked for."""
        paths = self._owned.pop(provider, set())
        for path in paths:
            del self._owners[path]
        self._current.give(paths, None)
        self._demand.abandoned(paths)
        self._turns.pop(provider, None)
        now = time.time_ns()
        for table in (self._current, self._targets):
            table.store(provider.name, {path: None for path in paths if path in table}, now)

    def publish(self, provider: Provider, values: Mapping[str, Value | None], time_ns: int | None = None) -> None:
        """Take new values of paths that this provider owns; the caller has given them the leaf's type.

        Raises PermissionDeniedError for a path of somebody else.
        """
        if (path := self._current.not_of(provider, values)) is not None:
            raise PermissionDeniedError(f"{provider.name} does not provide {path}", hint="open a provider stream first")
        self.updates += len(values)
        self._current.store(provider.name, values, time.time_ns() if time_ns is None else time_ns)

    def restore(self, values: Mapping[str, tuple[Value, int]]) -> None:
        """Take values of an earlier run, each with its old wall-clock time; their source is `persisted`.

        A path that has a value already keeps it.
        """
        wall, mono = time.time_ns(), time.monotonic_ns()
        for path, (value, time_ns) in values.items():
            if path in self.catalogue and path not in self._current:
                # the monotonic stamp says the true age, also when that lies before the machine's start
                self._current.put(path, Datapoint(value, time_ns, mono - max(0, wall - time_ns), PERSISTED))

    def owner(self, path: str) -> Provider:
        """The provider of a leaf. Raises NotFoundError when it has none."""
        provider = self._owners.get(path)
        if provider is None:
            raise NotFoundError(f"nobody provides {path}")
        return provider

    # -- readers ------------------------------------------------------------------------------------------------------
    def get(self, paths: Iterable[str]) -> dict[str, Datapoint]:
        """Current values; a leaf without one is absent. Raises NotFoundError for an unknown path."""
        resolved = self.catalogue.resolve(paths)
        self._demand.ask(resolved)
        return self._read(self._current, resolved)

    def targets(self, paths: Iterable[str]) -> dict[str, Datapoint]:
        """What actuators were asked for last; a leaf that nobody has set is absent. Raises as `get`."""
        return self._read(self._targets, self.catalogue.resolve(paths))

    def _read(self, table: Table, paths: Iterable[str]) -> dict[str, Datapoint]:
        return {path: point for path in paths if (point := table.get(path)) is not None}

    def subscribe(
        self, paths: Iterable[str], max_hz: float, deliver: Deliver, selection: Selection = ALL_CHANGES
    ) -> Subscription:
        """Follow leaves. `deliver` gets the snapshot, then changes; it returns False when it cannot take them now.

        `deliver` must not change what it is given. Raises NotFoundError for an unknown path, InvalidArgumentError for a
        bad rate, queue or deadband.
        """
        return self._follow(self._current, paths, max_hz, deliver, selection)

    def subscribe_targets(self, paths: Iterable[str], max_hz: float, deliver: Deliver, queue: int = 0) -> Subscription:
        """Follow what actuators are asked for, as `subscribe` follows current values."""
        return self._follow(self._targets, paths, max_hz, deliver, Selection(queue))

    def _follow(
        self, table: Table, paths: Iterable[str], max_hz: float, deliver: Deliver, selection: Selection
    ) -> Subscription:
        if not 0 <= max_hz <= MAX_HZ:
            raise InvalidArgumentError(f"max_hz of {max_hz:g} is out of range", hint=f"0 for no limit, up to {MAX_HZ}")
        if not 0 <= selection.queue <= MAX_QUEUE:
            raise InvalidArgumentError(
                f"a queue of {selection.queue} events is out of range", hint=f"0 for none, up to {MAX_QUEUE}"
            )
        resolved = self.catalogue.resolve(paths)
        bands = self._bands(resolved, selection)
        subscription = Subscription(deliver, max_hz, selection.queue)
        table.follow(subscription, resolved, bands, every=not selection.on_change)
        return subscription

    def _bands(self, paths: list[str], selection: Selection) -> dict[str, Deadband]:
        """The deadband of each path that has one. Raises InvalidArgumentError."""
        bands = {path: selection.deadband for path in paths if self.catalogue.get(path).data_type in NUMBERS}
        for pattern, band in selection.deadbands.items():
            bands.update((path, band) for path in self.catalogue.resolve([pattern]) if path in bands)
        for band in (selection.deadband, *selection.deadbands.values()):
            if not (0 <= band.absolute < math.inf and 0 <= band.percent < math.inf):
                raise InvalidArgumentError(f"a deadband of {band.absolute:g} or {band.percent:g} % is out of range")
        return {path: band for path, band in bands.items() if band != NO_DEADBAND}

    def unsubscribe(self, subscription: Subscription) -> None:
        """End a subscription."""
        self._current.leave(subscription)
        self._targets.leave(subscription)

    @property
    def current(self) -> int:
        """How many leaves have a value now."""
        published = {path for path, datapoint in self._current.items() if datapoint.value is not None}
        return len(published | self._demand.available())

    # -- actuation ----------------------------------------------------------------------------------------------------
    async def actuate(  # the deadline is the car's, in seconds
        self,
        values: Mapping[str, object],
        timeout: float = ACTUATION_TIMEOUT,  # noqa: ASYNC109
        *,
        confirm: bool = True,
        source: str = "",
    ) -> float:
        """Make actuators take target values; all are checked before the first is sent. Returns the seconds it took.

        Of a batch over several providers each must accept its part before any is handed its part. When one refuses all
        the same, the error says which paths were sent and which were not.

        The targets are kept beside the current values. Of two requests for one path the later one wins and the earlier
        one fails. Without `confirm` it returns when the providers have taken the request.

        Raises NotFoundError, InvalidArgumentError (no actuator, wrong type or range), UnavailableError (no provider, or
        a newer request has taken over) or DeadlineError (the car did not report the value back).
        """
        started = time.monotonic()
        by_provider = self._checked(values)
        if len(by_provider) > 1:
            for provider, targets in by_provider.items():
                if isinstance(provider, Accepting):
                    provider.accept(targets)
        actuation = Actuation({path: value for targets in by_provider.values() for path, value in targets.items()})
        self._take_over(actuation)
        try:
            async with asyncio.timeout(timeout):
                for provider, targets in by_provider.items():
                    await self._hand_over(provider, targets, actuation, source)
                if confirm:
                    await self._read_back(actuation)
        except TimeoutError:
            raise actuation.too_late(self._current, timeout) from None
        except IviError as error:
            raise actuation.partly(error) from error
        finally:
            for path in actuation.targets:
                self._running[path].remove(actuation)
                if not self._running[path]:
                    del self._running[path]
        return time.monotonic() - started

    def _checked(self, values: Mapping[str, object]) -> dict[Provider, dict[str, Value]]:
        by_provider: dict[Provider, dict[str, Value]] = {}
        for path, value in values.items():
            entry = self.catalogue.get(path)
            if entry.entry_type is not EntryType.ACTUATOR:
                raise InvalidArgumentError(
                    f"{path} is a {entry.entry_type} and cannot be set", hint="only actuators can"
                )
            checked = check_value(entry, value)
            provider = self._owners.get(path)
            if provider is None:
                raise UnavailableError(f"nobody provides {path} in this car", hint="see `ivi status`")
            by_provider.setdefault(provider, {})[path] = checked
        return by_provider

    def _take_over(self, actuation: Actuation) -> None:
        """From now on this actuation is the one for its paths; an older one that wants something else has failed."""
        for path, value in actuation.targets.items():
            running = self._running.setdefault(path, [])
            for older in running:
                if older.targets[path] != value:
                    older.supersede(path, value)
            running.append(actuation)

    async def _hand_over(
        self, provider: Provider, targets: Mapping[str, Value], actuation: Actuation, source: str
    ) -> None:
        """One request at a time for each provider, so that requests reach the car in the order they were made."""
        async with self._turns.setdefault(provider, asyncio.Lock()):
            actuation.check()
            actuation.expected.update(await provider.actuate(targets))
            # a provider that waited may have been overtaken; then the newer request has set the target
            mine = {path: value for path, value in targets.items() if self._running[path][-1] is actuation}
            self._targets.store(source, mine, time.time_ns())

    async def _read_back(self, actuation: Actuation) -> None:
        watch = Subscription(actuation.look)
        self._current.follow(watch, list(actuation.expected), {})
        try:
            await actuation.confirmed(self._current)
        finally:
            self._current.leave(watch)
