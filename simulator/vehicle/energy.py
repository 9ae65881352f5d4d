# SPDX-License-Identifier: Apache-2.0
"""What VCU, inverter and battery management report about motion and energy."""

import random
from dataclasses import dataclass

from simulator.vehicle.drivetrain import WHEEL_RADIUS, Derate, Drivetrain, Gear
from simulator.vehicle.pack import (
    CELL_CEILING,
    CELL_FLOOR,
    CELLS,
    STATE_OF_HEALTH,
    USABLE_ENERGY,
    Pack,
)
from simulator.vehicle.requests import Requests, Values, setting

ODOMETER = 12_480_000  # m when the drive begins
USUAL_CONSUMPTION = 16.5  # kWh/100km that the range starts from
USUAL_WEIGHT = 12_000.0  # m over which the own consumption takes over
GROUP = 4  # cells in a frame
GROUPS = CELLS // GROUP
MODULES = 32
MOVING = 0.5 / 3.6  # m/s
JOULE_PER_KWH = 3.6e6
INVERTER_ACTIVE, INVERTER_STANDBY, INVERTER_DERATED = 2, 1, 3  # as INV_State
PACK_DRIVE, PACK_CHARGE = 2, 3  # as BMS_State
LOW_VOLTAGE_ON = 4  # as VCU_LowVoltageState
DRIVE_MODES = 4  # highest VCU_DriveMode
MAX_WHEN = 2.0  # m/s from which a consumption per distance means something


def publish_drive(values: Values, car: Drivetrain, pack: Pack) -> None:
    """Write the 10 ms messages: pedals, motor, pack."""
    values["VCU_AcceleratorPedal"] = car.accelerator * 100
    values["VCU_BrakePedal"] = car.brake * 100
    values["VCU_GearSelected"] = values["VCU_GearCurrent"] = car.gear
    values["VCU_Ready"] = car.gear is not Gear.P
    values["VCU_ParkLock"] = car.gear is Gear.P
    values["VCU_Moving"] = car.speed > MOVING
    values["VCU_DriverTorqueRequest"] = car.requested * WHEEL_RADIUS
    values["INV_MotorSpeed"] = car.sense * car.motor_speed * 9.549297  # rpm
    values["INV_MotorTorque"] = car.sense * car.torque
    values["INV_MotorPower"] = car.power / 1000
    values["INV_RegenActive"] = car.torque < 0
    values["BMS_PackVoltage"] = pack.voltage
    values["BMS_PackCurrent"] = pack.current
    values["BMS_PackPower"] = pack.power / 1000


def publish_slow(values: Values, car: Drivetrain, auxiliary: float) -> None:
    """Write temperatures, limits and states of the drive unit."""
    derated = car.derate not in {Derate.NONE, Derate.LOW_SPEED}
    live = INVERTER_ACTIVE if car.driven else INVERTER_STANDBY
    values["INV_State"] = INVERTER_DERATED if derated else live
    values["INV_TorqueMax"] = car.torque_max
    values["INV_TorqueMin"] = car.torque_min
    values["INV_DerateReason"] = car.derate
    values["INV_MotorTemperature"] = car.motor_temperature
    values["INV_InverterTemperature"] = car.inverter_temperature
    values["INV_CoolantTemperature"] = car.coolant
    values["INV_GearboxTemperature"] = car.gearbox_temperature
    values["VCU_AuxiliaryPower"] = auxiliary
    values["VCU_CoolantPump"] = min(max(20 + 2.5 * (car.coolant - 25), 20), 100)
    values["VCU_RadiatorFan"] = min(max(4 * (car.coolant - 38), 0), 100)
    values["VCU_GrilleOpen"] = car.coolant > 36  # noqa: PLR2004 - degC
    values["VCU_LowVoltageState"] = LOW_VOLTAGE_ON
    values["VCU_HighVoltageOn"] = 1


def publish_pack(values: Values, pack: Pack, *, charging: bool) -> None:
    """Write state of charge, limits, temperatures and counters of the pack."""
    values["BMS_State"] = PACK_CHARGE if charging else PACK_DRIVE
    values["BMS_ContactorsClosed"] = values["BMS_ContactorPositive"] = values["BMS_ContactorNegative"] = 1
    values["BMS_SocDisplayed"] = pack.displayed
    values["BMS_SocTrue"] = pack.soc * 100
    values["BMS_SoH"] = STATE_OF_HEALTH
    values["BMS_EnergyRemaining"] = pack.usable_energy / JOULE_PER_KWH
    values["BMS_NetCapacity"] = USABLE_ENERGY / JOULE_PER_KWH
    values["BMS_DischargePowerMax"] = pack.discharge_limit / 1000
    values["BMS_ChargePowerMax"] = values["VCU_RegenPowerMax"] = pack.charge_limit / 1000
    values["BMS_ChargeVoltageMax"] = CELLS * CELL_CEILING
    values["BMS_DischargeVoltageMin"] = CELLS * CELL_FLOOR
    values["BMS_TemperatureAverage"] = pack.temperature
    values["BMS_TemperatureMin"] = pack.temperature - 0.8
    values["BMS_TemperatureMax"] = pack.temperature + 1.1
    values["BMS_CoolantInlet"] = pack.temperature - (4 if pack.cooling else 0.5)
    values["BMS_CoolingActive"] = pack.cooling
    values["BMS_HeatLoss"] = pack.heat
    values["BMS_EnergyDischarged"] = pack.discharged / JOULE_PER_KWH
    values["BMS_EnergyCharged"] = pack.charged / JOULE_PER_KWH
    values["BMS_DischargeThroughput"] = pack.charge_out / 3600
    values["BMS_ChargeThroughput"] = pack.charge_in / 3600


@dataclass(slots=True)
class Cells:
    """Single cells and modules: small differences around the pack's mean, fixed when it was assembled."""

    spread: tuple[float, ...]  # V per cell
    warmth: tuple[float, ...]  # K per module
    group: int = 0
    _names: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def assembled(cls, rng: random.Random) -> "Cells":
        """Cells and modules as they come from the line."""
        names = tuple(
            tuple(f"BMS_CellVoltage{group * GROUP + place + 1:02d}" for place in range(GROUP))
            for group in range(GROUPS)
        )
        return cls(
            tuple(rng.uniform(-0.006, 0.006) for _ in range(CELLS)),
            tuple(rng.uniform(-0.8, 1.1) for _ in range(MODULES)),
            0,
            names,
        )

    def publish_group(self, values: Values, pack: Pack) -> None:
        """Write the next four cells."""
        mean = pack.voltage / CELLS
        values["BMS_CellGroup"] = self.group
        for place, name in enumerate(self._names[self.group]):
            values[name] = mean + self.spread[self.group * GROUP + place]
        self.group = (self.group + 1) % GROUPS

    def publish_extremes(self, values: Values, pack: Pack) -> None:
        """Write lowest and highest cell and all module temperatures."""
        mean = pack.voltage / CELLS
        low, high = min(self.spread), max(self.spread)
        values["BMS_CellVoltageMin"] = mean + low
        values["BMS_CellVoltageMax"] = mean + high
        values["BMS_CellIdMin"] = self.spread.index(low) + 1
        values["BMS_CellIdMax"] = self.spread.index(high) + 1
        values["BMS_CellSpread"] = high - low
        for number, warmth in enumerate(self.warmth, 1):
            values[f"BMS_ModuleTemperature{number:02d}"] = pack.temperature + warmth


@dataclass(slots=True)
class Trip:
    """Distance, duration, consumption and range."""

    duration: float = 0.0  # s
    energy: float = 0.0  # J out of the pack while driving, regeneration taken off
    drive_mode: float = 0.0

    def requests(self) -> Requests:
        """What VCU_DriveCommand may ask."""

        def set_mode(value: float) -> None:
            self.drive_mode = value

        return {"VCU_DriveModeReq": setting(0, DRIVE_MODES, set_mode)}

    def step(self, dt: float, car: Drivetrain, pack: Pack) -> None:
        """Count ``dt`` s."""
        self.duration += dt
        if car.driven:
            self.energy += pack.power * dt

    def consumption(self, distance: float) -> float:
        """kWh/100km, from what is usual towards the trip's own."""
        usual = USUAL_CONSUMPTION / 100_000 * JOULE_PER_KWH  # J/m
        per_metre = (self.energy + usual * USUAL_WEIGHT) / (distance + USUAL_WEIGHT)
        return max(per_metre, usual / 3) / JOULE_PER_KWH * 100_000

    def publish(self, values: Values, car: Drivetrain, pack: Pack, auxiliary: float) -> None:
        """Write range, consumption, odometers and the drive mode."""
        mean = self.consumption(car.travelled)
        values["VCU_DriveMode"] = self.drive_mode
        values["VCU_Range"] = pack.usable_energy / JOULE_PER_KWH / mean * 100
        values["VCU_ConsumptionAverage"] = mean
        now = (car.power + auxiliary) / car.speed / 36 if car.speed > MAX_WHEN else 0.0
        values["VCU_ConsumptionNow"] = now
        values["VCU_Odometer"] = ODOMETER + car.travelled
        values["VCU_TripDistance"] = car.travelled
        values["VCU_TripDuration"] = self.duration
        values["VCU_TripAverageSpeed"] = car.travelled / self.duration * 3.6 if self.duration else 0.0
        values["VCU_TripEnergy"] = self.energy / JOULE_PER_KWH
