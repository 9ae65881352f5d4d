# SPDX-License-Identifier: Apache-2.0
"""The checks behind an app's link, with the SDK's own connection on the other end; no sandbox and no car are needed."""

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.apphost.app_link import AppLink, Timing
from ivi.apphost.audit import Audit
from ivi.apphost.driving import Driving
from ivi.apphost.facility import MAX_STREAMS, Car, Life
from ivi.apphost.hosted_app import HostedApp
from ivi.apphost.intents.registry import IntentRegistry
from ivi.apphost.manifest import VehicleRead, load
from ivi.apphost.notices import Notices
from ivi.apphost.prompts import Prompts
from ivi.apphost.provisions import Provisions
from ivi.apphost.rights import Rights
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Session, Stream
from ivi.daemon.process import Process
from ivi.model.app import (
    ActuateSignal,
    AppRequest,
    FollowInput,
    GetSignals,
    Heartbeat,
    Hello,
    Revoked,
    ShowTemplate,
    Signals,
    SubscribeSignals,
)
from ivi.model.databroker import (
    Actuate,
    DatabrokerAnswer,
    DatabrokerRequest,
    Done,
    GetValues,
    Subscribe,
    Values,
    ValuesUpdate,
)
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError, ResourceExhaustedError, UnavailableError
from ivi.model.services import DrivingState, ServicesAnswer, UxRestrictions
from ivi.model.signal import Datapoint
from ivi.model.templates import ListTemplate, Row
from ivi.sdk.connection import Connection

TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
MANIFEST = f"""
[app]
id = "dev.ivi.test"
name = "Test"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Test"
[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Speed"]
max_hz = 2
reason = "test"
[[permission]]
use = "vehicle.actuate"
paths = ["{TEMPERATURE}"]
reason = "test"
"""
UI = """
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
"""
LIST = ListTemplate("List", [Row("a", "A")])


class Bench:
    """One app link and what it needs."""

    def __init__(self, folder: Path, manifest: str) -> None:
        (folder / "manifest.toml").write_text(manifest)
        self.reads = 0
        self.actuated: list[Actuate] = []
        self.server = LinkServer(folder / "databroker.sock", (DatabrokerRequest,), Process("databroker").status)
        self.server.router.on_call(GetValues, self.get)
        self.server.router.on_call(Actuate, self.actuate)
        self.client = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
        self.driving = Driving(LinkClient(folder / "services.sock", ServicesAnswer), lambda: None)
        self.audit = Audit(folder / "audit.db")
        self.app = HostedApp(folder, load(folder), lambda: None)
        self.provisions = Provisions.open(folder / "apps")
        prompts = Prompts(lambda: self.driving.may_set_up)
        notices = Notices(lambda: self.driving.limits)
        car = Car(self.client, self.driving, self.audit, prompts, IntentRegistry(), notices, self.provisions)
        life = Life(self.app, Rights(load(folder)), car)
        self.link = AppLink(life, Timing(hello=10.0, heartbeat=2.0), on_hello=lambda: None)

    async def get(self, request: GetValues, _session: Session) -> Values:
        self.reads += 1
        return Values({path: Datapoint(self.reads, time.time_ns(), time.monotonic_ns()) for path in request.paths})

    async def actuate(self, request: Actuate, _session: Session) -> Done:
        self.actuated.append(request)
        return Done()

    def run(self, script: Callable[[Connection], None]) -> None:
        """Run a script as the app, on a thread as the app would be in a process."""

        async def drive() -> None:
            await self.server.start()
            ours, theirs = socket.socketpair()
            ours.setblocking(False)
            await self.link.open(ours)
            connection = Connection(theirs)
            try:
                await asyncio.to_thread(script, connection)
            finally:
                connection.close()
                await self.link.ended.wait()
                await self.client.close()
                await self.server.stop()
                await self.provisions.close()
                await self.audit.close()

        asyncio.run(drive())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path, MANIFEST + UI)


@pytest.mark.parametrize(
    "request_",
    [
        GetSignals(["Vehicle.Speed"]),
        ShowTemplate(LIST),
        ActuateSignal(TEMPERATURE, 20.0),
        SubscribeSignals(["Vehicle.Speed"]),
    ],
)
def test_hello_comes_first(bench: Bench, request_: AppRequest) -> None:
    def script(connection: Connection) -> None:
        with pytest.raises(PermissionDeniedError, match="Hello"):
            connection.call(request_)

    bench.run(script)
    assert bench.reads == 0


def test_polling_is_no_way_round_the_rate(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        values = [connection.call(GetSignals(["Vehicle.Speed"])).entries["Vehicle.Speed"].value for _ in range(50)]
        assert set(values) <= {1, 2}

    bench.run(script)
    assert 1 <= bench.reads <= 2


def test_an_actuator_moves_only_while_parked(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        for state in (DrivingState.UNKNOWN, DrivingState.MOVING, DrivingState.IDLING):
            bench.driving._ux = UxRestrictions(state, [], "")
            with pytest.raises(PermissionDeniedError, match="only while parked"):
                connection.call(ActuateSignal(TEMPERATURE, 20.0))
        bench.driving._ux = UxRestrictions(DrivingState.PARKED, [], "")
        connection.call(ActuateSignal(TEMPERATURE, 20.0))
        # A grant to change is none to read.
        with pytest.raises(PermissionDeniedError):
            connection.call(GetSignals([TEMPERATURE]))

    bench.run(script)
    assert bench.actuated == [Actuate(TEMPERATURE, 20.0)]
    assert bench.app.denied == 4


def test_without_the_ui_grant_nothing_is_shown(tmp_path: Path) -> None:
    bench = Bench(tmp_path, MANIFEST)

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        with pytest.raises(PermissionDeniedError, match="manifest"):
            connection.call(ShowTemplate(LIST))

    bench.run(script)
    assert bench.app.shown == 0


def test_templates_are_checked_counted_and_held_back(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        with pytest.raises(InvalidArgumentError, match="twice"):
            connection.call(ShowTemplate(ListTemplate("List", [Row("a", "A"), Row("a", "B")])))
        revisions = [connection.call(ShowTemplate(LIST)).revision for _ in range(3)]
        assert revisions == [1, 2, 3]
        with pytest.raises(ResourceExhaustedError, match="too fast"):
            connection.call(ShowTemplate(LIST))

    bench.run(script)
    assert bench.app.shown == 3


def test_streams_are_bounded(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        for _ in range(MAX_STREAMS):
            connection.stream(FollowInput(), lambda _: None)
        with pytest.raises(ResourceExhaustedError, match="open streams"):
            connection.stream(FollowInput(), lambda _: None)

    bench.run(script)
    assert bench.app.stage.inputs == set()


def test_a_databroker_that_is_away_does_not_tell_where_it_lives(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        bench.client.path = Path("/nowhere/databroker.sock")
        with pytest.raises(UnavailableError) as caught:
            connection.call(GetSignals(["Vehicle.Speed"]))
        assert "sock" not in str(caught.value)

    bench.run(script)


def test_patience_runs_out_without_heartbeats(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        def overdue() -> float:
            """When patience ends: it stays where it is while nobody speaks, however slowly this test runs."""
            return time.monotonic() + bench.link.patience()

        assert bench.link.patience() <= 10.0
        connection.call(Hello("1.0.0"))
        left, end = bench.link.patience(), overdue()
        assert left <= 7.0
        time.sleep(0.5)  # the clock has to move for patience to shrink
        assert bench.link.patience() < left - 0.2
        connection.call(Heartbeat())
        assert overdue() > end + 0.1

    bench.run(script)


def test_too_many_or_no_paths_are_refused(bench: Bench) -> None:
    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        for paths in ([], ["Vehicle.Speed"] * 1000):
            with pytest.raises(InvalidArgumentError, match="paths in one request"):
                connection.call(GetSignals(paths))

    bench.run(script)


def test_nothing_that_was_taken_back_waits_for_a_slow_reader(bench: Bench) -> None:
    """Values that the app has not read yet are dropped with the right, and the event says from where on."""

    async def subscribe(_request: Subscribe, stream: Stream) -> None:
        loops.add(asyncio.get_running_loop())
        number = 0
        while True:
            number += 1
            stream.send(ValuesUpdate({"Vehicle.Speed": Datapoint(number, time.time_ns(), time.monotonic_ns())}))
            await asyncio.sleep(0.005)

    bench.server.router.on_stream(Subscribe, subscribe)
    rights = bench.link._life.rights
    rights.change([VehicleRead(paths=["Vehicle.Speed"], max_hz=50, reason="test")])
    heard: list[object] = []
    loops: set[asyncio.AbstractEventLoop] = set()

    def script(connection: Connection) -> None:
        connection.call(Hello("1.0.0"))
        connection.stream(SubscribeSignals(["Vehicle.Speed"]), heard.append)
        while not any(isinstance(one, Signals) and one.entries for one in heard):
            connection.dispatch(1)
        session = bench.link._session
        assert session is not None
        (loop,) = loops

        def slow() -> None:
            session.paused = True

        def take_back() -> None:
            (stream,) = session._open_streams.values()
            assert stream._waiting
            rights.change([])
            session.paused = False
            stream.flush()

        loop.call_soon_threadsafe(slow)
        time.sleep(0.3)  # the values have to pile up at the host
        while connection._events:
            connection.dispatch(0)
        before = len(heard)
        loop.call_soon_threadsafe(take_back)
        deadline = time.monotonic() + 30
        while not any(isinstance(one, Revoked) for one in heard):
            assert time.monotonic() < deadline
            connection.dispatch(0.1)
        after = heard[before:]
        assert [one for one in after if isinstance(one, Signals) and one.entries] == []
        with pytest.raises(PermissionDeniedError):
            connection.call(GetSignals(["Vehicle.Speed"]))

    bench.run(script)
