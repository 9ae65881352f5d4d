# SPDX-License-Identifier: Apache-2.0
"""Commands as a part of the cloud process: a message comes in, is judged, kept, done once, and told at every step.

The order decides what a crash can do. Kept (with its counter) before anything is told; RUNNING kept before the car is
asked. The outcome is committed to the outbox and sent, and kept with the next change or 100 ms later: always before the
outbox may forget its row, so that a start finds it there. Telling is repeated for what was kept and not told.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ivi.cloud.commands.command import Command, open_command
from ivi.cloud.commands.desk import Desk
from ivi.cloud.commands.inbox import MAX_OPEN, Entry, Inbox, entry_of
from ivi.cloud.commands.judge import FARTHEST, judge
from ivi.cloud.commands.refusals import Bucket, Refusals
from ivi.cloud.commands.runner import Outcome, Runner
from ivi.cloud.commands.table import ISSUERS
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.consent.coarsening import EXACT, Precision
from ivi.cloud.delivery import DataUse, DeliveryClass, Outgoing
from ivi.cloud.part import Post
from ivi.cloud.record import Record, decode_record, encode_record
from ivi.cloud.trust import Trust
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.commands import CommandState
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError, UnavailableError
from ivi.model.status import Problem

log = logging.getLogger(__name__)

TOPIC = "cmd"
REPLAYS_BURST, REPLAYS_PER_S = 50.0, 5.0  # results that are told again for repeated messages
NOTE_S = 0.1  # seconds until it is kept that an end was told
NOTE_AGAIN_S = 1.0  # seconds until a disk that did not take it is tried again
FINISH = 1.5  # seconds that a stop waits for what is being done

_BRIEF = frozenset({CommandState.RECEIVED, CommandState.ACCEPTED, CommandState.RUNNING})
"""States that another one follows at once, with which they are committed; or they are within 100 ms."""
_FINAL = frozenset(state.value for state in CommandState if state.final)


class Commands:
    """See ivi.cloud.part.Part."""

    name: str = "commands"
    topics: tuple[str, ...] = (TOPIC,)

    def __init__(
        self,
        process: Process,
        vehicle: Vehicle,
        trust: Trust,
        path: Path,
        may_leave: Callable[[DataUse, DeliveryClass], bool] | None = None,
        *,
        precision: Callable[[DataUse], Precision] = lambda _use: EXACT,
    ) -> None:
        """`path` is the inbox's file; `may_leave` asks the consent gate without sending, None for no such gate.

        `precision` says how roughly a position may be told.
        """
        self._precision = precision
        self._process = process
        self._vehicle = vehicle
        self._trust = trust
        self._path = path
        self._may_leave = may_leave
        self._refusals = Refusals("command")
        self._replays = Bucket(REPLAYS_BURST, REPLAYS_PER_S)
        self._replayed = 0
        self._tasks: dict[bytes, asyncio.Task[None]] = {}
        self._to_flush = False
        self._inbox: Inbox | None = None
        self._desk = Desk(trust, self._newest)

    # -- Part ---------------------------------------------------------------------------------------------------------
    async def start(self, post: Post) -> None:
        """Open the inbox, and settle what the last run left. Raises ConfigurationError."""
        self._post = post
        inbox = self._inbox = Inbox(self._path)
        if inbox.quarantined is not None:
            self._process.report(
                "commands.inbox",
                Problem(
                    "The store of commands was damaged; a new one was made, and older commands are not taken any more",
                    str(inbox.quarantined),
                    "check the disk; delete the file when nobody needs it",
                ),
            )
        self._runner = Runner(
            post,
            inbox,
            self._desk,
            self._vehicle,
            tell=self.tell,
            call_back=self._call_back,
            note=self._note,
            may_leave=self._may_leave,
            precision=self._precision,
        )
        self._vehicle.start()
        post.before_forgetting(DeliveryClass.CONTROL, inbox.flush)
        self._put(Record("command_epoch", self._now_ms(), {"epoch": inbox.epoch}))
        self._end_running(inbox)
        self._tell_untold()
        for entry in inbox.open():
            self._begin(entry)

    def _end_running(self, inbox: Inbox) -> None:
        """Settle what was being done when the last run ended: its outcome waits in the outbox, or nobody saw it."""
        running = {entry.id: entry for entry in inbox.open() if entry.state is CommandState.RUNNING}
        if not running:
            return
        for data in self._told_ends():
            if (entry := running.pop(data["id"], None)) is not None:
                state = CommandState(data["state"])
                ended = replace(entry, state=state, reason=data["reason"], result=data["result"], told=state.value)
                inbox.end(ended)
        inbox.flush()
        for entry in running.values():
            inbox.move(entry, CommandState.OUTCOME_UNKNOWN, "crash: the car's computer ended before the outcome")

    def _told_ends(self) -> Iterator[dict[str, Any]]:
        """Ends of commands in the outbox."""
        for body in self._post.waiting(DeliveryClass.CONTROL):
            try:
                record = decode_record(body)
            except InvalidArgumentError as error:  # the fleet is told by the fleet's end; it is no end of a command
                log.warning("a row of the outbox cannot be read", extra={"error": error.message})
                continue
            match record.kind, record.data:
                case "command", {"id": bytes(), "state": str(state), "reason": str(), "result": dict()} if (
                    state in _FINAL
                ):
                    yield record.data

    async def stop(self) -> None:
        """Let what is being done end, for a moment; what waits goes on at the next start."""
        if self._inbox is None:
            return
        for id_, task in self._tasks.items():
            if not self._runner.is_running(id_):
                task.cancel()
        if tasks := list(self._tasks.values()):
            _, late = await asyncio.wait(tasks, timeout=FINISH)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        await self._vehicle.stop()
        inbox, self._inbox = self._inbox, None
        try:
            inbox.flush()
        finally:
            inbox.close()

    def online(self) -> None:
        """What could not be told is told now."""
        if self._inbox is not None:
            self._tell_untold()

    def received(self, _topic: str, payload: bytes) -> None:
        """One message of the topic. It is kept when this returns, or refused.

        Raises UnavailableError when the disk does not take it: then the broker keeps it.
        """
        if self._inbox is None:
            return
        try:
            self._take(self._inbox, payload)
        except InvalidArgumentError as error:
            self._refuse("malformed", error.message)
        except PermissionDeniedError as error:
            self._refuse("forged", error.message)
        except UnavailableError as error:
            # Nothing was done and no counter was used; the broker keeps the message for the next connection.
            self._process.report(
                "commands.disk", Problem(f"A command was not taken: {error.message}", str(self._path), error.hint)
            )
            raise

    def serve(self, router: Router) -> None:
        """Calls and the stream of ivi.model.commands."""
        self._desk.serve(router)

    def counters(self) -> dict[str, Counter]:
        """Numbers for the status."""
        return {
            "commands_open": len(self._tasks),
            "commands_refused": self._refusals.total,
            "commands_repeated": self._replayed,
        }

    @property
    def epoch(self) -> bytes:
        """What a command must carry now; empty before the start."""
        return self._inbox.epoch if self._inbox is not None else b""

    @property
    def refused(self) -> dict[str, int]:
        """Refused messages by reason."""
        return dict(self._refusals.counts)

    # -- one message --------------------------------------------------------------------------------------------------
    def _take(self, inbox: Inbox, payload: bytes) -> None:
        command, kid = open_command(payload, self._trust.keys(*ISSUERS))
        issuer = self._trust.issuer(kid)
        assert issuer is not None  # its key has just verified the signature  # noqa: S101
        if command.vehicle != self._post.vehicle_id:
            self._refuse("audience", "the command is for another car", id=command.id)
            return
        now = self._post.clock.now()
        if (signed := command.expiry - FARTHEST) <= now:  # nobody signs one that is valid for longer
            self._post.clock.learn(signed)
        entry = entry_of(command, kid, issuer.role.value, now)
        if (known := inbox.find(command.id)) is not None:
            self._repeat(known, entry)
            return
        if command.epoch != inbox.epoch:
            self._refuse("epoch", "the command is of another epoch", id=command.id, epoch=inbox.epoch)
            return
        busy = len(self._tasks) >= MAX_OPEN
        state, reason = judge(command, issuer.role, now, rolled_back=self._post.clock.rolled_back, busy=busy)
        entry = replace(entry, state=state, reason=reason)
        self._keep(inbox, entry if state.final or self._tasks else self._runner.at_once(entry), command)

    def _keep(self, inbox: Inbox, entry: Entry, command: Command) -> None:
        with contextlib.ExitStack() as undo:
            asked = self._runner.ask_early(entry)
            if asked is not None:
                undo.callback(asked.cancel)
            if not inbox.take(entry, command.counter):
                self._refuse("replayed", f"counter {command.counter} was used before, or is too old", id=command.id)
                return
            undo.pop_all()
        self._process.resolve("commands.disk")
        if entry.state.final:
            log.info("command", extra={"id": entry.id.hex(), "command": entry.name, "why": entry.reason})
        if entry.state is not CommandState.RUNNING:  # else it is told while the car answers
            entry = self.tell(entry)
        self._desk.changed()
        if entry.state.final:
            self._note(entry)
        else:
            self._begin(entry, asked)

    def _repeat(self, known: Entry, entry: Entry) -> None:
        if known.digest != entry.digest:
            self._refuse("id_reused", "the id belongs to another command", id=entry.id)
            return
        self._replayed += 1
        if self._replays.take():
            self.tell(known)

    def _refuse(self, reason: str, text: str, **more: object) -> None:
        log.warning("command refused", extra={"reason": reason, "text": text})
        self._process.report(
            "commands.refused",
            Problem(
                f"{self._refusals.total + 1} messages that claim to be commands were refused; the last: {text}",
                f"topic {TOPIC}",
                "see docs/cloud-commands.md; if you did not cause it, somebody tries",
            ),
        )
        self._refusals.refuse(self._post, reason, text, **more)

    # -- doing and telling --------------------------------------------------------------------------------------------
    def _begin(self, entry: Entry, asked: "asyncio.Task[Outcome] | None" = None) -> None:
        loop = asyncio.get_running_loop()
        task = self._tasks[entry.id] = asyncio.Task(self._runner.run(entry, asked), loop=loop, eager_start=True)
        task.add_done_callback(lambda _task: self._tasks.pop(entry.id, None))

    def _call_back(self, id_: bytes) -> None:
        """End the task of a command that was called back before it was begun."""
        if (task := self._tasks.get(id_)) is not None:
            task.cancel()

    def _newest(self, limit: int) -> list[Entry]:
        if self._inbox is None:
            raise UnavailableError("commands are not taken yet, or not any more", hint="ask again in a moment")
        return self._inbox.newest(limit)

    def _now_ms(self) -> int:
        return int(self._post.clock.now() * 1000)

    def tell(self, entry: Entry) -> Entry:
        """Hand a command's state to the outbox; returns the entry, marked as told when the outbox has it."""
        data = {
            "id": entry.id,
            "state": entry.state.value,
            "reason": entry.reason,
            "result": entry.result or {},
        }
        if not self._put(Record("command", self._now_ms(), data), now=entry.state not in _BRIEF):
            return entry
        return replace(entry, told=entry.state.value)

    def _note(self, entry: Entry) -> None:
        """Keep soon that an end was told, and the end."""
        if entry.told and self._inbox is not None:
            self._inbox.end(entry)
            self._flush_in(NOTE_S)

    def _flush_in(self, seconds: float) -> None:
        if not self._to_flush:
            self._to_flush = True
            asyncio.get_running_loop().call_later(seconds, self._flush)

    def _flush(self) -> None:
        self._to_flush = False
        if self._inbox is None:
            return
        try:
            self._inbox.flush()
        except UnavailableError as error:
            log.warning("told, and not kept yet", extra={"error": error.message})
            self._flush_in(NOTE_AGAIN_S)

    def _tell_untold(self) -> None:
        if self._inbox is not None:
            for entry in self._inbox.untold():
                told = self.tell(entry)
                if told.state.final:
                    self._note(told)

    def _put(self, record: Record, *, now: bool = True) -> bool:
        outgoing = Outgoing(DeliveryClass.CONTROL, encode_record(record))
        try:
            return self._post.put_now(outgoing) if now else self._post.put(outgoing)
        except IviError as error:
            log.warning("the outbox does not take it now", extra={"kind": record.kind, "error": error.message})
            return False
