# SPDX-License-Identifier: Apache-2.0
"""Side windows. The guards: closing is always confirmed (policy), because a voice cannot see a hand in the way and the
car reports no obstacle; a rear window stays as it is while the child lock is on, or while the car does not say whether
it is; and a window that was opened is not closed by "put it back".
"""

from ivi.model.errors import IviError
from ivi.model.profiles import Profiles, SubscribeProfiles
from ivi.model.signal import Scalar
from ivi.voice.dialogue.actions.signals import switch
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

_WINDOW = "Vehicle.Cabin.Door.{}.Window.Position"
POSITIONS = {
    place: _WINDOW.format(door)
    for place, door in (
        ("driver", "Row1.DriverSide"),
        ("passenger", "Row1.PassengerSide"),
        ("behind_driver", "Row2.DriverSide"),
        ("behind_passenger", "Row2.PassengerSide"),
    )
}
CHILD_LOCK = "Vehicle.Cabin.IsWindowChildLockEngaged"
REAR = ("behind_driver", "behind_passenger")
GAP = 20  # percent of "a little"
OPEN, CLOSED = 100, 0  # percent


async def open_window(world: World, slots: Slots) -> Outcome:
    """All the way, or a little."""
    return await _move(world, slots, GAP if slots.get("little") else OPEN, "opened")


async def close_window(world: World, slots: Slots) -> Outcome:
    """All the way."""
    return await _move(world, slots, CLOSED, "closed")


async def set_window(world: World, slots: Slots) -> Outcome:
    """So far open, percent."""
    return await _move(world, slots, int(number(slots, "percent")), "set")


async def read_windows(world: World, _slots: Slots) -> Outcome:
    """How many are open."""
    said = [value for value in (await world.car.read(POSITIONS.values())).values() if isinstance(value, int | float)]
    if not said:
        return NOT_REPORTED
    opened = sum(1 for value in said if value > 0)
    return Outcome(ok=True, answer="open" if opened else "closed", values={"count": str(opened)})


async def _move(world: World, slots: Slots, percent: int, answer: str) -> Outcome:
    zone = str(slots.get("zone", "driver"))
    places = await _places(world, zone)
    if any(place in REAR for place in places) and await world.car.is_on(CHILD_LOCK) is not False:
        if zone != "all":
            return Outcome(ok=False, answer="child_lock")
        places = tuple(place for place in places if place not in REAR)
    before = await world.car.read(POSITIONS[place] for place in places)
    values: dict[str, Scalar] = dict.fromkeys((POSITIONS[place] for place in places), percent)
    undo = await world.car.make(values, confirm=False)
    closes = any(isinstance(value, int | float) and value < percent for value in before.values())
    said = {"zone": zone, "percent": str(percent)}
    return Outcome(ok=True, answer=answer, values=said, undo=None if closes or not before else undo)


async def _places(world: World, zone: str) -> tuple[str, ...]:
    """The windows of a zone. Left and right depend on where the wheel is."""
    if zone in {"rear_left", "rear_right"}:
        behind = "behind_driver" if (zone == "rear_left") is not await _steers_right(world) else "behind_passenger"
        return (behind,)
    return {"all": tuple(POSITIONS), "both": ("driver", "passenger"), "rear": REAR}.get(zone, (zone,))


async def _steers_right(world: World) -> bool:
    try:
        said: Profiles = await world.services.now(SubscribeProfiles())
    except IviError:
        return False  # as most cars of the world
    return said.steering_right


ACTIONS: dict[str, Action] = {
    "OpenWindow": open_window,
    "CloseWindow": close_window,
    "SetWindow": set_window,
    "ReadWindows": read_windows,
    "WindowChildLock": switch(CHILD_LOCK),
}
