# SPDX-License-Identifier: Apache-2.0
"""Our own car with faulty senders: wrong checksums, counters that stand still, silence; `ivi health` tells each."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.integration.vehicle_data.conftest import Databroker

ROOT = Path(__file__).resolve().parents[3]
DEADLINE = 60.0  # s, generous: both cores may be busy
GEAR = "Vehicle.Powertrain.Transmission.SelectedGear"
ANGLE = "Vehicle.Chassis.SteeringWheel.Angle"
BRAKING = "Vehicle.Chassis.Brake.IsDriverEmergencyBrakingDetected"

ANSWERED = {0, 1}  # 1: a bus, or another process than the databroker, is not in order

type Start = Callable[..., subprocess.Popen[str]]
type Drive = Callable[..., Databroker]


def ask(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ivi", *words], cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE, check=False
    )


def ivi(*words: str) -> str:
    """What a command prints."""
    done = ask(*words)
    assert done.returncode in ANSWERED, done.stderr
    return done.stdout


def problems(running: "Databroker") -> list[str]:
    return [problem.what for problem in running.status().problems]


def health(until: Callable[[Any], bool]) -> Any:  # noqa: ANN401  # parsed JSON
    give_up = time.monotonic() + DEADLINE
    while not until(found := json.loads(ivi("health", "Vehicle.**", "--json"))):
        assert time.monotonic() < give_up, json.dumps(found["messages"])
        time.sleep(0.1)
    return found


@pytest.fixture
def drive(serve: Start, start: Start, own_broker: "Callable[[], Databroker]") -> Drive:
    """Our car on the bus, and a databroker that listens; faults are given as `--bus-fault` words."""

    def run(*faults: str) -> "Databroker":
        serve()
        running = own_broker()
        car = start("-m", "simulator", "drive", *(word for fault in faults for word in ("--bus-fault", fault)))
        assert car.stdout is not None
        assert "car ready" in car.stdout.readline()
        return running

    return run


def test_a_car_in_order_has_no_faults(drive: Drive) -> None:
    drive()
    found = health(lambda it: all(one["accepted"] > 100 for one in it["messages"].values()))
    assert set(found["messages"]) == {
        f"can0/{name}" for name in ("VCU_Drive", "ESC_VehicleSpeed", "ESC_Brake", "EPS_Steering")
    }
    for message in found["messages"].values():
        faults = message["checksum_faults"], message["counter_repeated"], message["counter_skipped"], message["faulty"]
        assert faults == (0, 0, 0, False)
    assert "4 messages with counter or checksum, without a fault" in ivi("health")


def test_each_fault_is_told_and_its_values_are_not_available(drive: Drive) -> None:
    running = drive("VCU_Drive:checksum@2", "EPS_Steering:counter@2", "ESC_Brake:silent@2")
    found = health(lambda it: all(it["signals"][path]["stale"] for path in (GEAR, ANGLE, BRAKING)))
    drive_message, steering = found["messages"]["can0/VCU_Drive"], found["messages"]["can0/EPS_Steering"]
    brake, speed = found["messages"]["can0/ESC_Brake"], found["messages"]["can0/ESC_VehicleSpeed"]
    assert drive_message["checksum_faults"] > 20
    assert drive_message["faulty"]
    assert drive_message["counter_repeated"] == 0
    assert steering["counter_repeated"] > 20
    assert steering["checksum_faults"] == 0
    assert (brake["checksum_faults"], brake["counter_repeated"], brake["counter_skipped"]) == (0, 0, 0)
    assert not speed["faulty"]
    assert found["signals"][GEAR]["checksum_faults"] == drive_message["checksum_faults"]
    assert found["signals"][GEAR]["timeouts"] == 1
    assert not found["signals"]["Vehicle.Speed"]["stale"]
    assert found["buses"]["can0"]["counters"]["checksum_faults"] >= drive_message["checksum_faults"]
    told = ivi("health", GEAR)
    assert "VCU_Drive  FAULTY: wrong checksum " in told
    assert "EPS_Steering  FAULTY: counter stood still " in told
    assert "STALE" in told
    assert "not available" in ivi("signals", "get", GEAR)
    assert any("The message VCU_Drive on the CAN bus can0 has faults" in text for text in problems(running))


def test_a_message_that_is_well_again_is_used_again(drive: Drive) -> None:
    running = drive("VCU_Drive:checksum@1-3", "EPS_Steering:counter@1-3")
    names = ("can0/VCU_Drive", "can0/EPS_Steering")
    health(lambda it: all(it["messages"][name]["faulty"] for name in names))
    found = health(lambda it: not any(it["messages"][name]["faulty"] for name in names))
    assert not found["signals"][GEAR]["stale"]
    assert not found["signals"][ANGLE]["stale"]
    assert found["messages"]["can0/EPS_Steering"]["counter_skipped"] <= 1
    assert "VCU_Drive  ok now: wrong checksum " in ivi("health")
    assert not any("has faults" in text for text in problems(running))


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("VCU_Drive", "no such bus fault"),
        ("VCU_Drive:rust", "no such bus fault"),
        ("VCU_Drive:silent@5-2", "ends before it begins"),
        ("Wheel:silent", "sends no message Wheel"),
        ("ESC_Brake:checksum", "has no checksum"),
        ("BMS_Limits:counter", "has no counter"),
    ],
)
def test_a_fault_that_cannot_be_is_refused(fault: str, reason: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "drive", "--bus-fault", fault],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == 2
    assert reason in done.stderr
