# SPDX-License-Identifier: Apache-2.0
"""Ratings in the car: kept whole, told only under consent, taken back everywhere; bad input and full disks."""

import asyncio
import contextlib
import resource
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ivi.cloud.consent.part import ConsentPart
from ivi.cloud.consent.purposes import RATINGS, Terms, terms_of
from ivi.cloud.ratings.kept import MAX_RATINGS, Rating, load
from ivi.cloud.ratings.part import FILE, RatingsPart
from ivi.cloud.record import Record, decode_record
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.model import ratings
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
    NotFoundError,
    ResourceExhaustedError,
    UnavailableError,
)
from ivi.model.ratings import RateApp, RatingView, ShowRating, WithdrawRating
from ivi.model.services import DrivingState

AGREED = terms_of(RATINGS)
APP, OTHER = "com.partner.hello", "com.partner.other"
CLOSED_PORT = "127.0.0.1:9"  # discard: nobody serves it
WAIT = 20.0  # seconds
DAY_MS = 86_400_000


class Drive:
    """What is known of the car's driving."""

    def __init__(self) -> None:
        self.driving = DrivingState.PARKED

    def start(self) -> None:
        """Nothing to follow."""

    async def stop(self) -> None:
        """Nothing was followed."""


class Apps:
    """The app host."""

    async def installed(self) -> dict[str, str]:
        return {APP: "1.2.0", OTHER: "0.9.0"}


class Car:
    """An uplink with consents and ratings, and the screen's link to it."""

    def __init__(self, folder: Path) -> None:
        self.process, self.drive, self.folder = Process("cloud"), Drive(), folder
        self.consents = ConsentPart(self.process, self.drive, folder)
        self.part = RatingsPart(self.process, self.drive, Apps(), self.consents.gate, folder)
        self.uplink = UplinkService(
            self.process,
            LinkClient(folder / "databroker.sock", DatabrokerAnswer),
            broker=CLOSED_PORT,
            vehicle_id="car",
            state=folder,
            parts=[self.consents, self.part],
            gate=self.consents.gate,
            keep=self.consents.keep,
        )
        self.consents.attach(lambda: self.uplink.rows)
        self.part.attach(self.uplink.stream)
        self.server = LinkServer(folder / "cloud.sock", (ratings.Request,), self.process.status)
        self.part.serve(self.server.router)
        self.screen = LinkClient(folder / "cloud.sock", ratings.Answer)

    async def rate(self, stars: int, app: str = APP) -> RatingView:
        answer: RatingView = await self.screen.call(RateApp(app, stars), WAIT)
        return answer

    async def show(self, app: str = APP) -> RatingView:
        answer: RatingView = await self.screen.call(ShowRating(app), WAIT)
        return answer

    async def withdraw(self, app: str = APP) -> RatingView:
        answer: RatingView = await self.screen.call(WithdrawRating(app), WAIT)
        return answer

    def waiting(self, channel: str = "events.ratings") -> list[Record]:
        """What waits to leave."""
        path = self.folder / f"outbox-{channel}.db"
        if not path.exists():
            return []
        with contextlib.closing(sqlite3.connect(path)) as db:
            rows = db.execute("select payload from outbox where first is null order by seq").fetchall()
        return [decode_record(body) for (body,) in rows]

    def told(self) -> list[dict[str, Any]]:
        return [record.data for record in self.waiting() if record.kind == "rating"]

    @property
    def stream(self) -> str:
        return self.uplink.stream("events.ratings").hex()


@contextlib.asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Car]:
    """A car between start and stop."""
    car = Car(folder)
    await car.uplink.start()
    await car.server.start()
    try:
        yield car
    finally:
        await car.screen.close()
        await car.server.stop()
        await car.uplink.stop()
        await car.consents.close()


def play(folder: Path, piece: Callable[[Car], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(folder) as car:
            await piece(car)

    asyncio.run(run())


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """The kernel refuses every byte that makes a file longer."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def test_a_rating_is_kept_changed_and_taken_back(tmp_path: Path) -> None:
    async def first(car: Car) -> None:
        assert await car.show() == RatingView(APP, 0, "", leaves=False)
        assert await car.rate(3) == RatingView(APP, 3, "1.2.0", leaves=False)
        assert await car.rate(5) == RatingView(APP, 5, "1.2.0", leaves=False)
        await car.rate(1, OTHER)

    async def second(car: Car) -> None:
        assert (await car.show()).stars == 5
        assert await car.withdraw() == RatingView(APP, 0, "", leaves=False)
        assert await car.withdraw() == RatingView(APP, 0, "", leaves=False)
        assert (await car.show(OTHER)).stars == 1

    async def third(car: Car) -> None:
        assert (await car.show()).stars == 0

    for piece in (first, second, third):
        play(tmp_path, piece)
    assert load(tmp_path / FILE).ratings == {OTHER: Rating(version="0.9.0", stars=1, owed=True)}


def test_nothing_leaves_without_consent(tmp_path: Path) -> None:
    async def piece(car: Car) -> None:
        await car.rate(4)
        await car.withdraw()
        await car.rate(2)
        for purpose in ("research", "traffic"):
            car.consents.agree(Terms(purpose, "driving" if purpose == "research" else "location", "fleet", 1))
        car.consents.agree(Terms("ratings", "driving", "fleet", 365))  # not what ratings are
        assert not (await car.show()).leaves

    play(tmp_path, piece)
    assert list(tmp_path.glob("outbox-*ratings*")) == []


def test_what_was_rated_before_goes_when_the_driver_agrees_and_nothing_but_that(tmp_path: Path) -> None:
    async def piece(car: Car) -> None:
        await car.rate(4)
        car.consents.agree(AGREED)
        assert (await car.show()).leaves
        await car.rate(5, OTHER)
        (first, second) = car.waiting()
        assert first.data == {"app": APP, "version": "1.2.0", "stars": 4}
        assert second.data == {"app": OTHER, "version": "0.9.0", "stars": 5}
        assert {first.kind, second.kind} == {"rating"}
        assert first.at_ms % DAY_MS == second.at_ms % DAY_MS == 0

    async def again(car: Car) -> None:
        assert len(car.told()) == 2, "a restart tells nothing twice"

    play(tmp_path, piece)
    play(tmp_path, again)


def test_taking_the_consent_back_keeps_the_rating_here_and_asks_to_delete_it_there(tmp_path: Path) -> None:
    async def piece(car: Car) -> None:
        car.consents.agree(AGREED)
        await car.rate(4)
        before = car.stream
        car.consents.revoke("ratings")
        assert car.told() == []
        assert await car.show() == RatingView(APP, 4, "1.2.0", leaves=False)
        (asked,) = [one.data for one in car.waiting("control") if one.data.get("what") == "revoked"]
        assert asked["delete"] == [["events.ratings", bytes.fromhex(before)]]
        await car.rate(2)
        assert car.told() == []
        car.consents.agree(AGREED)
        assert car.stream != before, "who agrees again is somebody else for the fleet"
        assert car.told() == [{"app": APP, "version": "1.2.0", "stars": 2}]

    play(tmp_path, piece)


def test_a_single_rating_is_taken_back_at_the_fleet_too(tmp_path: Path) -> None:
    async def piece(car: Car) -> None:
        car.consents.agree(AGREED)
        await car.rate(4)
        car.drive.driving = DrivingState.MOVING  # taking back is always possible
        await car.withdraw()
        assert car.told() == [{"app": APP, "version": "1.2.0", "stars": 4}, {"app": APP}]
        assert load(tmp_path / FILE).ratings == {}

    play(tmp_path, piece)


def test_what_was_taken_back_while_nothing_may_leave_is_forgotten_without_a_word(tmp_path: Path) -> None:
    """The stream that it went out in is deleted whole; a new consent must not speak of it."""

    async def piece(car: Car) -> None:
        car.consents.agree(AGREED)
        await car.rate(4)
        car.consents.revoke("ratings")
        await car.withdraw()
        car.consents.agree(AGREED)
        assert car.told() == []
        assert load(tmp_path / FILE).ratings == {}

    play(tmp_path, piece)


def test_what_an_end_interrupted_is_told_at_the_next_start(tmp_path: Path) -> None:
    """It stands in the file with the stream it goes out in before it is in the outbox."""

    async def agree(car: Car) -> None:
        car.consents.agree(AGREED)
        await car.rate(4)
        kept = load(tmp_path / FILE)
        kept.put(APP, Rating(version="1.2.0", stars=1, told=car.stream, owed=True))
        kept.put(OTHER, Rating(version="0.9.0", stars=0, told=car.stream, owed=True))

    async def again(car: Car) -> None:
        assert car.told()[1:] == [{"app": APP, "version": "1.2.0", "stars": 1}, {"app": OTHER}]
        assert load(tmp_path / FILE).ratings == {APP: Rating(version="1.2.0", stars=1, told=car.stream)}

    play(tmp_path, agree)
    play(tmp_path, again)


@pytest.mark.parametrize("stars", [0, 6, -1, 2**64 - 1, 1e30, float("nan"), 2.5, True, "5", None])
def test_what_is_no_rating_is_refused(tmp_path: Path, stars: Any) -> None:  # noqa: ANN401  # whatever may come
    async def piece(car: Car) -> None:
        await car.rate(4)
        with pytest.raises(IviError):
            await car.rate(stars)
        assert (await car.show()).stars == 4

    play(tmp_path, piece)


def test_a_rating_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    async def piece(car: Car) -> None:
        with pytest.raises(InvalidArgumentError, match="an app cannot have 6 stars"):
            await car.rate(6)
        with pytest.raises(NotFoundError, match=r"no app 'com\.partner\.gone' is installed"):
            await car.rate(4, "com.partner.gone")
        car.drive.driving = DrivingState.IDLING
        with pytest.raises(UnavailableError, match="rated while the car is parked"):
            await car.rate(4)
        assert not (tmp_path / FILE).exists()

    play(tmp_path, piece)


def test_a_full_disk_keeps_the_old_rating_and_says_so(tmp_path: Path) -> None:
    async def piece(car: Car) -> None:
        await car.rate(4)
        with full_disk(), pytest.raises(ResourceExhaustedError, match="the disk is full: the rating"):
            await car.rate(1)
        with full_disk(), pytest.raises(ResourceExhaustedError):
            await car.withdraw()
        assert (await car.show()).stars == 4

    play(tmp_path, piece)
    assert load(tmp_path / FILE).ratings[APP].stars == 4


@pytest.mark.parametrize(
    "text",
    [
        b"no json",
        b"[]",
        b'{"format": 2, "ratings": {}}',
        b'{"format": 1, "ratings": {"com.partner.hello": {"version": "1.2.0", "stars": 9}}}',
        b'{"format": 1, "ratings": {"com.partner.hello": {"version": "1.2.0", "stars": -1}}}',
        b'{"format": 1, "ratings": {"com.partner.hello": {"version": "1.2.0", "stars": 1e30}}}',
        b" " * (2 << 20),
    ],
)
def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)

    async def piece(car: Car) -> None:
        assert (await car.show()).stars == 0
        assert [problem.what for problem in car.process.status().problems if "ratings" in problem.what]
        await car.rate(4)

    play(tmp_path, piece)
    assert load(tmp_path / FILE).ratings[APP].stars == 4
    assert [path.read_bytes() for path in tmp_path.glob(f"{FILE}.corrupt-*")] == [text]


def test_there_is_an_end_to_how_many_are_kept(tmp_path: Path) -> None:
    kept = load(tmp_path / FILE)
    kept.ratings = {f"com.partner.app{number}": Rating(version="1.0.0", stars=3) for number in range(MAX_RATINGS)}
    with pytest.raises(ResourceExhaustedError, match="no more are kept"):
        kept.put(APP, Rating(version="1.0.0", stars=3))
    kept.put("com.partner.app7", Rating(version="1.0.0", stars=4))
    assert len(load(tmp_path / FILE).ratings) == MAX_RATINGS
