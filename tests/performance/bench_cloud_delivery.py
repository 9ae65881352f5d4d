# SPDX-License-Identifier: Apache-2.0
"""Delivery from the car to the fleet's database: losses and copies under SIGKILL, and how fast a backlog drains.

The peer runs in the same minutes on the same broker: paho-mqtt alone, whose rows are gone when the broker's PUBACK is
there (and with them, sooner or later, what the broker forgets).
"""

import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "integration" / "cloud")]

from ivi.cloud.outbox import Outbox  # noqa: E402  # found beside this file's tree

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig
else:
    from rig import Rig

KILLS = 60
RATE = 800  # telemetry rows a second, with a tenth as many events and control rows
ROWS = 100_000  # of a backlog
PEER_ROWS = 30_000  # paho-mqtt takes no more than 65,535 at once
BODY = 120  # bytes
RUNS = 3
WAIT = 120.0  # seconds that anything may take


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + WAIT
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"not within {WAIT:g} s: {what}")
        time.sleep(0.02)


def start_all(rig: Rig) -> None:
    """Broker, ingest, car."""
    rig.start("broker")
    until(rig.broker_answers, "the broker answers")
    rig.start("ingest")
    until(lambda: rig.number("ingest", "fleet_rows") >= 0, "the ingest answers")
    rig.start("uplink")


def killed(folder: Path) -> dict[str, int]:
    """Kills at random moments; returns what was accepted, lost, applied twice, sent and sent again."""
    rig, random_ = Rig(folder), random.Random(20261122)
    rig.mixed, rig.rate = True, RATE
    copies = 0
    try:
        start_all(rig)
        victims = ["uplink", "broker", "ingest"] * (KILLS // 3)
        random_.shuffle(victims)
        for victim in victims:
            time.sleep(random_.uniform(0.6, 1.4))
            if victim == "ingest":
                copies += max(0, rig.number("ingest", "fleet_duplicates"))
            rig.kill(victim)
            time.sleep(random_.uniform(0.0, 0.6))
            rig.start(victim)
        until(lambda: rig.status("uplink"), "the car answers")
        rig.settle()
        until(lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
        copies += max(0, rig.number("ingest", "fleet_duplicates"))
        stored = rig.stored()
        promised = [f"{label}:{number}" for label, count in rig.promised().items() for number in range(count)]
        return {
            "kills": len(victims),
            "accepted": len(promised),
            "lost": sum(body not in stored for body in promised),
            "twice": sum(count - 1 for count in stored.values()),
            "copies": copies,
            "stored": len(stored),
        }
    finally:
        rig.close()


def drain(folder: Path) -> tuple[float, int]:
    """Rows a second from a full outbox until the last acknowledgement, and how many were sent twice."""
    rig = Rig(folder)
    rig.rate = 0
    state = folder / "state"
    state.mkdir(mode=0o700)
    box = Outbox(state / "outbox-telemetry.db")
    body = bytes(BODY)
    for _ in range(ROWS // 500):
        box.append([body] * 500)
    box.close()
    try:
        rig.start("broker")
        until(rig.broker_answers, "the broker answers")
        rig.start("ingest")
        until(lambda: rig.number("ingest", "fleet_rows") >= 0, "the ingest answers")
        rig.start("uplink")
        began, first = 0.0, 0
        while True:
            done = rig.stored_count()  # from the file: a question to the ingest would cost it time
            now = time.monotonic()
            if done and not began:
                began, first = now, done
            if done == ROWS:
                break
            time.sleep(0.02)
        until(lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged")
        return (ROWS - first) / (now - began), rig.number("uplink", "mqtt_sent_again")
    finally:
        rig.close()


def peer(folder: Path) -> float:
    """Rows a second of paho-mqtt alone at QoS 1: until the last PUBACK, with nobody who stores them."""
    rig = Rig(folder)
    try:
        rig.start("broker")
        until(rig.broker_answers, "the broker answers")
        client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        client.max_inflight_messages_set(100)
        left, done = [PEER_ROWS], threading.Event()

        def taken(*_: object) -> None:
            left[0] -= 1
            if not left[0]:
                done.set()

        client.on_publish = taken
        client.connect("127.0.0.1", rig.port)
        client.loop_start()
        began = time.monotonic()
        body = bytes(BODY)
        for _ in range(PEER_ROWS):
            client.publish("v1/peer/up/t/telemetry", body, qos=1)
        if not done.wait(WAIT):
            raise SystemExit("the peer did not end")
        took = time.monotonic() - began
        client.disconnect()
        client.loop_stop()
        return PEER_ROWS / took
    finally:
        rig.close()


def main() -> int:
    """Measure, print one JSON object."""
    with tempfile.TemporaryDirectory(prefix="ivi-bench-") as name:
        folder = Path(name)
        drains, peers, again = [], [], 0
        for run in range(RUNS):
            for what in ("drain", "peer"):
                (folder / f"{what}{run}").mkdir()
            rate, copies = drain(folder / f"drain{run}")
            drains.append(rate)
            again += copies
            peers.append(peer(folder / f"peer{run}"))
        (folder / "kills").mkdir()
        result = killed(folder / "kills")
    print(json.dumps(figures(result, drains, peers, again)))
    return 0


def figures(result: dict[str, int], drains: list[float], peers: list[float], again: int) -> dict[str, object]:
    """Names as in docs/figures.md."""
    method = (
        f"{result['kills']} SIGKILLs of car, broker (Mosquitto) and ingest in equal parts at random moments while "
        f"{RATE} telemetry, {RATE // 10} event and {RATE // 10} control rows a second are put; "
        f"{result['accepted']} accepted"
    )
    rate, plain = statistics.median(drains), statistics.median(peers)
    return {
        "cloud_lost": {"value": result["lost"], "unit": "records", "method": method},
        "cloud_kills": {"value": result["kills"], "unit": "SIGKILLs", "method": method},
        "cloud_effects_twice": {
            "value": result["twice"],
            "unit": "records",
            "method": f"{method}; rows of the fleet's database that are there more than once",
        },
        "cloud_wire_duplicates_percent": {
            "value": round(100 * result["copies"] / max(1, result["stored"]), 2),
            "unit": "%",
            "method": f"{method}; rows that reached the ingest again, of those stored",
        },
        "cloud_drain_per_s": {
            "value": round(rate),
            "unit": "records/s",
            "method": f"{ROWS} rows of {BODY} bytes from the outbox to the ingest's SQLite (FULL) and acknowledged end "
            f"to end, Mosquitto on the same cores, up to 50 rows a message, "
            f"median of {RUNS} ({again} sent twice); paho-mqtt alone at QoS 1 to "
            f"PUBACK, a message each and nothing stored, in turns with it: {plain:.0f}/s, ratio {rate / plain:.2f}",
        },
    }


if __name__ == "__main__":
    sys.exit(main())
