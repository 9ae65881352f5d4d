# SPDX-License-Identifier: Apache-2.0
"""Subscriptions of an app against a real databroker's socket: bounded, and never silent for good."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from ivi.apphost.facilities.signal_stream import FEEDS, bundled
from ivi.apphost.facility import MAX_STREAMS
from ivi.daemon.link_server import LinkServer, Policy, Stream
from ivi.daemon.process import Process
from ivi.model.app import Signals, SubscribeSignals
from ivi.model.databroker import DatabrokerRequest, Subscribe, ValuesUpdate
from ivi.model.signal import Datapoint
from ivi.sdk.connection import Connection

if TYPE_CHECKING:
    from tests.unit.apphost.facilities.conftest import Bench

PATHS = [f"Vehicle.Cabin.HVAC.Test{number}" for number in range(32)]
READS = "".join(
    f"""
[[permission]]
use = "vehicle.read"
paths = ["{path}"]
max_hz = {number + 1}
reason = "is compared"
"""
    for number, path in enumerate(PATHS)
)


class Broker:
    """Answers subscriptions with one value for each path, and counts the open ones."""

    def __init__(self, bench: "Bench", policy: Policy | None = None) -> None:
        self.open: list[Subscribe] = []
        self.most = 0
        self.broken = False
        self._server = LinkServer(
            bench.folder / "databroker.sock", (DatabrokerRequest,), Process("databroker").status, policy
        )
        self._server.router.on_stream(Subscribe, self._subscribe)
        self._bench, self._open_link = bench, bench.link.open
        bench.link.open = self._start  # type: ignore[method-assign]  # the broker comes up before the app

    async def _start(self, sock: Any) -> None:  # noqa: ANN401  # the link's socket
        self.loop = asyncio.get_running_loop()
        await self._server.start()
        await self._open_link(sock)

    def run(self, script: Callable[[Connection], None]) -> None:
        def as_app(connection: Connection) -> None:
            try:
                script(connection)
            finally:
                asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(10)

        self._bench.run(as_app)

    def hold(self) -> "asyncio.Task[None]":
        """Another subscription over the host's one connection; called from the app's thread."""

        async def begin() -> asyncio.Task[None]:
            return asyncio.create_task(self._bench.life.car.databroker.follow(Subscribe(["Vehicle.Other"], 1), print))

        held = asyncio.run_coroutine_threadsafe(begin(), self.loop).result(10)
        until(lambda: self.open)
        return held

    async def _stop(self) -> None:
        await self._bench.life.car.databroker.close()
        await self._server.stop()

    async def _subscribe(self, request: Subscribe, stream: Stream) -> None:
        self.open.append(request)
        self.most = max(self.most, len(self.open))
        try:
            now = time.time_ns(), time.monotonic_ns()
            stream.send(ValuesUpdate({path: Datapoint(1.0, *now, "test") for path in request.paths}))
            await asyncio.get_running_loop().create_future()
        finally:
            self.open.remove(request)


def until(done: Callable[[], object], connection: Connection | None = None) -> None:
    deadline = time.monotonic() + 15
    while not done():
        assert time.monotonic() < deadline, "it did not happen in time"
        if connection is not None:
            connection.dispatch(0.02)
        else:
            time.sleep(0.01)


def test_an_app_with_all_its_streams_takes_few_of_the_databroker(bench_of: "Callable[[str], Bench]") -> None:
    broker = Broker(bench_of(READS))
    told: list[set[str]] = [set() for _ in range(MAX_STREAMS)]

    def script(connection: Connection) -> None:
        for had in told:

            def take(event: object, had: set[str] = had) -> None:
                if isinstance(event, Signals):
                    had.update(event.entries)

            connection.stream(SubscribeSignals(PATHS), take)
        until(lambda: all(had == set(PATHS) for had in told), connection)

    broker.run(script)
    assert broker.most == MAX_STREAMS * FEEDS == 16


def test_a_stream_for_which_there_was_no_room_says_so_and_flows_when_there_is(
    bench_of: "Callable[[str], Bench]", caplog: pytest.LogCaptureFixture
) -> None:
    broker = Broker(bench_of(READS), Policy(in_flight=1))
    got: list[str] = []

    def pauses() -> list[logging.LogRecord]:
        return [one for one in caplog.records if one.message == "an app's signals pause"]

    def script(connection: Connection) -> None:
        held = broker.hold()
        connection.stream(
            SubscribeSignals(PATHS[:1]), lambda event: got.extend(event.entries if isinstance(event, Signals) else [])
        )
        until(pauses, connection)
        time.sleep(1.0)  # it tries again meanwhile, and says no more
        assert not got
        [pause] = pauses()
        assert "more than 1 calls in flight" in pause.__dict__["reason"]
        broker.loop.call_soon_threadsafe(held.cancel)
        until(lambda: got == PATHS[:1], connection)

    with caplog.at_level(logging.WARNING):
        broker.run(script)


@pytest.mark.parametrize(
    ("rates", "groups"),
    [
        ([], []),
        ([5.0], [[5.0]]),
        ([50.0, 1.0], [[1.0], [50.0]]),
        ([50.0, 20.0, 1.0], [[1.0], [20.0, 50.0]]),
        ([50.0, 2.0, 1.0], [[1.0, 2.0], [50.0]]),
    ],
)
def test_rates_are_bundled_with_their_like(rates: list[float], groups: list[list[float]]) -> None:
    assert bundled(rates, 2) == groups
