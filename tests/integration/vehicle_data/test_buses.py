# SPDX-License-Identifier: Apache-2.0
"""The databroker process on real buses: nothing lost unseen, dead and babbling buses, several at once."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.integration.vehicle_data.conftest import Databroker

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 30.0  # s, generous: both cores may be busy
STRESS = 21_000  # frames per second: two full 1 Mbit/s buses of empty frames

type Start = Callable[..., subprocess.Popen[str]]
type Broker = Callable[..., Databroker]


def sent_by(sender: subprocess.Popen[str], seconds: float = DEADLINE) -> int:
    out, _ = sender.communicate(timeout=seconds)
    return int(out)


def accounted(counters: dict[str, int]) -> int:
    return counters["received"] + counters["dropped"]


def all_accounted(broker: Broker, serve: Start, send: Start, seconds: float) -> None:
    """Received and counted drops are what was sent, and every id got its share."""
    serve()
    running = broker("a=ivi:can0")
    running.until(lambda it: it.bus("a").counters["opened"] == 1)
    total = sent_by(send("can0", STRESS, seconds, 0x100, 0x101, 0x7F0), seconds + DEADLINE)
    assert total == STRESS * seconds
    running.until(lambda it: accounted(it.bus("a").counters) >= total)
    counters = running.bus("a").counters
    assert accounted(counters) == total
    assert counters["throttled"] == 0
    assert counters["unknown"] == pytest.approx(counters["received"] / 3, rel=0.01)
    assert counters["overlong"] == pytest.approx(counters["received"] / 3, rel=0.01)


@pytest.mark.timeout(180)
def test_10_s_at_21000_frames_per_s_are_all_accounted_for(broker: Broker, serve: Start, send: Start) -> None:
    all_accounted(broker, serve, send, 10)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_60_s_at_21000_frames_per_s_are_all_accounted_for(broker: Broker, serve: Start, send: Start) -> None:
    all_accounted(broker, serve, send, 60)


def test_what_a_stopped_databroker_lost_is_counted(broker: Broker, serve: Start, send: Start) -> None:
    """The bus queues 1,000 frames for it; what does not fit is counted, and received + dropped stays exact."""
    serve("can0", "--queue", "1000")
    running = broker("a=ivi:can0")
    running.until(lambda it: it.bus("a").counters["opened"] == 1)
    running.process.send_signal(signal.SIGSTOP)
    try:
        total = sent_by(send("can0", 0, 0.5, 0x100))
    finally:
        running.process.send_signal(signal.SIGCONT)
    total += sent_by(send("can0", 10, 0.5, 0x100))
    running.until(lambda it: accounted(it.bus("a").counters) >= total)
    counters = running.bus("a").counters
    assert accounted(counters) == total
    assert counters["dropped"] > 0


def test_a_killed_bus_is_reported_and_read_again(broker: Broker, serve: Start, send: Start) -> None:
    server = serve()
    running = broker("a=ivi:can0")
    send("can0", 100, 60, 0x100)
    running.until(lambda it: it.bus("a").counters["received"] > 0)
    server.kill()
    server.wait(DEADLINE)
    running.until(lambda it: it.bus("a").state == "away")
    before = running.bus("a")
    assert "gone" in before.reason or "no bus server" in before.reason
    assert any("The CAN bus a is away" in problem.what for problem in running.status().problems)
    serve()
    send("can0", 100, 60, 0x100)
    running.until(lambda it: it.bus("a").counters["received"] > before.counters["received"])
    running.until(lambda it: it.bus("a").state == "ok" and not it.status().problems)
    assert running.bus("a").counters["opened"] == 2


def test_one_dead_bus_of_two_stops_nothing(broker: Broker, serve: Start, send: Start) -> None:
    serve("can1")
    running = broker("dead=ivi:can0", "live=ivi:can1")
    running.until(lambda it: it.bus("live").counters["opened"] == 1)
    assert sent_by(send("can1", 1000, 2, 0x100)) == 2000
    running.until(lambda it: it.bus("live").counters["received"] == 2000)
    assert (running.bus("dead").state, running.bus("live").state) == ("away", "ok")
    status = running.status()
    assert [problem.where for problem in status.problems] == ["ivi:can0"]
    assert status.counters["frames_received"] == 2000
    assert status.counters["bus.live.received"] == 2000
    assert status.counters["bus.dead.state"] == "away"


def test_a_babbling_bus_is_reported_bounded_and_starves_nobody(broker: Broker, serve: Start, send: Start) -> None:
    serve("can0")
    serve("can1")
    running = broker("bad=ivi:can0,rate=2000", "good=ivi:can1")
    running.until(lambda it: all(bus.counters["opened"] for bus in it.health().buses))
    babbler = send("can0", 0, 4, 0x100, 0x101)
    good = send("can1", 1000, 3, 0x100)
    running.until(lambda it: it.bus("bad").state == "babbling")
    assert any("babbles" in problem.what for problem in running.status().problems)
    assert sent_by(good) == 3000
    running.until(lambda it: it.bus("good").counters["received"] == 3000, 5.0)
    assert running.bus("good").counters["dropped"] == 0
    total = sent_by(babbler)
    bad = running.bus("bad").counters
    assert bad["received"] < 2000 * 8  # it read at its rate, not at the bus's
    assert total > 4 * bad["received"]


def test_a_hung_bus_server_holds_nobody_up(broker: Broker, serve: Start, send: Start) -> None:
    hung = serve("can0")
    serve("can1")
    hung.send_signal(signal.SIGSTOP)
    try:
        started = time.monotonic()
        running = broker("hung=ivi:can0", "live=ivi:can1")
        running.until(lambda it: it.bus("live").counters["opened"] == 1)
        sent_by(send("can1", 500, 1, 0x100))
        running.until(lambda it: it.bus("live").counters["received"] == 500)
        assert time.monotonic() - started < DEADLINE
        running.until(lambda it: it.bus("hung").state == "away" and bool(it.bus("hung").reason))
    finally:
        hung.send_signal(signal.SIGCONT)
    running.until(lambda it: it.bus("hung").counters["opened"] == 1)


def test_health_on_the_command_line(broker: Broker, serve: Start, send: Start, run_dir: Path) -> None:
    serve("can0")
    running = broker("a=ivi:can0", "b=ivi:can1")
    send("can0", 100, 60, 0x100)
    running.until(lambda it: it.bus("a").rate_hz > 50)
    found = subprocess.run(
        [sys.executable, "-m", "ivi", "health", "Vehicle.A.**"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert found.returncode == 1, found.stderr  # b is away
    assert "a (ivi:can0)  ok" in found.stdout
    assert "b (ivi:can1)  away: " in found.stdout
    speed = next(line for line in found.stdout.splitlines() if line.startswith("Vehicle.A.Speed"))
    assert "a/Motion" in speed
    assert "stale after 0.4 s" in speed
    assert run_dir.is_dir()


def test_two_buses_that_feed_one_path_are_refused(
    start: Start, serve: Start, car_files: Callable[..., tuple[Path, Path]]
) -> None:
    serve()
    dbc, overlay = car_files("Same")
    process = start(
        "-m",
        "ivi.manager.entry.databroker",
        *("--bus", f"a=ivi:can0,dbc={dbc},overlay={overlay}"),
        *("--bus", f"b=ivi:can1,dbc={dbc},overlay={overlay}"),
    )
    assert process.wait(DEADLINE) == 2
