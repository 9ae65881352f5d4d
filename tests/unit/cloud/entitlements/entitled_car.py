# SPDX-License-Identifier: Apache-2.0
"""A car with features for tests: a fleet that signs, a post that can be full, a driving state on a real socket."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.entitlements.part import Entitlements
from ivi.cloud.entitlements.snapshot import Feature, Snapshot, sign_snapshot
from ivi.cloud.part import Clock
from ivi.cloud.record import Record, decode_record, encode_record
from ivi.cloud.trust import Issuer, Role, Trust
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer, Stream
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.entitlements import Answer, FeatureKind, FeatureList, FeatureView, Request, SubscribeFeatures
from ivi.model.errors import UnavailableError
from ivi.model.services import (
    DrivingState,
    ServicesAnswer,
    ServicesRequest,
    SubscribeUxRestrictions,
    UxRestrictions,
)

VEHICLE = "car-1"
NOW = 1_900_000_000
DAY = 86_400
KID = b"01"
KEY = Ed25519PrivateKey.generate()
OTHER_KEY = Ed25519PrivateKey.generate()
FEATURES = (
    Feature("media.hifi", FeatureKind.PERPETUAL, transferable=True),
    Feature("nav.premium", FeatureKind.TERM, until=NOW + 30 * DAY),
    Feature("park.assist", FeatureKind.TRIAL, quota=14),
    Feature("charging.plan", FeatureKind.METERED, quota=200, unit="kWh"),
)
SNAPSHOT = Snapshot("fleet", VEHICLE, 7, NOW - 60, NOW - 60, NOW + 90 * DAY, 14 * DAY, FEATURES)


def trust() -> Trust:
    """The entitlements' key, and a key that may sign other things."""
    return Trust(
        [
            Issuer(KID, Role.ENTITLEMENTS, KEY.public_key(), "the fleet"),
            Issuer(b"02", Role.CAMPAIGNS, OTHER_KEY.public_key(), "campaigns"),
        ]
    )


def signed(snapshot: Snapshot = SNAPSHOT, **changes: Any) -> bytes:  # noqa: ANN401  # fields of a snapshot
    """The message of a snapshot with some fields changed."""
    return sign_snapshot(replace(snapshot, **changes), KID, KEY)


class HandClock:
    """A trusted clock that a test sets."""

    def __init__(self) -> None:
        self.time, self.rolled_back = float(NOW), False

    def now(self) -> float:
        return self.time

    def learn(self, signed: float) -> None:
        self.time = max(self.time, signed)


class Post:
    """Takes what the part sends; may be full."""

    def __init__(self, clock: Clock) -> None:
        self.vehicle_id, self.clock, self.is_online, self.full = VEHICLE, clock, True, False
        self.records: list[Record] = []

    def put(self, outgoing: Outgoing) -> bool:
        return self.put_now(outgoing)

    def put_now(self, outgoing: Outgoing) -> bool:
        if self.full:
            raise UnavailableError("the disk is full")
        self.records.append(decode_record(outgoing.body))
        return True

    def waiting(self, _delivery: DeliveryClass) -> Iterable[bytes]:
        return map(encode_record, self.records)

    def before_forgetting(self, _delivery: DeliveryClass, _settle: Callable[[], None]) -> None:
        """Nothing is forgotten here."""

    def kind(self, kind: str) -> list[dict[str, Any]]:
        """Contents of all records of a kind."""
        return [record.data for record in self.records if record.kind == kind]


class Car:
    """What runs, and what a test may do with it. `driving` is what the services say; None while they are away."""

    def __init__(self, folder: Path, run_dir: Path) -> None:
        self.folder, self.run_dir = folder, run_dir
        self.clock = HandClock()
        self.post = Post(self.clock)
        self.process = Process("cloud")
        self.trust = trust()
        self.boot = "first"
        self._driving: DrivingState = DrivingState.PARKED
        self._news: set[asyncio.Event] = set()

    @property
    def driving(self) -> DrivingState:
        return self._driving

    @driving.setter
    def driving(self, state: DrivingState) -> None:
        self._driving = state
        for event in self._news:
            event.set()

    async def is_heard(self) -> None:
        """Wait until the part knows the driving state."""
        await self.until(lambda: self.vehicle.driving is self._driving)

    def send(self, message: bytes) -> None:
        """Hand a message to the part, as the session does."""
        self.part.received("ent", message)

    @property
    def reasons(self) -> list[str]:
        """Why messages were refused, as the fleet hears it."""
        return [data["reason"] for data in self.post.kind("refused")]

    def view(self, feature: str) -> FeatureView:
        """One feature."""
        assert self.part._features is not None
        return self.part._features.check(feature)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that has no event."""
        async with asyncio.timeout(20):
            while not condition():
                await asyncio.sleep(0.01)

    async def _serve(self, _request: SubscribeUxRestrictions, stream: Stream) -> None:
        news = asyncio.Event()
        self._news.add(news)
        while stream.open:
            stream.send(UxRestrictions(self._driving, [], "as the test says"))
            await news.wait()
            news.clear()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Car"]:
        """Between start and stop, with its calls on cloud.sock."""
        services = LinkServer(self.run_dir / "services.sock", (ServicesRequest,), Process("services").status)
        services.router.on_stream(SubscribeUxRestrictions, self._serve)
        await services.start()
        databroker = LinkClient(self.run_dir / "databroker.sock", DatabrokerAnswer)
        link = LinkClient(self.run_dir / "services.sock", ServicesAnswer)
        self.vehicle = Vehicle(databroker, link)
        self.part = Entitlements(self.process, self.vehicle, self.trust, self.folder / "entitlements.db", self.boot)
        server = LinkServer(self.run_dir / "cloud.sock", (Request,), self.process.status)
        self.part.serve(server.router)
        await self.part.start(self.post)
        await server.start()
        await self.is_heard()
        try:
            yield self
        finally:
            await server.stop()
            await self.part.stop()
            await databroker.close()
            await link.close()
            await services.stop()

    def problems(self) -> str:
        """All that is off, in one text."""
        return "\n".join(problem.what for problem in self.process.status().problems)


type Story = Callable[[Car], Awaitable[None]]


def play(car: Car, *stories: Story) -> None:
    """Run each story between a start and a stop of the part."""

    async def tell(story: Story) -> None:
        async with car.running():
            await story(car)

    for story in stories:
        asyncio.run(tell(story))


def client(car: Car) -> LinkClient:
    """Somebody on board who asks."""
    return LinkClient(car.run_dir / "cloud.sock", Answer)


async def watch(asks: LinkClient) -> AsyncGenerator[FeatureList]:
    """The stream."""
    async for event in asks.stream(SubscribeFeatures()):
        yield event
