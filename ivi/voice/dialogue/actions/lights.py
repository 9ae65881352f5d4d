# SPDX-License-Identifier: Apache-2.0
"""Lights inside. Those outside, wipers and the horn have their own switches, and the voice leaves them alone."""

from ivi.voice.dialogue.actions.signals import read_switch, step, switch
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

DOME = "Vehicle.Cabin.Light.IsDomeOn"
AMBIENT = "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.IsLightOn"
INTENSITY = "Vehicle.Cabin.Light.AmbientLight.Row1.DriverSide.Intensity"
STEP = 20  # percent of "brighter" and "dimmer"


async def set_ambient(world: World, slots: Slots) -> Outcome:
    """So bright, 1 to 100 percent; at none it is off."""
    percent = int(number(slots, "percent"))
    undo = await world.car.make({INTENSITY: percent, AMBIENT: True} if percent else {AMBIENT: False})
    return Outcome(ok=True, answer="done" if percent else "off", values={"percent": str(percent)}, undo=undo)


async def change_ambient(world: World, slots: Slots) -> Outcome:
    """Brighter or dimmer."""
    return await step(world, INTENSITY, slots, STEP, (STEP, 100))


async def outside(_world: World, _slots: Slots) -> Outcome:
    """Not by voice, as on the screen: their switches are at hand, and a mishearing would be dangerous."""
    return Outcome(ok=False, answer="switch")


ACTIONS: dict[str, Action] = {
    "DomeLight": switch(DOME),
    "AmbientLight": switch(AMBIENT),
    "SetAmbient": set_ambient,
    "ChangeAmbient": change_ambient,
    "ReadDome": read_switch(DOME),
    "ShowOutside": outside,
}
