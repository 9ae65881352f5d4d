# SPDX-License-Identifier: Apache-2.0
"""The whole car: physics, driver and ECUs, advanced tick by tick; commands in, frames out. No clock, no bus."""

import random
from collections.abc import Callable
from pathlib import Path

from simulator.bus.record import EFF, Record
from simulator.errors import CarDataError
from simulator.vehicle.body import Body
from simulator.vehicle.charging import Charger, Kind
from simulator.vehicle.chassis import Chassis
from simulator.vehicle.climate import Climate
from simulator.vehicle.codec import HEAD_UNIT, Command, build_command, load_dbc
from simulator.vehicle.driver import Driver, Phase
from simulator.vehicle.drivetrain import Drivetrain, Gear
from simulator.vehicle.electrics import Electrics
from simulator.vehicle.energy import Cells, Trip, publish_drive, publish_pack, publish_slow
from simulator.vehicle.pack import Pack
from simulator.vehicle.requests import Requests, Values
from simulator.vehicle.route import Route, build_route
from simulator.vehicle.schedule import TICK, Schedule
from simulator.vehicle.surroundings import Surroundings, Tyres
from simulator.vehicle.wheel_keys import WheelKeys

CHASSIS_TICKS = 2  # 20 ms
BODY_TICKS = 5  # 50 ms
SLOW_TICKS = 10  # 100 ms

# Signals that stay as they are in this car: nothing breaks, nobody opens a door on the way.
CONSTANT: Values = {
    "ESC_SpeedValid": 1,
    "ESC_RoadFriction": 85,
    "EPS_State": 2,
    "EPS_HandsOnWheel": 1,
    "INV_CoolantLevel": 2,
    "BCM_SeatBeltFL": 1,
    "BCM_SeatOccupiedFL": 1,
    "BCM_SeatOccupiedFR": 2,
    "BCM_SeatOccupiedRL": 2,
    "BCM_SeatOccupiedRR": 2,
    "BCM_SeatPositionFL": 140,
    "BCM_SeatPositionFR": 180,
    "BCM_WasherLevel": 83,
    "BCM_KeyInside": 1,
    "BCM_AirbagPassengerEnabled": 1,
    "BCM_ChildLockRL": 1,
    "BCM_ChildLockRR": 1,
    "SCM_ColumnTilt": 48,
    "SCM_ColumnExtension": 55,
    "ADAS_CruiseGap": 3,
    "ADAS_CruiseDistanceSet": 35,
    "ADAS_EmergencyBrakeEnabled": 1,
    "ADAS_DriverMonitorEnabled": 1,
    "ADAS_EyesOnRoad": 1,
    "ADAS_DriverAttention": 97,
    "VCU_SoftwareMajor": 1,
    "VCU_DistanceToService": 18_400,
    "VCU_DriverPresent": 1,
    "BMS_IsolationResistance": 4_800,
    "BMS_HvInterlockClosed": 1,
}


class Car:
    """An ivi EV. One ``seed`` and one sequence of commands give one sequence of frames."""

    def __init__(self, dbc: Path, seed: int = 1) -> None:
        """Read the DBC and park the car at the start of the loop; raises CarDataError."""
        database = load_dbc(dbc)
        rng = random.Random(seed)
        self.route: Route = build_route()
        self.drivetrain = Drivetrain()
        self.driver = Driver(self.route, rng)
        self.pack = Pack()
        self.charger = Charger()
        self.climate = Climate()
        self.electrics = Electrics()
        self.body = Body()
        self.chassis = Chassis(rng, self.driver.cruise)
        self.keys = WheelKeys()
        self.tyres = Tyres.fitted(rng)
        self.surroundings = Surroundings(self.route, rng)
        self.trip = Trip()
        self.cells = Cells.assembled(rng)
        self.values: Values = {}
        self.ticks = 0
        self.confirmed_faults: Callable[[], int] = int
        """Counts the codes in the ECUs' fault memories; 0 while nobody keeps any."""
        self.commands_obeyed = 0
        self.commands_ignored = 0
        self.commands_refused = 0
        own = [message for message in database.messages if HEAD_UNIT not in message.senders]
        asked = [message for message in database.messages if HEAD_UNIT in message.senders]
        self.schedule = Schedule(own, {"BMS_CellGroups": lambda values: self.cells.publish_group(values, self.pack)})
        self._commands = {
            message.frame_id | (EFF if message.is_extended_frame else 0): build_command(message) for message in asked
        }
        self._requests = self._collect_requests()
        self._prepare(dbc)

    @property
    def time(self) -> float:
        """Simulated seconds since start."""
        return self.ticks * TICK

    @property
    def commands(self) -> dict[int, Command]:
        """Command messages by identifier (with EFF), for filters."""
        return self._commands

    def take(self, identifier: int, payload: bytes) -> None:
        """Obey a command frame of the head unit; other frames are none of our business."""
        command = self._commands.get(identifier)
        if command is None:
            return
        if not command.accepts(payload):
            self.commands_refused += 1
        for name, value in command.decode(payload).items():
            request = self._requests.get(name)
            if request is not None and request.take(value):
                self.commands_obeyed += 1
            else:
                self.commands_ignored += 1
        self.climate.publish(self.values)
        self.body.publish(self.values)

    def tick(self) -> list[Record]:
        """Advance 10 ms and return the frames that go on the bus."""
        car = self.drivetrain
        self.driver.step(TICK, car, self.pack.displayed, not self.chassis.parking.holds)
        self.chassis.step(TICK, self.driver, car)
        car.limits(self.pack.discharge_limit - self._auxiliary, self.pack.charge_limit + self._auxiliary)
        held = self.chassis.parking.holds or car.gear is Gear.P
        car.step(TICK, self.route.grade(car.distance), held)
        self.pack.step(TICK, car.power + self._auxiliary - self.charger.power)
        self.trip.step(TICK, car, self.pack)
        publish_drive(self.values, car, self.pack)
        if self.ticks % CHASSIS_TICKS == 0:
            place = self.route.place(car.distance)
            self.chassis.publish_motion(self.values, self.driver, car, place, CHASSIS_TICKS * TICK)
        if self.ticks % BODY_TICKS == 0:
            self._step_body()
        if self.ticks % SLOW_TICKS == 0:
            self._step_slow()
        self.ticks += 1
        return self.schedule.tick(self.values)

    @property
    def _auxiliary(self) -> float:
        """W that climate and 12 V draw from the pack."""
        return self.climate.power + self.electrics.power

    def _step_body(self) -> None:
        dt = BODY_TICKS * TICK
        self.body.step(dt, self.drivetrain.speed * 3.6, self.surroundings.light)
        self.body.publish(self.values)
        self.keys.publish(self.values, self.time)
        self.climate.publish(self.values)
        place = self.route.place(self.drivetrain.distance)
        self.chassis.publish_state(self.values, self.driver, self.drivetrain, place)
        self._plug()
        self.charger.standing = self.drivetrain.speed <= 0
        self.charger.step(dt, self.pack)
        self.charger.publish(self.values, self.pack)

    def _step_slow(self) -> None:
        dt = SLOW_TICKS * TICK
        car, world = self.drivetrain, self.surroundings
        place = self.route.place(car.distance)
        world.step(dt, place, car.speed)
        self.climate.step(dt, world.outside, world.light, self.body.mean_window)
        self.electrics.step(dt, self.body.load, world.outside)
        self.tyres.step(dt, car.speed, world.outside)
        self.pack.warm(dt, world.outside)
        car.warm(dt, world.outside)
        world.publish(self.values, place, car.speed)
        self.climate.publish(self.values)
        self.electrics.publish(self.values)
        self.tyres.publish(self.values)
        publish_pack(self.values, self.pack, charging=self.charger.connected)
        self.cells.publish_extremes(self.values, self.pack)
        publish_slow(self.values, car, self._auxiliary)
        self.values["VCU_DtcCount"] = min(self.confirmed_faults(), 255)
        self.trip.publish(self.values, car, self.pack, self._auxiliary)

    def _plug(self) -> None:
        parked = self.driver.phase is Phase.PARKED
        if parked and not self.charger.connected:
            self.charger.plug(Kind.DC)
        elif not parked and self.charger.connected:
            self.charger.unplug()

    def _collect_requests(self) -> Requests:
        requests: Requests = {}
        for ecu in (self.climate, self.body, self.charger, self.chassis, self.surroundings, self.trip):
            requests |= ecu.requests()
        return requests

    def _prepare(self, dbc: Path) -> None:
        """Fill all signals once, and check that the DBC and this car know the same ones."""
        known = self.schedule.signals()
        asked = {name for command in self._commands.values() for name, *_ in command.fields}
        self.values.update(dict.fromkeys(known, 0))
        self.values.update(CONSTANT)
        strange = asked - self._requests.keys()
        if strange or "ESC_Speed" not in known:
            names = ", ".join(sorted(strange)[:3]) or "no ESC_Speed"
            raise CarDataError(f"{dbc} is not the DBC of this car ({names})", "use can_dbc/ivi_ev/ivi_ev.dbc")
