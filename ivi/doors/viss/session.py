# SPDX-License-Identifier: Apache-2.0
"""One VISS client: its requests, answered one after the other, and its subscriptions."""

import asyncio
from collections.abc import Awaitable, Callable

from ivi.doors.buffer import UpdateBuffer
from ivi.doors.leaves import Leaf
from ivi.doors.scopes import Permissions
from ivi.doors.tokens import Gate
from ivi.doors.vehicle import Vehicle, paths_of
from ivi.doors.viss import discovery, filters, messages
from ivi.doors.viss.filters import Timebased, Trigger
from ivi.doors.viss.messages import Request, UnreadableError, VissError, bad_request, unavailable
from ivi.model.errors import IviError, NotFoundError
from ivi.model.signal import Datapoint, EntryType

MAX_SUBSCRIPTIONS = 32  # of one client
MAX_WAITING = 64  # updates of one subscription that wait for a slow client

type Send = Callable[[str], Awaitable[None]]


class Session:
    """A connected client. `send` waits while the client does not read."""

    def __init__(self, vehicle: Vehicle, gate: Gate, send: Send) -> None:
        self._vehicle = vehicle
        self._gate = gate
        self._send = send
        self._subscriptions: dict[str, asyncio.Task[None]] = {}
        self._serial = 0
        self._actions = {
            "get": self._get,
            "set": self._set,
            "subscribe": self._subscribe,
            "unsubscribe": self._unsubscribe,
        }

    async def take(self, text: str | bytes) -> None:
        """Answer one message."""
        try:
            request = messages.read(text)
        except UnreadableError as error:
            await self._say({**error.echo, "error": error.body()})
            return
        echo = {"action": request.action, "requestId": request.request_id}
        start: Callable[[], None] | None = None
        try:
            handler = self._actions.get(request.action)
            if handler is None:
                raise bad_request("Missing or invalid action")
            answer, start = await handler(request)
        except VissError as failed:
            answer = {"error": failed.body()}
        except IviError as failed:
            answer = {"error": messages.from_ivi(failed).body()}
        await self._say({**echo, **answer})
        if start is not None:
            start()  # no event before the answer

    async def close(self) -> None:
        """End every subscription."""
        tasks = list(self._subscriptions.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _say(self, message: dict[str, object]) -> None:
        await self._send(messages.write({**message, "ts": messages.now()}))

    # -- requests -----------------------------------------------------------------------------------------------------
    async def _get(self, request: Request) -> tuple[dict[str, object], None]:
        permissions = self._gate.admit(request.authorization)
        wanted = filters.parse(request.filter)
        if wanted.timebased is not None or wanted.trigger is not None:
            raise bad_request("Incorrect filter")
        if wanted.metadata is not None:
            return {"metadata": await self._metadata(request, wanted.metadata, permissions)}, None
        leaves = await self._resolve(request, wanted, permissions)
        values = await self._vehicle.values(paths_of(leaves))
        points = [(leaf, values.get(leaf.path)) for leaf in leaves]
        missing = [leaf for leaf, point in points if point is None or point.value is None]
        if missing and (len(leaves) == 1 or self._gate.guarded):
            raise unavailable("Data temporarily unaccessible")
        return {"data": messages.data_of(points)}, None

    async def _metadata(self, request: Request, depth: int, permissions: Permissions) -> dict[str, object]:
        """What this client may read, of the tree at the path."""
        root = request.path.replace("/", ".")
        if not root or "*" in root:
            raise bad_request("Missing or invalid path")
        try:
            found = (await self._vehicle.leaves()).under(root)
        except NotFoundError as error:
            raise unavailable("Data is unknown") from error
        shown = [leaf for leaf in found if permissions.can_read(leaf.path)]
        if not shown:
            permissions.need_read(found[0].path)
        return discovery.tree(root, shown, depth)

    async def _set(self, request: Request) -> tuple[dict[str, object], None]:
        permissions = self._gate.admit(request.authorization)
        if request.value is None:
            raise bad_request("Missing or invalid value")
        (leaf,) = filters.resolve(await self._vehicle.leaves(), request.path, filters.Filter())
        permissions.need_actuate(leaf.path)
        if leaf.entry.entry_type is not EntryType.ACTUATOR:
            raise VissError("400", "invalid_data", f"Update of a {leaf.entry.entry_type} is not supported")
        await self._vehicle.actuate({leaf: messages.parse(leaf, request.value)})
        return {}, None

    async def _subscribe(self, request: Request) -> tuple[dict[str, object], Callable[[], None]]:
        permissions = self._gate.admit(request.authorization)
        if request.dc:
            raise unavailable("Unsupported feature: data compression")
        wanted = filters.parse(request.filter)
        if wanted.metadata is not None or (wanted.timebased is None and wanted.trigger is None):
            raise bad_request("Missing or invalid filter")
        leaves = await self._resolve(request, wanted, permissions)
        for leaf in leaves:
            if wanted.trigger is not None:
                wanted.trigger.check(leaf)
        if len(self._subscriptions) >= MAX_SUBSCRIPTIONS:
            raise VissError("429", "too_many_requests", f"At most {MAX_SUBSCRIPTIONS} subscriptions of one client")
        self._serial += 1
        name = str(self._serial)

        def start() -> None:
            work = self._run(name, leaves, wanted.timebased or wanted.trigger, permissions)
            self._subscriptions[name] = asyncio.get_running_loop().create_task(work)

        return {"subscriptionId": name}, start

    async def _unsubscribe(self, request: Request) -> tuple[dict[str, object], None]:
        task = self._subscriptions.pop(request.subscription_id, None)
        if task is None:
            raise unavailable("Unknown subscription Id")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return {}, None

    async def _resolve(self, request: Request, wanted: filters.Filter, permissions: Permissions) -> list[Leaf]:
        leaves = filters.resolve(await self._vehicle.leaves(), request.path, wanted)
        for leaf in leaves:
            permissions.need_read(leaf.path)
        return leaves

    # -- subscriptions ------------------------------------------------------------------------------------------------
    async def _run(
        self, name: str, leaves: list[Leaf], kind: Timebased | Trigger | None, permissions: Permissions
    ) -> None:
        """Events until the client has enough; an error is the last event."""
        buffer = UpdateBuffer(MAX_WAITING)
        loop = asyncio.get_running_loop()
        pump = loop.create_task(self._vehicle.fill(buffer, paths_of(leaves)))
        try:
            async with asyncio.timeout_at(permissions.deadline()):
                if isinstance(kind, Timebased):
                    await self._tick(name, leaves, kind, buffer)
                elif kind is not None:
                    await self._watch(name, {leaf.path: leaf for leaf in leaves}, kind, buffer)
        except TimeoutError:
            expired = VissError("401", "invalid_token", "Access token has expired")
            await self._say({"action": "subscription", "subscriptionId": name, "error": expired.body()})
        except IviError as error:
            body = messages.from_ivi(error).body()
            await self._say({"action": "subscription", "subscriptionId": name, "error": body})
        finally:
            self._vehicle.messages_dropped += buffer.dropped
            self._subscriptions.pop(name, None)
            pump.cancel()
            await asyncio.gather(pump, return_exceptions=True)

    async def _tick(self, name: str, leaves: list[Leaf], kind: Timebased, buffer: UpdateBuffer) -> None:
        loop = asyncio.get_running_loop()
        current: dict[str, Datapoint] = await buffer.get()
        due = loop.time() + kind.period
        while True:
            try:
                async with asyncio.timeout_at(due):
                    current |= await buffer.get()
                    continue
            except TimeoutError:
                await self._event(name, [(leaf, current.get(leaf.path)) for leaf in leaves])
            due = max(due + kind.period, loop.time())  # a client that does not read misses ticks

    async def _watch(self, name: str, leaves: dict[str, Leaf], trigger: Trigger, buffer: UpdateBuffer) -> None:
        first = await buffer.get()
        last = {path: datapoint.value for path, datapoint in first.items()}
        entries = {path: point for path, point in first.items() if isinstance(trigger, filters.Range)}
        while True:
            fired: list[tuple[Leaf, Datapoint | None]] = []
            for path, datapoint in entries.items():
                before = last.get(path)
                if trigger.fires(before, datapoint.value):
                    fired.append((leaves[path], datapoint))
                    last[path] = datapoint.value
                elif before is None:
                    last[path] = datapoint.value
            await self._event(name, fired)
            entries = await buffer.get()

    async def _event(self, name: str, points: list[tuple[Leaf, Datapoint | None]]) -> None:
        if self._gate.guarded:  # VISS forbids errors in line where access is controlled
            points = [(leaf, point) for leaf, point in points if point is not None and point.value is not None]
        if points:
            data = messages.data_of(points)
            await self._say({"action": "subscription", "subscriptionId": name, "data": data})
