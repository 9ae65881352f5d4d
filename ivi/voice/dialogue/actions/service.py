# SPDX-License-Identifier: Apache-2.0
"""When the next service is. Nobody on board books one: the voice keeps a reminder to call the workshop instead."""

from datetime import timedelta

from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World

DISTANCE, DUE = "Vehicle.Service.DistanceToService", "Vehicle.Service.IsServiceDue"
MORNING = 9  # o'clock, when workshops are open


async def read_service(world: World, _slots: Slots) -> Outcome:
    """Kilometres until then, or that it is due."""
    if await world.car.is_on(DUE):
        return Outcome(ok=True, answer="due")
    distance = await world.car.number(DISTANCE)
    if distance is None:
        return NOT_REPORTED
    return Outcome(ok=True, answer="done", values={"kilometers": str(round(distance))})


async def book_service(world: World, slots: Slots) -> Outcome:
    """A reminder for tomorrow morning, in the driver's own words for it."""
    now = world.clock()
    at = (now + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    kept = world.notebook.remind(int(at.timestamp()), str(slots.get("text", "book_service")))

    async def undo() -> None:
        world.notebook.forget_reminders([kept.id])

    return Outcome(ok=True, answer="reminder", undo=undo)


ACTIONS: dict[str, Action] = {"ReadService": read_service, "BookService": book_service}
