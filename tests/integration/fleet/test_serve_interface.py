# SPDX-License-Identifier: Apache-2.0
"""The fleet's programming interface over real HTTP, with SQLite and with PostgreSQL; the cars are rows of theirs."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from ivi.cloud.campaigns.signed import verify_campaigns
from ivi.cloud.commands.command import open_command
from ivi.cloud.entitlements.snapshot import open_snapshot
from ivi.cloud.record import Record, encode_record
from ivi.cloud.telemetry import Batch, encode_batch
from ivi.cloud.trust import Role, Trust
from ivi.cloud.twin.desired import open_desired
from ivi.cloud.wire import Broker, Frame, Kind
from ivi.daemon.process import Process
from ivi.fleet.serve.campaigns import EXAMPLE, CampaignsInterface
from ivi.fleet.serve.dispatch import Dispatch
from ivi.fleet.serve.entitlements import EntitlementsInterface
from ivi.fleet.serve.fleet_data import FleetData
from ivi.fleet.serve.guard import HEADERS, Guard
from ivi.fleet.serve.interface import Interface
from ivi.fleet.serve.issued import MAX_OPEN, Issued
from ivi.fleet.serve.issuing import Issuing
from ivi.fleet.serve.keys import Keyring, generate
from ivi.fleet.serve.live import Live
from ivi.fleet.serve.operators import Operator, Operators, Scope
from ivi.fleet.serve.site import MAX_BODY, application
from ivi.fleet.store.recording import Store

CAR = "car-1"
EPOCH = b"epoch-01"
NASTY = "<img src=x onerror=alert(1)></script>\u2028\0\ud7ff'\"&{{7*7}}"
TOKENS = {"anna": "a" * 43, "bert": "b" * 43}

type Client = TestClient[web.Request, web.Application]


class Fleet:
    """What a test may do: be a car, and ask the interface."""

    def __init__(self, address: str, folder: Path, client: Client) -> None:
        self.client, self.address, self.folder = client, address, folder
        self.store = Store(address)
        self.seq = {"control": 0, "telemetry": 0, "events": 0, "events.locate": 0}

    def car_says(self, kind: str, data: dict[str, Any], at_ms: int | None = None, channel: str = "control") -> None:
        """A record of the car, as the ingest stores it."""
        at_ms = time.time_ns() // 10**6 if at_ms is None else at_ms
        self._row(channel, encode_record(Record(kind, at_ms, data)))

    def car_measures(self, values: dict[str, Any], t_ns: int | None = None) -> None:
        """A row of telemetry."""
        self._row("telemetry", encode_batch(Batch(t_ns or time.time_ns(), values)))

    def _row(self, channel: str, body: bytes) -> None:
        self.seq[channel] += 1
        stream = channel[:8].ljust(8, "-").encode()
        self.store.add([(CAR, channel, Frame(Kind.RECORD, stream, self.seq[channel], body))])

    def car_connects(self, state: str = "online") -> None:
        """A car with its epoch."""
        self.store.set_state(CAR, state, 1)
        self.car_says("command_epoch", {"epoch": EPOCH})

    async def get(self, path: str, status: int = 200, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401  # JSON
        async with self.client.get(path, headers=headers) as response:
            return await checked(response, status)

    async def post(self, path: str, body: object, status: int = 201, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401  # JSON
        async with self.client.post(path, json=body, headers=headers) as response:
            return await checked(response, status)

    def issued(self, id_: str) -> bytes:
        """The message of a command, as it is kept."""
        with contextlib.closing(Issued(self.address)) as issued:
            ((message,),) = issued.database.rows(
                "select message from issued_command where id = ?", (bytes.fromhex(id_),)
            )
        return bytes(message)


async def checked(response: ClientResponse, status: int) -> Any:  # noqa: ANN401  # JSON
    """The JSON of an answer, whose status and headers are as they should be."""
    text = await response.text()
    assert response.status == status, text
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert response.content_type == "application/json"
    return json.loads(text)


@contextlib.asynccontextmanager
async def fleet(address: str, folder: Path, operators: Operators | None = None) -> AsyncIterator[Fleet]:
    """The interface on a port of its own; no broker answers, so that what is issued waits."""
    keys = folder / "keys"
    if not keys.exists():
        for role in (Role.OWNER, Role.FLEET, Role.CAMPAIGNS, Role.ENTITLEMENTS):
            generate(keys, role, f"the {role}")
    data = FleetData(address)
    await data.open()
    dispatch = Dispatch(Process("serve"), data, [Broker("127.0.0.1", 1)], "serve", None)
    live, issuing = Live(data), Issuing(data, Keyring.load(keys), dispatch.wake)
    guard = Guard(operators, frozenset({"https://fleet.example"}))
    routes = [
        *Interface(data, issuing, dispatch, live, guard).routes(),
        *CampaignsInterface(data, issuing).routes(),
        *EntitlementsInterface(data, issuing).routes(),
    ]
    server = TestServer(application(guard, routes))
    client: Client = TestClient(server)
    await client.start_server()
    made = Fleet(address, folder, client)
    try:
        yield made
    finally:
        await live.stop()
        await client.close()
        await data.close()
        made.store.close()


def play(
    address: str, folder: Path, story: Callable[[Fleet], Awaitable[None]], operators: Operators | None = None
) -> None:
    """Run a story in a loop of its own."""

    async def run() -> None:
        async with asyncio.timeout(60), fleet(address, folder, operators) as made:
            await story(made)

    asyncio.run(run())


async def until(look: Callable[[], Awaitable[bool]]) -> None:
    """Poll until something holds."""
    async with asyncio.timeout(20):
        while not await look():
            await asyncio.sleep(0.02)


# -- what is known ----------------------------------------------------------------------------------------------------
def test_vehicles_their_state_and_their_telemetry(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        assert await fleet.get("/api/vehicles") == []
        assert (await fleet.get(f"/api/vehicles/{CAR}", 404))["error"]["code"] == "not_found"
        fleet.car_connects()
        now = time.time_ns()
        for second in range(5):
            fleet.car_measures({"Vehicle.Speed": 50.0 + second, "Vehicle.Broken": float("nan")}, now + second * 10**9)
        (entry,) = await fleet.get("/api/vehicles")
        assert (entry["vehicle"], entry["state"], entry["records"]) == (CAR, "online", 6)
        assert abs(entry["seen_ms"] - time.time() * 1000) < 60_000
        found = await fleet.get(f"/api/vehicles/{CAR}/telemetry?path=Vehicle.Speed&minutes=5")
        assert [value for _, value in found["samples"]] == [50.0, 51.0, 52.0, 53.0, 54.0]
        newest = await fleet.get(f"/api/vehicles/{CAR}/signals")
        assert newest["Vehicle.Speed"][1] == 54.0
        assert newest["Vehicle.Broken"][1] is None  # JSON has no such number
        for wrong in ("minutes=0", "minutes=-1", "minutes=x", "minutes=99999999999", "minutes=%D9%A3"):
            await fleet.get(f"/api/vehicles/{CAR}/telemetry?path=x&{wrong}", 400)

    play(fleet_database, tmp_path, story)


def test_names_that_no_car_can_have_are_not_found(tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        for name in ("%2e%2e%2f", "a%20b", "+", "%23", "x" * 65, "a%00b", "ingest"):
            await fleet.get(f"/api/vehicles/{name}/twin", 404)
        await fleet.get("/api/nothing", 404)
        await fleet.get("/page/..%2f..%2fkeys.py", 404)
        await fleet.get("/page/keys.py", 404)

    play(str(tmp_path / "fleet.db"), tmp_path, story)


def test_what_software_cars_say_they_run(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.store.set_state("car-0", "online", 1)
        fleet.car_connects()
        assert await fleet.get("/api/software") == []
        fleet.car_says(
            "update", {"state": "installed", "subject": "maps", "why": "", "software": "R-7"}, 1000, "events"
        )
        fleet.car_says("update", {"state": "waiting", "subject": "runtime", "why": "not parked"}, 2000, "events")
        told = {"vehicle": CAR, "software": "R-7", "subject": "runtime", "state": "waiting", "at_ms": 2000}
        assert await fleet.get("/api/software") == [told]
        assert await fleet.get(f"/api/software?after={CAR}") == []

    play(fleet_database, tmp_path, story)


# -- commands ---------------------------------------------------------------------------------------------------------
def test_a_command_is_signed_and_kept_and_its_states_are_told(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        path = f"/api/vehicles/{CAR}/commands"
        body = {"name": "precondition", "args": {"temperature": 21}, "seconds": 90}
        await fleet.post(path, body, 404)
        fleet.store.set_state(CAR, "online", 1)
        assert "not said yet" in (await fleet.post(path, body, 503))["error"]["message"]
        fleet.car_connects()
        first, second = await fleet.post(path, body), await fleet.post(path, {"name": "lock", "role": "owner"})
        assert (first["state"], first["operator"], first["args"]) == ("issued", "this machine", {"temperature": 21})
        trust = Trust.load(fleet.folder / "keys" / "trust.json")
        command, _ = open_command(fleet.issued(first["id"]), trust.keys(Role.FLEET))
        assert (command.vehicle, command.name, command.epoch) == (CAR, "precondition", EPOCH)
        assert command.args == {"temperature": 21}
        assert command.expiry * 1000 == first["expires_ms"]
        open_command(fleet.issued(second["id"]), trust.keys(Role.OWNER))
        for step, state in enumerate(("received", "accepted", "running", "succeeded")):
            fleet.car_says("command", {"id": command.id, "state": state, "reason": "", "result": {}}, 1000 + step)
        found = await fleet.get(f"{path}/{first['id']}")
        assert [one["state"] for one in found["states"]] == ["received", "accepted", "running", "succeeded"]
        listed = await fleet.get(path)
        assert {one["id"]: one["state"] for one in listed} == {first["id"]: "succeeded", second["id"]: "issued"}
        cancel = await fleet.post(f"{path}/{second['id']}/cancel", {})
        assert (cancel["name"], cancel["args"], cancel["role"]) == ("cancel", {"id": second["id"]}, "owner")

    play(fleet_database, tmp_path, story)


def test_a_position_that_was_asked_for_finds_its_command(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/commands"
        made = await fleet.post(path, {"name": "locate"})
        id_ = bytes.fromhex(made["id"])
        fleet.car_says("command", {"id": id_, "state": "succeeded", "reason": "", "result": {"position": "sent"}})
        assert (await fleet.get(f"{path}/{made['id']}"))["state"] == "succeeded"
        # It comes for a purpose of its own, which the fleet keeps without the car's name.
        fleet.car_says("position", {"id": id_, "latitude": 48.1, "longitude": 11.5}, channel="events.locate")
        for found in (await fleet.get(f"{path}/{made['id']}"), (await fleet.get(path))[0]):
            assert found["state"] == "located"
            assert found["result"] == {"latitude": 48.1, "longitude": 11.5, "accuracy_m": None}
        assert await fleet.get(f"/api/vehicles/{CAR}/events?kind=position") == []

    play(fleet_database, tmp_path, story)


def test_counters_rise_over_restarts_and_between_copies(fleet_database: str, tmp_path: Path) -> None:
    counters: list[int] = []

    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        keys = Trust.load(fleet.folder / "keys" / "trust.json").keys(Role.FLEET)
        path = f"/api/vehicles/{CAR}/commands"
        made = await asyncio.gather(*(fleet.post(path, {"name": "lock"}) for _ in range(5)))
        counters.extend(open_command(fleet.issued(one["id"]), keys)[0].counter for one in made)

    async def both() -> None:
        async with asyncio.timeout(60), fleet(fleet_database, tmp_path) as one, fleet(fleet_database, tmp_path) as two:
            one.car_connects()
            await asyncio.gather(story_of(one), story_of(two))

    async def story_of(fleet: Fleet) -> None:
        keys = Trust.load(fleet.folder / "keys" / "trust.json").keys(Role.FLEET)
        for _ in range(5):
            made = await fleet.post(f"/api/vehicles/{CAR}/commands", {"name": "lock"})
            counters.append(open_command(fleet.issued(made["id"]), keys)[0].counter)

    play(fleet_database, tmp_path, story)
    before = max(counters)
    asyncio.run(both())
    assert len(set(counters)) == 15
    assert min(counters[5:]) > before
    assert max(counters) - min(counters) == 14  # none is left out: the car's window is narrow


def test_what_no_car_would_take_is_refused_before_it_is_signed(tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/commands"
        for body, status in (
            ({"name": "horn"}, 400),
            ({"name": "precondition", "args": {"temperature": 99}}, 400),
            ({"name": "precondition", "args": {"temperature": "hot"}}, 400),
            ({"name": "precondition", "args": {"windows": True}}, 400),
            ({"name": "precondition", "args": []}, 400),
            ({"name": "charge_limit", "args": {"percent": 80.5}}, 400),
            ({"name": "charge_limit"}, 400),
            ({"name": "cancel", "args": {"id": "zz"}}, 400),
            ({"name": "lock", "role": "service"}, 403),  # no key for it here
            ({"name": "charge_stop", "role": "service"}, 403),
            ({"name": "lock", "role": "campaigns"}, 400),
            ({"name": "lock", "seconds": 1}, 400),
            ({"name": "lock", "seconds": 10**9}, 400),
            ({"name": "lock", "seconds": True}, 400),
            ({"name": "lock", "counter": 1}, 400),
            ({"args": {}}, 400),
            ([], 400),
            ("lock", 400),
        ):
            await fleet.post(path, body, status)
        for text in (b"", b"{", b'{"name": NaN}', b"[" * 30_000, b"\xff\xfe", b'{"a":' * 9000):
            async with fleet.client.post(path, data=text, headers={"Content-Type": "application/json"}) as response:
                assert response.status == 400, text[:20]
        big = json.dumps({"name": "x" * MAX_BODY}).encode()
        async with fleet.client.post(path, data=big, headers={"Content-Type": "application/json"}) as response:
            assert response.status == 413
        assert await fleet.get(path) == []

    play(str(tmp_path / "fleet.db"), tmp_path, story)


def test_a_car_has_a_limited_number_of_open_commands(tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/commands"
        for _ in range(MAX_OPEN):
            await fleet.post(path, {"name": "lock"})
        assert (await fleet.post(path, {"name": "lock"}, 429))["error"]["code"] == "resource_exhausted"

    play(str(tmp_path / "fleet.db"), tmp_path, story)


# -- settings and campaigns -------------------------------------------------------------------------------------------
def test_desired_settings_stand_beside_the_reported_ones(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/twin"
        first = (await fleet.post(path, {"document": {"charging": {"limit": 80}}, "base": 0}))["version"]
        assert abs(first - time.time()) < 60
        late = await fleet.post(path, {"document": {"charging": {"limit": 70}}, "base": 0}, 400)
        assert "meanwhile" in late["error"]["message"]
        second = (await fleet.post(path, {"document": {"charging": {"limit": 60}}, "base": first}))["version"]
        assert second > first
        for wrong in (
            {"charging": {"limit": 10}},
            {"horn": {"on": True}},
            {"charging": {"limit": "60"}},
            {"a.b": 1},
            5,
        ):
            await fleet.post(path, {"document": wrong}, 400)
        patch = {"charging": {"limit": 90}, "odd": {"a.b": {"": 1}}, "climate": 7}
        about = {
            "version": 1,
            "patch": patch,
            "full": True,
            "desired": first,
            "settings": {"charging.limit": "pending"},
        }
        fleet.car_says("twin", {**about, "at": {"charging.limit": 5}})
        found = await fleet.get(path)
        limit = next(one for one in found["settings"] if one["name"] == "charging.limit")
        assert (limit["desired"], limit["reported"], limit["state"]) == (60, 90, "pending")
        assert (found["desired"]["version"], found["taken"]) == (second, first)
        trust = Trust.load(fleet.folder / "keys" / "trust.json")
        with contextlib.closing(Issued(fleet.address)) as issued:
            ((message,),) = issued.database.rows("select message from issued_document where newest = 1")
        assert open_desired(message, trust.keys(Role.FLEET)).document == {"charging": {"limit": 60}}

    play(fleet_database, tmp_path, story)


def test_a_set_of_campaigns_is_checked_signed_and_listed(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/campaigns"
        assert await fleet.get(path) == {"issued": None, "example": EXAMPLE}
        first = (await fleet.post(path, {"content": EXAMPLE, "base": 0}))["version"]
        with contextlib.closing(Issued(fleet.address)) as issued:
            ((message,),) = issued.database.rows("select message from issued_document")
        trust = Trust.load(fleet.folder / "keys" / "trust.json")
        made = verify_campaigns(message, trust, CAR, time.time_ns() // 10**6)
        assert [one.id for one in made.campaigns] == ["battery-health"]
        for wrong in (
            {},
            {"campaigns": [{"id": "x"}]},
            {"campaigns": EXAMPLE["campaigns"] * 2},
            {"campaigns": [], "days": 0},
            {
                "campaigns": [
                    EXAMPLE["campaigns"][0] | {"use": EXAMPLE["campaigns"][0]["use"] | {"purpose": "operation"}}
                ]
            },
        ):
            await fleet.post(path, {"content": wrong}, 400)
        (listed,) = await fleet.get("/api/campaigns")
        assert (listed["vehicle"], listed["version"], listed["content"]) == (CAR, first, EXAMPLE)

    play(fleet_database, tmp_path, story)


def test_a_snapshot_of_entitlements_is_spelt_out_and_signed(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/entitlements"
        example = (await fleet.get(path))["example"]
        first = (await fleet.post(path, {"content": example, "base": 0}))["version"]
        with contextlib.closing(Issued(fleet.address)) as issued:
            ((message,),) = issued.database.rows("select message from issued_document")
        trust = Trust.load(fleet.folder / "keys" / "trust.json")
        snapshot, refused, _ = open_snapshot(message, trust.keys(Role.ENTITLEMENTS))
        assert [one.id for one in snapshot.features] == ["charging.plan", "navigation.live", "seat.massage"]
        assert (snapshot.vehicle, snapshot.sequence, refused) == (CAR, first, {})
        assert snapshot.expiry - snapshot.issued == 365 * 86_400
        assert snapshot.issued - snapshot.not_before == 3600
        # What the car has used of a metered feature comes back in the next snapshot: a car may lose its memory.
        for counter, total in ((1, 3), (3, 12), (2, 7)):
            fleet.car_says("usage", {"feature": "charging.plan", "counter": counter, "total": total})
        fleet.car_says("entitlement", {"sequence": 1, "deny_epoch": 0, "states": {"charging.plan": "active"}})
        second = (await fleet.post(path, {"content": example}))["version"]
        assert second > first
        with contextlib.closing(Issued(fleet.address)) as issued:
            ((message,),) = issued.database.rows("select message from issued_document where newest = 1")
        plan = open_snapshot(message, trust.keys(Role.ENTITLEMENTS)).snapshot.feature("charging.plan")
        assert plan is not None
        assert plan.spent == 12
        found = await fleet.get(path)
        assert found["reported"]["data"]["states"] == {"charging.plan": "active"}
        assert found["spent"] == {"charging.plan": 12}
        for wrong in (
            [{"id": "emergency.brakes", "kind": "term"}],  # about safety: nobody can sell or lock it
            [{"id": "a", "kind": "leased"}],
            [{"id": "a", "kind": "term", "until": "soon"}],
            [{"id": "a", "kind": "metered", "quota": True, "unit": "x"}],
            [{"id": "a", "kind": "perpetual", "free": True}],
            ["no such bundle"],
            "comfort",
        ):
            await fleet.post(path, {"content": {"features": wrong}}, 400)
        await fleet.post(path, {"content": {"features": [], "days": 0}}, 400)
        assert (await fleet.get(path))["issued"]["version"] == second

    play(fleet_database, tmp_path, story)


def test_a_lost_database_does_not_issue_what_cars_refuse_as_old(tmp_path: Path) -> None:
    """Nor one that was put back to an older state, nor a fleet whose clock was ahead when it issued the last one."""

    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        ahead = int(time.time()) + 1_000_000
        about = {"version": 1, "patch": {}, "full": True, "settings": {}}
        fleet.car_says("twin", {**about, "desired": ahead})
        fleet.car_says("entitlement", {"sequence": ahead, "deny_epoch": 3, "states": {}})
        desired = await fleet.post(f"/api/vehicles/{CAR}/twin", {"document": {"charging": {"limit": 80}}, "base": 0})
        entitled = await fleet.post(f"/api/vehicles/{CAR}/entitlements", {"content": {"features": []}, "base": 0})
        asked = await fleet.post(f"/api/vehicles/{CAR}/campaigns", {"content": EXAMPLE, "base": 0})
        assert (desired["version"], entitled["version"]) == (ahead + 1, ahead + 1)
        with contextlib.closing(Issued(fleet.address)) as issued:
            ((message,),) = issued.database.rows("select message from issued_document where kind = 'ent'")
        trust = Trust.load(fleet.folder / "keys" / "trust.json")
        assert open_snapshot(message, trust.keys(Role.ENTITLEMENTS)).snapshot.rank == (3, ahead + 1)
        assert abs(asked["version"] - time.time()) < 60
        fleet.car_says("twin", {**about, "desired": 1 << 62})  # no version of ours
        again = await fleet.post(f"/api/vehicles/{CAR}/twin", {"document": {"charging": {"limit": 70}}})
        assert again["version"] == ahead + 2

    play(str(tmp_path / "fleet.db"), tmp_path, story)


# -- who may come in --------------------------------------------------------------------------------------------------
def test_without_operators_only_this_machines_own_page_comes_in(tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        own = f"http://127.0.0.1:{fleet.client.port}"
        path = f"/api/vehicles/{CAR}/commands"
        for header, value in (
            ("Host", "evil.example"),  # a name that was made to lead to 127.0.0.1
            ("Host", f"evil.example:{fleet.client.port}"),
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("X-Forwarded-For", "203.0.113.9"),
            ("Forwarded", "for=203.0.113.9"),
            ("Via", "1.1 proxy"),
        ):
            await fleet.get("/api/vehicles", 403, {header: value})
            await fleet.post(path, {"name": "lock"}, 403, {header: value})
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            # What a foreign page can send without being asked back.
            async with fleet.client.post(path, data=b'{"name":"lock"}', headers={"Content-Type": kind}) as response:
                assert response.status == 403
        assert await fleet.get(path) == []
        await fleet.post(path, {"name": "lock"}, headers={"Origin": own, "Sec-Fetch-Site": "same-origin"})

    play(str(tmp_path / "fleet.db"), tmp_path, story)


def test_operators_need_their_token_and_do_what_their_scope_says(tmp_path: Path) -> None:
    import hashlib  # noqa: PLC0415  # of the tokens below only

    known = [
        Operator(name, scope, hashlib.sha256(TOKENS[name].encode()).digest())
        for name, scope in (("anna", Scope.ISSUE), ("bert", Scope.READ))
    ]

    async def story(fleet: Fleet) -> None:
        fleet.car_connects()
        path = f"/api/vehicles/{CAR}/commands"
        for wrong in (
            {},
            {"Authorization": "Bearer "},
            {"Authorization": "Bearer nonsense"},
            {"Authorization": TOKENS["anna"]},
        ):
            await fleet.get("/api/vehicles", 401, wrong)
            await fleet.get(f"/api/vehicles/{CAR}/live", 401, wrong)
            await fleet.post(path, {"name": "lock"}, 401, wrong)
        anna, bert = ({"Authorization": f"Bearer {TOKENS[name]}"} for name in ("anna", "bert"))
        assert not (await fleet.get("/api/session", headers=bert))["may_issue"]
        await fleet.post(path, {"name": "lock"}, 403, bert)
        await fleet.post(f"/api/vehicles/{CAR}/twin", {"document": {}}, 403, bert)
        await fleet.post(f"/api/vehicles/{CAR}/campaigns", {"content": EXAMPLE}, 403, bert)
        made = await fleet.post(path, {"name": "lock"}, headers=anna)
        assert made["operator"] == "anna"
        assert len(await fleet.get(path, headers=bert)) == 1
        outside = {"Host": "fleet.example", "Origin": "https://fleet.example"}
        await fleet.get("/api/vehicles", headers=bert | outside)
        await fleet.get("/api/vehicles", 403, bert | {"Host": "fleet.example", "Origin": "https://evil.example"})

    play(str(tmp_path / "fleet.db"), tmp_path, story, Operators(known))


def test_every_answer_forbids_scripts_of_others(tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        for path in ("/", "/page/main.js", "/page/style.css", "/page/icon.svg", "/nothing", "/page/nothing"):
            async with fleet.client.get(path) as response:
                policy = response.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "script-src 'self';" in policy
                assert "unsafe" not in policy
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                text = await response.text()
                assert "http://" not in text.replace("http://www.w3.org/", "")  # nothing comes from elsewhere
                assert "https://" not in text
        for script in sorted((Path(application.__code__.co_filename).parent / "page").glob("*.js")):
            code = script.read_text(encoding="utf-8")
            assert not any(
                word in code for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(")
            )

    play(str(tmp_path / "fleet.db"), tmp_path, story)


def test_what_a_hostile_car_says_stays_text(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        fleet.store.set_state(CAR, NASTY[:32], 1)
        deep: Any = NASTY
        for _ in range(4):
            deep = {NASTY: [deep, b"\xff"]}
        fleet.car_says("command_epoch", {"epoch": EPOCH})
        fleet.car_says("refused", {"what": NASTY, "why": NASTY, "deep": deep, "big": 1 << 63}, channel="events")
        fleet.car_says(NASTY[:32], {"a": float("inf")}, channel="events")
        fleet.car_says("twin", {"version": 1, "patch": {NASTY: {NASTY: NASTY}}, "settings": [NASTY], "desired": NASTY})
        fleet.car_says("update", {"software": NASTY, "state": NASTY, "subject": {NASTY: 1}})
        fleet.car_measures({f"{NASTY}.x": NASTY, "Vehicle.Speed": NASTY})
        made = await fleet.post(f"/api/vehicles/{CAR}/commands", {"name": "lock"})
        fleet.car_says("command", {"id": bytes.fromhex(made["id"]), "state": NASTY, "reason": NASTY, "result": deep})
        fleet.car_says("command", {"id": bytes.fromhex(made["id"]), "state": [1], "reason": 7, "result": [NASTY]})
        for path in ("", "/twin", "/signals", "/commands", "/events", "/telemetry?path=Vehicle.Speed", "/campaigns"):
            await fleet.get(f"/api/vehicles/{CAR}{path}")
        (report, *_) = await fleet.get(f"/api/vehicles/{CAR}/events?kind=refused")
        assert report["data"]["why"] == NASTY
        assert report["data"]["big"] == str(1 << 63)

    play(fleet_database, tmp_path, story)


# -- live -------------------------------------------------------------------------------------------------------------
def test_a_page_hears_states_as_they_come(fleet_database: str, tmp_path: Path) -> None:
    async def story(fleet: Fleet) -> None:
        await fleet.get(f"/api/vehicles/{CAR}/live", 404)
        fleet.car_connects()
        fleet.car_measures({"Vehicle.Speed": 12.0})
        path = f"/api/vehicles/{CAR}"
        async with fleet.client.get(f"{path}/live") as response:
            assert response.content_type == "text/event-stream"
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            heard: dict[str, Any] = {}

            async def hear(enough: Callable[[], bool]) -> None:
                async with asyncio.timeout(20):
                    while not enough():
                        name = (await response.content.readline()).decode()
                        if name.startswith("event: "):
                            data = (await response.content.readline()).decode().removeprefix("data: ")
                            heard[name[7:].strip()] = json.loads(data)

            await hear(lambda: {"vehicle", "commands", "signals", "twin"} <= set(heard))
            assert heard["signals"]["Vehicle.Speed"][1] == 12.0
            made = await fleet.post(f"{path}/commands", {"name": "lock"})
            await hear(lambda: [one["state"] for one in heard["commands"]] == ["issued"])
            for state in ("received", "running", "succeeded"):
                fleet.car_says("command", {"id": bytes.fromhex(made["id"]), "state": state, "reason": "", "result": {}})
                await hear(lambda state=state: heard["commands"][0]["state"] == state)  # type: ignore[misc]  # bound now
            fleet.store.set_state(CAR, "offline", 1)
            await hear(lambda: heard["vehicle"]["state"] == "offline")

    play(fleet_database, tmp_path, story)
