# SPDX-License-Identifier: Apache-2.0
"""One actuation under way: what was asked, what the car should report, and what ended it."""

import asyncio
from collections.abc import Mapping

from ivi.databroker.subscription import Batch
from ivi.model.errors import DeadlineError, IviError, UnavailableError
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

    def partly(self, error: IviError) -> IviError:
        """The same error, with the outcome of each path when some were sent and some were not."""
        sent = [path for path in self.targets if path in self.expected]
        if not sent or len(sent) == len(self.targets):
            return error
        unsent = [path for path in self.targets if path not in self.expected]
        return type(error)(
            f"{error.message}; sent, and not taken back: {', '.join(sent)}; not sent: {', '.join(unsent)}",
            hint=error.hint,
        )

    def too_late(self, values: Mapping[str, Datapoint], timeout: float) -> DeadlineError:
        """The error that says what the car reports instead."""
        unsent = [path for path in self.targets if path not in self.expected]
        if unsent:
            late = DeadlineError(
                f"{unsent[0]} could not be handed to its provider within {timeout:g} s", hint="see `ivi status`"
            )
            return DeadlineError((told := self.partly(late)).message, hint=told.hint)
        missing = self.missing(values)
        what = " and ".join(f"{path} was set to {self.expected[path]}" for path in missing)
        done = [path for path in self.expected if path not in missing]
        return DeadlineError(
            f"{what} but the car did not confirm within {timeout:g} s"
            f"{'; confirmed: ' + ', '.join(done) if done else ''}",
            hint="it reports " + ", ".join(_shown(values.get(path)) for path in missing),
        )


def _shown(now: Datapoint | None) -> str:
    return "nothing" if now is None or now.value is None else f"{now.value}"


def _same(now: Datapoint | None, target: Value) -> bool:
    if now is None or now.value is None:
        return False
    if isinstance(target, float) and isinstance(now.value, int | float):
        return abs(now.value - target) <= FLOAT_TOLERANCE * max(1.0, abs(target))
    return now.value == target
