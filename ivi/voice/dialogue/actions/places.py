# SPDX-License-Identifier: Apache-2.0
"""Where the car is, places with a name, and the way to them. The destination goes to whoever navigates (VSS
Navigation.DestinationSet); without one the answer is how far it is and in which direction.
"""

import math

from ivi.model.errors import InvalidArgumentError, NotFoundError, UnavailableError
from ivi.voice.dialogue.notebook import Place
from ivi.voice.dialogue.outcome import NOT_REPORTED, Outcome, Slots
from ivi.voice.dialogue.world import Action, World

LATITUDE, LONGITUDE = "Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"
HEADING, ALTITUDE = "Vehicle.CurrentLocation.Heading", "Vehicle.CurrentLocation.Altitude"
_SET = "Vehicle.Cabin.Infotainment.Navigation.DestinationSet"
EARTH = 6371.0  # kilometres, mean radius
POINTS = ("north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west")
FIXED = ("home", "work")
"""Places that everybody has; their words are in the language's files."""


async def navigate_to(world: World, slots: Slots) -> Outcome:
    """Set the destination."""
    name = str(slots["place"])
    place = world.notebook.place(name)
    if place is None:
        return Outcome(ok=False, answer="unknown", values={"place": name})
    try:
        await world.car.make({f"{_SET}.Latitude": place.latitude, f"{_SET}.Longitude": place.longitude})
    except (NotFoundError, UnavailableError, InvalidArgumentError):
        return await _far(world, place, "nobody")
    return Outcome(ok=True, answer="done", values={"place": name}, page="navigation")


async def distance_to(world: World, slots: Slots) -> Outcome:
    """As the crow flies."""
    name = str(slots["place"])
    place = world.notebook.place(name)
    if place is None:
        return Outcome(ok=False, answer="unknown", values={"place": name})
    return await _far(world, place, "done")


async def read_location(world: World, _slots: Slots) -> Outcome:
    """Degrees; a name for it is nowhere on board."""
    here = await _here(world)
    if here is None:
        return NOT_REPORTED
    latitude, longitude = here
    values = {
        "latitude": f"{abs(latitude):.3f}",
        "longitude": f"{abs(longitude):.3f}",
        "north_south": "north" if latitude >= 0 else "south",
        "east_west": "east" if longitude >= 0 else "west",
    }
    return Outcome(ok=True, answer="done", values=values)


async def read_heading(world: World, _slots: Slots) -> Outcome:
    """One of eight points of the compass."""
    degrees = await world.car.number(HEADING)
    if degrees is None:
        return NOT_REPORTED
    return Outcome(ok=True, answer="done", values={"point": _point(degrees)})


async def read_altitude(world: World, _slots: Slots) -> Outcome:
    """Metres."""
    metres = await world.car.number(ALTITUDE)
    if metres is None:
        return NOT_REPORTED
    return Outcome(ok=True, answer="done", values={"metres": str(round(metres))})


async def save_place(world: World, slots: Slots) -> Outcome:
    """Remember where the car is by a name."""
    here, name = await _here(world), str(slots["place"])
    if here is None:
        return NOT_REPORTED
    old = world.notebook.place(name)
    world.notebook.keep_place(Place(name, *here))

    async def undo() -> None:
        if old is not None:
            world.notebook.keep_place(old)
        else:
            world.notebook.forget_place(name)

    return Outcome(ok=True, answer="done", values={"place": name}, undo=undo)


async def forget_place(world: World, slots: Slots) -> Outcome:
    """Forget one by its name."""
    name = str(slots["place"])
    old = world.notebook.place(name)
    if old is None:
        return Outcome(ok=False, answer="unknown", values={"place": name})
    world.notebook.forget_place(name)

    async def undo() -> None:
        world.notebook.keep_place(old)

    return Outcome(ok=True, answer="done", values={"place": name}, undo=undo)


async def read_places(world: World, _slots: Slots) -> Outcome:
    """How many are known."""
    names = [place.name for place in world.notebook.places()]
    return Outcome(ok=True, answer="done" if names else "none", values={"count": str(len(names))})


async def stop_navigation(world: World, _slots: Slots) -> Outcome:
    """No destination any more."""
    try:
        await world.car.make({f"{_SET}.Latitude": 0.0, f"{_SET}.Longitude": 0.0})
    except (NotFoundError, UnavailableError, InvalidArgumentError):
        return Outcome(ok=False, answer="none")
    return Outcome(ok=True, answer="done")


async def _here(world: World) -> tuple[float, float] | None:
    latitude, longitude = await world.car.number(LATITUDE), await world.car.number(LONGITUDE)
    return None if latitude is None or longitude is None else (latitude, longitude)


async def _far(world: World, place: Place, answer: str) -> Outcome:
    here = await _here(world)
    if here is None:
        return NOT_REPORTED
    kilometres, bearing = way(here, (place.latitude, place.longitude))
    values = {"place": place.name, "kilometers": str(round(kilometres)), "point": _point(bearing)}
    return Outcome(ok=answer == "done", answer=answer, values=values)


def way(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Kilometres along the great circle, and its bearing at the start; places in degrees."""
    (north, east), (to_north, to_east) = ([math.radians(one) for one in place] for place in (start, end))
    turn = to_east - east
    cosine = math.sin(north) * math.sin(to_north) + math.cos(north) * math.cos(to_north) * math.cos(turn)
    up = math.cos(north) * math.sin(to_north) - math.sin(north) * math.cos(to_north) * math.cos(turn)
    bearing = math.degrees(math.atan2(math.sin(turn) * math.cos(to_north), up)) % 360
    return EARTH * math.acos(max(-1.0, min(1.0, cosine))), bearing


def _point(degrees: float) -> str:
    return POINTS[round(degrees / 45) % len(POINTS)]


ACTIONS: dict[str, Action] = {
    "NavigateTo": navigate_to,
    "DistanceTo": distance_to,
    "ReadLocation": read_location,
    "ReadHeading": read_heading,
    "ReadAltitude": read_altitude,
    "SavePlace": save_place,
    "ForgetPlace": forget_place,
    "ReadPlaces": read_places,
    "StopNavigation": stop_navigation,
}
