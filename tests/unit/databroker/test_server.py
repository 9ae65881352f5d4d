# SPDX-License-Identifier: Apache-2.0
"""The broker on a real socket: targets, losses that the subscriber sees, providers on the link, older clients."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model import databroker as wire
from ivi.model import link
from ivi.model.errors import InvalidArgumentError, NotFoundError, PermissionDeniedError, UnavailableError
from ivi.model.signal import Datapoint, DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

SPEED, SEAT, TEXT = "Vehicle.Speed", "Vehicle.Seat", "Vehicle.Text"


async def events_of(client: LinkClient, request: wire.Subscribe) -> AsyncGenerator[wire.ValuesUpdate]:
    """The events of a subscription, as a generator that can be closed."""
    async for event in client.stream(request):
        yield event


class Rig:
    """A broker on a socket, and clients of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "databroker.sock"
        entries = [
            Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR, "km/h", 0, 400),
            Metadata(SEAT, DataType.UINT8, EntryType.ACTUATOR, "percent", 0, 100),
            Metadata(TEXT, DataType.STRING, EntryType.SENSOR),
        ]
        self.broker = Broker(Catalogue(entries))
        self.server = LinkServer(self.path, (wire.DatabrokerRequest,), Process("databroker").status)
        self.service = BrokerServer(self.broker, self.server)
        self.clients: list[LinkClient] = []

    def client(self) -> LinkClient:
        self.clients.append(LinkClient(self.path, wire.DatabrokerAnswer))
        return self.clients[-1]

    async def provider(self, *paths: str) -> tuple[LinkClient, Any]:
        """A client that provides these paths, and its stream of requests."""
        client = self.client()
        stream = client.stream(wire.OpenProviderStream(list(paths)))
        assert await anext(aiter(stream)) == wire.ActuationRequest({})
        return client, stream


def with_rig(folder: Path, test: Callable[[Rig], Awaitable[None]]) -> None:
    async def main() -> None:
        rig = Rig(folder)
        await rig.server.start()
        try:
            async with asyncio.timeout(30):
                await test(rig)
        finally:
            for client in rig.clients:
                await client.close()
            await rig.server.stop()

    asyncio.run(main())


def test_current_and_target_values_are_told_apart(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(SEAT)
        await provider.call(wire.PublishValues({SEAT: 10}))
        reader = rig.client()
        async with aclosing(events_of(reader, wire.Subscribe([SEAT], targets=True))) as events:
            assert (await anext(events)).entries[SEAT].value == 10
            setting = asyncio.ensure_future(rig.client().call(wire.BatchActuate({SEAT: 60})))
            assert await anext(requests) == wire.ActuationRequest({SEAT: 60})
            update = await anext(events)
            assert (update.entries, update.targets[SEAT].value) == ({}, 60)
            assert update.targets[SEAT].source == f"link:{os.getpid()}"
            both = await reader.call(wire.GetValues([SEAT], targets=True))
            assert (both.entries[SEAT].value, both.targets[SEAT].value) == (10, 60)
            assert (await reader.call(wire.GetValues([SEAT]))).targets == {}
            await provider.call(wire.PublishValues({SEAT: 60}))
            assert (await setting).elapsed_ms > 0
            assert (await anext(events)).entries[SEAT].value == 60
        await requests.aclose()

    with_rig(run_dir, test)


def test_a_newer_request_ends_the_older_one_with_a_clear_error(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(SEAT)
        first = asyncio.ensure_future(rig.client().call(wire.Actuate(SEAT, 10)))
        await anext(requests)
        second = asyncio.ensure_future(rig.client().call(wire.Actuate(SEAT, 20)))
        with pytest.raises(UnavailableError, match="by a newer request") as caught:
            await first
        assert caught.value.hint == "the newer request goes on"
        await anext(requests)
        await provider.call(wire.PublishValues({SEAT: 20}))
        await second
        await requests.aclose()

    with_rig(run_dir, test)


def test_a_slow_subscriber_sees_how_much_it_lost(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(TEXT)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as slow:
            slow.connect(os.fspath(rig.path))
            slow.sendall(link.encode(link.Call(1, 0, link.pack(wire.Subscribe([TEXT], queue=2)))))
            number = 0
            while rig.service.counters()["updates_overwritten"] == 0:
                number += 1
                await provider.call(wire.PublishValues({TEXT: f"{number} " + "x" * 50_000}))
            lost = rig.service.counters()["updates_overwritten"]
            slow.setblocking(False)
            events = await read_until(slow, f"{number} ")
            assert events[-1].dropped == lost
            assert events[0].dropped == 0
            assert len(events) + lost == number
        await requests.aclose()

    with_rig(run_dir, test)


def test_followers_share_an_update_and_keep_their_own_count(run_dir: Path) -> None:
    """Three streams of two connections follow the same path; one of them has lost something before."""

    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(SPEED, TEXT)
        both, other = rig.client(), rig.client()
        streams = [events_of(client, wire.Subscribe([SPEED])) for client in (both, both, other)]
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as slow:
            slow.connect(os.fspath(rig.path))
            slow.sendall(link.encode(link.Call(9, 0, link.pack(wire.Subscribe([TEXT, SPEED])))))
            number = 0
            while rig.service.counters()["updates_overwritten"] == 0:
                number += 1
                await provider.call(wire.PublishValues({TEXT: f"{number} " + "x" * 50_000}))
            slow.setblocking(False)
            events = await read_until(slow, f"{number} ")
            assert [events[0].dropped, events[-1].dropped] == [0, rig.service.counters()["updates_overwritten"]]
            pending = [asyncio.ensure_future(anext(stream)) for stream in streams]
            while rig.service.counters()["subscriptions"] != 4:
                await asyncio.sleep(0.01)
            await provider.call(wire.PublishValues({SPEED: 1.5}))
            assert [(await event).entries[SPEED].value for event in pending] == [1.5] * 3
            (last,) = [event for event in await read_events(slow, SPEED) if event.id == 9]
            assert last.dropped == events[-1].dropped
        assert (both.dropped, other.dropped) == (0, 0)
        for stream in streams:
            await stream.aclose()
        await requests.aclose()

    with_rig(run_dir, test)


async def read_events(sock: socket.socket, path: str) -> list[link.Event]:
    """Events up to the first that has this path; keep-alives are left out."""
    frames = link.FrameReader()
    decoder: link.BodyDecoder[wire.ValuesUpdate] = link.BodyDecoder(wire.DatabrokerAnswer)
    found: list[link.Event] = []
    while True:
        for frame in frames.feed(await asyncio.get_running_loop().sock_recv(sock, 1 << 16)):
            event = link.decode_downward(frame)
            assert isinstance(event, link.Event)
            update = decoder.decode(event.body)
            if update.entries:
                found.append(event)
                if path in update.entries:
                    return found


async def read_until(sock: socket.socket, text: str) -> list[link.Event]:
    """Events up to the one whose value begins with the text; keep-alives are left out."""
    frames = link.FrameReader()
    decoder: link.BodyDecoder[wire.ValuesUpdate] = link.BodyDecoder(wire.DatabrokerAnswer)
    found: list[link.Event] = []
    while True:
        for frame in frames.feed(await asyncio.get_running_loop().sock_recv(sock, 1 << 16)):
            event = link.decode_downward(frame)
            assert isinstance(event, link.Event)
            update = decoder.decode(event.body)
            if update.entries:
                found.append(event)
                if str(update.entries[TEXT].value).startswith(text):
                    return found


def test_what_subscribers_lost_is_still_counted_when_they_are_gone(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(TEXT)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as slow:
            slow.connect(os.fspath(rig.path))
            slow.sendall(link.encode(link.Call(1, 0, link.pack(wire.Subscribe([TEXT])))))
            number = 0
            while rig.service.counters()["updates_overwritten"] == 0:
                number += 1
                await provider.call(wire.PublishValues({TEXT: f"{number} " + "x" * 50_000}))
        while rig.service.counters()["subscriptions"]:
            await asyncio.sleep(0.01)
        assert rig.service.counters()["updates_overwritten"] == 1
        await requests.aclose()

    with_rig(run_dir, test)


def test_one_path_has_one_provider_and_what_it_publishes_is_checked(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(SPEED, TEXT)
        with pytest.raises(PermissionDeniedError, match="provided by link:"):
            await rig.provider(SPEED, SEAT)
        # all or nothing: the refused provider does not own its other path
        assert (await rig.provider(SEAT))[0] is not None
        refused: list[tuple[dict[str, Value | None], type[Exception]]] = [
            ({SPEED: "fast"}, InvalidArgumentError),
            ({SPEED: 401.0}, InvalidArgumentError),
            ({SEAT: 1}, PermissionDeniedError),
            ({"Vehicle.None": 1}, NotFoundError),
            ({TEXT: "kept", SPEED: -1.0}, InvalidArgumentError),
        ]
        for values, kind in refused:
            with pytest.raises(kind):
                await provider.call(wire.PublishValues(values))
        with pytest.raises(PermissionDeniedError, match="provides nothing"):
            await rig.client().call(wire.PublishValues({SPEED: 1.0}))
        with pytest.raises(InvalidArgumentError, match="provider stream already"):
            await anext(aiter(provider.stream(wire.OpenProviderStream([SEAT]))))
        assert (await provider.call(wire.GetValues(["**"]))).entries == {}
        await provider.call(wire.PublishValues({SPEED: 1}, time_ns=7))
        point = (await provider.call(wire.GetValues([SPEED]))).entries[SPEED]
        assert (point.value, point.time_ns) == (1.0, 7)
        await requests.aclose()

    with_rig(run_dir, test)


def test_a_provider_that_leaves_takes_its_values_along(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        provider, requests = await rig.provider(SPEED)
        await provider.call(wire.PublishValues({SPEED: 50.0}))
        async with aclosing(events_of(rig.client(), wire.Subscribe([SPEED]))) as events:
            assert (await anext(events)).entries[SPEED].value == 50.0
            await requests.aclose()
            assert (await anext(events)).entries[SPEED].value is None

    with_rig(run_dir, test)


def test_clients_that_know_less_still_fit(run_dir: Path) -> None:
    """Fields were added at the end of messages; one without them means what it always meant."""
    assert msgspec.msgpack.decode(
        msgspec.msgpack.encode(["subscribe", [SPEED], 5.0]), type=wire.DatabrokerRequest
    ) == wire.Subscribe([SPEED], 5.0)
    assert msgspec.msgpack.decode(
        msgspec.msgpack.encode(["actuate", SEAT, 1]), type=wire.DatabrokerRequest
    ) == wire.Actuate(SEAT, 1)
    assert msgspec.msgpack.decode(
        msgspec.msgpack.encode(["update", {SPEED: [1.0, 2, 3, "s"]}]), type=wire.DatabrokerAnswer
    ) == wire.ValuesUpdate({SPEED: Datapoint(1.0, 2, 3, "s")})


def test_silent_subscriptions_hear_that_the_broker_lives(run_dir: Path) -> None:
    async def test(rig: Rig) -> None:
        keeper = asyncio.ensure_future(rig.service.keep_alive())
        async with aclosing(events_of(rig.client(), wire.Subscribe([SPEED], targets=True))) as events:
            for _ in range(2):
                assert await anext(events) == wire.ValuesUpdate({})
        keeper.cancel()

    with_rig(run_dir, test)
