# SPDX-License-Identifier: Apache-2.0
"""What the facilities of the fake host share: who the app is, what it may do, and how a refusal is worded."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ivi.model.app import Limits
from ivi.model.errors import PermissionDeniedError, ResourceExhaustedError
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates.limits import is_moving, limits_of
from ivi.model.templates.rates import NoticeRate
from ivi.sdk.harness.clock import HandClock
from ivi.sdk.harness.link import HostEnd, Stream
from ivi.sdk.harness.manifest import Grants

MAX_STREAMS = 8  # open streams of one app
MAX_ROWS_MOVING, MAX_CHARS_MOVING = 6, 120

NOTHING = Grants({"app": {"id": "no.app", "entry": ""}})


class Denied(NamedTuple):
    """A refused call, for tests to look at."""

    use: str
    target: str
    reason: str


def limits_for(state: str) -> Limits:
    """What the host tells an app in a driving state: parked, idling, moving or unknown."""
    rows, chars = (MAX_ROWS_MOVING, MAX_CHARS_MOVING) if is_moving(state) else (0, 0)
    return limits_of(UxRestrictions(DrivingState(state), [], state, rows, chars))


class Session:
    """One app's life with the fake host."""

    def __init__(self, clock: HandClock, end: HostEnd) -> None:
        self.clock, self.end = clock, end
        self.grants = NOTHING
        self.limits = limits_for("parked")
        self.denied: list[Denied] = []
        """Every refusal, oldest first."""
        self.notice_rate = NoticeRate()
        self.said_hello = False
        self.agrees: bool | None = True
        """What the driver answers when he is asked; None when he does not."""
        self.asked: list[str] = []
        """What the driver was asked, oldest first."""
        self._counted: set[Stream] = set()
        self._watchers: list[Callable[[], None]] = []

    def begin(self, grants: Grants) -> None:
        """A new life, with these permissions."""
        self.grants, self.said_hello = grants, False
        self._counted.clear()

    def watch(self, watcher: Callable[[], None]) -> None:
        """Have `watcher` called when permissions have changed."""
        self._watchers.append(watcher)

    def rights_changed(self) -> None:
        """Tell who watches."""
        for watcher in self._watchers:
            watcher()

    def require_hello(self) -> None:
        """Raises PermissionDeniedError before the app has said Hello."""
        if not self.said_hello:
            raise PermissionDeniedError("an app says Hello before anything else", hint="use ivi.sdk")

    def deny(self, use: str, target: str, reason: str, hint: str) -> PermissionDeniedError:
        """Note a refusal and return its error."""
        self.denied.append(Denied(use, target, reason))
        return PermissionDeniedError(reason, hint=hint)

    def granted(
        self, use: str, target: str, terms: str, fits: Callable[[dict[str, Any]], bool] = lambda _terms: True
    ) -> dict[str, Any]:
        """Terms of the first permission that fits. Raises PermissionDeniedError with the line that would allow it."""
        self.require_hello()
        for grant in self.grants.of(use):
            if fits(grant):
                return grant
        hint = f'its manifest.toml would need [[permission]] use = "{use}" {terms}'.rstrip()
        raise self.deny(use, target, f"{self.grants.app_id} has no permission {use} for this", hint)

    def count(self, stream: Stream, on_end: Callable[[], None] = lambda: None) -> None:
        """Count a stream until it ends. Raises ResourceExhaustedError when there are too many."""
        if len(self._counted) >= MAX_STREAMS:
            text = f"more than {MAX_STREAMS} open streams"
            raise ResourceExhaustedError(text, hint="subscribe to several paths at once")
        self._counted.add(stream)

        def ended() -> None:
            self.uncount(stream)
            on_end()

        stream.on_end = ended

    def uncount(self, stream: Stream) -> None:
        """The host ended it."""
        self._counted.discard(stream)
