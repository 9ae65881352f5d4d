# SPDX-License-Identifier: Apache-2.0
"""Actions that many domains share: answer with a signal, turn a switch, take a share of something up or down."""

from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number, plain

FULL = 100  # percent


def read(path: str, name: str, *, scale: float = 1.0, digits: int = 0) -> Action:
    """An action that answers with a signal as `name`, scaled and rounded."""

    async def action(world: World, _slots: Slots) -> Outcome:
        value = await world.car.number(path)
        if value is None:
            return NOT_REPORTED
        rounded = round(value * scale, digits) if digits else round(value * scale)
        return Outcome(ok=True, answer="done", values={name: plain(rounded)})

    return action


def read_switch(path: str, slot: str = "") -> Action:
    """An action that answers `on` or `off`. `slot` is not used; it keeps the forms alike."""
    _ = slot

    async def action(world: World, _slots: Slots) -> Outcome:
        value = await world.car.is_on(path)
        if value is None:
            return NOT_REPORTED
        return Outcome(ok=True, answer="on" if value else "off")

    return action


def switch(*paths: str) -> Action:
    """An action that turns switches on or off by the slot `active`."""

    async def action(world: World, slots: Slots) -> Outcome:
        active = bool(slots["active"])
        undo = await world.car.make(dict.fromkeys(paths, active))
        return Outcome(ok=True, answer="on" if active else "off", undo=undo)

    return action


async def step(world: World, path: str, slots: Slots, size: int, within: tuple[int, int] = (0, FULL)) -> Outcome:
    """One step of `size` in the slot `direction` from the present value, within the limits; said as `percent`."""
    present = await world.car.number(path)
    if present is None:
        return Outcome(ok=False, answer="unknown")
    low, high = within
    wanted = min(high, max(low, round(present / size) * size + size * int(number(slots, "direction"))))
    values = {"percent": str(wanted)}
    if wanted == present:
        return Outcome(ok=False, answer="at_limit", values=values)
    undo = await world.car.make({path: wanted})
    return Outcome(ok=True, answer="done", values=values, undo=undo)
