# SPDX-License-Identifier: Apache-2.0
"""Warm seats and a warm steering wheel, and who sits where."""

from ivi.model.signal import Scalar
from ivi.voice.dialogue.actions.signals import step
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World, number

_SEAT = "Vehicle.Cabin.Seat.{}.{}"
HEATING = {
    "driver": _SEAT.format("Row1.DriverSide", "HeatingCooling"),
    "passenger": _SEAT.format("Row1.PassengerSide", "HeatingCooling"),
}
WHEEL = "Vehicle.Chassis.SteeringWheel.HeatingCooling"
SEATS = ("Row1.DriverSide", "Row1.PassengerSide", "Row2.DriverSide", "Row2.PassengerSide")
LEVEL = 33  # percent of one of three levels, as on the climate page
MOST = 99  # percent at the third level


async def seat_heating(world: World, slots: Slots) -> Outcome:
    """To `level` 0 to 3 at the zone; "both" is both front seats."""
    zone, level = str(slots.get("zone", "driver")), int(number(slots, "level", 2.0))
    paths = tuple(HEATING.values()) if zone == "both" else (HEATING[zone],) if zone in HEATING else ()
    if not paths:
        return Outcome(ok=False, answer="no_rear")
    undo = await world.car.make(dict.fromkeys(paths, level * LEVEL))
    return Outcome(ok=True, answer="level" if level else "off", values={"zone": zone, "level": str(level)}, undo=undo)


async def change_seat_heating(world: World, slots: Slots) -> Outcome:
    """One level up or down."""
    zone = str(slots.get("zone", "driver"))
    if zone not in HEATING:
        return Outcome(ok=False, answer="no_rear")
    return _levels(await step(world, HEATING[zone], slots, LEVEL, (0, MOST)))


async def wheel_heating(world: World, slots: Slots) -> Outcome:
    """On at the middle level, or off."""
    active = bool(slots["active"])
    undo = await world.car.make({WHEEL: 2 * LEVEL if active else 0})
    return Outcome(ok=True, answer="on" if active else "off", undo=undo)


async def read_heating(world: World, slots: Slots) -> Outcome:
    """The level of a seat."""
    zone = str(slots.get("zone", "driver"))
    if zone not in HEATING:
        return Outcome(ok=False, answer="no_rear")
    value = await world.car.number(HEATING[zone])
    if value is None:
        return NOT_REPORTED
    level = round(value / LEVEL)
    return Outcome(ok=True, answer="level" if level > 0 else "off", values={"zone": zone, "level": str(level)})


async def read_belts(world: World, _slots: Slots) -> Outcome:
    """Whether everybody who sits is belted."""
    paths = [_SEAT.format(seat, leaf) for seat in SEATS for leaf in ("OccupancyStatus", "IsBelted")]
    said: dict[str, object] = dict(await world.car.read(paths))
    taken = [seat for seat in SEATS if said.get(_SEAT.format(seat, "OccupancyStatus")) == "OCCUPIED"]
    if not taken:
        return NOT_REPORTED
    loose = [seat for seat in taken if said.get(_SEAT.format(seat, "IsBelted")) is not True]
    return Outcome(ok=True, answer="loose" if loose else "belted", values={"count": str(len(loose) or len(taken))})


def _levels(outcome: Outcome) -> Outcome:
    """Percent said as a level."""
    level: Scalar = round(int(outcome.values.get("percent", "0")) / LEVEL)
    return Outcome(outcome.ok, outcome.answer, {"level": str(level)}, undo=outcome.undo)


ACTIONS: dict[str, Action] = {
    "SeatHeating": seat_heating,
    "ChangeSeatHeating": change_seat_heating,
    "WheelHeating": wheel_heating,
    "ReadSeatHeating": read_heating,
    "ReadBelts": read_belts,
}
