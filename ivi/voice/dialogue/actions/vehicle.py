# SPDX-License-Identifier: Apache-2.0
"""Facts of the car, of this trip, and of the day."""

from ivi.model.tyres import WHEELS
from ivi.voice.dialogue import car
from ivi.voice.dialogue.actions.signals import read
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World

STANDSTILL = 1.0  # km/h; sensors read a little at standstill
MODE = "Vehicle.Powertrain.Transmission.PerformanceMode"
_TYRE = "Vehicle.Chassis.Axle.{}.Tire.{}"
KILOPASCAL = 0.01  # bar


async def read_speed(world: World, _slots: Slots) -> Outcome:
    """Kilometres per hour, or that the car stands."""
    speed = await world.car.number(car.SPEED)
    if speed is None:
        return NOT_REPORTED
    if abs(speed) < STANDSTILL:
        return Outcome(ok=True, answer="standing")
    return Outcome(ok=True, answer="done", values={"speed": str(round(abs(speed)))})


async def read_tyres(world: World, slots: Slots) -> Outcome:
    """Bar: of one wheel, or the lowest and whether any is too low."""
    pressures = {name: _TYRE.format(wheel, "Pressure") for name, wheel in WHEELS.items()}
    low = {name: _TYRE.format(wheel, "IsPressureLow") for name, wheel in WHEELS.items()}
    said = await world.car.read([*pressures.values(), *low.values()])
    bars = {
        name: float(value) * KILOPASCAL
        for name, path in pressures.items()
        if isinstance(value := said.get(path), int | float)
    }
    if not bars:
        return NOT_REPORTED
    wheel = str(slots.get("wheel", ""))
    if wheel:
        if wheel not in bars:
            return NOT_REPORTED
        return Outcome(ok=True, answer="one", values={"wheel": wheel, "bar": f"{bars[wheel]:.1f}"})
    soft = [name for name, path in low.items() if said.get(path) is True]
    lowest = min(bars, key=lambda name: bars[name])
    if soft:
        return Outcome(ok=True, answer="low", values={"wheel": soft[0], "bar": f"{bars.get(soft[0], 0.0):.1f}"})
    return Outcome(ok=True, answer="fine", values={"bar": f"{bars[lowest]:.1f}"})


async def read_trip_time(world: World, _slots: Slots) -> Outcome:
    """Hours and minutes since the start."""
    seconds = await world.car.number("Vehicle.TripDuration")
    if seconds is None:
        return NOT_REPORTED
    minutes = round(seconds / 60)
    values = {"hours": str(minutes // 60), "minutes": str(minutes % 60)}
    return Outcome(ok=True, answer="hours" if minutes >= 60 else "minutes", values=values)  # noqa: PLR2004  # an hour


async def drive_mode(world: World, slots: Slots) -> Outcome:
    """Another performance mode."""
    mode = str(slots["mode"])
    undo = await world.car.make({MODE: mode})
    return Outcome(ok=True, answer="done", values={"mode": mode}, undo=undo)


async def read_mode(world: World, _slots: Slots) -> Outcome:
    """The present one."""
    mode = await world.car.text(MODE)
    return Outcome(ok=True, answer="done", values={"mode": mode}) if mode else NOT_REPORTED


async def read_time(world: World, _slots: Slots) -> Outcome:
    """By the car's clock."""
    now = world.clock()
    return Outcome(ok=True, answer="done", values={"time": f"{now.hour}:{now.minute:02d}"})


async def read_date(world: World, _slots: Slots) -> Outcome:
    """Weekday, day and month."""
    now = world.clock()
    return Outcome(
        ok=True, answer="done", values={"weekday": str(now.weekday()), "day": str(now.day), "month": str(now.month)}
    )


ACTIONS: dict[str, Action] = {
    "ReadSpeed": read_speed,
    "ReadTyres": read_tyres,
    "ReadOdometer": read("Vehicle.TraveledDistance", "kilometers", scale=0.001),
    "ReadTrip": read("Vehicle.TraveledDistanceSinceStart", "kilometers", scale=0.001, digits=1),
    "ReadTripTime": read_trip_time,
    "ReadAverageSpeed": read("Vehicle.AverageSpeed", "speed"),
    "ReadWasher": read("Vehicle.Body.Windshield.Front.WasherFluid.Level", "percent"),
    "ReadLowVoltage": read("Vehicle.LowVoltageBattery.CurrentVoltage", "volts", digits=1),
    "ReadMotorTemperature": read("Vehicle.Powertrain.ElectricMotor.Temperature", "degrees"),
    "ReadHumidity": read("Vehicle.Exterior.Humidity", "percent"),
    "DriveMode": drive_mode,
    "ReadDriveMode": read_mode,
    "ReadTime": read_time,
    "ReadDate": read_date,
}
