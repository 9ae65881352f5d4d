# SPDX-License-Identifier: Apache-2.0
"""The broker itself: one table of current values, the providers that fill it, the subscriptions that follow it.

Everything runs on one event loop and nothing here waits for a client: a subscription that cannot be written merges
newer values over older ones and counts what was lost.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from ivi.model.errors import DeadlineError, InvalidArgumentError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.model.signal import Datapoint, EntryType, Value
from ivi.vss.catalogue import Catalogue, check_value

ACTUATION_TIMEOUT = 2.0  # seconds until an actuation that the car has not reported back has failed
FLOAT_TOLERANCE = 1e-6  # relative; decoding a scaled integer and encoding it again may differ by rounding only


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


class Subscription:
    """One follower: values that changed and were not delivered yet, and its rate."""

    def __init__(self, deliver: Callable[[dict[str, Datapoint]], bool], max_hz: float) -> None:
        self.overwritten = 0
        """Values that a newer one replaced before they could be delivered to a slow reader."""
        self.last_sent = 0.0
        self._deliver = deliver
        self._interval = 1.0 / max_hz if max_hz > 0 else 0.0
        self._pending: dict[str, Datapoint] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._blocked = False

    def add(self, path: str, datapoint: Datapoint) -> None:
        """Take a changed value."""
        if self._blocked and path in self._pending:
            self.overwritten += 1
        self._pending[path] = datapoint

    def flush(self) -> None:
        """Deliver what is pending now, or when this follower's rate allows."""
        if self._timer is not None or not self._pending:
            return
        wait = self.last_sent + self._interval - time.monotonic()
        if wait > 0:
            self._timer = asyncio.get_running_loop().call_later(wait, self._due)
            return
        self._send()

    def unblock(self) -> None:
        """The reader has caught up."""
        self._blocked = False
        self.flush()

    def close(self) -> None:
        """Forget what is pending."""
        if self._timer is not None:
            self._timer.cancel()
        self._pending.clear()

    def _due(self) -> None:
        self._timer = None
        self._send()

    def _send(self) -> None:
        self._blocked = not self._deliver(self._pending)
        if not self._blocked:
            self._pending = {}
            self.last_sent = time.monotonic()


class Broker:
    """The table of values. See the module's text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.updates = 0
        """Datapoints published so far."""
        self._values: dict[str, Datapoint] = {}
        self._owners: dict[str, Provider] = {}
        self._followers: dict[str, list[Subscription]] = {}
        self._watchers: dict[str, list[asyncio.Event]] = {}

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

    def unregister(self, provider: Provider) -> None:
        """The provider has gone: its values become "not available"."""
        paths = [path for path, owner in self._owners.items() if owner is provider]
        for path in paths:
            del self._owners[path]
        self._store(provider.name, {path: None for path in paths if path in self._values}, time.time_ns())

    def publish(self, provider: Provider, values: Mapping[str, Value | None], time_ns: int | None = None) -> None:
        """Take new values of paths that this provider owns; the caller has given them the leaf's type.

        Raises PermissionDeniedError for a path of somebody else.
        """
        for path in values:
            if self._owners.get(path) is not provider:
                raise PermissionDeniedError(
                    f"{provider.name} does not provide {path}", hint="open a provider stream first"
                )
        self._store(provider.name, values, time.time_ns() if time_ns is None else time_ns)

    def _store(self, source: str, values: Mapping[str, Value | None], time_ns: int) -> None:
        now = time.monotonic_ns()
        touched: dict[Subscription, None] = {}
        self.updates += len(values)
        for path, value in values.items():
            before = self._values.get(path)
            datapoint = self._values[path] = Datapoint(value, time_ns, now, source)
            if before is not None and before.value == value:
                continue
            for follower in self._followers.get(path, ()):
                follower.add(path, datapoint)
                touched[follower] = None
            for watcher in self._watchers.get(path, ()):
                watcher.set()
        for follower in touched:
            follower.flush()

    # -- readers ------------------------------------------------------------------------------------------------------
    def get(self, paths: Iterable[str]) -> dict[str, Datapoint]:
        """Current values; a leaf without one is absent. Raises NotFoundError for an unknown path."""
        return {path: self._values[path] for path in self.catalogue.resolve(paths) if path in self._values}

    def subscribe(
        self, paths: Iterable[str], max_hz: float, deliver: Callable[[dict[str, Datapoint]], bool]
    ) -> Subscription:
        """Follow leaves. `deliver` gets the snapshot, then changes; it returns False when it cannot take them now.

        Raises NotFoundError for an unknown path, InvalidArgumentError for a bad rate.
        """
        if not 0 <= max_hz <= 1000:  # noqa: PLR2004  # a rate above 1 kHz is no limit
            raise InvalidArgumentError(f"max_hz of {max_hz:g} is out of range", hint="0 for no limit, up to 1000")
        resolved = self.catalogue.resolve(paths)
        subscription = Subscription(deliver, max_hz)
        for path in resolved:
            self._followers.setdefault(path, []).append(subscription)
            if path in self._values:
                subscription.add(path, self._values[path])
        subscription.flush()
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """End a subscription."""
        subscription.close()
        for path, followers in list(self._followers.items()):
            if subscription in followers:
                followers.remove(subscription)
                if not followers:
                    del self._followers[path]

    @property
    def current(self) -> int:
        """How many leaves have a value now."""
        return sum(datapoint.value is not None for datapoint in self._values.values())

    # -- actuation ----------------------------------------------------------------------------------------------------
    async def actuate(self, values: Mapping[str, object], timeout: float = ACTUATION_TIMEOUT) -> float:  # noqa: ASYNC109  # the deadline is the car's, in seconds
        """Make actuators take target values; all are checked before the first is sent. Returns the seconds it took.

        Raises NotFoundError, InvalidArgumentError (no actuator, wrong type or range), UnavailableError (no provider) or
        DeadlineError (the car did not report the value back).
        """
        started = time.monotonic()
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
        expected: dict[str, Value] = {}
        for provider, targets in by_provider.items():
            expected.update(await provider.actuate(targets))
        await self._wait_for(expected, timeout)
        return time.monotonic() - started

    async def _wait_for(self, expected: Mapping[str, Value], timeout: float) -> None:  # noqa: ASYNC109  # as above
        changed = asyncio.Event()
        for path in expected:
            self._watchers.setdefault(path, []).append(changed)
        try:
            async with asyncio.timeout(timeout):
                while self._missing(expected):
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            path = self._missing(expected)[0]
            now = self._values.get(path)
            shown = "nothing" if now is None or now.value is None else f"{now.value}"
            raise DeadlineError(
                f"{path} was set to {expected[path]} but the car did not confirm within {timeout:g} s",
                hint=f"it reports {shown}",
            ) from None
        finally:
            for path in expected:
                self._watchers[path].remove(changed)

    def _missing(self, expected: Mapping[str, Value]) -> list[str]:
        return [path for path, value in expected.items() if not _same(self._values.get(path), value)]

    def owner(self, path: str) -> Provider:
        """The provider of a leaf. Raises NotFoundError when it has none."""
        provider = self._owners.get(path)
        if provider is None:
            raise NotFoundError(f"nobody provides {path}")
        return provider


def _same(now: Datapoint | None, target: Value) -> bool:
    if now is None or now.value is None:
        return False
    if isinstance(target, float) and isinstance(now.value, int | float):
        return abs(now.value - target) <= FLOAT_TOLERANCE * max(1.0, abs(target))
    return now.value == target
