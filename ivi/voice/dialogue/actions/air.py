# SPDX-License-Identifier: Apache-2.0
"""Fan, air conditioning, the way of the air, and clear windows."""

from ivi.voice.dialogue import car
from ivi.voice.dialogue.actions.signals import read, step, switch
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

FAN_STEP = 10  # percent of "faster" and "slower"
FANS = {"driver": car.FAN_SPEED, "passenger": car.PASSENGER_FAN_SPEED}
DEFROST = {"front": car.FRONT_DEFROST, "rear": car.REAR_DEFROST}
RECIRCULATION = "Vehicle.Cabin.HVAC.IsRecirculationActive"
_WAY = "Vehicle.Cabin.HVAC.Station.Row1.{}.AirDistribution"
WAYS = {"driver": (_WAY.format("Driver"),), "passenger": (_WAY.format("Passenger"),)}
BOTH_WAYS = (*WAYS["driver"], *WAYS["passenger"])
WINDSCREEN = "Vehicle.Body.Windshield.Front.IsHeatingOn"
MIRRORS = "Vehicle.Body.Mirrors.DriverSide.IsHeatingOn"


async def set_fan(world: World, slots: Slots) -> Outcome:
    """To `percent`, at the driver's side unless another is named."""
    zone = str(slots.get("zone", "driver"))
    if zone not in FANS:
        return Outcome(ok=False, answer="no_rear")
    percent = int(number(slots, "percent"))
    undo = await world.car.make({FANS[zone]: min(100, max(0, percent))})
    return Outcome(ok=True, answer="done" if percent else "off", values={"percent": str(percent)}, undo=undo)


async def change_fan(world: World, slots: Slots) -> Outcome:
    """One step from the present speed."""
    zone = str(slots.get("zone", "driver"))
    if zone not in FANS:
        return Outcome(ok=False, answer="no_rear")
    return await step(world, FANS[zone], slots, FAN_STEP)


async def defrost(world: World, slots: Slots) -> Outcome:
    """On or off, at the windshield unless the rear window was named."""
    active, pane = bool(slots["active"]), str(slots.get("pane", "front"))
    undo = await world.car.make({DEFROST[pane]: active})
    return Outcome(ok=True, answer=f"{pane}_{'on' if active else 'off'}", undo=undo)


async def air_direction(world: World, slots: Slots) -> Outcome:
    """Up to the windscreen, to the middle, or down to the feet; at both front seats unless one is named."""
    way = str(slots["way"])
    undo = await world.car.make(dict.fromkeys(WAYS.get(str(slots.get("zone", "")), BOTH_WAYS), way))
    return Outcome(ok=True, answer=way.lower(), undo=undo)


ACTIONS: dict[str, Action] = {
    "SetFan": set_fan,
    "ChangeFan": change_fan,
    "ReadFan": read(car.FAN_SPEED, "percent"),
    "AirConditioning": switch(car.AIR_CONDITIONING),
    "Defrost": defrost,
    "Recirculation": switch(RECIRCULATION),
    "AirDirection": air_direction,
    "WindscreenHeating": switch(WINDSCREEN),
    "MirrorHeating": switch(MIRRORS),
}
