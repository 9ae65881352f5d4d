# SPDX-License-Identifier: Apache-2.0
"""What tests of the whole way do with a rig: start it, kill it at random, and check that nothing is lost."""

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ivi.fleet import report

if TYPE_CHECKING:
    from tests.integration.cloud.rig import Rig

WAIT = 30.0  # seconds that anything may take on a busy machine


def until(rig: "Rig", condition: Callable[[], object], what: str, seconds: float = WAIT) -> None:
    """Wait until a condition holds; a failure shows the logs."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            logs = {
                name: rig.log(name)[-2000:] for name in ("uplink", "ingest") if (rig.folder / f"{name}.log").exists()
            }
            pytest.fail(f"not within {seconds:g} s: {what}\n{logs}")
        time.sleep(0.05)


def start_all(rig: "Rig", rate: int, limit: int = 1 << 60) -> None:
    """Broker, ingest, uplink, in that order, each when the one before answers."""
    rig.rate, rig.limit = rate, limit
    rig.start("broker")
    until(rig, rig.broker_answers, "the broker answers")
    rig.start("ingest")
    until(rig, lambda: "subscribed" in rig.log("ingest"), "the ingest is subscribed")
    until(rig, lambda: rig.status("ingest"), "the ingest answers")
    rig.start("uplink")
    until(rig, lambda: rig.counter("uplink", "mqtt_state") == "online", "the uplink is online")


def check_promises(rig: "Rig") -> None:
    """Every record that was promised is stored, each once."""
    stored = rig.stored()
    for label, count in rig.promised().items():
        missing = [f"{label}:{number}" for number in range(count) if f"{label}:{number}" not in stored]
        assert not missing
    assert [body for body, count in stored.items() if count != 1] == []


def check_nothing_lost(rig: "Rig") -> None:
    """Every record that was promised is stored once, every row once counted, every counter agrees."""
    check_promises(rig)
    stored = rig.stored()
    assert sum(vehicle.records for vehicle in report.vehicles(rig.db)) == len(stored)
    counters = rig.must_status("uplink").counters
    assert (counters["mqtt_waiting"], counters["mqtt_dropped"], counters["mqtt_refused"]) == (0, 0, 0)
    assert counters["mqtt_accepted"] == counters["mqtt_acknowledged"] == len(stored)


def kill_at_random(rig: "Rig", kills: int, seed: int, pause: tuple[float, float] = (0.1, 0.5)) -> None:
    """SIGKILLs of uplink, broker and ingest in equal parts at random moments, then wait until all is acknowledged."""
    random_ = random.Random(seed)
    victims = (["uplink", "broker", "ingest"] * kills)[:kills]
    random_.shuffle(victims)
    for victim in victims:
        time.sleep(random_.uniform(*pause))
        rig.kill(victim)
        time.sleep(random_.uniform(0.0, 0.2))
        rig.start(victim)
    until(rig, lambda: rig.status("uplink"), "the uplink answers")
    rig.settle()  # not killed once more: a new process would send everything again and hide what this one forgot
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged", 90)
