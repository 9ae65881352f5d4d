# SPDX-License-Identifier: Apache-2.0
"""What apps notified the driver of, read aloud once the driver has allowed that: others in the car hear it."""

from ivi.voice.dialogue.outcome import Outcome, Slots
from ivi.voice.dialogue.world import Action, World

ALOUD = "read_aloud"
"""Name of the permission in the notebook; off until the driver says so."""
READ_AT_ONCE = 3  # messages


async def read_messages(world: World, _slots: Slots) -> Outcome:
    """The newest ones."""
    if not world.notebook.is_allowed(ALOUD):
        return Outcome(ok=False, answer="not_allowed")
    newest = list(world.apps.notices)[-READ_AT_ONCE:][::-1]
    if not newest:
        return Outcome(ok=True, answer="none")
    words = [f"{notice.app_name}: {notice.title}. {notice.text}".strip() for notice in newest]
    return Outcome(ok=True, answer="done", said=" ".join(words), private=True, page="messages")


async def count_messages(world: World, _slots: Slots) -> Outcome:
    """How many there are; this tells nobody what is in them."""
    count = len(world.apps.notices)
    return Outcome(ok=True, answer="done" if count else "none", values={"count": str(count)})


async def message_reading(world: World, slots: Slots) -> Outcome:
    """Allow or forbid it."""
    active, before = bool(slots["active"]), world.notebook.is_allowed(ALOUD)
    world.notebook.allow(ALOUD, allowed=active)

    async def undo() -> None:
        world.notebook.allow(ALOUD, allowed=before)

    return Outcome(ok=True, answer="on" if active else "off", undo=undo)


ACTIONS: dict[str, Action] = {
    "ReadMessages": read_messages,
    "CountMessages": count_messages,
    "MessageReading": message_reading,
}
