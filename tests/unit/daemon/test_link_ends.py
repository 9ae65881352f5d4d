# SPDX-License-Identifier: Apache-2.0
"""Server and client of the link over a real Unix socket: answers, errors, streams, slow readers, bounds, restarts."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import STREAM_QUEUE, LinkClient
from ivi.daemon.link_server import LinkServer, Policy, Session, Stream
from ivi.daemon.process import Process
from ivi.model import databroker as wire
from ivi.model import link
from ivi.model.errors import DeadlineError, InternalError, LinkError, NotFoundError, UnavailableError
from ivi.model.signal import Datapoint
from ivi.model.status import GetStatus, Problem, ProcessStatus

ANSWERS = wire.DatabrokerAnswer | ProcessStatus


async def poll(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


def run_with_server(run_dir: Path, test: Callable[[LinkServer, LinkClient], Awaitable[None]]) -> None:
    async def main() -> None:
        process = Process("databroker")
        process.report("bus", Problem("The bus is away", "can0", "plug it in"))
        server = LinkServer(run_dir / "databroker.sock", (wire.DatabrokerRequest,), process.status)
        client = LinkClient(run_dir / "databroker.sock", ANSWERS)
        await server.start()
        try:
            await test(server, client)
        finally:
            await client.close()
            await server.stop()

    asyncio.run(main())


def test_every_process_tells_its_status(run_dir: Path) -> None:
    async def test(_server: LinkServer, client: LinkClient) -> None:
        status = await client.call(GetStatus())
        assert status.name == "databroker"
        assert status.problems == [Problem("The bus is away", "can0", "plug it in")]

    run_with_server(run_dir, test)


def test_an_error_arrives_as_the_same_class(run_dir: Path) -> None:
    async def refuse(_request: wire.GetValues, _session: Session) -> wire.Values:
        raise NotFoundError("unknown VSS path X", hint="did you mean Y?")

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_call(wire.GetValues, refuse)
        with pytest.raises(NotFoundError) as caught:
            await client.call(wire.GetValues(["X"]))
        assert caught.value.hint == "did you mean Y?"

    run_with_server(run_dir, test)


def test_a_defect_does_not_end_the_server(run_dir: Path) -> None:
    async def fail(_request: wire.GetValues, _session: Session) -> wire.Values:
        raise ZeroDivisionError

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_call(wire.GetValues, fail)
        with pytest.raises(InternalError, match="ZeroDivisionError"):
            await client.call(wire.GetValues([]))
        assert (await client.call(GetStatus())).name == "databroker"

    run_with_server(run_dir, test)


def test_a_late_answer_is_a_deadline_error(run_dir: Path) -> None:
    async def dawdle(_request: wire.GetValues, _session: Session) -> wire.Values:
        await asyncio.sleep(30)
        return wire.Values({})

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_call(wire.GetValues, dawdle)
        with pytest.raises(DeadlineError):
            await client.call(wire.GetValues([]), timeout=0.1)

    run_with_server(run_dir, test)


def test_a_request_that_nobody_serves_is_refused(run_dir: Path) -> None:
    async def test(_server: LinkServer, client: LinkClient) -> None:
        with pytest.raises(NotFoundError, match="Actuate is not served here"):
            await client.call(wire.Actuate("A", 1))

    run_with_server(run_dir, test)


def test_a_stream_ends_with_its_handler(run_dir: Path) -> None:
    async def three(_request: wire.Subscribe, stream: Stream) -> None:
        for number in range(3):
            stream.send(wire.ValuesUpdate({"A": Datapoint(number, 0, 0)}))

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, three)
        got = [event.entries["A"].value async for event in client.stream(wire.Subscribe(["A"]))]
        assert got == [0, 1, 2]

    run_with_server(run_dir, test)


def test_a_listener_hears_each_event_and_the_end(run_dir: Path) -> None:
    async def three(_request: wire.Subscribe, stream: Stream) -> None:
        for number in range(3):
            stream.send(wire.ValuesUpdate({"A": Datapoint(number, 0, 0)}))

    async def refused(_request: wire.OpenProviderStream, _stream: Stream) -> None:
        raise NotFoundError("unknown VSS path X")

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, three)
        server.router.on_stream(wire.OpenProviderStream, refused)
        got: list[object] = []
        await client.listen(wire.Subscribe(["A"]), lambda event: got.append(event.entries["A"].value))
        assert got == [0, 1, 2]
        with pytest.raises(NotFoundError, match="unknown VSS path X"):
            await client.listen(wire.OpenProviderStream([]), got.append)

    run_with_server(run_dir, test)


def test_a_listener_that_fails_ends_its_stream_and_no_other(run_dir: Path) -> None:
    ended = asyncio.Event()

    async def forever(_request: wire.Subscribe, stream: Stream) -> None:
        for number in range(3):
            stream.send(wire.ValuesUpdate({"A": Datapoint(number, 0, 0)}))
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, forever)
        with pytest.raises(KeyError, match="B"):
            await client.listen(wire.Subscribe(["A"]), lambda event: event.entries["B"])
        async with asyncio.timeout(10):
            await ended.wait()
        assert (await client.call(GetStatus())).name == "databroker"

    run_with_server(run_dir, test)


def test_a_cancelled_stream_ends_at_the_server_too(run_dir: Path) -> None:
    ended = asyncio.Event()

    async def forever(_request: wire.Subscribe, stream: Stream) -> None:
        stream.send(wire.ValuesUpdate({}))
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, forever)
        events = client.stream(wire.Subscribe(["A"]))
        await anext(events)
        await events.aclose()  # type: ignore[attr-defined]  # it is an async generator
        async with asyncio.timeout(10):
            await ended.wait()

    run_with_server(run_dir, test)


def test_a_reader_that_stands_still_loses_the_oldest_and_stops_nobody(run_dir: Path) -> None:
    """2,000 events of 10 kB to a client that does not read: the server goes on at once, drops are counted."""
    streams: list[Stream] = []

    async def keep(_request: wire.Subscribe, stream: Stream) -> None:
        streams.append(stream)
        await asyncio.Event().wait()

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, keep)
        with socket.socket(socket.AF_UNIX) as mute:
            mute.connect(str(run_dir / "databroker.sock"))
            mute.sendall(link.encode(link.Call(1, 0, link.pack(wire.Subscribe(["A"])))))
            await poll(lambda: bool(streams))
            body = link.pack(wire.ValuesUpdate({"A": Datapoint("x" * 10_000, 0, 0)}))
            for number in range(2000):
                streams[0].send(body)
                if number % 100 == 0:
                    await asyncio.sleep(0)
            assert streams[0].dropped > 1000
            assert (await client.call(GetStatus())).name == "databroker"

    run_with_server(run_dir, test)


def test_what_a_socket_takes_in_part_arrives_whole_and_in_order(run_dir: Path) -> None:
    """Events of 30 kB to a socket with little room, with small ones among them that would fit at once."""
    sizes = [30_000, 1, 1, 30_000, 1, 30_000, 10, 1]

    async def send(_request: wire.Subscribe, stream: Stream) -> None:
        sock = stream.session._transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        for number, size in enumerate(sizes * 20):
            while not stream.writable:
                await asyncio.sleep(0)
            stream.send(wire.ValuesUpdate({"A": Datapoint("x" * size, number, 0)}))
            if number % 5 == 0:
                await asyncio.sleep(0)

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, send)
        points = [event.entries["A"] async for event in client.stream(wire.Subscribe(["A"]))]
        assert [point.time_ns for point in points] == list(range(len(sizes) * 20))
        assert [len(point.value) for point in points] == sizes * 20

    run_with_server(run_dir, test)


def test_a_stream_that_nobody_reads_keeps_the_newest_events(run_dir: Path) -> None:
    async def send(_request: wire.Subscribe, stream: Stream) -> None:
        for number in range(STREAM_QUEUE + 100):
            stream.send(wire.ValuesUpdate({"A": Datapoint(number, 0, 0)}))

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, send)
        events = client.stream(wire.Subscribe(["A"]))
        seen = [(await anext(events)).entries["A"].value]
        assert (await client.call(GetStatus())).name == "databroker"  # behind all events, so they have come
        seen += [event.entries["A"].value async for event in events]
        assert seen[1:] == list(range(seen[1], STREAM_QUEUE + 100))
        assert 0 <= seen[0] < seen[1]
        assert len(seen) + client.dropped == STREAM_QUEUE + 100
        assert client.dropped > 0

    run_with_server(run_dir, test)


def test_a_server_that_hangs_up_at_once_is_said(run_dir: Path) -> None:
    async def test() -> None:
        path = run_dir / "databroker.sock"
        server = await asyncio.start_unix_server(lambda _reader, writer: writer.close(), path)
        client = LinkClient(path, ANSWERS)
        async with server:
            for _ in range(3):
                with pytest.raises(LinkError, match=r"databroker (closed the connection|was lost)"):
                    await client.call(GetStatus(), 20.0)
        await client.close()

    asyncio.run(test())


def test_what_the_server_dropped_is_counted_at_the_client(run_dir: Path) -> None:
    async def send(_request: wire.Subscribe, stream: Stream) -> None:
        for dropped in (0, 3, 3, 7):
            stream.dropped = dropped
            stream.send(wire.ValuesUpdate({}))

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_stream(wire.Subscribe, send)
        assert len([event async for event in client.stream(wire.Subscribe(["A"]))]) == 4
        assert client.dropped == 7

    run_with_server(run_dir, test)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (struct.pack(">I", 1 << 30), "over the limit"),
        (struct.pack(">I", 4) + b"\xff\xff\xff\xff", "malformed frame"),
        (link.encode(link.Call(1, 100, link.pack(Problem("a", "b", "c")))), "does not fit the protocol"),
    ],
)
def test_a_client_that_breaks_the_protocol_is_cut_off_with_a_reason(run_dir: Path, data: bytes, reason: str) -> None:
    async def test(server: LinkServer, client: LinkClient) -> None:
        reader, writer = await asyncio.open_unix_connection(str(run_dir / "databroker.sock"))
        writer.write(data)
        async with asyncio.timeout(10):
            assert await reader.read() == b""
        writer.close()
        await poll(lambda: bool(server.closed_with))
        assert reason in server.closed_with[0]
        assert (await client.call(GetStatus())).name == "databroker"

    run_with_server(run_dir, test)


def test_a_half_sent_frame_has_a_deadline(run_dir: Path) -> None:
    async def main() -> None:
        path = run_dir / "strict.sock"
        server = LinkServer(path, (wire.DatabrokerRequest,), Process("x").status, Policy(partial_s=0.2))
        await server.start()
        try:
            _reader, writer = await asyncio.open_unix_connection(str(path))
            writer.write(struct.pack(">I", 100) + b"half")
            await poll(lambda: bool(server.closed_with))
            assert "did not arrive whole" in server.closed_with[0]
            writer.close()
        finally:
            await server.stop()

    asyncio.run(main())


def test_a_flood_waits_at_the_client_and_nothing_is_lost(run_dir: Path) -> None:
    async def main() -> None:
        path = run_dir / "strict.sock"
        server = LinkServer(path, (wire.DatabrokerRequest,), Process("x").status, Policy(calls_per_s=200, burst=20))
        await server.start()
        started = asyncio.get_running_loop().time()
        async with LinkClient(path, ANSWERS) as client:
            answers = await asyncio.gather(*(client.call(GetStatus(), timeout=20) for _ in range(100)))
        await server.stop()
        assert len(answers) == 100
        assert asyncio.get_running_loop().time() - started > 0.3  # 80 calls over the burst, at 200 a second

    asyncio.run(main())


def test_a_second_server_is_refused_and_a_dead_ones_socket_is_taken(run_dir: Path) -> None:
    async def test(_server: LinkServer, _client: LinkClient) -> None:
        second = LinkServer(run_dir / "databroker.sock", (wire.DatabrokerRequest,), Process("x").status)
        with pytest.raises(UnavailableError, match="another copy serves"):
            await second.start()
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(run_dir / "dead.sock"))
        third = LinkServer(run_dir / "dead.sock", (wire.DatabrokerRequest,), Process("x").status)
        await third.start()
        await third.stop()

    run_with_server(run_dir, test)


def test_a_missing_process_is_named(run_dir: Path) -> None:
    async def main() -> None:
        async with LinkClient(run_dir / "voice.sock", ANSWERS) as client:
            with pytest.raises(UnavailableError, match="voice is not running"):
                await client.call(GetStatus())

    asyncio.run(main())


def test_calls_in_flight_end_when_the_server_goes(run_dir: Path) -> None:
    async def dawdle(_request: wire.GetValues, _session: Session) -> wire.Values:
        await asyncio.Event().wait()
        return wire.Values({})

    async def test(server: LinkServer, client: LinkClient) -> None:
        server.router.on_call(wire.GetValues, dawdle)
        call = asyncio.ensure_future(client.call(wire.GetValues([])))
        await poll(lambda: bool(server.sessions))
        await server.stop()
        with pytest.raises(LinkError):
            await call

    run_with_server(run_dir, test)


def test_a_follower_comes_back_after_a_restart(run_dir: Path) -> None:
    async def one(_request: wire.Subscribe, stream: Stream) -> None:
        stream.send(wire.ValuesUpdate({}))
        await asyncio.Event().wait()

    async def main() -> None:
        path = run_dir / "databroker.sock"
        states: list[bool] = []
        events: list[object] = []
        client = LinkClient(path, ANSWERS)
        follow = asyncio.ensure_future(
            client.follow(wire.Subscribe([]), events.append, lambda connected, _reason: states.append(connected))
        )
        await poll(lambda: states[-1:] == [False])
        for wanted in (1, 2):
            server = LinkServer(path, (wire.DatabrokerRequest,), Process("x").status)
            server.router.on_stream(wire.Subscribe, one)
            await server.start()
            await poll(lambda wanted=wanted: len(events) == wanted and states[-1])  # type: ignore[misc]
            await server.stop()
            await poll(lambda: not states[-1])
        follow.cancel()
        await asyncio.gather(follow, return_exceptions=True)
        await client.close()

    asyncio.run(main())


def test_another_users_process_is_refused(run_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The peer's uid comes from the kernel; here the kernel's answer is what changes."""

    async def test(server: LinkServer, client: LinkClient) -> None:
        monkeypatch.setattr("ivi.daemon.link_server.os.getuid", lambda: 4242)
        monkeypatch.setattr("ivi.daemon.link_server.peer_of", lambda _sock: (1, 4243))
        with pytest.raises(LinkError):
            await client.call(GetStatus())
        assert server.closed_with[0] == "user 4243 may not connect"

    run_with_server(run_dir, test)
