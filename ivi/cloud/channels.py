# SPDX-License-Identifier: Apache-2.0
"""The channels of the uplink: each class, and each purpose in it, has its own outbox, stream and acknowledgement.

So a slow one never blocks another, and the streams of two purposes have nothing in common. One task serves them all,
the most important first: a control row never waits behind a backlog of telemetry.
"""

import asyncio
import contextlib
import logging
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from ivi.cloud import wire
from ivi.cloud.consent.coarsening import EXACT, Precision
from ivi.cloud.consent.purposes import channel_of, purpose_of
from ivi.cloud.delivery import OPERATION, DataUse, DeliveryClass
from ivi.cloud.outbox import DamagedError, Outbox
from ivi.cloud.outbox_file import adopt
from ivi.cloud.sender import Sender
from ivi.cloud.session import MqttSession
from ivi.cloud.stream_log import StreamLog
from ivi.cloud.writer import GroupWriter
from ivi.daemon.process import Process
from ivi.model.cloud import LinkCost
from ivi.model.errors import (
    ConfigurationError,
    InvalidArgumentError,
    IviError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.status import Problem

log = logging.getLogger(__name__)

MAX_CHANNELS = 32  # files; a purpose more is a purpose that somebody has to agree to
TELEMETRY_DAYS = 30.0  # days that a telemetry row is kept for a fleet that cannot be reached
EXPIRE_S = 60.0  # seconds between looks for rows that are too old
_DAY = 86400.0  # seconds
RETRY_S = 1.0  # seconds until a disk that could not be read is tried again
type Keep = Callable[[str, bytes, list[tuple[int, bytes]]], None]
"""Takes channel, stream and the (sequence, payload) of rows; it must not raise."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


class Rules(NamedTuple):
    """What a class means for its outbox and its place in the window."""

    sync: Literal["FULL", "NORMAL"]
    max_rows: int
    max_bytes: int
    gives_up: bool
    """Whether the oldest rows are given up when it is full; else new ones are refused."""
    reserve: int
    """One slot in so many of the session's window stays free for more important classes; 0: it may use all."""
    costs: frozenset[LinkCost]
    """What the connection may cost for it to be sent."""


_ALWAYS = frozenset(LinkCost)
_AT_HOME = frozenset({LinkCost.FREE, LinkCost.METERED})
_FREE = frozenset({LinkCost.FREE})
RULES = {
    DeliveryClass.CONTROL: Rules("FULL", 100_000, 32 << 20, gives_up=False, reserve=0, costs=_ALWAYS),
    DeliveryClass.EVENTS: Rules("FULL", 200_000, 32 << 20, gives_up=False, reserve=8, costs=_AT_HOME),
    DeliveryClass.TELEMETRY: Rules("NORMAL", 500_000, 64 << 20, gives_up=True, reserve=4, costs=_FREE),
}
_ORDER = list(DeliveryClass)


class Gate(Protocol):
    """Decides what may leave the car."""

    def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
        """The channel that a record for this use goes out on: the class, and the purpose unless it is `operation`.

        None: it may not leave.
        """

    def may_send(self, purpose: str) -> bool:
        """Whether rows that were stored for a purpose may still be sent."""

    def precision(self, use: DataUse) -> Precision:
        """How roughly places and moments are told for a use."""


class OpenGate:
    """Lets everything out: what holds until somebody may be asked."""

    def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
        """The channel of a use: the class, and the purpose unless it is `operation`. None: it may not leave."""
        return channel_of(use, delivery)

    def may_send(self, _purpose: str) -> bool:
        """Everything may."""
        return True

    def precision(self, _use: DataUse) -> Precision:
        """Everything is told as it is."""
        return EXACT


class Channel:
    """One outbox with who fills and who empties it."""

    def __init__(self, name: str, channels: "Channels") -> None:
        """Opens the file. Raises UnavailableError when another copy has it, ConfigurationError when it is unusable."""
        self.name = name
        self.delivery = class_of(name)
        self.purpose = purpose_of(name)
        self.retry_at = self._expire_at = 0.0
        self._channels = channels
        self._rules = RULES[self.delivery]
        self._path = channels.folder / f"outbox-{name}.db"
        self._failing = False
        self._log = StreamLog(channels.folder / f"streams-{name}") if self.purpose != OPERATION else None
        self.outbox = self._open()
        self.writer = GroupWriter(
            lambda: self.outbox, channels.wake, self._store_problem, give_way=self._rules.gives_up
        )
        self.sender = Sender(
            lambda: self.outbox,
            channels.session,
            wire.rows_topic(channels.vehicle_id, name),
            reserve=self._rules.reserve,
            wake=channels.wake,
            on_ack=channels.progress,
        )

    def _open(self) -> Outbox:
        outbox = Outbox(
            self._path,
            sync=self._rules.sync,
            max_rows=self._rules.max_rows,
            max_bytes=self._rules.max_bytes,
            max_age_s=self._channels.telemetry_days * _DAY if self._rules.gives_up else 0.0,
            keep=partial(self._channels.keep, self.name) if self._channels.keep is not None else None,
        )
        if outbox.quarantined is not None:
            self._channels.process.report(
                f"outbox {self.name}",
                Problem(
                    "The store of unsent records was damaged and a new one was made",
                    str(outbox.quarantined),
                    "keep the file if its records matter, else delete it; check the disk",
                ),
            )
            self._channels.on_damage(self.name, outbox.quarantined)
        with contextlib.ExitStack() as undo:
            undo.callback(outbox.close)
            self._note(outbox.stream)
            undo.pop_all()
        return outbox

    def _note(self, stream: bytes) -> None:
        if self._log is not None:
            self._log.add(stream)

    def price(self, cost: LinkCost) -> None:
        """What the connection costs now: rows go, or wait for a cheaper one."""
        self.sender.hold(cost not in self._rules.costs)

    def step(self) -> None:
        """Send what can be sent; a disk that cannot be read is reported and tried again."""
        now = time.monotonic()
        if now < self.retry_at:
            return
        try:
            if now >= self._expire_at:
                self._expire_at = now + EXPIRE_S
                self.outbox.expire()
            if self._channels.gate.may_send(self.purpose):
                self.sender.send()
        except IviError as error:
            self.retry_at = time.monotonic() + RETRY_S
            self._failing = True
            self._store_problem(error)
            return
        if self._failing:
            self._failing = False
            self._store_problem(None)

    def purge(self) -> int:
        """Give up all rows, those in memory and in damaged files too; returns how many, as far as that is known.

        Raises UnavailableError.
        """
        count = self.writer.clear() + self.outbox.purge()
        for aside in self._channels.folder.glob(f"{self._path.name}.corrupt-*"):
            try:
                aside.unlink(missing_ok=True)
            except OSError as error:
                raise UnavailableError(f"cannot delete {aside}: {error.strerror}", hint="delete it by hand") from error
        self._channels.process.resolve(f"outbox {self.name}")
        return count

    @property
    def streams(self) -> list[bytes]:
        """The ids of its streams: those that it had and nobody was asked to delete, and the present one at the end."""
        before = self._log.streams if self._log is not None else []
        return [*(stream for stream in before if stream != self.outbox.stream), self.outbox.stream]

    @property
    def waiting(self) -> int:
        """Rows that wait, also those in memory."""
        return self.outbox.waiting + self.writer.pending

    def asked(self) -> None:
        """The fleet is being asked to delete its streams. Raises UnavailableError."""
        if self._log is not None:
            self._log.asked()

    def renew(self) -> None:
        """Begin a new stream; nothing of the old one is sent any more. Raises UnavailableError."""
        self.writer.clear()
        self.outbox.renew()
        self._note(self.outbox.stream)
        self.sender.restart()

    def patience(self) -> float | None:
        """Seconds until `step` is due without news; None for ever."""
        if not self._channels.gate.may_send(self.purpose):
            return None  # a new consent wakes us
        wait = self.retry_at - time.monotonic()
        return wait if wait > 0 else self.sender.patience()

    def _store_problem(self, error: IviError | None) -> None:
        process = self._channels.process
        if error is None:
            process.resolve(f"store {self.name}")
            return
        process.report(
            f"store {self.name}",
            Problem(f"Records cannot be stored: {error.message}", str(self._path), error.hint),
        )
        if isinstance(error, DamagedError):
            self._reopen()

    def _reopen(self) -> None:
        """Opening sets a damaged file aside. When even that fails, a new process has the better chance."""
        self.outbox.close()
        try:
            self.outbox = self._open()
        except IviError as error:
            log.critical("the outbox cannot be opened again", extra={"error": str(error)})
            self._channels.process.stopping.set()
            return
        self.sender.restart()


class Channels:
    """All channels, made when they are first needed; those with rows of an earlier start are opened at once."""

    def __init__(  # noqa: PLR0913  # what all channels share
        self,
        process: Process,
        session: MqttSession,
        *,
        folder: Path,
        vehicle_id: str,
        telemetry_days: float,
        progress: Callable[[], None],
        on_damage: Callable[[str, Path], None],
        gate: Gate | None = None,
        keep: Keep | None = None,
    ) -> None:
        """`telemetry_days`: how long a telemetry row is kept for a fleet that cannot be reached. `gate` is asked again
        before anything is sent; `keep` gets what the fleet has before it is forgotten here.

        `progress` is called when rows were acknowledged, `on_damage` when a broken file was set aside."""
        self.process = process
        self.session = session
        self.folder = folder
        self.vehicle_id = vehicle_id
        self.telemetry_days = telemetry_days
        self.gate, self.keep = gate or OpenGate(), keep
        self.cost = LinkCost.FREE
        self.progress = progress
        self.on_damage = on_damage
        self._all: dict[str, Channel] = {}
        self._order: list[Channel] = []
        self._wake = asyncio.Event()

    def open(self) -> None:
        """Open the three classes and what earlier starts have left. Raises UnavailableError, ConfigurationError."""
        try:
            adopt(self.folder / "outbox.db", self.folder / f"outbox-{DeliveryClass.TELEMETRY}.db")
            files = [path.name for path in self.folder.glob("outbox-*.db")]
        except OSError as error:
            raise ConfigurationError(f"cannot use {self.folder}: {error.strerror}", hint="check its rights") from error
        found = sorted(name.removeprefix("outbox-").removesuffix(".db") for name in files)
        for name in dict.fromkeys([*map(str, _ORDER), *found]):
            self[name]

    def __getitem__(self, name: str) -> Channel:
        """The channel of this name, made when there is none yet.

        Raises InvalidArgumentError for a name that cannot be one, ResourceExhaustedError when there are too many.
        """
        if (channel := self._all.get(name)) is not None:
            return channel
        class_of(name)
        if len(self._all) >= MAX_CHANNELS:
            raise ResourceExhaustedError(f"{name} would be one of more than {MAX_CHANNELS} channels")
        channel = self._all[name] = Channel(name, self)
        self._order = sorted(self._all.values(), key=lambda one: _ORDER.index(one.delivery))
        channel.price(self.cost)
        if self.session.is_online:
            channel.sender.restart()
        return channel

    def __iter__(self) -> Iterator[Channel]:
        """All channels, the most important first."""
        return iter(self._order)

    def get(self, name: str) -> Channel | None:
        """The channel of this name, if there is one."""
        return self._all.get(name)

    def wake(self) -> None:
        """There may be something to send."""
        self._wake.set()

    def price(self, cost: LinkCost) -> None:
        """What the connection costs now."""
        self.cost = cost
        for channel in self:
            channel.price(cost)

    def restart(self) -> None:
        """A new connection."""
        for channel in self:
            channel.sender.restart()

    async def run(self) -> None:
        """Send whatever can be sent, until cancelled. Channels of one class take turns to be first."""
        while True:
            waits = [wait for channel in self if (wait := channel.patience()) is not None]
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min([*waits, EXPIRE_S])):
                    await self._wake.wait()
            self._wake.clear()
            for channel in self:
                channel.step()
            self._order = sorted([*self._order[1:], *self._order[:1]], key=lambda one: _ORDER.index(one.delivery))
            await asyncio.sleep(0)  # others have their turn while a backlog drains

    def commit(self) -> None:
        """Commit what waits in memory, in all channels."""
        for channel in self:
            channel.writer.commit()

    def close_writers(self) -> None:
        """Commit and take no more. Raises ResourceExhaustedError when a disk does not take the last rows."""
        failed: IviError | None = None
        for channel in self:
            try:
                channel.writer.close()
            except IviError as error:
                failed = failed or error
        if failed is not None:
            raise failed

    def close(self) -> None:
        """Close all files."""
        for channel in self:
            channel.outbox.close()
        self._all.clear()
        self._order = []


def class_of(name: str) -> DeliveryClass:
    """The class of a channel: its name, up to the purpose. Raises InvalidArgumentError."""
    first, dot, purpose = name.partition(".")
    try:
        delivery = DeliveryClass(first)
    except ValueError as error:
        raise InvalidArgumentError(f"{name!r} is no channel: it does not begin with a class") from error
    if dot and not _NAME.fullmatch(purpose):
        raise InvalidArgumentError(f"{name!r} is no channel: {purpose!r} cannot name a purpose")
    return delivery
