# SPDX-License-Identifier: Apache-2.0
"""The uplink against brokers that forget, throttle, hang up, refuse, and send what is not for this car."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from paho.mqtt.client import Client

from ivi.cloud import sender as sender_module
from ivi.cloud import session as session_module
from ivi.cloud.connection import Connection
from ivi.cloud.delivery import DeliveryClass, Outgoing
from ivi.cloud.part import Part, Post
from ivi.cloud.record import decode_record
from ivi.cloud.refusals import BURST
from ivi.cloud.uplink import UplinkService
from ivi.cloud.wire import MAX_PAYLOAD, Ack, VehicleState, ack_topic, decode_state, encode
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import Router
from ivi.daemon.process import Counter, Process
from ivi.model.cloud import LinkCost, LinkState
from ivi.model.databroker import DatabrokerAnswer
from tests.fakes.mqtt_broker import FakeBroker

WAIT = 20.0  # seconds that anything may take on a busy machine
CONTROL, EVENTS, TELEMETRY = DeliveryClass


@contextlib.asynccontextmanager
async def car(
    folder: Path, brokers: str, parts: Sequence[Part] = (), cost: LinkCost = LinkCost.FREE
) -> AsyncIterator[tuple[Process, UplinkService]]:
    """A running uplink without a databroker."""
    process = Process("cloud")
    databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
    service = UplinkService(
        process, databroker, broker=brokers, vehicle_id="car", state=folder / "state", parts=parts, cost=cost
    )
    await service.start()
    try:
        yield process, service
    finally:
        await service.stop()


async def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds."""
    try:
        async with asyncio.timeout(WAIT):
            while not condition():  # the outside has no event to wait for
                await asyncio.sleep(0.01)
    except TimeoutError:
        pytest.fail(f"not within {WAIT:g} s: {what}")


def fill(service: UplinkService, delivery: DeliveryClass, count: int, size: int = 10) -> list[bytes]:
    """Put numbered rows; returns their bodies."""
    bodies = [b"%s %d" % (delivery.encode(), number) + bytes(size) for number in range(count)]
    for body in bodies:
        service.put(Outgoing(delivery, body))
    return bodies


def address(broker: FakeBroker) -> str:
    """Where it listens."""
    return f"127.0.0.1:{broker.port}"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for seconds in a car waits for less here."""
    monkeypatch.setattr(sender_module, "RESEND_FIRST", 0.6)
    monkeypatch.setattr(sender_module, "RESEND_SURE", 0.1)
    monkeypatch.setattr(sender_module, "RETAINED_WAIT", 0.05)
    monkeypatch.setattr(session_module, "RETRY_FIRST", 0.05)


def test_a_broker_that_pubacks_and_forgets(tmp_path: Path) -> None:
    """Its PUBACK is no proof: everything is sent again when it behaves, and nothing is forgotten before."""

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker)) as (_, service):
            broker.forgets = True
            bodies = fill(service, TELEMETRY, 300)
            await until(lambda: broker.rows >= 300, "all were sent")
            assert service.snapshot().acknowledged == 0
            broker.forgets = False
            await until(lambda: service.snapshot().waiting == 0, "all are acknowledged")
            assert broker.fleet.bodies("telemetry") == bodies
            assert len(broker.fleet.order) <= 302  # the question whether it is lost, and once each

    asyncio.run(play())


def test_each_connection_has_its_number(tmp_path: Path) -> None:
    """In the birth and in the will, so that the fleet can put them in order."""

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker)) as (_, service):

            def said() -> list[VehicleState]:
                return [decode_state(payload) for topic, payload in broker.published if topic == "v1/car/up/state"]

            for number in range(1, 4):
                await until(lambda number=number: len(said()) == number, "the car says that it is there")  # type: ignore[misc]  # bound now
                will = service._session.will  # the test looks inside
                assert will is not None
                assert decode_state(will.payload) == VehicleState("offline", said()[-1].epoch, said()[-1].connection)
                service._session.cut("again")
            births = [one.connection for one in said()]
            assert births == sorted(set(births))

    asyncio.run(play())


def test_late_acknowledgements_cause_few_copies(tmp_path: Path) -> None:
    """The fleet is slow: the oldest row asks, and the rest is not sent again."""

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker)) as (_, service):
            broker.forgets = True  # the fleet sleeps; what the broker took waits for it
            fill(service, TELEMETRY, 300)
            await until(lambda: broker.rows > 300, "it asks")
            broker.forgets = False
            for topic, payload in list(broker.published):
                if topic.endswith("telemetry"):
                    broker.came(topic, payload)
            await until(lambda: service.snapshot().waiting == 0, "all are acknowledged")
            assert service.status_numbers()["mqtt_sent_again"] in range(1, 4)

    asyncio.run(play())


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_the_receive_maximum_is_kept_and_control_goes_first(tmp_path: Path, limit: int) -> None:
    """Three classes share the broker's window, and a control row waits for no backlog."""

    async def play() -> None:
        async with (
            FakeBroker(receive_maximum=limit, puback_s=0.003) as broker,
            car(tmp_path, address(broker)) as (_, service),
        ):
            telemetry, events = fill(service, TELEMETRY, 400, size=3000), fill(service, EVENTS, 50)
            await until(lambda: len(broker.fleet.bodies("telemetry")) > 10, "the backlog drains")
            before = len(broker.published)
            assert service.put_now(Outgoing(CONTROL, b"now"))
            await until(lambda: ("control", b"now") in broker.fleet.order, "the control row is there")
            topics = [topic for topic, _ in broker.published]
            assert topics.index("v1/car/up/t/control") <= before + limit + 3
            await until(lambda: service.snapshot().waiting == 0, "all are acknowledged")
            assert broker.most_in_flight <= limit
            assert broker.fleet.bodies("telemetry") == telemetry
            assert broker.fleet.bodies("events") == events

    asyncio.run(play())


def test_large_rows_leave_the_line_to_control(tmp_path: Path) -> None:
    """On a slow line a window of large rows would be minutes: bytes in flight are bounded, too."""

    async def play() -> None:
        async with FakeBroker(puback_s=0.05) as broker, car(tmp_path, address(broker)) as (_, service):
            fill(service, TELEMETRY, 40, size=20_000)
            await until(lambda: broker.fleet.order, "the backlog drains")
            assert broker.most_in_flight <= 5
            await until(lambda: service.snapshot().waiting == 0, "all are acknowledged")

    asyncio.run(play())


def test_a_broker_that_hangs_up_again_and_again(tmp_path: Path) -> None:
    """Every connection carries forty messages; all arrive, once in effect, with few copies."""

    async def play() -> None:
        async with FakeBroker(receive_maximum=10) as broker, car(tmp_path, address(broker)) as (_, service):
            broker.hang_up_after = 40
            bodies = fill(service, TELEMETRY, 300, size=9000)
            await until(lambda: service.snapshot().waiting == 0, "all are acknowledged")
            assert broker.connects > 5
            assert broker.fleet.bodies("telemetry") == bodies

    asyncio.run(play())


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n" * 5,
        bytes((0x30, 4, 0, 9, 97, 98)),  # a topic longer than its message
        bytes((0x32, 5, 0, 1, 97, 0, 1)),  # a message that ends before its properties
        bytes((0x40, 1, 0)),  # a PUBACK without its id
        bytes((0xF0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)),  # a length of five bytes
    ],
)
def test_what_is_no_mqtt_ends_the_connection_and_nothing_else(tmp_path: Path, said: bytes) -> None:
    """The car connects again, and what it has to say arrives."""

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker)) as (_, service):
            await until(lambda: service.snapshot().state is LinkState.ONLINE, "the car is there")
            broker.say_bytes(said)
            await until(lambda: broker.connects > 1, "the car connects again")
            bodies = fill(service, TELEMETRY, 20)
            await until(lambda: broker.fleet.bodies("telemetry") == bodies, "all arrive")

    asyncio.run(play())


def test_a_line_that_takes_little_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the socket does not take at once follows when it does; acknowledgements come in meanwhile."""
    opened = Connection._on_socket_open

    def narrow(self: Connection, client: Client, data: object, sock: object) -> None:
        assert isinstance(sock, socket.socket)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)  # the kernel makes it its least, some kilobytes
        opened(self, client, data, sock)

    monkeypatch.setattr(Connection, "_on_socket_open", narrow)

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker)) as (_, service):
            bodies = fill(service, TELEMETRY, 60, size=60_000)
            await until(lambda: broker.fleet.bodies("telemetry") == bodies, "all arrive")
            assert broker.connects == 1

    asyncio.run(play())


class Taking:
    """A part that keeps what it gets."""

    def __init__(self) -> None:
        self.name = "taking"
        self.topics: tuple[str, ...] = ("cmd",)
        self.got: list[bytes] = []

    async def start(self, post: Post) -> None:
        """Nothing to open."""

    async def stop(self) -> None:
        """Nothing to end."""

    def online(self) -> None:
        """Nothing to do."""

    def received(self, _topic: str, payload: bytes) -> Awaitable[None] | None:
        """Keep it."""
        self.got.append(payload)
        return None

    def serve(self, router: Router) -> None:
        """Nothing to serve."""

    def counters(self) -> dict[str, Counter]:
        """No numbers."""
        return {}


def test_messages_for_other_cars_are_refused_and_reported(tmp_path: Path) -> None:
    """The part never sees them; the fleet hears of some of them, however many there are."""

    async def play() -> None:
        part = Taking()
        async with FakeBroker() as broker, car(tmp_path, address(broker), [part]) as (_, service):
            await until(lambda: service.is_online, "it is online")
            for number in range(200):
                broker.say("v1/other/down/cmd", b"%d" % number)
            broker.say("v1/car/down/nothing", b"")
            broker.say("v1/car/down/cmd", bytes(MAX_PAYLOAD + 1))
            broker.say("v1/car/up/state", b"")
            broker.say("v1/other/down/ack/telemetry", encode(Ack(bytes(8), 5)))
            last = broker.say("v1/car/down/cmd", b"open")
            await until(lambda: part.got == [b"open"], "the right one arrives")
            await until(lambda: last in broker.pubacked, "all are acknowledged, or they would come for ever")
            assert service.status_numbers()["mqtt_bad_messages"] == 204
            await until(lambda: len(broker.fleet.bodies("events")) == BURST, "the fleet hears of it")
            record = decode_record(broker.fleet.bodies("events")[0])
            assert (record.kind, record.data["what"]) == ("refused", "message")
            assert "v1/other/down/cmd" in record.data["why"]

    asyncio.run(play())


def test_acknowledgements_that_lie_delete_nothing(tmp_path: Path) -> None:
    """Of another stream, of rows that were never sent, and nonsense."""

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker)) as (_, service):
            broker.forgets = True
            fill(service, TELEMETRY, 20)
            await until(lambda: broker.rows >= 20, "all were sent")
            stream = service.stream("telemetry")
            for ack in (encode(Ack(bytes(8), 20)), encode(Ack(stream, 21)), b"nonsense", encode(Ack(stream, -1))):
                mid = broker.say(ack_topic("car", "telemetry"), ack)
            broker.say(ack_topic("car", "telemetry.unheard-of"), encode(Ack(stream, 20)))
            await until(lambda: mid in broker.pubacked, "they were read")
            assert service.snapshot().waiting == 20
            broker.say(ack_topic("car", "telemetry"), encode(Ack(stream, 20)))
            await until(lambda: service.snapshot().waiting == 0, "the right one counts")

    asyncio.run(play())


def test_a_refusal_to_connect_is_told(tmp_path: Path) -> None:
    """And it goes on by itself when the broker thinks better of it."""

    async def play() -> None:
        async with FakeBroker() as broker:
            broker.refuses = 0x87
            async with car(tmp_path, address(broker)) as (_, service):
                await until(lambda: "refused us: not authorized" in service.snapshot().reason, "it is told")
                broker.refuses = 0
                await until(lambda: service.snapshot().state is LinkState.ONLINE, "it is online")

    asyncio.run(play())


def test_the_next_broker_is_tried_and_the_first_again(tmp_path: Path) -> None:
    """In order; and rows that the first took and lost go to the second."""

    async def play() -> None:
        async with FakeBroker() as first, FakeBroker() as second:
            first.forgets = True
            async with car(tmp_path, f"{address(first)}, {address(second)}") as (_, service):
                bodies = fill(service, EVENTS, 30)
                await until(lambda: first.rows >= 30, "the first takes all")
                await first.stop()
                await until(lambda: service.snapshot().waiting == 0, "the second has all")
                assert service.snapshot().broker == address(second)
                assert second.fleet.bodies("events") == bodies
                await first.listen()
                await second.stop()
                await until(
                    lambda: service.is_online and service.snapshot().broker == address(first), "the first again"
                )
                await second.listen()

    asyncio.run(play())


def test_what_costs_waits(tmp_path: Path) -> None:
    """Roaming: control goes. Metered: events too. Free: all."""

    async def play() -> None:
        async with FakeBroker() as broker, car(tmp_path, address(broker), cost=LinkCost.ROAMING) as (_, service):
            for delivery in DeliveryClass:
                fill(service, delivery, 3)
            await until(lambda: len(broker.fleet.bodies("control")) == 3, "control goes")
            assert service.snapshot().cost is LinkCost.ROAMING
            assert not broker.fleet.bodies("events")
            service.set_cost(LinkCost.METERED)
            await until(lambda: len(broker.fleet.bodies("events")) == 3, "events go")
            assert not broker.fleet.bodies("telemetry")
            service.set_cost(LinkCost.FREE)
            await until(lambda: len(broker.fleet.bodies("telemetry")) == 3, "all go")

    asyncio.run(play())
