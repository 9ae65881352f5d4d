# SPDX-License-Identifier: Apache-2.0
"""The driver: starts the car, follows the road with a PI controller on two pedals, stops at lights and to charge."""

import math
import random
from dataclasses import dataclass, field
from enum import Enum

from simulator.vehicle.drivetrain import MASS, ROTATING, Drivetrain, Gear, resistance
from simulator.vehicle.route import COMFORT_BRAKE, Event, Route, Stop

START_IN_PARK = 1.0  # s before the driver shifts to D
PROPORTIONAL = 0.9  # 1/s: acceleration per speed error
INTEGRAL = 0.10  # 1/s^2
GAIN_LIMIT = 0.6  # m/s^2 that the integral may add
PULL = 2.2  # m/s^2, strongest acceleration the driver asks for
SLOW = -3.2  # m/s^2
JERK = 5.0  # m/s^3: how fast the feet move
REACTION = 0.35  # s that the driver looks ahead
STOP_LINE = 2.0  # m in front of the line where the car comes to rest
SEE_LIGHT = 150.0  # m from which the driver sees a light
GREEN_CHANCE = 0.35
RED_TIME = (5.0, 13.0)  # s
HOLD_BRAKE = 0.22  # pedal while the car stands
AT_REST = 0.4  # m/s: slow enough to call it a stop
AT_LINE = 1.5  # m from where the driver wanted to stop, near enough
CREEP = 0.8  # m/s up to the line
PASSED = 0.5  # m before the line counts as passed
BAY = 9.0  # m that the driver backs into the bay of the charger
BACKING = 1.3  # m/s into the bay
LOOK_BACK = 1.5  # s between selecting R and moving
TURNED = 320.0  # degrees of the steering wheel, first one way and then the other
CHARGE_TIME = 240.0  # s at the charger at most
CHARGE_GAIN = 8.0  # percent of displayed charge after which the driver goes on


class Phase(Enum):
    """What the driver is doing."""

    STARTING = "starting"
    DRIVING = "driving"
    WAITING = "waiting at a light"
    BACKING = "backing into the bay"
    PARKED = "parked to charge"


@dataclass(slots=True)
class Cruise:
    """Cruise control settings that the driver obeys."""

    enabled: bool = False
    active: bool = False
    speed_set: float = 80.0  # km/h


@dataclass(slots=True)
class Driver:
    """Moves the pedals, the selector and the parking brake."""

    route: Route
    rng: random.Random
    cruise: Cruise = field(default_factory=Cruise)
    start_s: float = START_IN_PARK  # s that the car stands parked at first
    phase: Phase = Phase.STARTING
    parking_brake: bool = True  # what the driver wants
    clock: float = 0.0  # s in this phase
    light: str = "NONE"  # what the driver sees
    target: float = 0.0  # m/s
    steering: float | None = None  # degrees at the wheel, positive to the left; None: as the road bends
    _wish: float = 0.0  # m/s^2 after the feet
    _sum: float = 0.0
    _next: int = 0  # index of the next stop
    _red: float = 0.0  # s this light stays red once the car stands
    _decided: bool = False
    _charge_from: float = 0.0
    _back_from: float = 0.0  # m along the road

    @property
    def next_stop(self) -> Stop:
        """The next place to stop at."""
        return self.route.stops[self._next]

    def to_stop(self, distance: float) -> float:
        """Metres to the next stop line; negative just behind it."""
        ahead = self.route.ahead(distance, self.next_stop.at)
        return ahead - self.route.length if ahead > self.route.length - 50 else ahead

    def step(self, dt: float, car: Drivetrain, displayed: float, brake_free: bool) -> None:
        """One step; ``displayed`` = charge in percent, ``brake_free`` = the parking brake lets the car go."""
        self.clock += dt
        if self.phase is Phase.STARTING:
            self._start(car, brake_free)
        elif self.phase is Phase.WAITING:
            self._stand(car)
            if self.clock >= self._red:
                self.light = "GREEN"
                self._go_on()
        elif self.phase is Phase.PARKED:
            self._stand(car)
            gained = displayed - self._charge_from
            if self.clock >= CHARGE_TIME or gained >= CHARGE_GAIN:
                self._next = (self._next + 1) % len(self.route.stops)
                self._decided = False
                self._enter(Phase.STARTING)
        elif self.phase is Phase.BACKING:
            self._back(dt, car, displayed)
        else:
            self._drive(dt, car)

    def _start(self, car: Drivetrain, brake_free: bool) -> None:
        self._stand(car)
        if self.clock < self.start_s:
            return
        car.gear = Gear.D
        self.parking_brake = False
        if brake_free:
            self._enter(Phase.DRIVING)

    def _drive(self, dt: float, car: Drivetrain) -> None:
        self.target = self._target(car)
        gap = self.to_stop(car.distance)
        if self._must_stop() and gap < STOP_LINE + AT_LINE and car.speed < AT_REST:
            self._arrive(car)
            return
        if not self._must_stop() and gap < PASSED:  # over a green light
            self._pass()
        self._press(dt, car)

    def _press(self, dt: float, car: Drivetrain) -> None:
        """Move the pedals towards the target speed."""
        error = self.target - car.speed
        self._sum = min(max(self._sum + INTEGRAL * error * dt, -GAIN_LIMIT), GAIN_LIMIT)
        if error * self._sum < 0:
            self._sum *= 1 - 2 * dt  # forget quickly what helped against the opposite error
        wish = min(max(PROPORTIONAL * error + self._sum, SLOW), PULL)
        self._wish += min(max(wish - self._wish, -JERK * dt), JERK * dt)
        force = MASS * ROTATING * self._wish + resistance(car.speed, car.sense * self.route.grade(car.distance))
        car.accelerator, car.brake = car.pedals(force)

    def _target(self, car: Drivetrain) -> float:
        target = self.route.envelope(car.distance + car.speed * REACTION)
        if self.cruise.enabled and self.cruise.active:
            target = min(target, self.cruise.speed_set / 3.6)
        gap = self.to_stop(car.distance)
        if gap < SEE_LIGHT and not self._decided:
            self._decide()
        if self._must_stop():
            rest = max(gap - STOP_LINE - car.speed * REACTION, 0.0)
            target = min(target, max(math.sqrt(2 * COMFORT_BRAKE * rest), CREEP)) if rest > AT_LINE / 5 else 0.0
        return target

    def _decide(self) -> None:
        self._decided = True
        green = self.next_stop.event is Event.LIGHT and self.rng.random() < GREEN_CHANCE
        self._red = 0.0 if green else self.rng.uniform(*RED_TIME)
        if self.next_stop.event is Event.LIGHT:
            self.light = "GREEN" if green else "RED"

    def _must_stop(self) -> bool:
        return self._decided and self._red > 0

    def _arrive(self, car: Drivetrain) -> None:
        self._stand(car)
        if car.speed > 0:
            return
        if self.next_stop.event is Event.LIGHT:
            self._enter(Phase.WAITING)
            return
        car.gear = Gear.R
        self._back_from = car.distance
        self._enter(Phase.BACKING)

    def _back(self, dt: float, car: Drivetrain, displayed: float) -> None:
        """Back into the bay beside the road: one way, the other way, straight and still."""
        backed = self._back_from - car.distance
        self.steering = -TURNED * math.sin(2 * math.pi * min(backed / BAY, 1.0))
        if self.clock < LOOK_BACK:
            self._stand(car)
            return
        rest = BAY - backed
        self.target = min(BACKING, math.sqrt(2 * COMFORT_BRAKE / 4 * rest)) if rest > AT_LINE / 5 else 0.0
        self._press(dt, car)
        if self.target > 0 or car.speed > 0:
            return
        car.gear = Gear.P
        self.parking_brake = True
        self.steering = None
        self._charge_from = displayed
        self._enter(Phase.PARKED)

    def _go_on(self) -> None:
        self._pass()
        self._enter(Phase.DRIVING)

    def _pass(self) -> None:
        self._next = (self._next + 1) % len(self.route.stops)
        self._decided = False
        self._red = 0.0
        self.light = "NONE"

    def _stand(self, car: Drivetrain) -> None:
        car.accelerator = 0.0
        car.brake = max(car.brake, HOLD_BRAKE) if self.phase is not Phase.PARKED else 0.0
        self.target = self._wish = self._sum = 0.0

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.clock = 0.0
