# SPDX-License-Identifier: Apache-2.0
"""Delivery for minutes: five hundred kills, and outages of a quarter of a minute and of ten."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivi.fleet.mosquitto import find_mosquitto
from tests.integration.cloud.play import check_nothing_lost, kill_at_random, start_all, until
from tests.integration.cloud.rig import Rig

pytestmark = pytest.mark.long


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """Nothing runs yet; whatever the test starts is ended."""
    if find_mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    made = Rig(tmp_path)
    try:
        yield made
    finally:
        made.close()


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_kills(rig: Rig, seed: int) -> None:
    """Five times over: records of all classes flow while car, broker and ingest are killed."""
    rig.mixed = True
    start_all(rig, rate=800)
    kill_at_random(rig, kills=102, seed=seed, pause=(0.1, 1.5))
    check_nothing_lost(rig)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seconds", [15, 600])
def test_an_outage(rig: Rig, seconds: int) -> None:
    """The broker is away, the car is killed in the middle of it, records go on."""
    rig.mixed = True
    start_all(rig, rate=1200 if seconds < 60 else 100)
    rig.kill("broker")
    time.sleep(seconds / 2)
    rig.kill("uplink")
    rig.start("uplink")
    time.sleep(seconds / 2)
    rig.start("broker")
    until(rig, lambda: rig.counter("uplink", "mqtt_state") == "online", "the uplink is online", 60)
    rig.settle()
    until(rig, lambda: rig.counter("uplink", "mqtt_waiting") == 0, "all is acknowledged", 300)
    assert sum(rig.promised().values()) > 90 * seconds
    check_nothing_lost(rig)
