# SPDX-License-Identifier: Apache-2.0
"""The broker on the link: requests of ivi.model.databroker answered from a Broker."""

import asyncio
import time
from collections.abc import Callable, Mapping

import msgspec

import ivi
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.shared_event import SharedEvent
from ivi.databroker.broker import Broker, Selection
from ivi.databroker.subscription import Batch, Subscription
from ivi.model import databroker as wire
from ivi.model.errors import InvalidArgumentError, LinkError, PermissionDeniedError, UnavailableError
from ivi.model.signal import Value
from ivi.vss.catalogue import check_value

KEEP_ALIVE = 0.5  # seconds without a change after which a subscriber hears an empty update, so that it knows we live


class LinkProvider:
    """A client that provides values over its link (OpenProviderStream)."""

    def __init__(self, stream: Stream, serial: int) -> None:
        self._stream = stream
        self._serial = serial

    @property
    def name(self) -> str:
        """Source named in datapoints."""
        return f"link:{self._stream.session.peer_pid}#{self._serial}"

    def accept(self, values: Mapping[str, Value]) -> None:
        """See ivi.databroker.broker.Accepting."""
        if not self._stream.writable:
            raise UnavailableError(
                f"{next(iter(values))}: its provider {self.name} takes no request now", hint="see `ivi status`"
            )

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Pass the request on; the client answers by publishing."""
        self._stream.send(wire.ActuationRequest(dict(values)))
        return values


class Follower:
    """A client that follows values: its stream, and its subscriptions to current and target values."""

    def __init__(self, stream: Stream, share: Callable[[Batch], SharedEvent]) -> None:
        self.subscriptions: list[Subscription] = []
        self._stream = stream
        self._share = share
        stream.on_writable = self._unblock

    @property
    def lost(self) -> int:
        """What was overwritten or dropped because the client was slow."""
        return sum(subscription.lost for subscription in self.subscriptions)

    def values(self, batch: Batch) -> bool:
        """Send current values, unless the client is slow."""
        return self._stream.offer(self._share(batch))

    def targets(self, batch: Batch) -> bool:
        """Send target values, unless the client is slow."""
        return self._send(wire.ValuesUpdate({}, batch)) if self._stream.writable else False

    def keep_alive(self, limit: float) -> None:
        """Say that we live to a client that has heard nothing since `limit` (CLOCK_MONOTONIC, seconds)."""
        if self._stream.writable and all(subscription.last_sent < limit for subscription in self.subscriptions):
            self._send(wire.ValuesUpdate({}))
            self.subscriptions[0].last_sent = time.monotonic()

    def _send(self, body: msgspec.Struct) -> bool:
        self._stream.send(body)
        return True

    def _unblock(self) -> None:
        self._stream.dropped = self.lost  # it grows only while a subscription is blocked
        for subscription in self.subscriptions:
            if self._stream.writable:
                subscription.unblock()


class BrokerServer:
    """Serves one Broker on one LinkServer."""

    def __init__(self, broker: Broker, server: LinkServer) -> None:
        self._broker = broker
        self._followers: set[Follower] = set()
        self._lost = 0
        self._shared: tuple[Batch, SharedEvent] = ({}, SharedEvent(wire.ValuesUpdate({})))
        self._providers: dict[Session, LinkProvider] = {}
        self._serial = 0
        router = server.router
        router.on_call(wire.ListMetadata, self._list_metadata)
        router.on_call(wire.GetValues, self._get_values)
        router.on_call(wire.PublishValues, self._publish)
        router.on_call(wire.Actuate, self._actuate)
        router.on_call(wire.BatchActuate, self._batch_actuate)
        router.on_call(wire.GetServerInfo, self._info)
        router.on_stream(wire.Subscribe, self._subscribe)
        router.on_stream(wire.OpenProviderStream, self._provide)

    def counters(self) -> dict[str, bool | int | float | str]:
        """Numbers for the status."""
        return {
            "signal_updates": self._broker.updates,
            "signals_current": self._broker.current,
            "signals_known": len(self._broker.catalogue),
            "subscriptions": len(self._followers),
            "updates_overwritten": self._lost + sum(follower.lost for follower in self._followers),
        }

    async def keep_alive(self) -> None:
        """Tell silent subscriptions that we live, for ever."""
        while True:
            await asyncio.sleep(KEEP_ALIVE / 2)
            limit = time.monotonic() - KEEP_ALIVE
            for follower in tuple(self._followers):
                follower.keep_alive(limit)

    def _share(self, batch: Batch) -> SharedEvent:
        """The encoded update; followers of the same paths are handed the same batch, which is encoded once."""
        if self._shared[0] is not batch:
            self._shared = (batch, SharedEvent(wire.ValuesUpdate(batch)))
        return self._shared[1]

    async def _info(self, _request: wire.GetServerInfo, _session: Session) -> wire.ServerInfo:
        return wire.ServerInfo("ivi databroker", ivi.__version__)

    async def _list_metadata(self, request: wire.ListMetadata, _session: Session) -> wire.MetadataList:
        catalogue = self._broker.catalogue
        return wire.MetadataList([catalogue.get(path) for path in catalogue.resolve([request.pattern])])

    async def _get_values(self, request: wire.GetValues, _session: Session) -> wire.Values:
        paths = _bounded(request.paths)
        return wire.Values(self._broker.get(paths), self._broker.targets(paths) if request.targets else {})

    async def _subscribe(self, request: wire.Subscribe, stream: Stream) -> None:
        paths = _bounded(request.paths)
        selection = Selection(request.queue, request.on_change, request.deadband, request.deadbands)
        follower = Follower(stream, self._share)
        broker = self._broker
        try:
            follower.subscriptions.append(broker.subscribe(paths, request.max_hz, follower.values, selection))
            if request.targets:
                follower.subscriptions.append(
                    broker.subscribe_targets(paths, request.max_hz, follower.targets, request.queue)
                )
            self._followers.add(follower)
            await asyncio.Event().wait()  # until the client cancels or leaves: the session cancels this task
        finally:
            self._followers.discard(follower)
            self._lost += follower.lost
            for subscription in follower.subscriptions:
                broker.unsubscribe(subscription)

    async def _provide(self, request: wire.OpenProviderStream, stream: Stream) -> None:
        if stream.session in self._providers:
            raise InvalidArgumentError(
                "this connection has a provider stream already", hint="name all paths in one stream"
            )
        self._serial += 1
        provider = LinkProvider(stream, self._serial)
        self._broker.register(provider, _bounded(request.paths))
        self._providers[stream.session] = provider
        stream.send(wire.ActuationRequest({}))
        try:
            await asyncio.Event().wait()
        finally:
            del self._providers[stream.session]
            self._broker.unregister(provider)

    async def _publish(self, request: wire.PublishValues, session: Session) -> wire.Done:
        provider = self._providers.get(session)
        if provider is None:
            raise PermissionDeniedError("this connection provides nothing", hint="open a provider stream first")
        catalogue = self._broker.catalogue
        values = {
            path: None if value is None else check_value(catalogue.get(path), value)
            for path, value in request.values.items()
        }
        self._broker.publish(provider, values, request.time_ns or None)
        return wire.Done()

    async def _actuate(self, request: wire.Actuate, session: Session) -> wire.Done:
        return await self._make_true({request.path: request.value}, request.confirm, session)

    async def _batch_actuate(self, request: wire.BatchActuate, session: Session) -> wire.Done:
        _bounded(list(request.values))
        return await self._make_true(request.values, request.confirm, session)

    async def _make_true(self, values: Mapping[str, Value], confirm: bool, session: Session) -> wire.Done:
        asker = f"link:{session.peer_pid}"
        return wire.Done(await self._broker.actuate(values, confirm=confirm, source=asker) * 1000)


def _bounded(paths: list[str]) -> list[str]:
    if len(paths) > wire.MAX_PATHS:
        raise LinkError(f"{len(paths)} paths in one request; the limit is {wire.MAX_PATHS}")
    return paths
