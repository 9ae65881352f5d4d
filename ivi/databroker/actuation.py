# SPDX-License-Identifier: Apache-2.0
"""One actuation under way: what was asked, what the car should report, and what ended it."""

import asyncio
from collections.abc import Mapping

from ivi.databroker.subscription import Batch
from ivi.model.errors import DeadlineError, UnavailableError
from ivi.model.signal import Datapoint, Value

FLOAT_TOLERANCE = 1e-6  # relative; decoding a scaled integer and encoding it again may differ by rounding only


class Actuation:
    """Waits for the car to report what was asked, and ends early when a newer request changes its mind."""

    def __init__(self, targets: Mapping[str, Value]) -> None:
        self.targets = targets
        self.expected: dict[str, Value] = {}
        """What the car reports when it obeys, e.g. rounded to its steps."""
        self._changed = asyncio.Event()
        self._superseded: UnavailableError | None = None

    def supersede(self, path: str, value: Value) -> None:
        """A newer request wants another value for `path`: this one fails, the newer one goes on."""
        self._superseded = UnavailableError(
            f"{path} was set to {value} by a newer request before the car confirmed {self.targets[path]}",
            hint="the newer request goes on",
        )
        self._changed.set()

    def check(self) -> None:
        """Raise UnavailableError when a newer request has taken over."""
        if self._superseded is not None:
            raise self._superseded

    def look(self, _batch: Batch) -> bool:
        """Something that this actuation waits for has changed (a subscription's `deliver`)."""
        self._changed.set()
        return True

    async def confirmed(self, values: Mapping[str, Datapoint]) -> None:
        """Return when `values` has all that is expected. Raises UnavailableError when it was superseded."""
        while self.missing(values):
            self.check()
            self._changed.clear()
            await self._changed.wait()
        self.check()

    def missing(self, values: Mapping[str, Datapoint]) -> list[str]:
        """Paths that are not reported as expected."""
        return [path for path, value in self.expected.items() if not _same(values.get(path), value)]

    def too_late(self, values: Mapping[str, Datapoint], timeout: float) -> DeadlineError:
        """The error that says what the car reports instead."""
        missing = self.missing(values)
        if not missing:
            first = next(iter(self.targets))
            return DeadlineError(
                f"{first} could not be handed to its provider within {timeout:g} s", hint="see `ivi status`"
            )
        path = missing[0]
        now = values.get(path)
        shown = "nothing" if now is None or now.value is None else f"{now.value}"
        return DeadlineError(
            f"{path} was set to {self.expected[path]} but the car did not confirm within {timeout:g} s",
            hint=f"it reports {shown}",
        )


def _same(now: Datapoint | None, target: Value) -> bool:
    if now is None or now.value is None:
        return False
    if isinstance(target, float) and isinstance(now.value, int | float):
        return abs(now.value - target) <= FLOAT_TOLERANCE * max(1.0, abs(target))
    return now.value == target
