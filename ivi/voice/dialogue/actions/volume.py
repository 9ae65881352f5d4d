# SPDX-License-Identifier: Apache-2.0
"""Loudness of the car's sound, where the car takes it from us (VSS Infotainment.Media.Volume)."""

from ivi.model.errors import InvalidArgumentError, NotFoundError, UnavailableError
from ivi.voice.dialogue.actions.signals import step
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

VOLUME = "Vehicle.Cabin.Infotainment.Media.Volume"
STEP = 10  # percent of "louder" and "quieter"
_NO_PATH = (NotFoundError, UnavailableError, InvalidArgumentError)
NOBODY = Outcome(ok=False, answer="nobody")


async def set_volume(world: World, slots: Slots) -> Outcome:
    """To percent."""
    percent = min(100, int(number(slots, "percent")))
    try:
        undo = await world.car.make({VOLUME: percent})
    except _NO_PATH:
        return NOBODY
    return Outcome(ok=True, answer="done", values={"percent": str(percent)}, undo=undo)


async def change_volume(world: World, slots: Slots) -> Outcome:
    """Louder or quieter."""
    try:
        if await world.car.number(VOLUME) is None:
            return NOBODY
        return await step(world, VOLUME, slots, STEP)
    except _NO_PATH:
        return NOBODY


async def mute(world: World, _slots: Slots) -> Outcome:
    """No sound at all; "put it back" has it as before."""
    try:
        undo = await world.car.make({VOLUME: 0})
    except _NO_PATH:
        return NOBODY
    return Outcome(ok=True, answer="done", undo=undo)


ACTIONS: dict[str, Action] = {"SetVolume": set_volume, "ChangeVolume": change_volume, "Mute": mute}
