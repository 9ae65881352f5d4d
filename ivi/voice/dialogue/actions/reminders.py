# SPDX-License-Identifier: Apache-2.0
"""Reminders that are kept over a restart and said when they are due."""

from datetime import datetime, timedelta

from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

NOON = 12  # o'clock; a later hour is meant as it is said


async def set_reminder(world: World, slots: Slots) -> Outcome:
    """In so many minutes or hours."""
    minutes = number(slots, "minutes") * (60 if slots.get("unit") == "hours" else 1)
    return _keep(world, world.clock() + timedelta(minutes=minutes), slots)


async def set_reminder_at(world: World, slots: Slots) -> Outcome:
    """When the clock's hands next show this time: "eight" said at noon is in the evening. The answer tells which."""
    now = world.clock()
    hour = int(number(slots, "hour")) % 24
    at = now.replace(hour=hour, minute=int(number(slots, "minute")), second=0, microsecond=0)
    times = [at, at + timedelta(hours=12)] if 0 < hour <= NOON else [at]
    return _keep(world, min(one if one > now else one + timedelta(days=1) for one in times), slots)


async def read_reminders(world: World, _slots: Slots) -> Outcome:
    """How many, and the next one."""
    kept = world.notebook.reminders()
    if not kept:
        return Outcome(ok=True, answer="none")
    values = {"count": str(len(kept)), "text": kept[0].text, "time": _time(world, kept[0].due)}
    return Outcome(ok=True, answer="one" if len(kept) == 1 else "some", values=values)


async def clear_reminders(world: World, _slots: Slots) -> Outcome:
    """Forget all."""
    kept = world.notebook.reminders()
    if not kept:
        return Outcome(ok=False, answer="none")
    world.notebook.forget_reminders([one.id for one in kept])

    async def undo() -> None:
        for one in kept:
            world.notebook.remind(one.due, one.text)

    return Outcome(ok=True, answer="done", values={"count": str(len(kept))}, undo=undo)


def _keep(world: World, at: datetime, slots: Slots) -> Outcome:
    kept = world.notebook.remind(int(at.timestamp()), str(slots["text"]))

    async def undo() -> None:
        world.notebook.forget_reminders([kept.id])

    values = {"time": _time(world, kept.due), "text": kept.text}
    return Outcome(ok=True, answer="done", values=values, undo=undo)


def _time(world: World, due: int) -> str:
    at = datetime.fromtimestamp(due, world.clock().tzinfo)
    return f"{at.hour}:{at.minute:02d}"


ACTIONS: dict[str, Action] = {
    "SetReminder": set_reminder,
    "SetReminderAt": set_reminder_at,
    "ReadReminders": read_reminders,
    "ClearReminders": clear_reminders,
}
