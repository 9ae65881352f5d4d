# SPDX-License-Identifier: Apache-2.0
"""From the driver's stars to another driver's store: cars, Mosquitto, ingest, aggregate, signed catalogue, page."""

import asyncio
import contextlib
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]  # it ships no types

from ivi.cli.app import ratings as command
from ivi.cloud import cbor
from ivi.cloud.consent.part import ConsentPart
from ivi.cloud.consent.purposes import RATINGS, terms_of
from ivi.cloud.ratings.part import RatingsPart
from ivi.cloud.store.part import StorePart
from ivi.cloud.updates.surroundings import Car as Surroundings
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.fleet.store.app_ratings import CHANNEL
from ivi.hmi.models.store import Store as StorePage
from ivi.model import ratings, store
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.manager import ManagerAnswer
from ivi.model.ratings import RateApp, WithdrawRating
from ivi.model.rights import ManifestDescribed
from ivi.model.services import DrivingState, ServicesAnswer
from ivi.model.store import LookIntoStore, Store

if TYPE_CHECKING:
    from store_lab import Shopkeeper

    from tests.integration.cloud.rig import Rig

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "performance"))

APP = "com.partner.hello"
STARS = [5] * 12 + [4] * 6 + [1, 1]  # twenty cars: 4.3 on average
WAIT = 60.0  # seconds that anything may take on a busy machine


class Parked:
    """A car at rest."""

    driving = DrivingState.PARKED

    def start(self) -> None:
        """Nothing to follow."""

    async def stop(self) -> None:
        """Nothing was followed."""


class Host:
    """The app host."""

    async def installed(self) -> dict[str, str]:
        return {APP: "1.0.0"}

    async def describe(self, manifest: str, signature: str) -> ManifestDescribed:
        raise NotImplementedError("whoever rates an app asks for no manifest")

    async def install(self, app_id: str, version: str, file: Path, manifest_sha256: str = "") -> None:
        raise NotImplementedError("whoever rates an app installs none")


class Car:
    """The cloud process of one car, and the screen's link to it."""

    def __init__(self, folder: Path, number: int, port: int, load: Callable[[], Any]) -> None:
        self.name = f"car-{number}"
        self.folder = folder / self.name
        self.folder.mkdir(mode=0o700)
        process = Process("cloud")
        self.consents = ConsentPart(process, Parked(), self.folder)
        rated = RatingsPart(process, Parked(), Host(), self.consents.gate, self.folder)
        links = [
            LinkClient(self.folder / "none.sock", kind) for kind in (DatabrokerAnswer, ServicesAnswer, ManagerAnswer)
        ]
        shop = StorePart(self.folder, Surroundings(*links), Host(), load)
        self.uplink = UplinkService(
            process,
            links[0],
            broker=f"127.0.0.1:{port}",
            vehicle_id=self.name,
            state=self.folder,
            parts=[self.consents, rated, shop],
            gate=self.consents.gate,
            keep=self.consents.keep,
        )
        self.consents.attach(lambda: self.uplink.rows)
        rated.attach(self.uplink.stream)
        self.server = LinkServer(self.folder / "cloud.sock", (ratings.Request, store.Request), process.status)
        rated.serve(self.server.router)
        shop.serve(self.server.router)
        self.screen = LinkClient(self.folder / "cloud.sock", ratings.Answer | store.Answer)

    async def rate(self, stars: int) -> None:
        await self.screen.call(RateApp(APP, stars), WAIT)


@contextlib.asynccontextmanager
async def driving(folder: Path, port: int, load: Callable[[], Any]) -> AsyncIterator[list[Car]]:
    """Twenty cars between start and stop."""
    cars = [Car(folder, number, port, load) for number in range(len(STARS))]
    async with contextlib.AsyncExitStack() as running:
        for car in cars:
            await car.uplink.start()
            running.push_async_callback(car.consents.close)
            running.push_async_callback(car.uplink.stop)
            await car.server.start()
            running.push_async_callback(car.server.stop)
            running.push_async_callback(car.screen.close)
        yield cars


async def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


def kept(db: Path) -> list[int]:
    """The stars that the fleet has."""
    with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(sqlite3.connect(db)) as connection:
        return sorted(stars for (stars,) in connection.execute("select stars from app_rating where stars > 0"))
    return []


def check_described(db: Path) -> None:
    """docs/asyncapi.yaml says of every row that came what it is."""
    document = yaml.safe_load((ROOT / "docs" / "asyncapi.yaml").read_text(encoding="utf-8"))
    schema = {"$ref": "#/components/schemas/record", "components": document["components"]}
    validator = Draft202012Validator(schema)
    with contextlib.closing(sqlite3.connect(db)) as connection:
        query = "select vehicle, body from record join stream on id = stream_id where channel = ?"
        rows = connection.execute(query, (CHANNEL,)).fetchall()
    assert {vehicle for vehicle, _ in rows} == {""}
    assert not any(b"car-" in body for _, body in rows)
    bodies = [body for _, body in rows if body]  # what was replaced is empty
    assert len(bodies) == len(STARS)
    for body in bodies:
        record = cbor.decode(body[1:], "the record")
        assert isinstance(record, dict)
        validator.validate({"encoding": body[0]} | record)
        assert set(record["d"]) == {"app", "version", "stars"}
    more = {"app": APP, "stars": 4, "version": "1", "who": "me"}
    with pytest.raises(ValidationError, match="Additional"):
        validator.validate({"encoding": 3, "k": "rating", "t": 0, "d": more})


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Shopkeeper":
    """A store without apps."""
    from store_lab import Shopkeeper  # noqa: PLC0415  # after the path above

    monkeypatch.setenv("IVI_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "keeper"
    folder.mkdir()
    return Shopkeeper(folder)


async def page_of(car: Car) -> StorePage:
    """What the store's page of this car's screen shows."""
    page = StorePage()
    said = await car.screen.call(LookIntoStore(), WAIT)
    assert isinstance(said, Store)
    page.update(said)
    return page


def publish(keeper: "Shopkeeper", db: Path) -> None:
    assert command.main(["--repository", str(keeper.folder), "--db", str(db)]) == 0


def test_what_twenty_drivers_think_is_in_the_store_and_what_nineteen_do_is_not(
    rig: "Rig", keeper: "Shopkeeper", tmp_path: Path
) -> None:
    from update_lab import serving  # noqa: PLC0415  # after the path above

    keeper.publish()
    rig.start("broker")
    rig.start("ingest")

    async def play() -> None:
        await until(rig.broker_answers)
        with serving(keeper.web) as web:
            async with driving(tmp_path, rig.port, lambda: keeper.settings(web)) as cars:
                for car, stars in zip(cars, STARS, strict=True):
                    await car.rate(3 if stars != 3 else 1)
                    await car.rate(stars)
                assert kept(rig.db) == []
                for car in cars[:-1]:
                    car.consents.agree(terms_of(RATINGS))
                await until(lambda: len(kept(rig.db)) == len(STARS) - 1)
                await asyncio.to_thread(publish, keeper, rig.db)
                page = await page_of(cars[0])
                assert page.property("rating") == "Not enough ratings yet."

                cars[-1].consents.agree(terms_of(RATINGS))
                await until(lambda: kept(rig.db) == sorted(STARS))
                await asyncio.to_thread(check_described, rig.db)
                await asyncio.to_thread(publish, keeper, rig.db)
                page = await page_of(cars[0])
                assert page.property("rating") == "4.3 of 5 stars, from 20 cars."
                assert page.lists[0].rows[0]["mark"] == "4.3 ★ (20)"

                await cars[1].screen.call(WithdrawRating(APP), WAIT)
                cars[2].consents.revoke("ratings")
                await until(lambda: len(kept(rig.db)) == len(STARS) - 2)
                await asyncio.to_thread(publish, keeper, rig.db)
                page = await page_of(cars[0])
                assert page.property("rating") == "Not enough ratings yet."

    asyncio.run(play())
