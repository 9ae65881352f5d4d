# SPDX-License-Identifier: Apache-2.0
"""Loudness of the car's sound, by the service that the screen's own knob asks."""

from ivi.model.audio import ChangeVolume, SetMuted, SetVolume, Sound, SubscribeSound
from ivi.model.errors import UnavailableError
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

NOBODY = Outcome(ok=False, answer="nobody")
LOUDEST = 100  # percent


async def set_volume(world: World, slots: Slots) -> Outcome:
    """To percent."""
    return await _to(world, min(LOUDEST, max(0, int(number(slots, "percent")))))


async def change_volume(world: World, slots: Slots) -> Outcome:
    """A step louder or quieter."""
    try:
        before: Sound = await world.services.now(SubscribeSound())
        after: Sound = await world.services.call(ChangeVolume(int(number(slots, "direction", 1.0))))
    except UnavailableError:
        return NOBODY
    if before.volume is None or after.volume is None:
        return NOBODY
    values = {"percent": str(after.volume)}
    if after.volume == before.volume:
        return Outcome(ok=False, answer="at_limit", values=values)
    loud = before.volume

    async def undo() -> None:
        await world.services.call(SetVolume(loud))

    return Outcome(ok=True, answer="done", values=values, undo=undo)


async def mute(world: World, _slots: Slots) -> Outcome:
    """No sound at all; "put it back" has it as before."""
    try:
        await world.services.call(SetMuted(True))
    except UnavailableError:
        return NOBODY

    async def undo() -> None:
        await world.services.call(SetMuted(False))

    return Outcome(ok=True, answer="done", undo=undo)


async def read_volume(world: World, _slots: Slots) -> Outcome:
    """How loud it is."""
    said: Sound = await world.services.now(SubscribeSound())
    if said.volume is None:
        return NOBODY
    return Outcome(ok=True, answer="muted" if said.muted else "done", values={"percent": str(said.volume)})


async def _to(world: World, percent: int) -> Outcome:
    try:
        before: Sound = await world.services.now(SubscribeSound())
        await world.services.call(SetVolume(percent))
    except UnavailableError:
        return NOBODY
    loud = before.volume

    async def undo() -> None:
        if loud is not None:
            await world.services.call(SetVolume(loud))

    return Outcome(ok=True, answer="done", values={"percent": str(percent)}, undo=undo)


ACTIONS: dict[str, Action] = {
    "SetVolume": set_volume,
    "ChangeVolume": change_volume,
    "Mute": mute,
    "ReadVolume": read_volume,
}
