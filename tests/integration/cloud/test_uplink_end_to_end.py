# SPDX-License-Identifier: Apache-2.0
"""From an accepted record to the fleet's database over a real Mosquitto, with real processes and real kills."""

import signal
import sqlite3
import time
from typing import TYPE_CHECKING

import pytest
from paho.mqtt import publish

from ivi.cloud.sender import RESEND_FIRST
from ivi.fleet import report
from ivi.model.cloud import LinkState
from tests.integration.cloud.play import check_nothing_lost, check_promises, kill_at_random, start_all, until

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig


def test_records_arrive_once_and_leave_the_outbox(rig: "Rig") -> None:
    """The plain way; then an orderly end, which the fleet sees."""
    start_all(rig, rate=400, limit=1000)
    until(rig, lambda: rig.counter("uplink", "mqtt_accepted") == 1000, "all are accepted")
    now = rig.flush()
    assert (now.state, now.accepted, now.acknowledged, now.waiting, now.dropped) == (LinkState.ONLINE, 1000, 1000, 0, 0)
    check_nothing_lost(rig)
    counters = rig.must_status("ingest").counters
    assert (counters["fleet_rows"], counters["fleet_streams"], counters["fleet_refused"]) == (1000, 1, 0)
    assert report.vehicles(rig.db)[0].state == "online"
    assert rig.terminate("uplink") == 0
    until(rig, lambda: report.vehicles(rig.db)[0].state == "offline", "the fleet knows that the car is away")
    assert rig.terminate("ingest") == 0


def test_a_killed_car_is_offline_for_the_fleet(rig: "Rig") -> None:
    """The will."""
    start_all(rig, rate=100, limit=10)
    until(rig, lambda: report.vehicles(rig.db) and report.vehicles(rig.db)[0].state == "online", "the car is there")
    rig.kill("uplink")
    until(rig, lambda: report.vehicles(rig.db)[0].state == "offline", "the broker says that the car is away")


@pytest.mark.timeout(240)
def test_fifty_kills_of_everything_lose_and_repeat_nothing(rig: "Rig") -> None:
    """While records of all classes flow; processes are killed in their start, too."""
    rig.mixed = True
    start_all(rig, rate=1000)
    kill_at_random(rig, kills=54, seed=7)
    promised = rig.promised()
    for name in ("control", "events", "telemetry"):
        assert sum(count for label, count in promised.items() if label.endswith(name)) > 50
    check_nothing_lost(rig)


def test_rows_that_are_sent_twice_have_their_effect_once(rig: "Rig") -> None:
    """The ingest stands still, so nothing is acknowledged; the uplink is killed and sends everything again."""
    start_all(rig, rate=2000)
    ingest = rig.running["ingest"]
    ingest.send_signal(signal.SIGSTOP)
    try:
        before = rig.number("uplink", "mqtt_waiting")
        until(rig, lambda: rig.number("uplink", "mqtt_waiting") > before + 500, "rows are sent and not acknowledged")
        rig.kill("uplink")
        rig.limit = 100
        rig.start("uplink")
        until(rig, lambda: rig.number("uplink", "mqtt_sent") > 500, "the uplink has sent all again")
    finally:
        ingest.send_signal(signal.SIGCONT)
    until(rig, lambda: len(rig.promised()) == 2 and list(rig.promised().values())[-1] == 100, "the last start is done")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
    check_nothing_lost(rig)
    assert rig.number("ingest", "fleet_duplicates") > 10


def test_without_a_broker_records_wait_and_it_says_why(rig: "Rig") -> None:
    """No broker at the start, and no ingest; both come later."""
    rig.rate, rig.limit = 400, 300
    rig.start("uplink")
    until(rig, lambda: rig.counter("uplink", "mqtt_accepted") == 300, "records are accepted")
    until(rig, lambda: rig.counter("uplink", "mqtt_state") == "offline", "it is offline")
    (now,) = rig.follow(lambda seen: len(seen) == 1)
    assert (now.waiting, now.acknowledged) == (300, 0)
    assert now.reason == f"no broker answers at 127.0.0.1:{rig.port}: connection refused"
    problems = [problem.what for problem in rig.must_status("uplink").problems]
    assert f"Not connected to the fleet: {now.reason}" in problems
    rig.start("ingest")
    rig.start("broker")
    seen = rig.follow(lambda events: events[-1].acknowledged == 300)
    assert LinkState.ONLINE in [event.state for event in seen]
    check_nothing_lost(rig)
    assert not [problem for problem in rig.must_status("uplink").problems if "fleet" in problem.what]


def test_while_nobody_takes_records_they_wait(rig: "Rig") -> None:
    """A broker without an ingest takes everything and keeps nothing; a PUBACK is no proof."""
    rig.rate, rig.limit = 400, 300
    rig.start("broker")
    until(rig, rig.broker_answers, "the broker answers")
    rig.start("uplink")
    until(rig, lambda: rig.counter("uplink", "mqtt_accepted") == 300, "records are accepted")
    now = rig.flush()
    assert (now.state, now.waiting, now.acknowledged) == (LinkState.ONLINE, 300, 0)
    assert now.reason
    rig.start("ingest")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
    check_nothing_lost(rig)


def test_an_outage_with_a_kill_in_it(rig: "Rig") -> None:
    """The broker is away, records go on, the uplink is killed: the backlog drains afterwards."""
    start_all(rig, rate=1000)
    rig.kill("broker")
    until(rig, lambda: rig.number("uplink", "mqtt_waiting") > 1500, "records wait")
    rig.kill("uplink")
    rig.limit = 1000
    rig.start("uplink")
    until(rig, lambda: rig.counter("uplink", "mqtt_state") == "offline", "it runs again, offline")
    rig.start("broker")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0 and len(rig.promised()) == 2, "all is acknowledged")
    until(rig, lambda: list(rig.promised().values())[-1] == 1000, "the last start is done")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
    check_nothing_lost(rig)


def test_a_broker_that_forgets_everything(rig: "Rig") -> None:
    """Its persistence is wiped while it is down: sessions, queues and retained acknowledgements are gone."""
    start_all(rig, rate=400)
    until(rig, lambda: rig.number("uplink", "mqtt_acknowledged") > 200, "records flow")
    rig.kill("broker")
    for file in (rig.folder / "mosquitto").glob("*.db"):
        file.unlink()
    rig.kill("uplink")
    rig.limit = 200
    rig.start("broker")
    rig.start("uplink")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0 and len(rig.promised()) == 2, "all is acknowledged")
    until(rig, lambda: list(rig.promised().values())[-1] == 200, "the last start is done")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
    check_nothing_lost(rig)


def test_what_only_the_broker_had_is_sent_again(rig: "Rig") -> None:
    """Rows with a PUBACK that the ingest never saw, in a broker that is killed and wiped; the uplink lives on."""
    start_all(rig, rate=1000)
    ingest = rig.running["ingest"]
    ingest.send_signal(signal.SIGSTOP)
    try:
        before = rig.number("uplink", "mqtt_waiting")
        until(rig, lambda: rig.number("uplink", "mqtt_waiting") > before + 500, "rows are sent and not acknowledged")
        rig.quiet()
        rig.kill("broker")
        for file in (rig.folder / "mosquitto").glob("*.db"):
            file.unlink()
    finally:
        ingest.send_signal(signal.SIGCONT)
    rig.start("broker")
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
    check_nothing_lost(rig)


def test_a_full_disk_loses_nothing_that_was_accepted(rig: "Rig") -> None:
    """Files may not grow: control is refused, the rest waits; it is told, and it goes on by itself."""
    rig.mixed, rig.disk, rig.rate = True, 400_000, 100

    def full() -> bool:
        status = rig.status("uplink")
        return status is not None and any("cannot be stored" in problem.what for problem in status.problems)

    rig.start("uplink")
    until(rig, full, "the disk is full")
    refused = rig.number("uplink", "mqtt_refused")
    until(rig, lambda: rig.number("uplink", "mqtt_refused") > refused, "control records are refused")
    rig.start("broker")
    rig.start("ingest")
    until(rig, lambda: rig.number("uplink", "mqtt_sent") > 50, "what there is is sent")
    rig.running["uplink"].send_signal(signal.SIGUSR2)
    before = rig.number("uplink", "mqtt_accepted")
    until(rig, lambda: rig.number("uplink", "mqtt_accepted") > before + 50, "records are taken again")
    rig.settle()
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
    assert not full()
    check_promises(rig)


def test_a_fleet_that_starts_with_an_empty_database(rig: "Rig") -> None:
    """The car's rows do not begin at one; it says so, and nothing waits for ever."""
    start_all(rig, rate=400, limit=300)
    until(rig, lambda: rig.counter("uplink", "mqtt_acknowledged") == 300, "the first are acknowledged")
    rig.kill("ingest")
    for suffix in ("", "-wal", "-shm"):
        rig.db.with_name(rig.db.name + suffix).unlink(missing_ok=True)
    rig.kill("uplink")
    rig.start("uplink")
    rig.start("ingest")
    until(
        rig, lambda: rig.counter("uplink", "mqtt_acknowledged") == 600, "the second are acknowledged", 30 + RESEND_FIRST
    )
    assert len(rig.stored()) == 300


def test_a_flood_drains_without_copies(rig: "Rig") -> None:
    """Twenty thousand rows that waited; nothing is sent twice when nothing is lost."""
    rig.rate, rig.limit = 1_000_000, 0
    rig.start("uplink")
    until(rig, lambda: rig.status("uplink"), "the uplink answers")
    rig.terminate("uplink")
    with sqlite3.connect(rig.folder / "state" / "outbox-telemetry.db") as box:
        box.executemany("insert into outbox(payload) values(?)", ((b"flood:%d" % n,) for n in range(20_000)))
        box.execute("update meta set value = 20000 where key = 'accepted'")
    box.close()
    start_all(rig, rate=0)
    began = time.monotonic()
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "the flood has drained", 60)
    seconds = time.monotonic() - began
    check_nothing_lost(rig)
    assert len(rig.stored()) == 20_000
    assert rig.counter("ingest", "fleet_duplicates") == 0
    assert 20_000 / seconds > 500  # far below what it does, far above what a stall would give


def test_a_second_uplink_and_a_second_ingest_are_refused(rig: "Rig") -> None:
    """One clear line and a status; the first go on."""
    start_all(rig, rate=100, limit=50)
    first = rig.running.pop("uplink"), rig.running.pop("ingest")
    try:
        for name in ("uplink", "ingest"):
            rig.start(name)
            assert rig.running.pop(name).wait(20) == 6
            last = rig.log(name).strip().splitlines()[-1]
            assert "another copy" in last
        assert rig.status("uplink")
    finally:
        rig.running["uplink"], rig.running["ingest"] = first
    until(rig, lambda: rig.counter("uplink", "mqtt_acknowledged") == 50, "the first go on")


def test_what_is_no_row_is_refused_and_holds_up_nothing(rig: "Rig") -> None:
    """A stranger writes to our topics."""
    start_all(rig, rate=100, limit=50)
    stranger: list[tuple[str, bytes, int, bool]] = [
        ("v1/test-car/up/t/telemetry", b"nonsense", 1, False),
        ("v1/test-car/up/else", b"", 1, False),
        ("v1/a b/up/state", b"", 1, False),
        ("v1/test-car/down/ack/telemetry", b"nonsense", 1, False),
    ]
    publish.multiple(list(stranger), hostname="127.0.0.1", port=rig.port)
    until(rig, lambda: rig.counter("ingest", "fleet_refused") == 3, "they are refused")
    until(rig, lambda: rig.counter("uplink", "mqtt_acknowledged") == 50, "records flow")
    check_nothing_lost(rig)


def test_sigterm_works_while_the_broker_is_away(rig: "Rig") -> None:
    """Waiting for a broker must not make a process deaf."""
    rig.start("ingest")
    rig.start("uplink")
    until(rig, lambda: rig.status("ingest") and rig.status("uplink"), "both answer")
    began = time.monotonic()
    assert rig.terminate("ingest") == 0
    assert rig.terminate("uplink") == 0
    assert time.monotonic() - began < 20
