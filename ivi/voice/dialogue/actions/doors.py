# SPDX-License-Identifier: Apache-2.0
"""Locks, doors, boot and mirrors. What opens the car is done while it is parked, and after a yes (policy)."""

from ivi.voice.dialogue.actions.signals import switch
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World

_DOORS = ("Row1.DriverSide", "Row1.PassengerSide", "Row2.DriverSide", "Row2.PassengerSide")
BOOT, BOOT_LOCK = "Vehicle.Body.Trunk.Rear.IsOpen", "Vehicle.Body.Trunk.Rear.IsLocked"
LOCKS = (*(f"Vehicle.Cabin.Door.{door}.IsLocked" for door in _DOORS), BOOT_LOCK)
OPENINGS = (*(f"Vehicle.Cabin.Door.{door}.IsOpen" for door in _DOORS), BOOT, "Vehicle.Body.Hood.IsOpen")
MIRRORS = "Vehicle.Body.Mirrors.DriverSide.IsFolded"


async def lock(world: World, _slots: Slots) -> Outcome:
    """All doors and the boot. It is not put back by itself: unlocking takes a yes."""
    await world.car.make(dict.fromkeys(LOCKS, True))
    return Outcome(ok=True, answer="done")


async def unlock(world: World, _slots: Slots) -> Outcome:
    """All doors and the boot."""
    undo = await world.car.make(dict.fromkeys(LOCKS, False))
    return Outcome(ok=True, answer="done", undo=undo)


async def open_boot(world: World, _slots: Slots) -> Outcome:
    """Open; it moves for some seconds."""
    await world.car.make({BOOT: True}, confirm=False)
    return Outcome(ok=True, answer="done")


async def close_boot(world: World, _slots: Slots) -> Outcome:
    """Close; it moves for some seconds."""
    await world.car.make({BOOT: False}, confirm=False)
    return Outcome(ok=True, answer="done")


async def read_doors(world: World, _slots: Slots) -> Outcome:
    """What is open."""
    said = [value for value in (await world.car.read(OPENINGS)).values() if value is not None]
    if not said:
        return NOT_REPORTED
    count = sum(1 for value in said if value)
    return Outcome(ok=True, answer="open" if count else "closed", values={"count": str(count)})


async def read_locks(world: World, _slots: Slots) -> Outcome:
    """Whether all is locked."""
    said = [value for value in (await world.car.read(LOCKS)).values() if value is not None]
    if not said:
        return NOT_REPORTED
    return Outcome(ok=True, answer="locked" if all(said) else "unlocked")


ACTIONS: dict[str, Action] = {
    "LockDoors": lock,
    "UnlockDoors": unlock,
    "OpenBoot": open_boot,
    "CloseBoot": close_boot,
    "ReadDoors": read_doors,
    "ReadLocks": read_locks,
    "FoldMirrors": switch(MIRRORS),
}
