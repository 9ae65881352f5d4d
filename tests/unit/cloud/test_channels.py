# SPDX-License-Identifier: Apache-2.0
"""Channels: what each class does when it is full, who goes first, and what a purpose's end leaves."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.cloud import channels as module
from ivi.cloud.channels import Channels, OpenGate, class_of
from ivi.cloud.delivery import DataUse, DeliveryClass, Outgoing
from ivi.cloud.outbox import Outbox
from ivi.cloud.session import MqttSession
from ivi.cloud.uplink import UplinkService
from ivi.cloud.wire import MAX_BODY, Broker
from ivi.daemon.link_client import LinkClient
from ivi.daemon.process import Process
from ivi.model.databroker import DatabrokerAnswer
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError, UnavailableError

CONTROL, EVENTS, TELEMETRY = DeliveryClass
RESEARCH = DataUse("research", "driving", "university", 30)


class Silent:
    """Somebody who uses a session that is never connected."""

    def online(self) -> None:
        """Never called."""

    offline = received = published = online


def channels(folder: Path) -> Channels:
    """Without a connection."""
    session = MqttSession(Broker("127.0.0.1", 1), "ivi-car", Silent())  # type: ignore[arg-type]  # nothing is called
    return Channels(
        Process("cloud"),
        session,
        folder=folder,
        vehicle_id="car",
        telemetry_days=30,
        progress=lambda: None,
        on_damage=lambda _name, _path: None,
    )


def service(folder: Path, **more: object) -> UplinkService:
    """A service whose databroker and broker are absent."""
    databroker = LinkClient(folder / "databroker.sock", DatabrokerAnswer)
    return UplinkService(Process("cloud"), databroker, broker="127.0.0.1:1", vehicle_id="car", state=folder, **more)  # type: ignore[arg-type]  # passed on


def play(folder: Path, do: Callable[[UplinkService], None], **more: object) -> None:
    """Do something with a running service."""

    async def run() -> None:
        uplink = service(folder, **more)
        await uplink.start()
        try:
            do(uplink)
        finally:
            await uplink.stop()

    asyncio.run(run())


def test_each_purpose_has_its_own_file_and_stream(tmp_path: Path) -> None:
    """Nothing in one stream tells of the other; both are there after a restart."""

    def first(uplink: UplinkService) -> None:
        assert uplink.put_now(Outgoing(TELEMETRY, b"a"))
        assert uplink.put_now(Outgoing(TELEMETRY, b"b", RESEARCH))
        streams.update(name=uplink.stream("telemetry"), research=uplink.stream("telemetry.research"))

    def second(uplink: UplinkService) -> None:
        assert uplink.snapshot().waiting == 2
        assert uplink.stream("telemetry.research") == streams["research"] != streams["name"]

    streams: dict[str, bytes] = {}
    play(tmp_path, first)
    assert sorted(path.name for path in tmp_path.glob("*.db")) == [
        *("outbox-control.db", "outbox-events.db", "outbox-telemetry.db", "outbox-telemetry.research.db")
    ]
    play(tmp_path, second)


def test_the_gate_decides(tmp_path: Path) -> None:
    """What it does not let out is not stored and is counted."""

    class Closed:
        def channel(self, use: DataUse, delivery: DeliveryClass) -> str | None:
            return None if use is RESEARCH else str(delivery)

    def do(uplink: UplinkService) -> None:
        assert not uplink.put(Outgoing(TELEMETRY, b"x", RESEARCH))
        assert not uplink.put_now(Outgoing(EVENTS, b"x", RESEARCH))
        assert uplink.put(Outgoing(EVENTS, b"x"))
        assert uplink.status_numbers()["mqtt_withheld"] == 2

    play(tmp_path, do, gate=Closed())


def test_revoking_a_purpose_gives_up_its_rows(tmp_path: Path) -> None:
    """Those in memory too; nothing of them is left in the file; others stay."""

    def do(uplink: UplinkService) -> None:
        secret = b"where I was " * 50
        for delivery in (EVENTS, TELEMETRY):
            uplink.put_now(Outgoing(delivery, secret, RESEARCH))
            uplink.put(Outgoing(delivery, secret, RESEARCH))
            uplink.put_now(Outgoing(delivery, b"kept"))
        assert uplink.rows.purge("research") == 4
        assert uplink.snapshot().waiting == 2
        for path in tmp_path.glob("outbox-*research*"):
            assert secret[:40] not in path.read_bytes(), path

    play(tmp_path, do)


def test_what_a_damaged_file_has_sent_can_still_be_deleted(tmp_path: Path) -> None:
    """Its stream is in the request, like that of terms before; and the file that was set aside goes with the rest."""
    streams: list[bytes] = []

    def agree_twice(uplink: UplinkService) -> None:
        uplink.put_now(Outgoing(EVENTS, b"where I was", RESEARCH))
        streams.append(uplink.stream("events.research"))
        uplink.rows.renew("research")
        uplink.put_now(Outgoing(EVENTS, b"where I was", RESEARCH))
        streams.append(uplink.stream("events.research"))

    def revoke(uplink: UplinkService) -> None:
        streams.append(uplink.stream("events.research"))
        assert len(set(streams)) == 3
        assert uplink.rows.streams("research") == [("events.research", stream) for stream in streams]
        assert uplink.rows.streams("operation") == [(str(name), uplink.stream(name)) for name in DeliveryClass]
        assert len(list(tmp_path.glob("outbox-events.research.db.corrupt-*"))) == 1
        assert any(problem.what.startswith("The store of unsent") for problem in uplink._process.status().problems)
        uplink.rows.purge("research")
        assert list(tmp_path.glob("*.corrupt-*")) == []
        assert not any(problem.what.startswith("The store of unsent") for problem in uplink._process.status().problems)

    play(tmp_path, agree_twice)
    (tmp_path / "outbox-events.research.db").write_bytes(b"where I was" * 1000)
    with (tmp_path / "streams-events.research").open("ab") as file:
        file.write(b"0123")  # the power went

    def ask(uplink: UplinkService) -> None:
        assert uplink.rows.streams("research") == [("events.research", stream) for stream in streams]
        uplink.rows.asked("research")

    def agree_anew(uplink: UplinkService) -> None:
        uplink.rows.renew("research")
        ((_, stream),) = uplink.rows.streams("research")
        assert stream not in streams

    play(tmp_path, revoke)
    play(tmp_path, ask)
    play(tmp_path, agree_anew)


@pytest.mark.parametrize("delivery", [CONTROL, EVENTS])
def test_a_class_that_drops_nothing_refuses_when_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delivery: DeliveryClass
) -> None:
    """With a clear error, both ways; rows that wait in memory count."""
    monkeypatch.setitem(module.RULES, delivery, module.RULES[delivery]._replace(max_rows=5))

    def do(uplink: UplinkService) -> None:
        for _ in range(3):
            assert uplink.put_now(Outgoing(delivery, b"x"))
        for _ in range(2):
            assert uplink.put(Outgoing(delivery, b"x"))
        for put in (uplink.put, uplink.put_now):
            with pytest.raises(ResourceExhaustedError, match=f"outbox-{delivery}.db is full"):
                put(Outgoing(delivery, b"x"))
        assert uplink.status_numbers()["mqtt_refused"] == 2
        assert uplink.snapshot().dropped == 0

    play(tmp_path, do)
    box = Outbox(tmp_path / f"outbox-{delivery}.db")
    assert (box.waiting, box.dropped) == (5, 0)
    box.close()


def test_telemetry_gives_up_its_oldest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted."""
    monkeypatch.setitem(module.RULES, TELEMETRY, module.RULES[TELEMETRY]._replace(max_bytes=100))

    def do(uplink: UplinkService) -> None:
        for _ in range(10):
            assert uplink.put_now(Outgoing(TELEMETRY, bytes(30)))
        assert (uplink.snapshot().waiting, uplink.snapshot().dropped) == (3, 7)

    play(tmp_path, do)


def test_put_now_says_when_the_disk_takes_nothing(tmp_path: Path) -> None:
    """The row is not kept to be stored behind the caller's back; the next one is."""

    def do(uplink: UplinkService) -> None:
        db = uplink._channels["control"].outbox._db
        db.execute(f"pragma max_page_count = {db.execute('pragma page_count').fetchone()[0]}")
        with pytest.raises(UnavailableError, match="full"):
            uplink.put_now(Outgoing(CONTROL, bytes(9000)))
        db.execute("pragma max_page_count = 100000")
        assert uplink.put_now(Outgoing(CONTROL, b"next"))
        assert uplink.accepted("control") == 1

    play(tmp_path, do)


def test_a_purpose_that_was_taken_back_wakes_nobody(tmp_path: Path) -> None:
    """Rows that the disk did not let go may not be sent: to look every 10 ms would change nothing."""

    class Gate(OpenGate):
        def may_send(self, purpose: str) -> bool:
            return purpose != "research"

    async def run() -> None:
        made = channels(tmp_path)
        made.open()
        try:
            made.session._limit = 20  # as if it were connected
            for name in ("telemetry", "telemetry.research"):
                made[name].outbox.append([b"x"])
                made[name].outbox.due(1)
            made.gate = Gate()
            assert made["telemetry"].patience() is not None
            assert made["telemetry.research"].patience() is None
        finally:
            made.close()

    asyncio.run(run())


def test_what_is_too_long_is_refused(tmp_path: Path) -> None:
    """A broker would end the connection for it, again and again."""

    def do(uplink: UplinkService) -> None:
        with pytest.raises(InvalidArgumentError, match="over the limit"):
            uplink.put(Outgoing(EVENTS, bytes(MAX_BODY + 1)))
        assert uplink.put(Outgoing(EVENTS, bytes(MAX_BODY)))

    play(tmp_path, do)


@pytest.mark.parametrize(
    "name", ["", "urgent", "telemetry.", "telemetry.a/b", "telemetry.#", "control.../x", "TELEMETRY"]
)
def test_a_name_that_is_no_channel(name: str) -> None:
    """It would be part of a file name and of a topic."""
    with pytest.raises(InvalidArgumentError):
        class_of(name)


def test_channels_are_bounded(tmp_path: Path) -> None:
    """Each is a file."""

    async def run() -> None:
        made = channels(tmp_path)
        made.open()
        try:
            for number in range(module.MAX_CHANNELS - 3):
                made[f"telemetry.p{number}"]
            with pytest.raises(ResourceExhaustedError, match="more than"):
                made["telemetry.more"]
            assert [channel.delivery for channel in made][:2] == [CONTROL, EVENTS]
        finally:
            made.close()

    asyncio.run(run())


def test_the_file_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    """With rows that are still in its log; its rows have no age."""
    old = Outbox(tmp_path / "outbox.db")
    old.append([b"kept"] * 3)
    old._db.execute("alter table outbox drop column at")
    old._db.execute("pragma user_version = 1")
    stream = old.stream
    log = (tmp_path / "outbox.db-wal").read_bytes()
    old.close()
    (tmp_path / "outbox.db-wal").write_bytes(log)

    def do(uplink: UplinkService) -> None:
        assert (uplink.snapshot().waiting, uplink.stream("telemetry")) == (3, stream)

    play(tmp_path, do)
    assert not (tmp_path / "outbox.db").exists()
