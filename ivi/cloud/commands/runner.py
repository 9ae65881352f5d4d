# SPDX-License-Identifier: Apache-2.0
"""Takes one kept command from RECEIVED to its end: guards, consent, its turn, the car, the outcome."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from ivi.cloud.commands.actions import Actions, Result
from ivi.cloud.commands.desk import Desk
from ivi.cloud.commands.guards import objection
from ivi.cloud.commands.inbox import MAX_REASON, Entry, Inbox
from ivi.cloud.commands.table import CANCEL, COMMANDS, LOCATE, REPORT_STATE
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.consent.coarsening import EXACT, Precision, coarse_ms, coarse_place
from ivi.cloud.delivery import DataUse, DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, encode_record
from ivi.cloud.trust import Role
from ivi.model.commands import CommandState
from ivi.model.errors import DeadlineError, IviError, LinkError, PermissionDeniedError

log = logging.getLogger(__name__)

LOCATE_PURPOSE = "locate"
LOCATION = "location"
LOCATE_RETENTION = 1  # days; it answers one question
ONLY_LOOKS = frozenset({REPORT_STATE})
"""Commands that change nothing and tell nobody but with their result."""
type Outcome = tuple[CommandState, str, Result]
"""How it ended, why, and what the issuer is told."""
_AT_ONCE = (CommandState.RECEIVED, CommandState.ACCEPTED, CommandState.RUNNING)
"""States that a command has passed at once when it is kept as running."""


class Stopped(Exception):  # noqa: N818  # no error: the command ends here, in a state
    """Ends a command before it was begun."""

    def __init__(self, state: CommandState, reason: str) -> None:
        super().__init__(reason)
        self.state, self.reason = state, reason


def locate_use(role: str) -> DataUse:
    """What a position is sent for, for the consent gate."""
    return DataUse(LOCATE_PURPOSE, LOCATION, role, LOCATE_RETENTION)


class Runner:
    """Commands are done one after the other; those that wait for somebody's consent hold up nobody."""

    def __init__(  # noqa: PLR0913  # what the part is put together from
        self,
        post: Post,
        inbox: Inbox,
        desk: Desk,
        vehicle: Vehicle,
        *,
        tell: Callable[[Entry], Entry],
        call_back: Callable[[bytes], None],
        note: Callable[[Entry], None],
        may_leave: Callable[[DataUse, DeliveryClass], bool] | None,
        precision: Callable[[DataUse], Precision] = lambda _use: EXACT,
    ) -> None:
        """`tell` hands a state to the outbox, `call_back` ends the task of a command that was not begun, `note` keeps
        the end of one that was told.

        `precision` says how roughly a position may be told.
        """
        self._precision = precision
        self._post = post
        self._inbox = inbox
        self._desk = desk
        self._vehicle = vehicle
        self._tell = tell
        self._call_back = call_back
        self._note = note
        self._may_leave = may_leave
        self._actions = Actions(vehicle, self._tell_position)
        self._turn = asyncio.Lock()
        self._running: bytes | None = None

    def is_running(self, id_: bytes) -> bool:
        """Whether the car is being asked for this one."""
        return self._running == id_

    def at_once(self, entry: Entry) -> Entry:
        """The command as RUNNING or REJECTED when that is clear without waiting for anything, else as it is.

        To be asked when no other command is open. What is new and RUNNING can be kept as such in one commit instead of
        two.
        """
        consent = entry.name == CANCEL or Role(entry.role) in COMMANDS[entry.name].consent
        if consent or not self._vehicle.settled:
            return entry
        try:
            self._guard(entry)
        except Stopped as stopped:
            return replace(entry, state=stopped.state, reason=stopped.reason)
        return replace(entry, state=CommandState.RUNNING)

    def ask_early(self, entry: Entry) -> asyncio.Task[Outcome] | None:
        """Begin with a command that only looks while it is being kept; None for any other.

        Nothing is changed by it, so it does not matter whether a crash leaves it kept or not.
        """
        if entry.state is not CommandState.RUNNING or entry.name not in ONLY_LOOKS:
            return None
        return asyncio.Task(self._outcome(entry), loop=asyncio.get_running_loop(), eager_start=True)

    async def run(self, entry: Entry, asked: asyncio.Task[Outcome] | None = None) -> None:
        """To the end; `asked` is what `ask_early` began. Raises only CancelledError: what goes wrong is its state."""
        try:
            await self._run(entry, asked)
        except Exception as error:  # border of a command: one that fails must not end the others, nor come back
            log.exception("command failed", extra={"id": entry.id.hex(), "command": entry.name})
            self._settle(entry.id, f"internal: {type(error).__name__}")

    def _settle(self, id_: bytes, reason: str) -> None:
        """End what broke in the middle, as far as the disk lets us; else the next start does."""
        try:
            known = self._inbox.find(id_)
            if known is not None and not known.state.final:
                running = known.state is CommandState.RUNNING
                self._move(known, CommandState.OUTCOME_UNKNOWN if running else CommandState.FAILED, reason)
        except IviError as error:
            log.error("a command's end was not kept", extra={"id": id_.hex(), "error": error.message})  # noqa: TRY400  # a known error needs no trace

    async def _run(self, entry: Entry, asked: asyncio.Task[Outcome] | None) -> None:
        if entry.name == CANCEL:
            self._cancel(entry)
            return
        if entry.state is CommandState.RUNNING:
            async with self._turn:
                await self._do(entry, asked, untold=_AT_ONCE)
            return
        try:
            await self._vehicle.settle()
            self._guard(entry)
            entry = await self._agree(entry)
            entry = self._move(entry, CommandState.ACCEPTED)
            async with self._turn:
                self._guard(entry)  # it may have waited
                await self._do(self._move(entry, CommandState.RUNNING))
        except Stopped as stopped:
            self._move(entry, stopped.state, stopped.reason)

    # -- steps --------------------------------------------------------------------------------------------------------
    def _guard(self, entry: Entry) -> None:
        """Raises Stopped when its time is over or the car is in no state for it."""
        self._check_time(entry)
        rule = COMMANDS[entry.name]
        if entry.name == LOCATE and not self._position_may_leave(entry.role):
            raise Stopped(CommandState.REJECTED, "consent: positions may not leave the car for this purpose")
        if (reason := objection(rule, entry.args, self._vehicle.conditions)) is not None:
            raise Stopped(CommandState.REJECTED, reason)

    def _position_may_leave(self, role: str) -> bool:
        return self._may_leave is None or self._may_leave(locate_use(role), DeliveryClass.EVENTS)

    def _check_time(self, entry: Entry) -> None:
        if self._post.clock.now() >= entry.expiry:
            raise Stopped(CommandState.EXPIRED, "expired: its time was over before it was begun")

    async def _agree(self, entry: Entry) -> Entry:
        given = entry.state is CommandState.ACCEPTED  # before a crash
        if given or Role(entry.role) not in COMMANDS[entry.name].consent:
            return entry
        if entry.state is not CommandState.AWAITING_CONSENT:
            entry = self._move(entry, CommandState.AWAITING_CONSENT)
        agreed = await self._desk.ask(entry, self._post.clock.now())
        self._check_time(entry)
        if not agreed:
            why = "nobody in the car answered" if agreed is None else "somebody in the car said no"
            raise Stopped(CommandState.REJECTED, f"consent: {why}")
        return entry

    async def _do(
        self, entry: Entry, asked: asyncio.Task[Outcome] | None = None, untold: tuple[CommandState, ...] = ()
    ) -> None:
        """Ask the car; states that were not told yet are told while it answers."""
        self._running = entry.id
        try:
            if asked is None:
                asked = asyncio.Task(self._outcome(entry), loop=asyncio.get_running_loop(), eager_start=True)
            for before in untold:
                self._tell(replace(entry, state=before))
            state, reason, result = await asked
        finally:
            self._running = None
        self._move(entry, state, reason, result)

    async def _outcome(self, entry: Entry) -> Outcome:
        try:
            result = await self._actions.do(entry.name, entry.args, id_=entry.id, role=entry.role)
        except (DeadlineError, LinkError) as error:  # the car was asked, or may have been
            return CommandState.OUTCOME_UNKNOWN, f"unconfirmed: {error.message}", {}
        except IviError as error:
            return CommandState.FAILED, f"{error.code}: {error.message}", {}
        return CommandState.SUCCEEDED, "", result

    def _cancel(self, entry: Entry) -> None:
        target = self._inbox.find(entry.args["id"])
        entry = self._move(entry, CommandState.ACCEPTED)
        if target is None:
            self._move(entry, CommandState.FAILED, "not_found: no command with this id came")
        elif target.kid != entry.kid and Role(entry.role) is not Role.OWNER:
            self._move(entry, CommandState.FAILED, "role: it was issued by somebody else")
        elif target.state is CommandState.CANCELLED:  # perhaps by this very command, before a crash
            self._move(entry, CommandState.SUCCEEDED)
        elif target.state.final or target.state is CommandState.RUNNING:
            self._move(entry, CommandState.FAILED, f"too_late: it is {target.state} already")
        else:
            self._call_back(target.id)
            self._move(target, CommandState.CANCELLED, "cancel: called back by its issuer or the owner")
            self._move(entry, CommandState.SUCCEEDED)

    # -- keeping and telling ------------------------------------------------------------------------------------------
    def _move(self, entry: Entry, state: CommandState, reason: str = "", result: Result | None = None) -> Entry:
        if self._inbox.is_over(entry.id):
            log.info("the command is over already", extra={"id": entry.id.hex(), "state": state.value})
            return entry
        if state.final:
            moved = self._end(replace(entry, state=state, reason=reason[:MAX_REASON], result=result))
        else:
            moved = self._tell(self._inbox.move(entry, state, reason, result))
        self._desk.changed()
        return moved

    def _end(self, entry: Entry) -> Entry:
        """Tell the outcome and keep it, in this order: who waits for it need not wait for both of the disk's syncs."""
        ended = self._tell(replace(entry, told=""))
        self._inbox.end(ended)
        if ended.told:
            self._note(ended)
        else:
            self._inbox.flush()
        log.info(
            "command",
            extra={
                "id": entry.id.hex(),
                "command": entry.name,
                "role": entry.role,
                "state": entry.state,
                "why": entry.reason,
            },
        )
        return ended

    def _tell_position(self, id_: bytes, role: str, position: Result) -> None:
        at = int(self._post.clock.now() * 1000)
        precision = self._precision(locate_use(role))
        data = {"id": id_, **_rough(position, precision)}
        body = encode_record(Record("position", coarse_ms(at, precision), data))
        if not self._post.put_now(Outgoing(DeliveryClass.EVENTS, body, locate_use(role))):
            raise PermissionDeniedError("nobody has agreed that positions leave the car for this purpose")


def _rough(position: Result, precision: Precision) -> Result:
    """A position as it may be told: as it is, or the cell alone."""
    latitude, longitude = position["latitude"], position["longitude"]
    if not precision.cell_m:
        return dict(position)
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        raise PermissionDeniedError("this position cannot be told roughly, and only that was agreed to")
    cell = coarse_place(latitude, longitude, precision.cell_m)
    return {"latitude": cell[0], "longitude": cell[1]}
