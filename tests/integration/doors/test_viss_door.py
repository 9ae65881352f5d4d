# SPDX-License-Identifier: Apache-2.0
"""VISS v3 as a stock WebSocket client sees it: the car's values, acting, filters, errors, bounds."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("websockets", reason="the extra viss is not installed")
from websockets.asyncio.client import connect  # after the skip
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus

if TYPE_CHECKING:
    from tests.integration.doors.conftest import Rig, Signer

TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"
LIMIT = 15.0  # seconds that anything here may take on a loaded machine


class Client:
    """Requests with numbers, and the events between the answers."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401  # websockets is an extra
        self._connection = connection
        self._serial = 0
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for text in self._connection:
            message = json.loads(text)
            assert datetime.fromisoformat(message["ts"]).tzinfo is not None
            await (self.events if message.get("action") == "subscription" else self._answers).put(message)

    async def ask(self, action: str, **fields: object) -> dict[str, Any]:
        """One request and its answer."""
        self._serial += 1
        request_id = f"r{self._serial}"
        await self.send(json.dumps({"action": action, "requestId": request_id, **fields}))
        answer = await self.answer()
        assert answer["requestId"] == request_id
        assert answer["action"] == action
        return answer

    async def send(self, text: str) -> None:
        """Any text."""
        await self._connection.send(text)

    async def answer(self) -> dict[str, Any]:
        """The next answer."""
        return await asyncio.wait_for(self._answers.get(), LIMIT)

    async def event(self) -> dict[str, Any]:
        """The next event."""
        return await asyncio.wait_for(self.events.get(), LIMIT)


@asynccontextmanager
async def client(port: int) -> AsyncIterator[Client]:
    """A client of the door."""
    async with connect(f"ws://127.0.0.1:{port}", subprotocols=["VISSv3"]) as connection:
        assert connection.subprotocol == "VISSv3"
        yield Client(connection)


def run(work: Coroutine[Any, Any, None]) -> None:
    """A test's coroutine, with an end."""
    asyncio.run(asyncio.wait_for(work, 60))


@pytest.fixture(scope="module")
def port(car: "Rig") -> Iterator[int]:
    """The door on a driving car."""
    car.start_doors("--viss", "127.0.0.1:0")
    yield car.port("viss")
    assert car.stop("doors") == 0


def error_of(answer: dict[str, Any]) -> tuple[str, str]:
    error = answer["error"]
    assert error["description"]
    return error["number"], error["reason"]


def test_get_is_a_string_with_a_time(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            while "error" in (answer := await viss.ask("get", path="Vehicle/Speed")):  # until the car drives
                await asyncio.sleep(0.05)
            point = answer["data"]["dp"]
            assert answer["data"]["path"] == "Vehicle.Speed"
            assert float(point["value"]) >= 0
            assert point["ts"].endswith("Z")
            moving = await viss.ask("get", path="Vehicle.IsMoving")
            assert moving["data"]["dp"]["value"] in ("true", "false")

    run(work())


def test_paths_filter_gets_several_and_says_in_line_what_is_missing(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            wanted = {"variant": "paths", "parameter": ["Speed", "Test.Row2", "Test.*"]}
            data = (await viss.ask("get", path="Vehicle", filter=wanted))["data"]
            found = {item["path"]: item["dp"]["value"] for item in data}
            assert found["Vehicle.Test.Row2.IsOpen"] == "viss-inline:Data-not-available"
            assert "Vehicle.Test.Number" in found
            assert len(found) == len(data)
            wanted = {"variant": "paths", "parameter": ["Speed", "Nothing"]}
            assert error_of(await viss.ask("get", path="Vehicle", filter=wanted)) == ("404", "unavailable_data")

    run(work())


def test_metadata_is_a_tree_of_what_may_be_read(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            whole = {"variant": "metadata", "parameter": "0"}
            answer = await viss.ask("get", path=TEMPERATURE, filter=whole)
            assert "data" not in answer
            assert answer["metadata"]["Temperature"]["type"] == "actuator"
            assert answer["metadata"]["Temperature"]["datatype"] == "float"
            answer = await viss.ask("get", path="Vehicle/Cabin/HVAC", filter=whole)
            branch = answer["metadata"]["HVAC"]
            assert branch["type"] == "branch"
            leaf = branch["children"]["Station"]["children"]["Row1"]["children"]["Driver"]["children"]["Temperature"]
            assert leaf["type"] == "actuator"
            answer = await viss.ask("get", path="Vehicle.Cabin", filter={"variant": "metadata", "parameter": "1"})
            children = answer["metadata"]["Cabin"]["children"]
            assert children["HVAC"] == {"type": "branch", "children": {}}
            for bad in ("", "-1", "all", "100", 3):
                answer = await viss.ask("get", path="Vehicle", filter={"variant": "metadata", "parameter": bad})
                assert answer["error"]["number"] == "400"
            answer = await viss.ask("get", path="Vehicle.Nothing", filter=whole)
            assert answer["error"]["number"] == "404"
            answer = await viss.ask("subscribe", path=TEMPERATURE, filter=whole)
            assert answer["error"]["number"] == "400"

    run(work())


def test_set_reaches_the_car(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            for value in ("22.5", "19.0"):
                answer = await viss.ask("set", path=TEMPERATURE, value=value)
                assert "error" not in answer
                assert (await viss.ask("get", path=TEMPERATURE))["data"]["dp"]["value"] == value

    run(work())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"path": TEMPERATURE, "value": "warm"}, ("400", "invalid_data")),
        ({"path": TEMPERATURE, "value": "99"}, ("400", "invalid_data")),
        ({"path": TEMPERATURE, "value": 21}, ("400", "bad_request")),
        ({"path": TEMPERATURE}, ("400", "bad_request")),
        ({"path": "Vehicle.Speed", "value": "1"}, ("400", "invalid_data")),
        ({"path": "Vehicle.Cabin", "value": "1"}, ("400", "invalid_data")),
        ({"path": "Vehicle.Nothing", "value": "1"}, ("404", "unavailable_data")),
        ({"path": "Vehicle.Test.Number", "value": "1"}, ("503", "service_unavailable")),
        ({"path": "Vehicle.*", "value": "1"}, ("400", "bad_request")),
    ],
)
def test_set_refuses(port: int, fields: dict[str, object], expected: tuple[str, str]) -> None:
    async def work() -> None:
        async with client(port) as viss:
            assert error_of(await viss.ask("set", **fields)) == expected

    run(work())


def test_timebased_speaks_whether_or_not_the_value_changes(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            rule = {"variant": "timebased", "parameter": {"period": "100"}}
            answer = await viss.ask("subscribe", path=TEMPERATURE, filter=rule)
            events = [await viss.event() for _ in range(4)]
            assert {event["subscriptionId"] for event in events} == {answer["subscriptionId"]}
            assert len({event["data"]["dp"]["value"] for event in events}) == 1
            times = [datetime.fromisoformat(event["ts"]).timestamp() for event in events]
            assert times[-1] - times[0] > 0.25
            assert "error" not in await viss.ask("unsubscribe", subscriptionId=answer["subscriptionId"])
            again = await viss.ask("unsubscribe", subscriptionId=answer["subscriptionId"])
            assert error_of(again) == ("404", "unavailable_data")

    run(work())


def test_change_speaks_when_the_difference_is_reached(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            await viss.ask("set", path=TEMPERATURE, value="20")
            rule = {"variant": "change", "parameter": {"logic-op": "gt", "diff": "2"}}
            await viss.ask("subscribe", path=TEMPERATURE, filter=rule)
            for value in ("21", "22", "23.5", "24"):
                assert "error" not in await viss.ask("set", path=TEMPERATURE, value=value)
            assert (await viss.event())["data"]["dp"]["value"] == "23.5"
            await viss.ask("set", path=TEMPERATURE, value="26")
            assert (await viss.event())["data"]["dp"]["value"] == "26.0"
            assert viss.events.empty()

    run(work())


def test_range_speaks_inside_only(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            await viss.ask("set", path=TEMPERATURE, value="26")
            inside = [{"logic-op": "gte", "boundary": "18"}, {"logic-op": "lt", "boundary": "20"}]
            await viss.ask("subscribe", path=TEMPERATURE, filter={"variant": "range", "parameter": inside})
            for value in ("20", "19", "17", "18"):
                await viss.ask("set", path=TEMPERATURE, value=value)
            assert [(await viss.event())["data"]["dp"]["value"] for _ in range(2)] == ["19.0", "18.0"]
            assert viss.events.empty()

    run(work())


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, ("400", "bad_request")),
        ({"variant": "timebased", "parameter": {"period": "0"}}, ("400", "bad_request")),
        ({"variant": "timebased", "parameter": {"period": 100}}, ("400", "bad_request")),
        ({"variant": "change", "parameter": {"logic-op": "almost", "diff": "1"}}, ("400", "bad_request")),
        ({"variant": "curvelog", "parameter": {"maxerr": "1", "bufsize": "10"}}, ("400", "bad_request")),
        ([{"variant": "paths", "parameter": "*"}] * 2, ("400", "bad_request")),
        (
            [
                {"variant": "paths", "parameter": "Test.Names"},
                {"variant": "range", "parameter": {"logic-op": "gt", "boundary": "1"}},
            ],
            ("400", "invalid_data"),
        ),
    ],
)
def test_subscribe_refuses(port: int, rule: object, expected: tuple[str, str]) -> None:
    async def work() -> None:
        async with client(port) as viss:
            fields = {"filter": rule} if rule is not None else {}
            assert error_of(await viss.ask("subscribe", path="Vehicle", **fields)) == expected

    run(work())


@pytest.mark.parametrize(
    "text", ["{", "[]", '"get"', '{"action":"get"}', '{"action":"fly","requestId":"1"}', "[" * 5000]
)
def test_what_is_no_request_is_answered_and_the_client_stays(port: int, text: str) -> None:
    async def work() -> None:
        async with client(port) as viss:
            await viss.send(text)
            assert error_of(await viss.answer()) == ("400", "bad_request")
            assert "data" in await viss.ask("get", path="Vehicle.IsMoving")

    run(work())


def test_bounds(port: int) -> None:
    async def work() -> None:
        async with client(port) as viss:
            rule = {"variant": "change", "parameter": {"logic-op": "ne", "diff": "0"}}
            answers = [await viss.ask("subscribe", path="Vehicle.Test.Level", filter=rule) for _ in range(33)]
            assert error_of(answers.pop()) == ("429", "too_many_requests")
            assert not any("error" in answer for answer in answers)
        async with connect(f"ws://127.0.0.1:{port}", subprotocols=["VISSv3"]) as connection:
            await connection.send("x" * 70_000)
            with pytest.raises(ConnectionClosed) as closed:
                await connection.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1009  # RFC 6455: too big
        for options in (
            {},
            {"subprotocols": ["VISSv2"]},
            {"subprotocols": ["VISSv3"], "origin": "http://evil.example"},
        ):
            with pytest.raises(InvalidStatus):
                await connect(f"ws://127.0.0.1:{port}", **options)

    run(work())


def test_no_more_clients_than_there_is_room_for(port: int) -> None:
    async def work() -> None:
        open_ones = [await connect(f"ws://127.0.0.1:{port}", subprotocols=["VISSv3"]) for _ in range(32)]
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{port}", subprotocols=["VISSv3"])
        assert refused.value.response.status_code == 503
        for connection in open_ones:
            await connection.close()

    run(work())


def test_a_token_opens_what_its_scope_says(car: "Rig", signer: "Signer", stranger: "Signer") -> None:
    async def work(guarded: int) -> None:
        async with client(guarded) as viss:
            assert error_of(await viss.ask("get", path="Vehicle.Speed")) == ("401", "invalid_token")
            wrong = stranger.token("read")
            refused = await viss.ask("get", path="Vehicle.Speed", authorization=wrong)
            assert error_of(refused) == ("401", "invalid_token")
            token = signer.token("read:Vehicle.IsMoving")
            assert "data" in await viss.ask("get", path="Vehicle.IsMoving", authorization=token)
            other = await viss.ask("get", path="Vehicle.Speed", authorization=token)
            assert error_of(other) == ("403", "forbidden_request")
            setting = await viss.ask("set", path=TEMPERATURE, value="20", authorization=token)
            assert error_of(setting) == ("403", "forbidden_request")
            short = signer.token("read:Vehicle.Speed", seconds=2)
            rule = {"variant": "timebased", "parameter": {"period": "50000"}}
            await viss.ask("subscribe", path="Vehicle.Speed", filter=rule, authorization=short)
            assert error_of(await viss.event()) == ("401", "invalid_token")

    with car.second() as rig:
        rig.start_doors("--viss", "127.0.0.1:0", "--token-key", str(signer.file))
        run(work(rig.port("viss")))


def test_an_encrypted_door(car: "Rig", signer: "Signer", tmp_path: Path) -> None:
    certificate, key = signer.certificate(tmp_path)

    async def work(port: int) -> None:
        trust = ssl.create_default_context(cafile=certificate)
        async with connect(f"wss://localhost:{port}", subprotocols=["VISSv3"], ssl=trust) as connection:
            assert "data" in await Client(connection).ask("get", path="Vehicle.Speed")
        with pytest.raises((InvalidMessage, ConnectionClosed, OSError)):
            await connect(f"ws://localhost:{port}", subprotocols=["VISSv3"])

    with car.second() as rig:
        rig.start_doors("--viss", "127.0.0.1:0", "--tls-certificate", str(certificate), "--tls-key", str(key))
        run(work(rig.port("viss")))
