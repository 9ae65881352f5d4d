# SPDX-License-Identifier: Apache-2.0
"""What the cloud process is made of besides its outboxes and its session: commands, twin, campaigns, updates, ..."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter


class Clock(Protocol):
    """A clock that nobody can turn back to make something expired valid again."""

    def now(self) -> float:
        """Seconds since 1970; never less than what is certain, over restarts too.

        Less than before only when a leap of the wall clock over months, which nobody confirmed, is taken back.
        """

    def learn(self, signed: float) -> None:
        """Somebody trusted said, under a signature, that it is at least this late."""

    @property
    def rolled_back(self) -> bool:
        """Whether the wall clock stands clearly before what is known."""


class Post(Protocol):
    """What a part may ask of the uplink. All in the event loop."""

    @property
    def vehicle_id(self) -> str:
        """Identity of this car, as in topics."""

    @property
    def clock(self) -> Clock:
        """The car's trusted clock."""

    @property
    def is_online(self) -> bool:
        """Whether the session stands."""

    def put(self, outgoing: Outgoing) -> bool:
        """Take a record; it is committed within 100 ms. False when the consent gate lets it not leave."""

    def put_now(self, outgoing: Outgoing) -> bool:
        """Take a record and commit it before this returns. Raises IviError when the disk does not take it."""

    def waiting(self, delivery: DeliveryClass) -> Iterable[bytes]:
        """Bodies of the rows of a class that the fleet has not acknowledged, the oldest first.

        Raises IviError.
        """

    def before_forgetting(self, delivery: DeliveryClass, settle: Callable[[], None]) -> None:
        """Call `settle` before rows of a class that the fleet has acknowledged are forgotten.

        What it raises (an IviError) keeps them until the fleet acknowledges again.
        """


class Part(Protocol):
    """One subsystem. Every method is called in the event loop; none may block it for longer than a disk's sync."""

    name: str
    """Shown in the status."""
    topics: tuple[str, ...]
    """Last level of the topics below `v1/<vid>/down/` that it wants, e.g. `cmd`."""

    async def start(self, post: Post) -> None:
        """Open what it keeps and begin. Raises ConfigurationError."""

    async def stop(self) -> None:
        """End in order."""

    def online(self) -> None:
        """The session stands (again); retained messages follow by themselves."""

    def received(self, topic: str, payload: bytes) -> Awaitable[None] | None:
        """A message of one of its topics, at least once. Bad ones are refused and reported, never raised.

        The broker is told that the message is safe when this returns, or when what it returns is done.
        """

    def serve(self, router: Router) -> None:
        """Register calls and streams for the screen and the command line."""

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status, with names of its own."""
