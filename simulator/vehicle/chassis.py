# SPDX-License-Identifier: Apache-2.0
"""Brakes, parking brake, steering and cruise control: the ECUs between driver and road."""

import math
import random
from dataclasses import dataclass, field

from simulator.vehicle.body import CORNERS
from simulator.vehicle.driver import Cruise, Driver
from simulator.vehicle.drivetrain import GRAVITY, WHEEL_RADIUS, Drivetrain, Gear
from simulator.vehicle.requests import Request, Requests, Values, setting, switch
from simulator.vehicle.route import Place

WHEELBASE = 2.8  # m
TRACK = 1.6  # m
STEERING_RATIO = 14.5
BRAKE_SHARE = {"FL": 0.32, "FR": 0.32, "RL": 0.18, "RR": 0.18}
PARKING_TRAVEL = 0.6  # s that the motors of the parking brake need
STANDSTILL = 0.5  # km/h
RELEASED, APPLIED, RELEASING, APPLYING = range(4)  # as ESC_ParkingBrakeState
LIGHTS = {"NONE": 0, "GREEN": 1, "AMBER": 2, "RED": 3}  # as ADAS_TrafficLight
CRUISE_LOW, CRUISE_HIGH = 30, 130  # km/h
BRAKE_LIGHT_AT = 0.8  # m/s^2 of slowing down that lights the brake lamps without the pedal
FORWARD, BACKWARD = 1, 2  # as ESC_Direction
TURN_SIGNAL_AT = 0.02  # 1/m: a bend that counts as a turn


@dataclass(slots=True)
class ParkingBrake:
    """The electric parking brake. Driver and head unit may move it; only while the car stands."""

    state: int = APPLIED
    _clock: float = 0.0
    _wanted: bool = True

    @property
    def holds(self) -> bool:
        """Whether it holds the car; while it moves it does not."""
        return self.state == APPLIED

    def ask(self, on: bool, speed: float) -> bool:
        """Ask for a state at ``speed`` km/h; False when the car moves."""
        if speed > STANDSTILL:
            return False
        self._wanted = on
        return True

    def step(self, dt: float) -> None:
        """Move towards what was asked."""
        self._clock += dt
        if self.state in {APPLIED, RELEASED}:
            if self._wanted != self.holds:
                self.state, self._clock = (APPLYING if self._wanted else RELEASING), 0.0
        elif self._clock >= PARKING_TRAVEL:
            self.state = APPLIED if self.state == APPLYING else RELEASED


@dataclass(slots=True)
class Chassis:
    """Turns the motion of the car into what ESC, EPS and ADAS report."""

    rng: random.Random
    cruise: Cruise
    parking: ParkingBrake = field(default_factory=ParkingBrake)
    speed: float = 0.0  # km/h with the sensor's noise
    angle: float = 0.0  # degrees of the steering wheel
    _driver_wish: bool = True  # last wish of the driver for the parking brake

    def requests(self) -> Requests:
        """What ESC_ParkingBrakeCommand and ADAS_CruiseCommand may ask."""
        cruise = self.cruise

        def enable(on: bool) -> None:
            cruise.enabled = on
            cruise.active = cruise.active and on

        def activate(value: float) -> bool:
            if value and not cruise.enabled:
                return False
            cruise.active = value == 1
            return True

        def set_speed(value: float) -> None:
            cruise.speed_set = value

        return {
            "ESC_ParkingBrakeReq": Request(0, 1, lambda value: self.parking.ask(value == 1, self.speed)),
            "ADAS_CruiseEnabledReq": switch(enable),
            "ADAS_CruiseActiveReq": Request(0, 1, activate),
            "ADAS_CruiseSpeedReq": setting(CRUISE_LOW, CRUISE_HIGH, set_speed),
        }

    def step(self, dt: float, driver: Driver, car: Drivetrain) -> None:
        """Advance ``dt`` s; a change of the driver's mind moves the parking brake."""
        if driver.parking_brake != self._driver_wish and self.parking.ask(driver.parking_brake, car.speed * 3.6):
            self._driver_wish = driver.parking_brake
        self.parking.step(dt)

    def publish_motion(self, values: Values, driver: Driver, car: Drivetrain, place: Place, dt: float) -> None:
        """Write speed, wheels, accelerations, brakes and steering; ``dt`` s since the last time."""
        noise = self.rng.random
        stands = car.speed <= 0
        self.speed = 0.0 if stands else max(car.speed * 3.6 + 0.06 * (noise() - 0.5), 0.01)
        values["ESC_Speed"] = self.speed
        values["ESC_SpeedDisplayed"] = self.speed * 1.02
        values["ESC_Standstill"] = stands
        values["ESC_Direction"] = 0 if stands else FORWARD if car.sense > 0 else BACKWARD
        curvature = place.curvature if driver.steering is None else _curvature(driver.steering)
        yaw = car.sense * car.speed * curvature  # rad/s
        for corner in CORNERS:
            side = -1 if corner.endswith("L") else 1
            wheel = car.speed * 3.6 + side * car.sense * yaw * TRACK / 2 * 3.6
            values[f"ESC_WheelSpeed{corner}"] = 0.0 if stands else max(wheel + 0.08 * (noise() - 0.5), 0.0)
            values[f"ESC_BrakeTorque{corner}"] = car.friction * WHEEL_RADIUS * BRAKE_SHARE[corner]
        values["ESC_AccelLongitudinal"] = car.sense * car.acceleration + 0.03 * (noise() - 0.5)
        values["ESC_AccelLateral"] = car.sense * yaw * car.speed + 0.03 * (noise() - 0.5)
        values["ESC_AccelVertical"] = GRAVITY + 0.004 * car.speed * (noise() - 0.5)
        values["ESC_YawRate"] = math.degrees(yaw)
        values["ESC_RoadGrade"] = place.grade * 100
        values["ESC_BrakePressure"] = car.brake * 120
        values["ESC_EmergencyBraking"] = car.brake > 0.75  # noqa: PLR2004 - pedal
        slowing = car.brake > 0 or car.acceleration < -BRAKE_LIGHT_AT
        values["ESC_BrakeLightRequest"] = slowing
        values["BCM_BrakeLight"] = int(slowing)
        angle = math.degrees(math.atan(WHEELBASE * curvature)) * STEERING_RATIO + 0.4 * (noise() - 0.5)
        angle = self.angle if stands else angle
        values["EPS_SteeringRate"] = (angle - self.angle) / dt
        values["EPS_SteeringAngle"] = self.angle = angle
        values["EPS_SteeringTorque"] = 0.0 if stands else 0.02 * angle + 0.2 * (noise() - 0.5)

    def publish_state(self, values: Values, driver: Driver, car: Drivetrain, place: Place) -> None:
        """Write parking brake, cruise control, indicators and what is ahead."""
        values["ESC_ParkingBrakeState"] = self.parking.state
        values["ESC_ParkingBrakeOn"] = self.parking.holds
        values["ESC_AutoHold"] = car.speed <= 0 and not self.parking.holds
        cruise = self.cruise
        values["ADAS_CruiseEnabled"] = cruise.enabled
        values["ADAS_CruiseActive"] = cruise.active
        values["ADAS_CruiseSpeedSet"] = cruise.speed_set
        values["ADAS_AutonomyLevel"] = 1 if cruise.active else 0
        turning = place.curvature if car.gear is Gear.D and car.speed > 1 else 0.0
        values["SCM_TurnStalk"] = 1 if turning > TURN_SIGNAL_AT else 2 if turning < -TURN_SIGNAL_AT else 0
        hazard = bool(values["BCM_Hazard"])
        values["BCM_IndicatorLeft"] = hazard or values["SCM_TurnStalk"] == 1
        values["BCM_IndicatorRight"] = hazard or values["SCM_TurnStalk"] == 2  # noqa: PLR2004 - as SCM_TurnStalk
        gap = driver.to_stop(car.distance)
        values["BCM_BackupLight"] = car.gear is Gear.R
        values["ADAS_SpeedLimit"] = place.limit
        following = driver.route.place(car.distance + 150)
        values["ADAS_SpeedLimitNext"] = following.limit
        values["ADAS_SpeedLimitDistance"] = 150 if following.limit != place.limit else 0
        values["ADAS_TrafficLight"] = LIGHTS[driver.light]
        values["ADAS_TrafficLightDistance"] = max(gap, 0.0) if driver.light != "NONE" else 0


def _curvature(steering: float) -> float:
    """Curvature in 1/m of the way of the rear axle with the steering wheel at so many degrees."""
    return math.tan(math.radians(steering / STEERING_RATIO)) / WHEELBASE
