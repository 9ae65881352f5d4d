# SPDX-License-Identifier: Apache-2.0
"""OpenProviderStream: a client that publishes values in batches and obeys actuation requests.

Kuksa's rules: a claim that cannot be had ends the stream with a status; a value that cannot be taken is answered in the
stream, by the signal's id, and the others of its batch count; a batch that was taken whole is not answered.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

from kuksa.val.v2 import types_pb2 as types
from kuksa.val.v2 import val_pb2 as val

from ivi.doors.claims import AlreadyProvidedError, Role
from ivi.doors.kuksa import convert, status
from ivi.doors.leaves import Leaf, Leaves
from ivi.doors.scopes import Permissions
from ivi.doors.vehicle import Vehicle
from ivi.model.errors import InvalidArgumentError, IviError, NotFoundError, ResourceExhaustedError
from ivi.model.signal import Value
from ivi.vss.catalogue import check_value

log = logging.getLogger(__name__)

MAX_WAITING = 256  # messages to a provider that does not read
MAX_REFUSED = 5000  # ids that one stream may be wrong about
IN_FLIGHT = 8  # batches on their way to the databroker, which takes them in order


class ProviderStream:
    """One open stream. It is a Holder of claims."""

    def __init__(self, vehicle: Vehicle, permissions: Permissions, write: Callable[[object], Awaitable[None]]) -> None:
        self._vehicle = vehicle
        self._permissions = permissions
        self._write = write
        self._outbox: deque[object] = deque()
        self._news = asyncio.Event()
        self._slots = asyncio.Semaphore(IN_FLIGHT)
        self._batches: set[asyncio.Task[None]] = set()
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._mine: dict[int, Leaf] = {}
        """Signals whose values we may publish, by id."""
        self._refused: dict[int, types.Error] = {}
        self._leaves: Leaves | None = None
        self._actuates = self._closing = False

    async def run(self, requests: AsyncIterator[val.OpenProviderStreamRequest]) -> None:
        """Serve until the client goes, or has nothing more to say and obeys no actuations.

        Raises IviError when the stream has to end with a status.
        """
        loop = asyncio.get_running_loop()
        reading, sending = loop.create_task(self._read(requests)), loop.create_task(self._send())
        try:
            await asyncio.wait([reading, sending, self._ended], return_when=asyncio.FIRST_COMPLETED)
            if not self._ended.done() and not sending.done():
                reading.result()
                if self._actuates:  # kuksa-client closes its side after the claim and then listens
                    await asyncio.wait([sending, self._ended], return_when=asyncio.FIRST_COMPLETED)
            if self._ended.done():
                self._ended.result()
            self._closing = True
            self._news.set()
            await sending
        finally:
            for task in (reading, sending, *self._batches):
                task.cancel()
            await asyncio.gather(reading, sending, *self._batches, return_exceptions=True)
            self._ended.cancel()
            await self._vehicle.claims.release(self)

    # -- Holder -------------------------------------------------------------------------------------------------------
    def actuate(self, values: dict[str, Value]) -> None:
        """Pass an actuation on to the client, which answers by publishing."""
        if self._leaves is None:
            return
        try:
            self._permissions.need_valid()
        except IviError as error:
            self._end(error)
            return
        message = val.OpenProviderStreamResponse()
        for path, value in values.items():
            leaf = self._leaves.by_path[path]
            request = message.batch_actuate_stream_request.actuate_requests.add()
            request.signal_id.id = leaf.id
            convert.put(request.value, leaf.field, value)
        self._put(message)

    def lost(self, error: IviError) -> None:
        """The databroker has gone: the client has to begin anew."""
        self._end(error)

    # -- requests -----------------------------------------------------------------------------------------------------
    async def _read(self, requests: AsyncIterator[val.OpenProviderStreamRequest]) -> None:
        self._leaves = leaves = await self._vehicle.leaves()
        async for request in requests:
            self._permissions.need_valid()
            match request.WhichOneof("action"):
                case "publish_values_request":
                    await self._publish(leaves, request.publish_values_request)
                case "provide_actuation_request":
                    await self._provide_actuation(leaves, request.provide_actuation_request)
                case "provide_signal_request":
                    await self._provide_signals(leaves, request.provide_signal_request)
                case "batch_actuate_stream_response":
                    _note(request.batch_actuate_stream_response)
                case "provider_error_indication":
                    await self._vehicle.claims.publish({leaf.path: None for leaf in self._mine.values()})
                case _:
                    continue  # answers to what we never ask
        if self._batches:
            await asyncio.gather(*self._batches)

    async def _provide_actuation(self, leaves: Leaves, request: val.ProvideActuationRequest) -> None:
        wanted = [
            leaves.find(signal.path) if signal.WhichOneof("signal") == "path" else leaves.find_id(signal.id)
            for signal in request.actuator_identifiers
        ]
        await self._claim(wanted, Role.ACTUATION)
        self._actuates = True
        self._put(val.OpenProviderStreamResponse(provide_actuation_response=val.ProvideActuationResponse()))

    async def _provide_signals(self, leaves: Leaves, request: val.ProvideSignalRequest) -> None:
        wanted = [leaves.find_id(number) for number in request.signals_sample_intervals]
        await self._claim(wanted, Role.DATA)
        self._mine.update((leaf.id, leaf) for leaf in wanted)
        self._put(val.OpenProviderStreamResponse(provide_signal_response=val.ProvideSignalResponse()))

    async def _claim(self, wanted: list[Leaf], role: Role) -> None:
        if not wanted:
            raise InvalidArgumentError("the request names no signal")
        for leaf in wanted:
            self._permissions.need_provide(leaf.path, actuation=role is Role.ACTUATION)
        await self._vehicle.claims.take(self, [leaf.path for leaf in wanted], role)

    # -- values -------------------------------------------------------------------------------------------------------
    async def _publish(self, leaves: Leaves, request: val.PublishValuesRequest) -> None:
        values: dict[str, Value | None] = {}
        errors: dict[int, types.Error] = {}
        mine = self._mine
        strangers = [number for number in request.data_points if number not in mine]
        if strangers:
            await self._adopt(leaves, strangers, errors)
        for number, point in request.data_points.items():
            leaf = mine.get(number)
            if leaf is None:
                continue
            value = point.value
            if leaf.is_array or not value.HasField(leaf.field):
                try:
                    values[leaf.path] = convert.take(value, leaf) if value.WhichOneof("typed_value") else None
                except InvalidArgumentError as error:
                    errors[number] = status.stream_error(error)
            else:
                values[leaf.path] = getattr(value, leaf.field)
        await self._slots.acquire()
        task = asyncio.get_running_loop().create_task(self._forward(request.request_id, values, errors))
        self._batches.add(task)
        task.add_done_callback(self._forwarded)

    async def _adopt(self, leaves: Leaves, numbers: list[int], errors: dict[int, types.Error]) -> None:
        """Claim what is published without ProvideSignalRequest, as clients of Kuksa up to 0.5 do.

        What is refused once is refused for the rest of the stream, so that a stubborn client costs nothing.
        """
        free: list[Leaf] = []
        for number in numbers:
            if number in self._refused:
                errors[number] = self._refused[number]
                continue
            try:
                leaf = leaves.find_id(number)
                self._permissions.need_provide(leaf.path, actuation=False)
            except IviError as error:
                self._refuse(number, error, errors)
                continue
            free.append(leaf)
        if free and not await self._try_claim(free):
            for leaf in free:  # all together cannot be had: one by one
                if not await self._try_claim([leaf]):
                    self._refuse(leaf.id, AlreadyProvidedError(f"{leaf.path} has another provider"), errors)

    async def _try_claim(self, wanted: list[Leaf]) -> bool:
        try:
            await self._vehicle.claims.take(self, [leaf.path for leaf in wanted], Role.DATA)
        except (AlreadyProvidedError, NotFoundError):
            return False
        self._mine.update((leaf.id, leaf) for leaf in wanted)
        return True

    def _refuse(self, number: int, error: IviError, errors: dict[int, types.Error]) -> None:
        errors[number] = self._refused[number] = status.stream_error(error)
        if len(self._refused) > MAX_REFUSED:
            raise ResourceExhaustedError(f"more than {MAX_REFUSED} signals were refused", hint="use ListMetadata")

    async def _forward(self, request_id: int, values: dict[str, Value | None], errors: dict[int, types.Error]) -> None:
        if values:
            try:
                await self._vehicle.claims.publish(values)
            except InvalidArgumentError:  # one value does not fit its leaf: find it, and let the others through
                await self._vehicle.claims.publish(self._sort_out(values, errors))
        if errors:
            answer = val.PublishValuesResponse(request_id=request_id, status=errors)
            self._put(val.OpenProviderStreamResponse(publish_values_response=answer))

    def _sort_out(self, values: dict[str, Value | None], errors: dict[int, types.Error]) -> dict[str, Value | None]:
        good: dict[str, Value | None] = {}
        for leaf in self._mine.values():
            if leaf.path not in values:
                continue
            value = values[leaf.path]
            try:
                good[leaf.path] = None if value is None else check_value(leaf.entry, value)
            except InvalidArgumentError as error:
                errors[leaf.id] = status.stream_error(error)
        return good

    def _forwarded(self, task: asyncio.Task[None]) -> None:
        self._batches.discard(task)
        self._slots.release()
        if not task.cancelled() and isinstance(error := task.exception(), IviError):
            self._end(error)

    # -- answers ------------------------------------------------------------------------------------------------------
    def _put(self, message: object) -> None:
        if len(self._outbox) >= MAX_WAITING:
            self._end(
                ResourceExhaustedError(f"the provider has not read {MAX_WAITING} messages", hint="read the stream")
            )
            return
        self._outbox.append(message)
        self._news.set()

    def _end(self, error: IviError) -> None:
        if not self._ended.done():
            self._ended.set_exception(error)

    async def _send(self) -> None:
        while not self._closing:
            await self._news.wait()
            self._news.clear()
            while self._outbox:
                await self._write(self._outbox.popleft())


def _note(response: val.BatchActuateStreamResponse) -> None:
    if response.error.code not in (types.ERROR_CODE_UNSPECIFIED, types.ERROR_CODE_OK):
        log.info("a provider refuses an actuation", extra={"error": response.error.message[:200]})
