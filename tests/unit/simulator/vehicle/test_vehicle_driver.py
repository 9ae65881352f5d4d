# SPDX-License-Identifier: Apache-2.0
"""The drive as a passenger sees it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.bus.record import Record
from simulator.errors import CarDataError
from simulator.vehicle.car import CONSTANT, Car
from simulator.vehicle.driver import Phase
from simulator.vehicle.drivetrain import Gear

# Faults that never happen here and things that nobody touches.
IDLE = {
    "ADAS_CameraBlocked",
    "ADAS_CruiseAdaptive",
    "ADAS_CruiseFault",
    "ADAS_DriverMonitorWarning",
    "ADAS_EmergencyBrakeEngaged",
    "ADAS_EmergencyBrakeFault",
    "ADAS_LaneDepartureFault",
    "BCM_AlarmArmed",
    "BCM_GloveBoxLight",
    "BCM_HoodOpen",
    "BCM_LightFault",
    "BCM_MirrorPanLeft",
    "BCM_MirrorPanRight",
    "BCM_MirrorTiltLeft",
    "BCM_MirrorTiltRight",
    "BCM_RearMirrorDimming",
    "BCM_SeatBeltFR",
    "BCM_SeatBeltRL",
    "BCM_SeatBeltRR",
    "BCM_SunroofPosition",
    "BCM_WasherLow",
    "BMS_BalancingActive",
    "BMS_ContactorPrecharge",
    "BMS_CrashDetected",
    "BMS_FaultLevel",
    "BMS_HeatingActive",
    "ESC_AbsEngaged",
    "ESC_AbsFault",
    "ESC_EbdEngaged",
    "ESC_EbdFault",
    "ESC_EscEngaged",
    "ESC_EscFault",
    "ESC_ParkingBrakeFault",
    "ESC_TcsEngaged",
    "ESC_TcsFault",
    "SCM_FlashToPass",
    "SCM_Wheel",
    "SCM_WiperStalk",
    "TPMS_Fault",
    "VCU_Broken",
    "VCU_LimpHome",
    "VCU_PowertrainFault",
    "VCU_ServiceDue",
    "VCU_SoftwareMinor",
}

type Listen = Callable[[list[Record]], dict[str, float]]


def test_the_demo_starts_quickly_and_keeps_the_limit(car: Car) -> None:
    speeds: dict[int, float] = {}
    gears: list[Gear] = []
    for tick in range(3_000):
        car.tick()
        speeds[tick] = car.drivetrain.speed * 3.6
        gears.append(car.drivetrain.gear)
        assert speeds[tick] < car.route.place(car.drivetrain.distance).limit + 4
    assert gears[50] is Gear.P
    assert gears[150] is Gear.D
    assert speeds[300] > 1
    assert speeds[1_200] > 35
    assert speeds[2_900] > 60


def _near(car: Car, stop: int, metres: float) -> None:
    """Put the car so many metres before a stop."""
    car.driver._next = stop
    car.drivetrain.distance = car.route.stops[stop].at - metres


def _until(car: Car, phase: Phase, seconds: float) -> None:
    for _ in range(round(seconds * 100)):
        car.tick()
        if car.driver.phase is phase:
            return
    pytest.fail(f"the driver is {car.driver.phase.value}, not {phase.value}, after {seconds} s")


def test_a_red_light_is_waited_for_and_a_green_one_passed(dbc_file: Path) -> None:
    waited = set()
    for seed in range(5):
        car = Car(dbc_file, seed)
        _near(car, 0, 90.0)
        for _ in range(3_400):
            car.tick()
            if car.driver.phase is Phase.WAITING:
                assert car.drivetrain.speed == 0
                assert 0 < car.driver.to_stop(car.drivetrain.distance) < 4
                assert car.driver.light == "RED"
                waited.add(seed)
        assert car.drivetrain.distance > car.route.stops[0].at + 20
        assert car.driver.phase is Phase.DRIVING
    assert 0 < len(waited) < 5


def test_the_driver_backs_into_the_bay_of_the_charger(car: Car, listen: Listen) -> None:
    _near(car, 3, 60.0)
    _until(car, Phase.BACKING, 40)
    start, driven = car.drivetrain.distance, car.drivetrain.travelled
    speeds: set[float] = set()
    angles: list[float] = []
    backward = lit = 0
    for _ in range(2_000):
        seen = listen(car.tick())
        if car.driver.phase is not Phase.BACKING:
            break
        speeds.add(car.drivetrain.speed)
        angles.append(seen.get("EPS_SteeringAngle", 0.0))
        backward += seen.get("ESC_Direction") == 2
        lit += seen.get("BCM_BackupLight") == 1
        assert car.drivetrain.gear is Gear.R
    assert car.driver.phase is Phase.PARKED
    assert (car.drivetrain.gear, car.drivetrain.speed) == (Gear.P, 0.0)
    assert 8 < start - car.drivetrain.distance < 10
    assert car.drivetrain.travelled - driven == pytest.approx(start - car.drivetrain.distance)
    assert 1 < max(speeds) < 2
    assert min(angles) < -250 < 250 < max(angles)
    assert backward > 100
    assert lit > 10


def test_the_driver_parks_charges_and_goes_on(car: Car, listen: Listen) -> None:
    _near(car, 3, 150.0)
    _until(car, Phase.PARKED, 40)
    before = car.pack.displayed
    seen: dict[str, float] = {}
    for _ in range(2_000):
        car.tick()
    for _ in range(100):
        seen |= listen(car.tick())
    assert car.drivetrain.gear is Gear.P
    assert (seen["OBC_IsCharging"], seen["OBC_CableConnected"], seen["ESC_ParkingBrakeOn"]) == (1, 1, 1)
    assert seen["BMS_PackPower"] < -40
    _until(car, Phase.STARTING, 260)
    assert car.pack.displayed > before + 4
    _until(car, Phase.DRIVING, 5)
    for _ in range(900):
        car.tick()
    for _ in range(100):
        seen |= listen(car.tick())
    assert (seen["OBC_IsCharging"], seen["OBC_CableConnected"]) == (0, 0)
    assert seen["ESC_Speed"] > 15
    assert car.drivetrain.distance > car.route.stops[3].at


class _Recorder(dict[str, float]):
    """Signals that remember who was written."""

    def __init__(self, before: dict[str, float]) -> None:
        super().__init__(before)
        self.written: set[str] = set()

    def __setitem__(self, name: str, value: float) -> None:
        self.written.add(name)
        super().__setitem__(name, value)


def test_no_signal_of_the_dbc_is_forgotten(car: Car) -> None:
    """Each is written by an ECU, constant on purpose, or idle because nothing breaks and nobody touches it."""
    values = _Recorder(car.values)
    car.values = values
    for _ in range(300):
        car.tick()
    assert car.schedule.signals() - values.written - CONSTANT.keys() == IDLE
    assert CONSTANT.keys() <= car.schedule.signals()
    counters = values.written - car.schedule.signals()
    assert counters
    assert all(name.endswith(("Counter", "Checksum")) for name in counters)


def test_first_values_are_plausible(car: Car, listen: Listen) -> None:
    seen: dict[str, float] = {}
    for _ in range(200):
        seen |= listen(car.tick())
    assert car.schedule.signals() <= seen.keys()
    assert seen["BMS_CellVoltage96"] == pytest.approx(seen["BMS_CellVoltage01"], abs=0.1)
    assert seen["GNSS_Latitude"] == pytest.approx(47.144, abs=0.01)
    assert seen["GNSS_Longitude"] == pytest.approx(9.519, abs=0.01)
    assert seen["IBS_Voltage"] == pytest.approx(14.2, abs=0.3)
    assert 2.0 < seen["TPMS_PressureFL"] < 3.0
    assert 150 < seen["VCU_Range"] < 400


def test_another_cars_dbc_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.dbc"
    other.write_text('VERSION ""\nBS_:\nBU_: A\nBO_ 1 M: 8 A\n SG_ a : 0|8@1+ (1,0) [0|255] "" A\n', encoding="utf-8")
    with pytest.raises(CarDataError, match="not the DBC of this car"):
        Car(other)
