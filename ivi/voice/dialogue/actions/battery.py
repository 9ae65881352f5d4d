# SPDX-License-Identifier: Apache-2.0
"""Range, the traction battery, and where its energy went."""

from ivi.model.energy_record import EnergyRecord, SubscribeEnergy
from ivi.voice.dialogue import car
from ivi.voice.dialogue.actions.signals import read
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World

_BATTERY = "Vehicle.Powertrain.TractionBattery"
ENERGY = f"{_BATTERY}.StateOfCharge.CurrentEnergy"
HEALTH = f"{_BATTERY}.StateOfHealth"
TEMPERATURE = f"{_BATTERY}.Temperature.Average"
POWER = f"{_BATTERY}.CurrentPower"


async def read_band(world: World, _slots: Slots) -> Outcome:
    """How far at worst and at best, by what was driven."""
    record: EnergyRecord = await world.services.now(SubscribeEnergy())
    if record.band is None:
        return Outcome(ok=False, answer="missing", values={"kilometers": str(round(record.missing))})
    values = {"low": str(round(record.band.low)), "high": str(round(record.band.high))}
    return Outcome(ok=True, answer="done", values=values)


async def read_consumption(world: World, _slots: Slots) -> Outcome:
    """Over what is recorded, kWh per 100 km."""
    record: EnergyRecord = await world.services.now(SubscribeEnergy())
    if record.average is None:
        return NOT_REPORTED
    return Outcome(ok=True, answer="done", values={"consumption": f"{record.average:.1f}"})


ACTIONS: dict[str, Action] = {
    "ReadRange": read(car.RANGE, "kilometers", scale=0.001),
    "ReadBattery": read(car.STATE_OF_CHARGE, "percent"),
    "ReadEnergy": read(ENERGY, "energy", digits=1),
    "ReadBatteryHealth": read(HEALTH, "percent"),
    "ReadBatteryTemperature": read(TEMPERATURE, "degrees"),
    "ReadPower": read(POWER, "kilowatts", scale=0.001),
    "ReadRangeBand": read_band,
    "ReadConsumption": read_consumption,
}
