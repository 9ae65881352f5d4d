# SPDX-License-Identifier: Apache-2.0
"""Set points of the climate control, and how warm it is."""

from ivi.model.signal import Scalar
from ivi.voice.dialogue import car
from ivi.voice.dialogue.actions.signals import read
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number, plain

LOWEST, HIGHEST = 16.0, 28.0  # degrees Celsius of the climate unit
STEP = 1.0  # degrees Celsius of "warmer" and "cooler"
LITTLE = 0.5  # degrees Celsius of "a little warmer"
ZONES = {
    "driver": (car.DRIVER_TEMPERATURE,),
    "passenger": (car.PASSENGER_TEMPERATURE,),
    "both": (car.DRIVER_TEMPERATURE, car.PASSENGER_TEMPERATURE),
}
NO_REAR = Outcome(ok=False, answer="no_rear")


async def set_temperature(world: World, slots: Slots) -> Outcome:
    """To `temperature`, at `zone` or, without one, at both front seats. Values the unit does not have are refused."""
    wanted = number(slots, "temperature") + number(slots, "half")
    zone = str(slots.get("zone", "both"))
    if zone not in ZONES:
        return NO_REAR
    if not LOWEST <= wanted <= HIGHEST:
        return Outcome(ok=False, answer="out_of_range", values=_limits())
    undo = await world.car.make(dict.fromkeys(ZONES[zone], wanted))
    return Outcome(ok=True, answer=zone, values={"degrees": plain(wanted)}, undo=undo)


async def change_temperature(world: World, slots: Slots) -> Outcome:
    """One step at the zone, or at both front seats, each from its own setting; the answer is the first one's."""
    change = (LITTLE if slots.get("little") else STEP) * number(slots, "direction")
    zone = str(slots.get("zone", "both"))
    if zone not in ZONES:
        return NO_REAR
    present = {path: await world.car.number(path) for path in ZONES[zone]}
    known = {path: value for path, value in present.items() if value is not None}
    first = ZONES[zone][0]
    if first not in known:
        return Outcome(ok=False, answer="unknown")
    wanted: dict[str, Scalar] = {path: min(HIGHEST, max(LOWEST, value + change)) for path, value in known.items()}
    values = {"degrees": plain(float(wanted[first]))}
    if wanted == known:
        return Outcome(ok=False, answer="at_limit", values={**values, **_limits()})
    undo = await world.car.make(wanted)
    return Outcome(ok=True, answer="done", values=values, undo=undo)


async def extreme(world: World, slots: Slots) -> Outcome:
    """As cold or as warm as the unit can, with the fan at its most and, for cold, air conditioning."""
    cold = str(slots.get("extreme", "cold")) == "cold"
    values: dict[str, Scalar] = dict.fromkeys(ZONES["both"], LOWEST if cold else HIGHEST)
    values |= {car.FAN_SPEED: 100, **({car.AIR_CONDITIONING: True} if cold else {})}
    undo = await world.car.make(values)
    return Outcome(ok=True, answer="cold" if cold else "warm", undo=undo)


async def synchronise(world: World, _slots: Slots) -> Outcome:
    """The passenger's side like the driver's."""
    value = await world.car.number(car.DRIVER_TEMPERATURE)
    if value is None:
        return NOT_REPORTED
    undo = await world.car.make({car.PASSENGER_TEMPERATURE: value})
    return Outcome(ok=True, answer="done", values={"degrees": plain(value)}, undo=undo)


async def read_setting(world: World, slots: Slots) -> Outcome:
    """What is set, at the driver's or at the zone's side."""
    zone = str(slots.get("zone", "driver"))
    if zone not in ZONES:
        return NO_REAR
    value = await world.car.number(ZONES[zone][0])
    if value is None:
        return NOT_REPORTED
    return Outcome(ok=True, answer="done", values={"degrees": plain(value)})


def _limits() -> dict[str, str]:
    return {"low": plain(LOWEST), "high": plain(HIGHEST)}


ACTIONS: dict[str, Action] = {
    "SetTemperature": set_temperature,
    "ChangeTemperature": change_temperature,
    "ExtremeClimate": extreme,
    "SyncTemperature": synchronise,
    "ReadTemperatureSetting": read_setting,
    "ReadOutsideTemperature": read(car.OUTSIDE_TEMPERATURE, "degrees"),
    "ReadCabinTemperature": read(car.CABIN_TEMPERATURE, "degrees"),
}
