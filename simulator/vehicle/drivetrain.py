# SPDX-License-Identifier: Apache-2.0
"""Longitudinal dynamics: what the pedals, the motor, the brakes, the air, the tyres and the hill do to the speed."""

import math
from dataclasses import dataclass
from enum import IntEnum

MASS = 1960.0  # kg with the driver
ROTATING = 1.045  # factor for wheels and rotor that must be turned as well
DRAG_AREA = 0.58  # m^2: drag coefficient times frontal area
AIR = 1.18  # kg/m^3
ROLLING = 0.0095
GRAVITY = 9.81  # m/s^2
WHEEL_RADIUS = 0.336  # m
RATIO = 9.6  # motor turns per wheel turn
GEARBOX = 0.97  # efficiency
TORQUE_MAX = 340.0  # Nm
POWER_MAX = 160_000.0  # W, mechanical
REGEN_TORQUE = 180.0  # Nm
REGEN_POWER = 75_000.0  # W
REGEN_FADE = (3.0, 11.0)  # km/h: none below, full above
LIFT_OFF = 0.7  # m/s^2 that the car slows down when no pedal is touched
BRAKE_MAX = 8.5  # m/s^2 at a full brake pedal
STANDSTILL = 0.3  # m/s below which the parking brake holds at once
STANDBY_LOSS = 180.0  # W of a live inverter
COPPER_LOSS = 0.038  # W/Nm^2
SPIN_LOSS = 0.0009  # W/(rad/s)^2


class Gear(IntEnum):
    """Selector position, as VCU_GearSelected."""

    P = 0
    R = 1
    N = 2
    D = 3


class Derate(IntEnum):
    """Why the motor gives less, as INV_DerateReason."""

    NONE = 0
    MOTOR_TEMPERATURE = 1
    INVERTER_TEMPERATURE = 2
    PACK_LIMIT = 3
    LOW_SPEED = 4


def resistance(speed: float, grade: float) -> float:
    """Force in N against a car that moves forward at ``speed`` m/s on a ``grade`` (rise per metre)."""
    slope = math.atan(grade)
    rolling = MASS * GRAVITY * ROLLING * math.cos(slope)
    return 0.5 * AIR * DRAG_AREA * speed * speed + rolling + MASS * GRAVITY * math.sin(slope)


@dataclass(slots=True)
class Drivetrain:
    """Speed and forces of the car. Speed, torque and acceleration are positive the way that the gear drives it."""

    speed: float = 0.0  # m/s
    distance: float = 0.0  # m along the road since start; shrinks in R
    travelled: float = 0.0  # m since start, whichever way
    acceleration: float = 0.0  # m/s^2
    gear: Gear = Gear.P
    accelerator: float = 0.0  # 0 to 1
    brake: float = 0.0  # 0 to 1
    torque: float = 0.0  # Nm of the motor
    power: float = 0.0  # W, electrical, into the inverter
    friction: float = 0.0  # N of the friction brakes
    torque_max: float = TORQUE_MAX
    torque_min: float = 0.0
    derate: Derate = Derate.NONE
    requested: float = 0.0  # N at the road that the pedals ask for
    motor_temperature: float = 32.0  # degC
    inverter_temperature: float = 30.0  # degC
    coolant: float = 27.0  # degC
    gearbox_temperature: float = 31.0  # degC

    @property
    def driven(self) -> bool:
        """Whether the motor drives the wheels."""
        return self.gear in {Gear.D, Gear.R}

    @property
    def sense(self) -> int:
        """1 forward, -1 backward."""
        return -1 if self.gear is Gear.R else 1

    @property
    def motor_speed(self) -> float:
        """rad/s."""
        return self.speed / WHEEL_RADIUS * RATIO

    def limits(self, discharge: float, charge: float) -> None:
        """Set the torque range for the power (W) that the pack gives and takes now."""
        speed = max(self.motor_speed, 1.0)
        loss = STANDBY_LOSS + SPIN_LOSS * speed * speed
        warm = min(max((170.0 - self.motor_temperature) / 20.0, 0.1), 1.0)
        self.torque_max = min(TORQUE_MAX * warm, POWER_MAX / speed, max(discharge - loss, 0.0) * 0.95 / speed)
        low, high = REGEN_FADE
        fade = min(max((self.speed * 3.6 - low) / (high - low), 0.0), 1.0)
        self.torque_min = -fade * min(REGEN_TORQUE, REGEN_POWER / speed, max(charge, 0.0) / speed)
        if warm < 1.0:
            self.derate = Derate.MOTOR_TEMPERATURE
        elif self.torque_max < min(TORQUE_MAX, POWER_MAX / speed) - 1:
            self.derate = Derate.PACK_LIMIT
        else:
            self.derate = Derate.LOW_SPEED if fade < 1.0 and self.speed > 0 else Derate.NONE

    def pedals(self, force: float) -> tuple[float, float]:
        """Accelerator and brake (0 to 1) that ask for ``force`` N at the road: the inverse of _request()."""
        lift = self._lift_off()
        if force >= lift:
            return min((force - lift) / (self._top() - lift), 1.0), 0.0
        return 0.0, min((lift - force) / (MASS * BRAKE_MAX), 1.0)

    def step(self, dt: float, grade: float, held: bool) -> None:
        """Advance ``dt`` s; ``held`` = the parking brake or the park lock holds the car."""
        driving = self.driven
        self.requested = self._request() if driving else -self.brake * MASS * BRAKE_MAX
        wanted = self.requested * WHEEL_RADIUS / RATIO
        wanted = wanted / GEARBOX if wanted > 0 else wanted * GEARBOX
        self.torque = min(max(wanted, self.torque_min), self.torque_max) if driving else 0.0
        motor = self.torque * RATIO / WHEEL_RADIUS
        motor = motor * GEARBOX if motor > 0 else motor / GEARBOX
        self.friction = min(max(motor - self.requested, 0.0), MASS * BRAKE_MAX) if self.brake > 0 else 0.0
        self._move(dt, motor, grade * self.sense, held)
        spin = self.motor_speed
        losses = STANDBY_LOSS + COPPER_LOSS * self.torque**2 + SPIN_LOSS * spin * spin if driving else 60.0
        self.power = self.torque * spin + losses

    def warm(self, dt: float, ambient: float) -> None:
        """Temperatures of motor, inverter, gearbox and coolant, at the slow rate."""
        loss = COPPER_LOSS * self.torque**2 + SPIN_LOSS * self.motor_speed**2
        mechanical = abs(self.torque) * self.motor_speed
        self.motor_temperature += (0.75 * loss - 90 * (self.motor_temperature - self.coolant)) * dt / 21_000
        self.inverter_temperature += (0.25 * loss + 60 - 55 * (self.inverter_temperature - self.coolant)) * dt / 6_000
        self.gearbox_temperature += (0.02 * mechanical - 14 * (self.gearbox_temperature - ambient)) * dt / 12_000
        radiator = 120 + 18 * self.speed
        gain = 90 * (self.motor_temperature - self.coolant) + 55 * (self.inverter_temperature - self.coolant)
        self.coolant += (gain - radiator * (self.coolant - ambient)) * dt / 28_000

    def _lift_off(self) -> float:
        """Force in N with no pedal touched: gentle regeneration that fades out before standstill."""
        low, high = REGEN_FADE
        return -LIFT_OFF * MASS * min(max((self.speed * 3.6 - low) / (high - low), 0.0), 1.0)

    def _top(self) -> float:
        return min(TORQUE_MAX, POWER_MAX / max(self.motor_speed, 1.0)) * RATIO / WHEEL_RADIUS * GEARBOX

    def _request(self) -> float:
        if self.brake > 0:
            return self._lift_off() - self.brake * MASS * BRAKE_MAX
        lift = self._lift_off()
        return lift + self.accelerator * (self._top() - lift)

    def _move(self, dt: float, motor: float, grade: float, held: bool) -> None:
        slope = math.atan(grade)
        hill = MASS * GRAVITY * math.sin(slope)
        rolling = MASS * GRAVITY * ROLLING * math.cos(slope)
        if held and self.speed < STANDSTILL:
            self.speed = self.acceleration = 0.0
            return
        push = motor - hill
        brakes = self.friction + rolling
        if self.speed <= 0 and push <= brakes:  # stands; the hill holder keeps it from rolling back
            self.speed = self.acceleration = 0.0
            return
        drag = 0.5 * AIR * DRAG_AREA * self.speed * self.speed
        self.acceleration = (push - brakes - drag) / (MASS * ROTATING)
        before = self.speed
        self.speed = max(before + self.acceleration * dt, 0.0)
        moved = (before + self.speed) / 2 * dt
        self.travelled += moved
        self.distance += moved * self.sense
