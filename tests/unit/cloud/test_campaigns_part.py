# SPDX-License-Identifier: Apache-2.0
"""Campaigns with a real databroker on its socket: from the signed message to rows that a fleet can read."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.campaigns import collector, work
from ivi.cloud.campaigns.campaign import parse_campaign
from ivi.cloud.campaigns.part import CampaignsPart
from ivi.cloud.campaigns.signed import sign_campaigns
from ivi.cloud.channels import Gate, OpenGate
from ivi.cloud.column_reader import Readings, decode_columns, readings
from ivi.cloud.consent.coarsening import Precision
from ivi.cloud.delivery import DataUse, DeliveryClass, Outgoing
from ivi.cloud.record import Record, decode_record
from ivi.cloud.signal_table import SignalTable
from ivi.cloud.trust import Issuer, Role, Trust
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.campaigns import CampaignList, CampaignsAnswer, CampaignsRequest, CampaignView, ListCampaigns
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest
from ivi.model.errors import ResourceExhaustedError
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.vss.catalogue import Catalogue

SPEED, RANGE, LATITUDE = "Vehicle.Speed", "Vehicle.Range", "Vehicle.CurrentLocation.Latitude"
KEY = Ed25519PrivateKey.generate()
TRUST = Trust([Issuer(b"c", Role.CAMPAIGNS, KEY.public_key(), "Data office")])
USE = {"purpose": "diagnostics", "category": "driving", "recipient": "fleet", "retention_days": 30}
FAST: dict[str, Any] = {"id": "fast", "signals": [SPEED], "use": USE, "period_ms": 20, "priority": 9}


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and looks come ten times as often as in a car."""
    monkeypatch.setattr(collector, "URGENT_ROW_MS", 100)
    monkeypatch.setattr(work, "LONGEST_WAIT", 0.1)


class Clock:
    """The test's own time."""

    def __init__(self) -> None:
        self.seconds = time.time()
        self.rolled_back = False

    def now(self) -> float:
        """Seconds since 1970."""
        return self.seconds

    def learn(self, signed: float) -> None:
        """Somebody trusted said so."""
        self.seconds = max(self.seconds, signed)


class Box:
    """Takes what is posted, as the outboxes would."""

    def __init__(self) -> None:
        self.vehicle_id, self.is_online = "car-1", True
        self.clock = Clock()
        self.taken: list[Outgoing] = []
        self.gate: Gate = OpenGate()
        self.is_full = False

    def put(self, outgoing: Outgoing) -> bool:
        """Take a record unless the gate forbids it."""
        if self.is_full:
            raise ResourceExhaustedError("the outbox is full")
        if self.gate.channel(outgoing.use, outgoing.delivery) is None:
            return False
        self.taken.append(outgoing)
        return True

    def put_now(self, outgoing: Outgoing) -> bool:
        """The same."""
        return self.put(outgoing)

    def waiting(self, delivery: DeliveryClass) -> Iterable[bytes]:
        """What was taken."""
        return [outgoing.body for outgoing in self.taken if outgoing.delivery is delivery]

    def before_forgetting(self, _delivery: DeliveryClass, _settle: Callable[[], None]) -> None:
        """Nothing is forgotten here."""

    def records(self, kind: str) -> list[Record]:
        """Records of a kind."""
        bodies = [outgoing.body for outgoing in self.taken if outgoing.body[0] == 3]
        return [record for body in bodies if (record := decode_record(body)).kind == kind]

    def rows(self, campaign: str) -> list[Outgoing]:
        """Rows of a campaign."""
        found = [outgoing for outgoing in self.taken if outgoing.body[0] == 2]
        return [outgoing for outgoing in found if decode_columns(outgoing.body).campaign == campaign]

    def read(self, campaign: str) -> list[Readings]:
        """What a fleet end makes of them, with nothing but what was sent."""
        tables = [SignalTable.from_record(record.data) for record in self.records("signals")]
        by_hash = {table.hash: table for table in tables}
        batches = [decode_columns(outgoing.body) for outgoing in self.rows(campaign)]
        return [one for batch in batches for one in readings(batch, by_hash[batch.table])]


class NoGate(OpenGate):
    """Nobody agreed to these purposes."""

    def __init__(self, *purposes: str) -> None:
        self.purposes = purposes

    def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
        """None for what may not leave."""
        return None if use.purpose in self.purposes else str(delivery)


class Sensors:
    """Provides the values of this car."""

    name = "test"

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """There are no actuators."""
        return values


class Car:
    """A databroker on its socket, and the part."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.box, self.process = folder, Box(), Process("cloud")
        self.entries = [
            Metadata(SPEED, DataType.FLOAT, EntryType.SENSOR, "km/h", scale=0.01),
            Metadata(RANGE, DataType.UINT32, EntryType.SENSOR, "m"),
            Metadata(LATITUDE, DataType.DOUBLE, EntryType.SENSOR),
        ]
        self.client = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
        self.gate: Gate = OpenGate()

    async def wake(self) -> None:
        """Start the databroker."""
        self.broker, self.sensors = Broker(Catalogue(self.entries)), Sensors()
        self.broker.register(self.sensors, {entry.path for entry in self.entries})
        self.server = LinkServer(self.folder / "databroker.sock", (DatabrokerRequest,), Process("databroker").status)
        self.service = BrokerServer(self.broker, self.server)
        await self.server.start()

    async def begin(self) -> None:
        """Start the part."""
        self.part = CampaignsPart(
            self.process, self.client, trust=TRUST, state=self.folder, gate=_Asking(lambda: self.gate)
        )
        self.box.gate = _Asking(lambda: self.gate)
        await self.part.start(self.box)

    def drive(self, **values: Value | None) -> None:
        """New values."""
        self.broker.publish(self.sensors, {f"Vehicle.{name}": value for name, value in values.items()})

    def policy(self, version: int, *campaigns: dict[str, Any], **words: Any) -> bytes:  # noqa: ANN401  # of the set
        """A signed set."""
        made = [parse_campaign(campaign) for campaign in campaigns]
        expires_ms = int(self.box.clock.now() * 1000) + 3_600_000
        return sign_campaigns(
            made,
            **({"vehicle": "car-1", "version": version, "expires_ms": expires_ms, "kid": b"c", "key": KEY} | words),
        )

    async def views(self) -> dict[str, CampaignView]:
        """What `ivi campaigns list` is told, through the link."""
        server = LinkServer(self.folder / "cloud.sock", (CampaignsRequest,), self.process.status)
        self.part.serve(server.router)
        await server.start()
        try:
            async with LinkClient(self.folder / "cloud.sock", CampaignsAnswer) as client:
                answer: CampaignList = await client.call(ListCampaigns())
        finally:
            await server.stop()
        return {view.id: view for view in answer.campaigns}


class _Asking:
    """Asks whichever gate there is at the moment."""

    def __init__(self, gate: Callable[[], Gate]) -> None:
        self._gate = gate

    def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
        """What that gate says."""
        return self._gate().channel(use, delivery)

    def may_send(self, purpose: str) -> bool:
        """What that gate says."""
        return self._gate().may_send(purpose)

    def precision(self, use: DataUse) -> Precision:
        """What that gate says."""
        return self._gate().precision(use)


@contextlib.asynccontextmanager
async def running(folder: Path, *, awake: bool = True) -> AsyncIterator[Car]:
    """A car between start and stop."""
    car = Car(folder)
    if awake:
        await car.wake()
    await car.begin()
    try:
        yield car
    finally:
        await car.part.stop()
        await car.client.close()
        await car.server.stop()


async def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds, with a deadline."""
    async with asyncio.timeout(20):
        while not condition():  # the outside has no event to wait for
            await asyncio.sleep(0.01)


def test_from_a_signed_set_to_rows_that_the_fleet_can_read(tmp_path: Path) -> None:
    """The fleet end has nothing but what was sent: the table comes first, and once."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.drive(Speed=12.34)
            slow = FAST | {"id": "slow", "period_ms": 1000, "signals": ["Vehicle.*"], "use": USE, "priority": 5}
            car.part.received("policy", car.policy(1, FAST, slow))
            await until(lambda: car.box.rows("fast"))
            car.drive(Speed=50.0, Range=400_000)
            await until(lambda: any(50.0 in one.values for one in car.box.read("fast")))
            await until(lambda: any(one.path == RANGE for one in car.box.read("slow")))
            assert 12.34 in car.box.read("fast")[0].values
            row = car.box.rows("fast")[0]
            assert (row.delivery, row.use) == (
                DeliveryClass.TELEMETRY,
                DataUse("diagnostics", "driving", "fleet", 30),
            )
            assert len(car.box.records("signals")) == 1
            assert not car.box.records("refused")
            views = await car.views()
            assert (views["fast"].state, views["fast"].signals, views["slow"].signals) == ("running", 1, 2)
            assert views["fast"].used_today == sum(len(one.body) for one in car.box.rows("fast"))
            counters = car.part.counters()
            assert (counters["campaigns_version"], counters["campaigns_running"]) == (1, 2)
            # with a new set the table comes again: a fleet end that lost it gets it back
            car.part.received("policy", car.policy(2, FAST))
            await until(lambda: len(car.box.records("signals")) == 2)
            # an empty set ends all
            car.part.received("policy", car.policy(3))
            await until(lambda: not car.part.counters()["campaigns_running"])
            assert await car.views() == {}

    asyncio.run(play())


def test_a_set_may_come_before_the_databroker(tmp_path: Path) -> None:
    """It waits for the catalogue; when the databroker comes back with another, a new table is sent."""

    async def play() -> None:
        async with running(tmp_path, awake=False) as car:
            car.part.received("policy", car.policy(1, FAST))
            assert (await car.views())["fast"].state == "waiting"
            await car.wake()
            car.drive(Speed=1.0)
            await until(lambda: car.box.rows("fast"))
            await car.server.stop()
            car.entries = [*car.entries, Metadata("Vehicle.New", DataType.BOOLEAN, EntryType.SENSOR)]
            await car.wake()
            car.drive(Speed=2.0)
            await until(lambda: len(car.box.records("signals")) == 2)
            await until(lambda: any(2.0 in one.values for one in car.box.read("fast")))

    asyncio.run(play())


def test_what_is_refused_is_named_and_reported_once(tmp_path: Path) -> None:
    """Each campaign with its reason; the others are done; a restart does not report them again."""

    async def play() -> None:
        absent = FAST | {"id": "absent", "signals": ["Vehicle.Absent"]}
        hidden = FAST | {"id": "hidden", "signals": [LATITUDE]}
        asked = FAST | {"id": "asked", "use": USE | {"purpose": "research"}}
        async with running(tmp_path) as car:
            car.gate = NoGate("research")
            car.drive(Speed=1.0)
            policy = car.policy(1, FAST, absent, hidden, asked)
            car.part.received("policy", policy)
            await until(lambda: len(car.box.records("refused")) == 3)
            told = {record.data["what"]: record.data["why"] for record in car.box.records("refused")}
            assert "unknown VSS path" in told["campaign absent of version 1"]
            assert "category location" in told["campaign hidden of version 1"]
            assert "no consent" in told["campaign asked of version 1"]
            await until(lambda: car.box.rows("fast"))
            views = await car.views()
            assert [name for name, view in views.items() if view.state == "refused"] == ["absent", "hidden", "asked"]
            assert "no consent" in views["asked"].why
        async with running(tmp_path) as again:
            again.gate = NoGate("research")
            again.drive(Speed=1.0)
            await until(lambda: again.box.rows("fast"))
            again.part.received("policy", policy)  # retained: it comes at every connection
            assert not again.box.records("refused")
            assert not again.box.records("signals")

    asyncio.run(play())


def test_forged_expired_and_old_sets_change_nothing(tmp_path: Path) -> None:
    """They are counted and reported, a limited number of them, and what was asked for goes on."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.drive(Speed=1.0)
            good = car.policy(5, FAST)
            car.part.received("policy", good)
            bad = [
                b"nonsense",
                car.policy(6, FAST, key=Ed25519PrivateKey.generate()),
                car.policy(6, FAST, vehicle="car-2"),
                car.policy(6, FAST, expires_ms=1),
                car.policy(4, FAST),
                car.policy(5),
            ]
            for message in bad:
                car.part.received("policy", message)
            car.part.received("policy", good)
            car.part.received("policy", b"")
            assert car.part.counters()["campaigns_sets_refused"] == len(bad)
            reasons = " ".join(str(record.data["why"]) for record in car.box.records("refused"))
            for word in ("no CBOR", "signature", "car-2", "expired", "version 5 of the campaigns", "is here already"):
                assert word.replace(" of the campaigns", "") in reasons
            await until(lambda: car.box.rows("fast"))
            for _ in range(200):
                car.part.received("policy", b"nonsense")
            assert len(car.box.records("refused")) < 30
        async with running(tmp_path) as again:
            again.part.received("policy", again.policy(4, FAST))
            assert again.part.counters()["campaigns_version"] == 5, "a restart does not make it forget"

    asyncio.run(play())


def test_consent_that_is_withdrawn_ends_a_campaign(tmp_path: Path) -> None:
    """And when it is given again, it goes on."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.drive(Speed=1.0)
            car.part.received("policy", car.policy(1, FAST))
            await until(lambda: car.box.rows("fast"))
            car.gate = NoGate("diagnostics")
            await until(lambda: not car.part.counters()["campaigns_running"])
            assert (await car.views())["fast"].state == "refused"
            count = len(car.box.rows("fast"))
            car.drive(Speed=2.0)
            car.gate = OpenGate()
            await until(lambda: len(car.box.rows("fast")) > count)

    asyncio.run(play())


class RoughGate(OpenGate):
    """Moments are told in minutes."""

    def precision(self, use: DataUse) -> Precision:
        """For every use."""
        return Precision(0, 60)


def test_what_was_held_under_wider_terms_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by a row that is due before the plan is made anew, nor by the collector that ends."""
    monkeypatch.setattr(work, "LONGEST_WAIT", 1.0)  # several rows are due until the plan is made anew

    async def play() -> None:
        async with running(tmp_path) as car:
            car.drive(Speed=1.0)
            car.part.received("policy", car.policy(1, FAST))
            await until(lambda: car.box.rows("fast"))
            car.box.taken = [one for one in car.box.taken if one.body[0] != 2]
            car.gate = RoughGate()
            await until(lambda: car.part.counters()["campaigns_samples_lost"])
            speeds = itertools.count(2)

            def has_rows() -> bool:
                car.drive(Speed=float(next(speeds)))  # a collector that is new hears of changes
                return bool(car.box.rows("fast"))

            await until(has_rows)
            told = [moment for one in car.box.read("fast") for moment in one.times_ms]
            assert [moment for moment in told if moment % 60_000] == []

    asyncio.run(play())


def test_a_campaign_begins_ends_and_keeps_its_budget(tmp_path: Path) -> None:
    """By the trusted clock; the budget is the day's, also after a restart."""

    async def play() -> None:
        async with running(tmp_path) as car:
            start = int(car.box.clock.now() * 1000)
            later = FAST | {"id": "later", "from_ms": start + 1000_000, "until_ms": start + 2000_000}
            tight = FAST | {"id": "tight", "budget": 150}
            policy = car.policy(1, later, tight)
            car.drive(Speed=1.0)
            car.part.received("policy", policy)
            await until(lambda: car.part.counters()["campaigns_samples_lost"])
            views = await car.views()
            assert (views["later"].state, views["tight"].state) == ("waiting", "budget")
            assert 0 < views["tight"].used_today <= 150
            assert sum(len(one.body) for one in car.box.rows("tight")) == views["tight"].used_today
            assert not car.box.rows("later")
            car.box.clock.seconds += 1500
            await until(lambda: car.box.rows("later"))
            car.box.clock.seconds += 1000
            await until(lambda: not car.part.counters()["campaigns_running"])
            assert (await car.views())["later"].state == "ended"
        async with running(tmp_path) as again:
            again.box.clock.seconds = car.box.clock.seconds
            again.drive(Speed=1.0)
            await until(lambda: again.part.counters()["campaigns_samples_lost"])
            sent = sum(len(one.body) for box in (car.box, again.box) for one in box.rows("tight"))
            assert sent <= 150
            again.box.clock.seconds += 86_400
            await until(lambda: not again.part.counters()["campaigns_running"])
            assert (await again.views())["tight"].state == "ended", "the set has expired meanwhile"

    asyncio.run(play())


def test_a_full_outbox_loses_rows_and_nothing_else(tmp_path: Path) -> None:
    """They are counted; when there is room again, it goes on."""

    async def play() -> None:
        async with running(tmp_path) as car:
            car.box.is_full = True
            car.drive(Speed=1.0)
            car.part.received("policy", car.policy(1, FAST))
            await until(lambda: car.part.counters()["campaigns_samples_lost"])
            car.box.is_full = False
            await until(lambda: car.box.rows("fast"))

    asyncio.run(play())


def test_a_damaged_file_is_a_problem_in_plain_words(tmp_path: Path) -> None:
    """The next set mends it."""
    (tmp_path / "campaigns.cbor").write_bytes(b"nonsense")

    async def play() -> None:
        async with running(tmp_path) as car:
            (problem,) = car.process.status().problems
            assert "damaged" in problem.what
            car.part.received("policy", car.policy(1, FAST))
            assert not car.process.status().problems

    asyncio.run(play())
