# SPDX-License-Identifier: Apache-2.0
"""ECUs obey the head unit's frames, report back in time, and ignore and count what they may not do."""

from collections.abc import Callable

import pytest

from simulator.bus.record import Record
from simulator.vehicle.car import Car
from simulator.vehicle.drivetrain import Gear

type Listen = Callable[[list[Record]], dict[str, float]]
type Send = Callable[..., None]

REPORT = 30  # ticks: 300 ms


def _drive(car: Car, seconds: float) -> list[Record]:
    return [record for _ in range(round(seconds * 100)) for record in car.tick()]


@pytest.mark.parametrize(
    ("message", "request_signal", "raw", "status", "reported"),
    [
        ("HVAC_Command", "HVAC_DriverTempReq", 42, "HVAC_DriverTempSet", 21.0),
        ("HVAC_Command", "HVAC_PassengerTempReq", 33, "HVAC_PassengerTempSet", 16.5),
        ("HVAC_Command", "HVAC_DriverFanReq", 80, "HVAC_DriverFanSpeed", 80),
        ("HVAC_Command", "HVAC_AirConditioningReq", 0, "HVAC_AirConditioning", 0),
        ("HVAC_Command", "HVAC_FrontDefrosterReq", 1, "HVAC_FrontDefroster", 1),
        ("HVAC_Command", "HVAC_RecirculationReq", 1, "HVAC_Recirculation", 1),
        ("HVAC_Command", "HVAC_DriverAirDistributionReq", 2, "HVAC_DriverAirDistribution", 2),
        ("BCM_LockCommand", "BCM_LockRLReq", 1, "BCM_DoorLockedRL", 1),
        ("BCM_LightCommand", "BCM_LowBeamReq", 1, "BCM_LowBeam", 1),
        ("BCM_LightCommand", "BCM_HazardReq", 1, "BCM_IndicatorLeft", 1),
        ("BCM_SeatCommand", "BCM_SeatHeatingFLReq", 150, "BCM_SeatHeatingFL", 50),
        ("BCM_ComfortCommand", "BCM_WiperModeReq", 3, "BCM_WiperMode", 3),
        ("OBC_ChargeCommand", "OBC_ChargeLimitReq", 90, "OBC_ChargeLimit", 90),
        ("VCU_DriveCommand", "VCU_DriveModeReq", 1, "VCU_DriveMode", 1),
        ("ADAS_CruiseCommand", "ADAS_CruiseSpeedReq", 120, "ADAS_CruiseSpeedSet", 60),
    ],
)
def test_a_request_is_reported_within_300_ms(
    car: Car, command: Send, listen: Listen, message: str, request_signal: str, raw: int, status: str, reported: float
) -> None:
    before = listen(_drive(car, 0.5))
    assert before[status] != reported
    command(message, **{request_signal: raw})
    after = listen([record for _ in range(REPORT) for record in car.tick()])
    assert after[status] == reported
    assert (car.commands_obeyed, car.commands_ignored) == (1, 0)


def test_a_climate_change_is_on_the_bus_at_once(car: Car, command: Send, listen: Listen) -> None:
    _drive(car, 1.0)
    command("HVAC_Command", HVAC_DriverTempReq=42)
    assert listen(car.tick() + car.tick())["HVAC_DriverTempSet"] == 21.0


def test_one_request_leaves_the_others_alone(car: Car, command: Send, listen: Listen) -> None:
    command("HVAC_Command", HVAC_DriverTempReq=40, HVAC_AirConditioningReq=0)
    command("HVAC_Command", HVAC_PassengerFanReq=10)
    seen = listen(_drive(car, 0.3))
    assert (seen["HVAC_DriverTempSet"], seen["HVAC_AirConditioning"], seen["HVAC_PassengerFanSpeed"]) == (20.0, 0, 10)


@pytest.mark.parametrize(
    ("message", "request_signal", "raw"),
    [
        ("HVAC_Command", "HVAC_DriverTempReq", 31),  # 15.5 degC
        ("HVAC_Command", "HVAC_DriverTempReq", 57),  # 28.5 degC
        ("HVAC_Command", "HVAC_DriverFanReq", 101),
        ("HVAC_Command", "HVAC_RecirculationReq", 2),
        ("OBC_ChargeCommand", "OBC_ChargeLimitReq", 49),
        ("OBC_ChargeCommand", "OBC_CableLockReq", 1),  # there is no cable
        ("BCM_WindowCommand", "BCM_WindowFLReq", 140),
        ("ADAS_CruiseCommand", "ADAS_CruiseSpeedReq", 20),
        ("ADAS_CruiseCommand", "ADAS_CruiseActiveReq", 1),  # not switched on
    ],
)
def test_what_is_out_of_range_is_ignored_and_counted(
    car: Car, command: Send, listen: Listen, message: str, request_signal: str, raw: int
) -> None:
    before = listen(_drive(car, 0.5))
    command(message, **{request_signal: raw})
    after = listen(_drive(car, 0.5))
    assert (car.commands_obeyed, car.commands_ignored) == (0, 1)
    for name in ("HVAC_DriverTempSet", "HVAC_DriverFanSpeed", "OBC_ChargeLimit", "ADAS_CruiseSpeedSet"):
        assert after[name] == before[name]


def test_foreign_and_short_frames_change_nothing(car: Car) -> None:
    car.take(0x123, bytes(8))
    car.take(0x500, b"\x2a")
    assert (car.commands_obeyed, car.commands_ignored) == (0, 0)


def test_a_window_travels_and_stops_where_it_was_asked(car: Car, command: Send, listen: Listen) -> None:
    command("BCM_WindowCommand", BCM_WindowRLReq=50)
    half_way = listen(_drive(car, 1.0))
    assert 15 < half_way["BCM_WindowPositionRL"] < 35
    assert half_way["BCM_WindowMoving"] == 1
    done = listen(_drive(car, 2.0))
    assert done["BCM_WindowPositionRL"] == 50
    assert (done["BCM_WindowOpenRL"], done["BCM_WindowMoving"], done["BCM_WindowPositionFL"]) == (1, 0, 0)


def test_the_parking_brake_moves_only_while_the_car_stands(car: Car, command: Send, listen: Listen) -> None:
    assert listen(_drive(car, 0.5))["ESC_ParkingBrakeOn"] == 1
    _drive(car, 9.5)
    assert car.drivetrain.speed > 5
    command("ESC_ParkingBrakeCommand", ESC_ParkingBrakeReq=1)
    assert car.commands_ignored == 1
    assert listen(_drive(car, 1.0))["ESC_ParkingBrakeOn"] == 0


def test_the_head_unit_may_open_the_brake_of_a_parked_car(car: Car, command: Send, listen: Listen) -> None:
    car.driver.clock = -100.0  # the driver stays in P
    _drive(car, 0.5)
    command("ESC_ParkingBrakeCommand", ESC_ParkingBrakeReq=0)
    seen = listen(_drive(car, 1.0))
    assert (seen["ESC_ParkingBrakeOn"], seen["ESC_ParkingBrakeState"]) == (0, 0)
    assert car.drivetrain.gear is Gear.P
    assert car.drivetrain.speed == 0


def test_standing_only_requests_are_refused_on_the_road(car: Car, command: Send) -> None:
    _drive(car, 10.0)
    command("BCM_LockCommand", BCM_TrunkReq=1)
    command("BCM_ComfortCommand", BCM_MirrorFoldReq=1)
    command("OBC_ChargeCommand", OBC_FlapReq=1)
    assert (car.commands_obeyed, car.commands_ignored) == (0, 3)


def test_cruise_control_holds_the_driver_back(car: Car, command: Send) -> None:
    command("ADAS_CruiseCommand", ADAS_CruiseEnabledReq=1, ADAS_CruiseActiveReq=1, ADAS_CruiseSpeedReq=70)
    _drive(car, 28.0)
    assert car.drivetrain.speed * 3.6 == pytest.approx(35, abs=2)


def test_the_low_beam_follows_the_light_in_auto(car: Car, command: Send, listen: Listen) -> None:
    assert listen(_drive(car, 0.5))["BCM_LowBeam"] == 0
    tunnel = next(m for m in range(0, int(car.route.length), 5) if car.route.place(m).tunnel)
    car.drivetrain.distance = tunnel + 50.0
    dark = listen(_drive(car, 4.0))
    assert dark["BCM_LightIntensity"] < 10
    assert dark["BCM_LowBeam"] == 1
    command("BCM_LightCommand", BCM_LightSwitchReq=0)
    assert listen(_drive(car, 0.3))["BCM_LowBeam"] == 0
