# SPDX-License-Identifier: Apache-2.0
"""Departures for which the cabin is made warm or cool in time; the climate schedule keeps them."""

from datetime import datetime

from ivi.model.climate_schedule import Departure, Departures, RemoveDeparture, SetDeparture, SubscribeDepartures
from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

ID = "voice"
"""The departure that is set by voice; setting another replaces it."""


async def set_departure(world: World, slots: Slots) -> Outcome:
    """Every day at this time."""
    minute = (int(number(slots, "hour")) % 24) * 60 + int(number(slots, "minute"))
    before: Departures = await world.services.now(SubscribeDepartures())
    old = next((one for one in before.departures if one.id == ID), None)
    await world.services.call(SetDeparture(Departure(ID, minute)))

    async def undo() -> None:
        await world.services.call(SetDeparture(old) if old is not None else RemoveDeparture(ID))

    return Outcome(ok=True, answer="done", values={"time": clock(minute)}, undo=undo)


async def clear_departures(world: World, _slots: Slots) -> Outcome:
    """Forget all."""
    before: Departures = await world.services.now(SubscribeDepartures())
    if not before.departures:
        return Outcome(ok=False, answer="none")
    for one in before.departures:
        await world.services.call(RemoveDeparture(one.id))

    async def undo() -> None:
        for one in before.departures:
            await world.services.call(SetDeparture(one))

    return Outcome(ok=True, answer="done", values={"count": str(len(before.departures))}, undo=undo)


async def read_departure(world: World, _slots: Slots) -> Outcome:
    """When the next one is."""
    now: Departures = await world.services.now(SubscribeDepartures())
    if not now.next:
        return Outcome(ok=True, answer="none")
    at = datetime.fromtimestamp(now.next, world.clock().tzinfo)
    return Outcome(ok=True, answer="done", values={"time": clock(at.hour * 60 + at.minute)})


def clock(minute: int) -> str:
    """A time of day as it is said and shown: 7:30."""
    return f"{minute // 60}:{minute % 60:02d}"


ACTIONS: dict[str, Action] = {
    "SetDeparture": set_departure,
    "ClearDepartures": clear_departures,
    "ReadDeparture": read_departure,
}
