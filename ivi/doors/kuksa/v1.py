# SPDX-License-Identifier: Apache-2.0
"""kuksa.val.v1.VAL as far as kuksa-client and its command line use it: Get, Set, Subscribe and GetServerInfo."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing

from kuksa.val.v1 import types_pb2 as types
from kuksa.val.v1 import val_pb2 as val

import ivi
from ivi.doors.kuksa import convert, status
from ivi.doors.kuksa.rpc import Method
from ivi.doors.leaves import Leaf
from ivi.doors.scopes import Permissions, UnauthenticatedError
from ivi.doors.vehicle import Vehicle, paths_of
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError
from ivi.model.signal import Datapoint

SERVICE = "kuksa.val.v1.VAL"
NAME = "ivi"
MAX_ENTRIES = 1000  # in one request
BUFFER = 64  # messages that wait for a slow subscriber
MAX_SIGNALS = 5000  # that the entries of one request name together
_VIEWS = {
    types.VIEW_UNSPECIFIED: (),
    types.VIEW_CURRENT_VALUE: (types.FIELD_VALUE,),
    types.VIEW_TARGET_VALUE: (types.FIELD_ACTUATOR_TARGET,),
    types.VIEW_METADATA: (types.FIELD_METADATA,),
    types.VIEW_FIELDS: (),
    types.VIEW_ALL: (types.FIELD_VALUE, types.FIELD_ACTUATOR_TARGET, types.FIELD_METADATA),
}


class ServiceV1:
    """The service on one address."""

    def __init__(self, vehicle: Vehicle) -> None:
        self._vehicle = vehicle

    def methods(self) -> dict[str, Method]:
        """The table of RPCs."""
        return {
            "Get": Method(val.GetRequest, val.GetResponse, unary=self._get),
            "Set": Method(val.SetRequest, val.SetResponse, unary=self._set),
            "Subscribe": Method(val.SubscribeRequest, val.SubscribeResponse, reader=self._subscribe),
            "GetServerInfo": Method(val.GetServerInfoRequest, val.GetServerInfoResponse, unary=self._info),
        }

    async def _info(self, _request: val.GetServerInfoRequest, _permissions: Permissions) -> val.GetServerInfoResponse:
        return val.GetServerInfoResponse(name=NAME, version=ivi.__version__)

    # -- reading ------------------------------------------------------------------------------------------------------
    async def _get(self, request: val.GetRequest, permissions: Permissions) -> val.GetResponse:
        answer = val.GetResponse()
        wanted: list[tuple[Leaf, set[int]]] = []
        _bounded(request.entries)
        for entry in request.entries:
            try:
                wanted += await self._resolve(entry, permissions)
            except UnauthenticatedError:
                raise
            except IviError as error:
                answer.errors.add(path=entry.path, error=status.v1_error(error))
        if answer.errors:  # as Kuksa: all or nothing, and the first error stands for the whole
            answer.error.CopyFrom(answer.errors[0].error)
            return answer
        read = paths_of(leaf for leaf, fields in wanted if types.FIELD_VALUE in fields)
        values = await self._vehicle.values(read) if read else {}
        for leaf, fields in wanted:
            self._fill(answer.entries.add(), leaf, fields, values.get(leaf.path))
        return answer

    async def _resolve(
        self, entry: val.EntryRequest | val.SubscribeEntry, permissions: Permissions
    ) -> list[tuple[Leaf, set[int]]]:
        """The leaves that an entry names and this client may read, with the fields that it wants of them."""
        if entry.view not in _VIEWS:
            raise InvalidArgumentError(f"no view has the number {entry.view}")
        fields = {*_VIEWS[entry.view], *entry.fields} or {types.FIELD_VALUE}
        found = (await self._vehicle.leaves()).under(entry.path)
        for leaf in found:
            permissions.need_read(leaf.path)
        return [(leaf, fields) for leaf in found]

    def _fill(self, message: types.DataEntry, leaf: Leaf, fields: set[int], value: Datapoint | None) -> None:
        message.path = leaf.path
        if types.FIELD_VALUE in fields and value is not None and value.value is not None:
            convert.fill_v1(message.value, leaf, value)
        target = self._vehicle.targets.get(leaf.path) if types.FIELD_ACTUATOR_TARGET in fields else None
        if target is not None:
            convert.fill_v1(message.actuator_target, leaf, target)
        if any(field >= types.FIELD_METADATA for field in fields):
            message.metadata.CopyFrom(convert.metadata_v1(leaf, fields))

    async def _subscribe(self, request: val.SubscribeRequest, permissions: Permissions) -> AsyncGenerator[object]:
        """Values, and metadata once. Targets are handed to providers (v2), not to whoever listens."""
        _bounded(request.entries)
        fields_of: dict[Leaf, set[int]] = {}
        for entry in request.entries:
            for leaf, fields in await self._resolve(entry, permissions):
                fields_of.setdefault(leaf, set()).update(fields)
        if len(fields_of) > MAX_SIGNALS:
            raise InvalidArgumentError(f"the request names {len(fields_of)} signals", hint=f"at most {MAX_SIGNALS}")
        leaves = {leaf.path: leaf for leaf in fields_of}
        started = False
        follow = self._vehicle.follow(list(leaves), BUFFER, until=permissions.deadline())
        async with aclosing(follow) as updates:
            async for entries in updates:
                answer = val.SubscribeResponse()
                for leaf in leaves.values():
                    wanted = fields_of[leaf] if not started else fields_of[leaf] & {types.FIELD_VALUE}
                    if wanted and (not started or leaf.path in entries):
                        update = answer.updates.add(fields=sorted(wanted))
                        self._fill(update.entry, leaf, wanted, entries.get(leaf.path))
                started = True
                if answer.updates:
                    yield answer
        permissions.need_valid()

    # -- writing ------------------------------------------------------------------------------------------------------
    async def _set(self, request: val.SetRequest, permissions: Permissions) -> val.SetResponse:
        answer = val.SetResponse()
        _bounded(request.updates)
        for update in request.updates:
            try:
                await self._update(update, permissions)
            except UnauthenticatedError:
                raise
            except IviError as error:
                answer.errors.add(path=update.entry.path, error=status.v1_error(error))
        return answer

    async def _update(self, update: val.EntryUpdate, permissions: Permissions) -> None:
        entry, fields = update.entry, set(update.fields)
        leaf = (await self._vehicle.leaves()).find(entry.path)
        if any(field >= types.FIELD_METADATA for field in fields):
            raise PermissionDeniedError(f"the metadata of {leaf.path} is fixed", hint="overlays change the catalogue")
        if types.FIELD_ACTUATOR_TARGET in fields:
            permissions.need_actuate(leaf.path)
            await self._vehicle.actuate({leaf: convert.take(entry.actuator_target, leaf)})
        if types.FIELD_VALUE in fields:
            permissions.need_provide(leaf.path, actuation=False)
            value = convert.take(entry.value, leaf) if entry.value.WhichOneof("value") else None
            await self._vehicle.claims.publish_in_passing(leaf.path, value)


def _bounded(entries: Iterable[object]) -> None:
    count = len(list(entries))
    if not 1 <= count <= MAX_ENTRIES:
        raise InvalidArgumentError(f"the request has {count} entries", hint=f"1 to {MAX_ENTRIES}")
