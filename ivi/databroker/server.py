# SPDX-License-Identifier: Apache-2.0
"""The broker on the link: requests of ivi.model.databroker answered from a Broker."""

import asyncio
import time
from collections.abc import Mapping

import ivi
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.databroker.broker import Broker, Subscription
from ivi.model import databroker as wire
from ivi.model.errors import InvalidArgumentError, LinkError, PermissionDeniedError
from ivi.model.signal import Datapoint, Value
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

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Pass the request on; the client answers by publishing."""
        self._stream.send(wire.ActuationRequest(dict(values)))
        return values


class BrokerServer:
    """Serves one Broker on one LinkServer."""

    def __init__(self, broker: Broker, server: LinkServer) -> None:
        self._broker = broker
        self._streams: dict[Subscription, Stream] = {}
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
            "subscriptions": len(self._streams),
            "updates_overwritten": sum(subscription.overwritten for subscription in self._streams),
        }

    async def keep_alive(self) -> None:
        """Tell silent subscriptions that we live, for ever."""
        while True:
            await asyncio.sleep(KEEP_ALIVE / 2)
            limit = time.monotonic() - KEEP_ALIVE
            for subscription, stream in list(self._streams.items()):
                if subscription.last_sent < limit and stream.writable:
                    stream.send(wire.ValuesUpdate({}))
                    subscription.last_sent = time.monotonic()

    async def _info(self, _request: wire.GetServerInfo, _session: Session) -> wire.ServerInfo:
        return wire.ServerInfo("ivi databroker", ivi.__version__)

    async def _list_metadata(self, request: wire.ListMetadata, _session: Session) -> wire.MetadataList:
        catalogue = self._broker.catalogue
        return wire.MetadataList([catalogue.get(path) for path in catalogue.resolve([request.pattern])])

    async def _get_values(self, request: wire.GetValues, _session: Session) -> wire.Values:
        return wire.Values(self._broker.get(_bounded(request.paths)))

    async def _subscribe(self, request: wire.Subscribe, stream: Stream) -> None:
        def deliver(entries: dict[str, Datapoint]) -> bool:
            if not stream.writable:
                return False
            stream.send(wire.ValuesUpdate(entries))
            return True

        subscription = self._broker.subscribe(_bounded(request.paths), request.max_hz, deliver)
        stream.on_writable = subscription.unblock
        self._streams[subscription] = stream
        try:
            await asyncio.Event().wait()  # until the client cancels or leaves: the session cancels this task
        finally:
            del self._streams[subscription]
            self._broker.unsubscribe(subscription)

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
        self._broker.publish(provider, values)
        return wire.Done()

    async def _actuate(self, request: wire.Actuate, _session: Session) -> wire.Done:
        return wire.Done(await self._broker.actuate({request.path: request.value}) * 1000)

    async def _batch_actuate(self, request: wire.BatchActuate, _session: Session) -> wire.Done:
        _bounded(list(request.values))
        return wire.Done(await self._broker.actuate(request.values) * 1000)


def _bounded(paths: list[str]) -> list[str]:
    if len(paths) > wire.MAX_PATHS:
        raise LinkError(f"{len(paths)} paths in one request; the limit is {wire.MAX_PATHS}")
    return paths
