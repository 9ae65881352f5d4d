# SPDX-License-Identifier: Apache-2.0
"""From the publisher's package to the app on the screen: catalogue, HTTP, TUF, app host, sandbox; all of it real."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from ivi.cloud.store.catalogue import PATH, Entry
from ivi.cloud.store.doors import StoreDoor
from ivi.cloud.store.part import StorePart
from ivi.cloud.updates.artefact import Kind
from ivi.cloud.updates.surroundings import Car
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import socket_path
from ivi.daemon.process import Process
from ivi.fleet.appstore.publishing import ROLE
from ivi.model import store as messages
from ivi.model.apphost import ApphostAnswer, ApphostRequest, AppState
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import NotFoundError, UnavailableError
from ivi.model.manager import ManagerAnswer
from ivi.model.packages import RemovePackage
from ivi.model.services import ServicesAnswer
from ivi.model.store import (
    CancelOffer,
    DescribeOffer,
    GetOffer,
    JobStep,
    LookIntoStore,
    Offer,
    Store,
    StoreProgress,
    StoreState,
    SubscribeStore,
    Trouble,
)
from tests.integration.apphost.conftest import MOVING, PARKED, Bench, until

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "performance"))

if TYPE_CHECKING:
    from store_lab import Shopkeeper
    from update_lab import WebServer

WAIT = 30.0  # seconds for one answer on a loaded machine

pytestmark = pytest.mark.usefixtures("sandbox")


class Clock:
    """See ivi.cloud.part.Clock."""

    rolled_back = False

    def now(self) -> float:
        return time.time()

    def learn(self, signed: float) -> None:
        assert signed > 0


class Desk:
    """What a part is given of the uplink."""

    vehicle_id = "car-1"
    clock = Clock()
    is_online = True


class Scene:
    """Store, app host and the screen's link to both."""

    def __init__(self, bench: Bench, screen: LinkClient, server: "WebServer", car: Car) -> None:
        self.bench, self.screen, self.server, self.car = bench, screen, server, car
        self.store: Store | None = None
        self.progress: list[StoreProgress] = []

    def heard(self, event: Store | StoreProgress) -> None:
        if isinstance(event, Store):
            self.store = event
        else:
            self.progress.append(event)

    @property
    def step(self) -> JobStep | None:
        job = self.progress[-1].job if self.progress else None
        return job.step if job else None

    async def get(self, app: str, version: str) -> None:
        """Install, as soon as the car is known to be parked."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                await self.ask(GetOffer(app, version))
            except UnavailableError as error:
                if "not known" not in error.message:
                    raise
                await asyncio.sleep(0.02)
            else:
                return
        raise AssertionError("the driving state never came")

    async def ask(self, request: msgspec.Struct) -> object:
        return await self.screen.call(request, WAIT)


@asynccontextmanager
async def scene(new_bench: type[Bench], keeper: "Shopkeeper", state: Path) -> AsyncIterator[Scene]:
    from update_lab import serving  # noqa: PLC0415  # after the path above

    with serving(keeper.web) as web:
        bench = new_bench([])
        process = Process("cloud")
        host_server = LinkServer(socket_path("apphost"), (ApphostRequest,), process.status)
        bench.host.serve(host_server)
        cloud_server = LinkServer(socket_path("cloud"), (messages.Request,), process.status)
        links = [
            LinkClient(socket_path("databroker"), DatabrokerAnswer),
            LinkClient(socket_path("services"), ServicesAnswer),
            LinkClient(socket_path("manager"), ManagerAnswer),
            LinkClient(socket_path("apphost"), ApphostAnswer),
            LinkClient(socket_path("cloud"), messages.Answer),
        ]
        databroker, services, manager, apphost, screen = links
        car = Car(databroker, services, manager)
        part = StorePart(state, car, StoreDoor(apphost, state / "in"), lambda: keeper.settings(web))
        part.serve(cloud_server.router)
        async with bench.running():
            await host_server.start()
            await cloud_server.start()
            await part.start(Desk())  # type: ignore[arg-type]  # of the uplink it asks for the clock alone
            await bench.car.drive(PARKED)
            made = Scene(bench, screen, web, car)
            follow = asyncio.create_task(screen.follow(SubscribeStore(), made.heard, lambda *_: None))
            try:
                yield made
            finally:
                follow.cancel()
                await asyncio.gather(follow, return_exceptions=True)
                await part.stop()
                for link in links:
                    await link.close()
                await cloud_server.stop()
                await host_server.stop()


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Shopkeeper":
    """A store that this device trusts."""
    from store_lab import Shopkeeper  # noqa: PLC0415  # after the path above

    folder = tmp_path / "keeper"
    folder.mkdir()
    made = Shopkeeper(folder)
    monkeypatch.setenv("IVI_TRUST_FILE", str(made.trust_file))
    return made


def list_this(keeper: "Shopkeeper", entry: Entry) -> None:
    """What somebody with the store's key can do: list anything."""
    file = keeper.folder / "forged.json"
    file.write_bytes(msgspec.json.encode({"format": 1, "made": 1, "apps": [entry]}))
    one = replace(entry.artefact, path=PATH, kind=Kind.STORE, name="apps", version="9")
    keeper.store.repository.add([(one, file)], ROLE)
    keeper.store.repository.publish()


type Piece = Callable[[Scene], Awaitable[None]]


def play(new_bench: type[Bench], keeper: "Shopkeeper", folder: Path, piece: Piece) -> None:
    async def run() -> None:
        async with scene(new_bench, keeper, folder / "state") as made:
            await until(lambda: made.store is not None and made.store.state is StoreState.READY)
            await piece(made)

    asyncio.run(run())


def test_an_app_is_found_installed_updated_and_removed(
    new_bench: type[Bench], keeper: "Shopkeeper", tmp_path: Path
) -> None:
    keeper.publish("1.0.0")
    app = "com.partner.hello"

    async def piece(made: Scene) -> None:
        assert made.store is not None
        (entry,) = made.store.entries
        offer = await made.ask(DescribeOffer(app))
        assert isinstance(offer, Offer)
        assert (offer.known, offer.publisher, offer.trust, offer.problem) == (True, "Partner Ltd", 8, "")
        assert [one.title for one in offer.permissions] == ["Show its pages on the screen"]

        await made.get(app, entry.version)
        await until(lambda: made.step is JobStep.DONE)
        await until(lambda: app in made.bench.host.apps and made.bench.host.apps[app].state is AppState.RUNNING)
        await until(lambda: made.bench.host.update().apps[0].template is not None)
        await until(lambda: made.store is not None and made.store.entries[0].installed == "1.0.0")

        keeper.publish("1.1.0")
        looked = await made.ask(LookIntoStore())
        assert isinstance(looked, Store)
        assert (looked.entries[0].version, looked.entries[0].installed) == ("1.1.0", "1.0.0")
        with pytest.raises(NotFoundError):
            await made.ask(GetOffer(app, "1.0.0"))
        await made.get(app, "1.1.0")
        await until(lambda: made.store is not None and made.store.entries[0].installed == "1.1.0")

        async with LinkClient(socket_path("apphost"), ApphostAnswer) as apphost:
            await apphost.call(RemovePackage(app), WAIT)
        assert app not in made.bench.host.apps
        await until(lambda: made.store is not None and made.store.entries[0].installed == "")

    play(new_bench, keeper, tmp_path, piece)


def test_nothing_is_installed_while_driving(new_bench: type[Bench], keeper: "Shopkeeper", tmp_path: Path) -> None:
    entry = keeper.publish()

    async def piece(made: Scene) -> None:
        await made.bench.car.drive(MOVING)
        await until(lambda: "43 km/h" in made.car.parked())
        with pytest.raises(UnavailableError, match="not parked"):
            await made.get(entry.id, entry.version)
        assert made.step is None

    play(new_bench, keeper, tmp_path, piece)


def test_a_manifest_that_is_not_the_one_that_was_shown_is_refused(
    new_bench: type[Bench], keeper: "Shopkeeper", tmp_path: Path
) -> None:
    """Store and publisher both signed for the package; its manifest is another one than the driver was shown."""
    path = keeper.package(more='\n[[permission]]\nuse = "background"\nreason = "never sleeps"\n')
    harmless = keeper.publish("0.9.0")
    (real,) = keeper.store.publish([path], "partner", keeper.trust)
    lie = msgspec.structs.replace(real, manifest=harmless.manifest.replace("0.9.0", "1.0.0"))
    list_this(keeper, lie)

    async def piece(made: Scene) -> None:
        offer = await made.ask(DescribeOffer(real.id))
        assert isinstance(offer, Offer)
        assert len(offer.permissions) == 1
        await made.get(real.id, real.version)
        await until(lambda: made.step is JobStep.FAILED)
        job = made.progress[-1].job
        assert job is not None
        assert (job.trouble, "asks for something else" in job.reason) == (Trouble.UNTRUSTED, True)
        assert real.id not in made.bench.host.apps

    play(new_bench, keeper, tmp_path, piece)


def test_an_app_of_a_publisher_whom_nobody_knows_is_refused(
    new_bench: type[Bench], keeper: "Shopkeeper", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = keeper.publish()
    other = tmp_path / "other.toml"
    other.write_text("developer_mode = false\n")
    monkeypatch.setenv("IVI_TRUST_FILE", str(other))

    async def piece(made: Scene) -> None:
        offer = await made.ask(DescribeOffer(entry.id))
        assert isinstance(offer, Offer)
        assert (offer.known, "no store key" in offer.publisher) == (False, True)
        await made.get(entry.id, entry.version)
        await until(lambda: made.step is JobStep.FAILED)
        job = made.progress[-1].job
        assert job is not None
        assert job.trouble is Trouble.UNTRUSTED

    play(new_bench, keeper, tmp_path, piece)


def test_a_swapped_package_never_reaches_the_app_host(
    new_bench: type[Bench], keeper: "Shopkeeper", tmp_path: Path
) -> None:
    entry = keeper.publish()

    async def piece(made: Scene) -> None:
        made.server.mischief.replace = {".ivp": b"P" * entry.size}
        await made.get(entry.id, entry.version)
        await until(lambda: made.step is JobStep.FAILED)
        job = made.progress[-1].job
        assert job is not None
        assert job.trouble is Trouble.ALTERED
        assert not (tmp_path / "state" / "in").exists()

    play(new_bench, keeper, tmp_path, piece)


def test_fetching_is_stopped_and_begun_again(new_bench: type[Bench], keeper: "Shopkeeper", tmp_path: Path) -> None:
    entry = keeper.publish()

    async def piece(made: Scene) -> None:
        made.server.mischief.drip = ".ivp"
        await made.get(entry.id, entry.version)
        await until(lambda: any(path.endswith(".ivp") for path, _ in made.server.asked))
        stopped = await made.ask(CancelOffer())
        assert isinstance(stopped, StoreProgress)
        assert stopped.job is not None
        assert stopped.job.step is JobStep.CANCELLED
        made.server.mischief.drip = ""
        await made.get(entry.id, entry.version)
        await until(lambda: made.step is JobStep.DONE)

    play(new_bench, keeper, tmp_path, piece)
