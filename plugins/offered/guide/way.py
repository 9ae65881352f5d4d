# SPDX-License-Identifier: Apache-2.0
"""One way to a place: how it is made, what is to be done on it, and how much of it is left."""

from dataclasses import dataclass

from ivi.sdk import ChargeStop, Maneuver, Position, Route, Turn, encode_route

from .battery import FULL, LEAST, MARGIN, RESERVE, Battery
from .roads import AT_ONCE, Leg, Place, Point, Roads, Spot, along, bearing, between, metres, turned

BEND = 30.0  # degrees; less is going straight on
SLIGHT, SHARP, ROUND = 50.0, 120.0, 165.0  # degrees up to which a turn is slight, plain, sharp
BEHIND = 60.0  # metres that a position may fall back, as positions tremble
AHEAD = 250.0  # metres of the way in which the car is looked for
ASTRAY = 70.0  # metres beside the way at which the car is not on it; the roads are drawn coarsely
NEARER = 0.1  # of a metre beside the way that a metre along it counts as, so that bends do not confuse
TURN_SECONDS, TURN_METRES = 60.0, 600.0  # that a way may be longer before turning round is better
MANY = 2  # legs at a junction with no choice


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do on the way."""

    at: float
    """Metres from the way's start."""
    maneuver: Maneuver
    road: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A charger on the way."""

    charger: Place
    at: float
    """Metres from the way's start."""
    position: Point
    arrival: float | None  # percent
    target: float  # percent
    seconds: float | None


class Way:
    """A way and where the car is on it."""

    def __init__(self, roads: Roads, start: Spot, legs: list[Leg], goal: Place, stop: Stop | None = None) -> None:
        self.goal = goal
        self.stop = stop
        self.legs = legs
        self.points = [start.point, *(roads.points[leg.end] for leg in legs)]
        first = legs[0]
        part = 1 - start.passed if first == start.leg else start.passed
        self._parts = [part, *(1.0 for _ in legs[1:])]
        self.ends: list[float] = []
        """Metres from the start to the end of each leg."""
        for leg, share in zip(legs, self._parts, strict=True):
            self.ends.append((self.ends[-1] if self.ends else 0.0) + leg.length * share)
        self.steps = self._steps(roads)
        if first != start.leg and start.passed * start.leg.length > AT_ONCE:
            self.steps.insert(0, Step(0.0, Maneuver.U_TURN, first.road))
        self.driven = 0.0
        self.away = 0.0
        """Metres between the car and the way."""

    @property
    def length(self) -> float:
        """Metres from its start."""
        return self.ends[-1]

    @property
    def left(self) -> float:
        """Metres that are left."""
        return max(0.0, self.length - self.driven)

    @property
    def effort(self) -> float:
        """What is left, in metres of level road."""
        return sum(leg.effort * share for leg, share in self._rest())

    @property
    def seconds(self) -> float:
        """Of driving that are left, and of charging."""
        driving = sum(leg.seconds * share for leg, share in self._rest())
        waiting = self.stop.seconds if self.stop is not None and self.driven < self.stop.at else None
        return driving + (waiting or 0.0)

    @property
    def name(self) -> str:
        """The road that most of it is on."""
        lengths: dict[str, float] = {}
        for leg, share in zip(self.legs, self._parts, strict=True):
            lengths[leg.road] = lengths.get(leg.road, 0.0) + leg.length * share
        return max(lengths, key=lambda road: lengths[road])

    @property
    def line(self) -> str:
        """The rest of the way for the map."""
        number = self._number()
        return encode_route([self._here(number), *self.points[number + 1 :]])

    def follow(self, here: Point) -> None:
        """The car is here now. After a gap, as behind a tunnel, it is looked for on the whole rest of the way."""
        away, driven = self._find(here, AHEAD)
        if away > ASTRAY:
            farther = self._find(here, self.length)
            if farther[0] < ASTRAY:
                away, driven = farther
        self.away = away
        self.driven = max(self.driven - BEHIND, driven)

    def _find(self, here: Point, ahead: float) -> tuple[float, float]:
        """Metres beside the way, and metres from its start, of where the car is most likely."""
        found = []
        begin = 0.0
        for number, end in enumerate(self.ends):
            if end >= self.driven - BEHIND and begin <= self.driven + ahead:
                a, b = self.points[number], self.points[number + 1]
                part = along(a, b, here)
                away, driven = metres(between(a, b, part), here), begin + (end - begin) * part
                found.append((away + abs(driven - self.driven) * NEARER, away, driven))
            begin = end
        return min(found)[1:]

    def turns(self) -> tuple[Turn, Turn | None]:
        """What to do next, and after that."""
        coming = [step for step in self.steps if step.at > self.driven - 5] or self.steps[-1:]
        turns = [Turn(step.maneuver, max(0.0, step.at - self.driven), step.road) for step in coming[:2]]
        return turns[0], turns[1] if len(turns) > 1 else None

    def stops(self) -> list[ChargeStop]:
        """Chargers that are still to come."""
        stop = self.stop
        if stop is None or self.driven > stop.at:
            return []
        arrival = None if stop.arrival is None else min(100.0, max(0.0, stop.arrival))
        position = Position(*stop.position)
        return [ChargeStop(stop.charger.id, stop.charger.name, position, stop.at - self.driven, arrival, stop.seconds)]

    def preview(self, key: str, words: tuple[str, str], battery: Battery, *, selected: bool) -> Route:
        """As one of the routes to choose from; `words` are its title and its badge."""
        title, badge = words
        energy, arrival = battery.energy(self.effort), self.arrival(battery)
        return Route(key, title, self.left, self.seconds, energy, arrival, badge, selected=selected)

    def arrival(self, battery: Battery) -> float | None:
        """Percent at the destination, with what is charged on the way; None when the car does not tell enough."""
        left = battery.left(self.effort)
        if left is not None and self.stop is not None and self.driven < self.stop.at and self.stop.arrival is not None:
            left += max(0.0, self.stop.target - self.stop.arrival)
        return None if left is None else min(100.0, max(0.0, left))

    def _rest(self) -> list[tuple[Leg, float]]:
        """Legs that are left, and how much of each."""
        rest, begin = [], 0.0
        for leg, end in zip(self.legs, self.ends, strict=True):
            if end > self.driven:
                rest.append((leg, (end - max(begin, self.driven)) / leg.length))
            begin = end
        return rest

    def _number(self) -> int:
        return next((number for number, end in enumerate(self.ends) if end > self.driven), len(self.ends) - 1)

    def _here(self, number: int) -> Point:
        begin = self.ends[number - 1] if number else 0.0
        span = max(1e-9, self.ends[number] - begin)
        return between(self.points[number], self.points[number + 1], min(1.0, max(0.0, (self.driven - begin) / span)))

    def _steps(self, roads: Roads) -> list[Step]:
        steps = []
        for number, (leg, after) in enumerate(zip(self.legs, self.legs[1:], strict=False)):
            a, b, c = (roads.points[name] for name in (leg.start, leg.end, after.end))
            turn = turned(bearing(a, b), bearing(b, c))
            crossing = len(roads.legs[leg.end]) > MANY and abs(turn) >= BEND
            if crossing or leg.road != after.road or abs(turn) > ROUND:
                steps.append(Step(self.ends[number], maneuver(turn), after.road))
        return [*steps, Step(self.length, Maneuver.ARRIVE, self.goal.name)]


def maneuver(turn: float) -> Maneuver:
    """The arrow for a turn by so many degrees, positive to the right."""
    size, right = abs(turn), turn > 0
    if size < BEND:
        return Maneuver.STRAIGHT
    if size < SLIGHT:
        return Maneuver.SLIGHT_RIGHT if right else Maneuver.SLIGHT_LEFT
    if size < SHARP:
        return Maneuver.RIGHT if right else Maneuver.LEFT
    if size < ROUND:
        return Maneuver.SHARP_RIGHT if right else Maneuver.SHARP_LEFT
    return Maneuver.U_TURN


class Planner:
    """Makes ways."""

    def __init__(self, roads: Roads) -> None:
        self._roads = roads

    def fastest(self, start: Spot, goal: Place) -> Way:
        """In time."""
        return Way(self._roads, start, self._roads.way(start, goal.at, lambda leg: leg.seconds, TURN_SECONDS), goal)

    def shortest(self, start: Spot, goal: Place) -> Way:
        """In metres."""
        return Way(self._roads, start, self._roads.way(start, goal.at, lambda leg: leg.length, TURN_METRES), goal)

    def charging(self, start: Spot, goal: Place, battery: Battery) -> Way | None:
        """By the charger that costs the least time; None when none is within reach, or all are the goal."""
        ways = [self._by(start, charger, goal, battery) for charger in self._roads.chargers]
        return min((way for way in ways if way is not None), key=lambda way: way.seconds, default=None)

    def _by(self, start: Spot, charger: Place, goal: Place, battery: Battery) -> Way | None:
        if charger.at == goal.at:
            return None
        there = self.fastest(start, charger)
        arrival = battery.left(there.effort)
        if arrival is not None and arrival < LEAST:
            return None
        last, at = there.legs[-1], self._roads.points[charger.at]
        onward = self._roads.way(Spot(last, 1.0, at, 0.0), goal.at, lambda leg: leg.seconds)
        if onward[0] == last:  # it has been driven
            onward = onward[1:]
        need = battery.spent(sum(leg.effort for leg in onward)) or 0.0
        target = max(arrival or 0.0, min(FULL, need + RESERVE + MARGIN))
        seconds = None if arrival is None else battery.charging(arrival, target, charger.power)
        stop = Stop(charger, there.length, at, arrival, target, seconds)
        return Way(self._roads, start, [*there.legs, *onward], goal, stop)
