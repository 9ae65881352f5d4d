# SPDX-License-Identifier: Apache-2.0
"""What the screen and the command line may ask of the update service."""

import asyncio
from typing import TYPE_CHECKING

import msgspec

import ivi
from ivi.cloud.updates.artefact import Kind
from ivi.cloud.updates.energy import expected_seconds
from ivi.cloud.updates.generations import Item, SoftwareSet
from ivi.daemon.link_server import Router, Session, Stream
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError
from ivi.model.updates import (
    ApplyUpdates,
    CheckUpdates,
    GetUpdates,
    HistoryLine,
    InstalledItem,
    ListUpdateHistory,
    RollBackUpdates,
    SubscribeUpdates,
    UpdateHistory,
    UpdateItem,
    Updates,
    UpdateState,
)

if TYPE_CHECKING:
    from ivi.cloud.updates.service import UpdateService

HISTORY_MAX = 1000  # lines in one answer
TELL_GAP = 1.0  # seconds between events of a stream


class Desk:
    """Answers for a service."""

    def __init__(self, service: "UpdateService") -> None:
        """Nothing is asked before the service has started."""
        self._service = service
        self._watchers: set[asyncio.Event] = set()

    def serve(self, router: Router) -> None:
        """Answer on this router."""
        router.on_call(GetUpdates, self._get)
        router.on_call(CheckUpdates, self._check)
        router.on_call(ApplyUpdates, self._apply)
        router.on_call(RollBackUpdates, self._roll_back)
        router.on_call(ListUpdateHistory, self._history)
        router.on_stream(SubscribeUpdates, self._subscribe)

    def changed(self) -> None:
        """Something is different: followers hear of it."""
        for event in self._watchers:
            event.set()

    async def _get(self, _request: GetUpdates, _session: Session) -> Updates:
        self._service.require_started()
        return self.view()

    async def _check(self, _request: CheckUpdates, _session: Session) -> Updates:
        self._service.require_started()
        await self._service.look_now()
        return self.view()

    async def _apply(self, request: ApplyUpdates, _session: Session) -> Updates:
        self._service.require_started()
        todo = self._service.plan
        if todo is None or not todo.artefacts:
            raise NotFoundError("no update is there", hint="`ivi update check` asks the fleet")
        if request.order != todo.order:
            raise InvalidArgumentError("another update has come since then", hint="look at it and agree again")
        await self._service.agree(todo, agree=request.agree)
        return self.view()

    async def _roll_back(self, _request: RollBackUpdates, _session: Session) -> Updates:
        self._service.require_started()
        await self._service.roll_back()
        return self.view()

    async def _history(self, request: ListUpdateHistory, _session: Session) -> UpdateHistory:
        self._service.require_started()
        entries = self._service.journal.history(max(1, min(request.limit, HISTORY_MAX)))
        lines = [HistoryLine(e.seq, e.at_ms, e.what, e.subject, e.why, e.software, e.hash) for e in entries]
        now = await self._software()
        installed = [InstalledItem(one.kind, one.name, one.version, one.sha256) for one in now.items]
        return UpdateHistory(lines, self._service.journal.problem(), now.identifier(), ivi.__version__, installed)

    async def _software(self) -> SoftwareSet:
        """What is installed, with the apps as the app host has them: a driver may have changed one by hand."""
        now = self._service.generations.current()
        return msgspec.structs.replace(now, items=[await self._real(one) for one in now.items])

    async def _real(self, one: Item) -> Item:
        if one.kind is not Kind.APP:
            return one
        try:
            state = await self._service.apps.state(one.name)
        except IviError:
            return one  # an app host that is away changes nothing
        if state.version == one.version:
            return one
        return msgspec.structs.replace(one, version=state.version or "removed", sha256="")

    async def _subscribe(self, _request: SubscribeUpdates, stream: Stream) -> None:
        self._service.require_started()
        changed = asyncio.Event()
        self._watchers.add(changed)
        try:
            while stream.open:
                changed.clear()
                stream.send(self.view())
                await asyncio.sleep(TELL_GAP)
                await changed.wait()
        finally:
            self._watchers.discard(changed)

    def view(self) -> Updates:
        """Where updates stand."""
        service = self._service
        now, todo = service.generations.current(), service.plan
        have, artefacts = now.by_key(), todo.artefacts if todo is not None else ()
        items = [
            UpdateItem(
                one.kind,
                one.name,
                one.version,
                have[one.key].version if one.key in have else "",
                one.length,
                service.fetched(one),
            )
            for one in artefacts
        ]
        return Updates(
            service.state,
            service.reason,
            now.identifier(),
            todo.order if todo is not None else "",
            todo.job if todo is not None else "",
            items,
            service.orders.is_agreed(todo),
            service.waits_for if service.state is UpdateState.WAITING else [],
            expected_seconds(artefacts),
            service.checked,
            service.journal.traffic(service.now()),
            service.bytes_per_day,
        )
