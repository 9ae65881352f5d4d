# SPDX-License-Identifier: Apache-2.0
"""Choosing a place, choosing a way there, being guided. All of it is worked out in the car, from its own signals."""

import tomllib
from pathlib import Path

from ivi.sdk import (
    Action,
    ActionStyle,
    App,
    Datapoint,
    Icon,
    Limits,
    MapTemplate,
    Marker,
    NavigationTemplate,
    Position,
    RoutePreviewTemplate,
    Row,
)

from .battery import RESERVE, Battery
from .roads import Place, Point, Roads, Spot
from .way import ASTRAY, Planner, Way

HERE = Path(__file__).parent
LATITUDE, LONGITUDE = "Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"
HEADING = "Vehicle.CurrentLocation.Heading"
SPEED, RANGE = "Vehicle.Speed", "Vehicle.Powertrain.Range"
CAPACITY = "Vehicle.Powertrain.TractionBattery.NetCapacity"
CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
TICK = 1.0  # seconds; the car shows one page a second while it drives
OUTSIDE = 400.0  # metres from the nearest road at which the car is somewhere else
OFF_TICKS = 3  # looks one after the other that find the car beside the way: then another is made
ARRIVED = 40.0  # metres
AT_CHARGER = 120.0  # metres
GO, END = "go", "end"


class Guide(App):
    """A list of places, a choice of ways, guidance."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.roads = Roads(HERE / "roads.toml")
        self.planner = Planner(self.roads)
        self.values: dict[str, float] = {}
        self.goal: Place | None = None
        self.choice: list[tuple[str, Way]] = []
        """Ways to choose from, by what tells them from each other."""
        self.chosen = 0
        self.way: Way | None = None
        """The way that is guided along."""
        self.off = 0
        self._shown: object = None

    # -- what the car tells ---------------------------------------------------------------------------------------
    def on_start(self) -> None:
        """Show the places, then follow the car."""
        self.refresh()
        self.subscribe([LATITUDE, LONGITUDE, HEADING, SPEED, RANGE, CAPACITY, CHARGE])
        self.every(TICK, self.tick)

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Take new values; they are looked at once a second. A value that the car does not know any more is None."""
        for path, point in values.items():
            if isinstance(point.value, int | float) and not isinstance(point.value, bool):
                self.values[path] = float(point.value)
            else:
                self.values.pop(path, None)

    def on_limits(self, limits: Limits) -> None:
        """Another driving state may show less."""
        self.refresh()

    @property
    def here(self) -> Point | None:
        """Where the car is, degrees; None while it does not say."""
        latitude, longitude = self.values.get(LATITUDE), self.values.get(LONGITUDE)
        return None if latitude is None or longitude is None else (latitude, longitude)

    @property
    def spot(self) -> Spot | None:
        """Where on the roads the car is; None while that is unknown or elsewhere."""
        if self.here is None:
            return None
        spot = self.roads.nearest(self.here, self.values.get(HEADING))
        return spot if spot.away <= OUTSIDE else None

    @property
    def battery(self) -> Battery:
        """As the car tells it now."""
        return Battery(self.values.get(CHARGE), self.values.get(RANGE), self.values.get(CAPACITY))

    # -- what the driver does -------------------------------------------------------------------------------------
    def on_tap(self, target: str) -> None:
        """A place, a way, or one of the buttons."""
        if target == END:
            self.way = self.goal = None
        elif target == GO and self.choice:
            self.way, self.off = self.choice[self.chosen][1], 0
        elif self.choice and target in (routes := [key for key, _ in self.choice]):
            self.chosen = routes.index(target)
        else:
            places = [*self.roads.places, *self.roads.chargers]
            self.goal = next((place for place in places if place.id == target), self.goal)
            self.chosen = 0
        self.tick()

    def on_back(self) -> None:
        """From the ways to the places. Guidance goes on until it is ended."""
        if self.way is None:
            self.goal = None
        self.refresh()

    def on_home(self) -> None:
        """The places are the first page."""
        self.on_back()

    # -- what follows from both -----------------------------------------------------------------------------------
    def tick(self) -> None:
        """Look where the car is, and show it."""
        if self.way is not None:
            self.follow(self.way)
        elif self.goal is not None:
            self.compare(self.goal)
        self.refresh()

    def follow(self, way: Way) -> None:
        """Go on along the way, and make another when the car has left it."""
        if self.here is None:
            return
        way.follow(self.here)
        self.off = self.off + 1 if way.away > ASTRAY else 0
        if self.off >= OFF_TICKS and (spot := self.spot) is not None and way.left > ARRIVED:
            self.off = 0
            kept = way.stop is not None and way.driven < way.stop.at
            self.way = self.best(spot, way.goal, charging=kept)

    def best(self, spot: Spot, goal: Place, *, charging: bool) -> Way:
        """The fastest way; by a charger when the battery does not suffice or the driver wanted it."""
        way = self.planner.fastest(spot, goal)
        if charging or self.low(way):
            return self.planner.charging(spot, goal, self.battery) or way
        return way

    def low(self, way: Way) -> bool:
        """Whether too little would be left at its end."""
        left = self.battery.left(way.effort)
        return left is not None and left < RESERVE

    def compare(self, goal: Place) -> None:
        """Make the ways to choose from. One for which the battery does not suffice comes after one by a charger."""
        spot = self.spot
        if spot is None:
            self.choice = []
            return
        fastest, shortest = self.planner.fastest(spot, goal), self.planner.shortest(spot, goal)
        found = [("fastest", fastest)]
        if shortest.legs != fastest.legs and shortest.length < fastest.length - 1:
            found.append(("shortest", shortest))
        if (by := self.planner.charging(spot, goal, self.battery)) is not None:
            found.insert(0 if self.low(fastest) else len(found), ("charging", by))
        if [key for key, _ in found] != [key for key, _ in self.choice]:
            self.chosen = 0
        self.choice = found

    def refresh(self) -> None:
        """Show the page as it is now, unless it is shown already."""
        page = self.page()
        if page != self._shown:
            self._shown = page
            self.show(page)

    def page(self) -> MapTemplate | RoutePreviewTemplate | NavigationTemplate:
        """The page of the present step."""
        if self.way is not None:
            return self.guidance(self.way)
        return self.places() if self.goal is None else self.preview(self.goal)

    def places(self) -> MapTemplate:
        """Where one can go, with the time that it takes; the nearest first."""
        spot = self.spot
        if spot is None:
            return MapTemplate(self.strings["title"], [], empty=self.strings["outside" if self.here else "searching"])
        places = [*self.roads.places, *self.roads.chargers]
        near = sorted((self.planner.fastest(spot, place).seconds, place.name, place) for place in places)
        rows, markers = [], []
        for seconds, name, place in near:
            text = self.strings["minutes"].format(minutes=max(1.0, seconds / 60))
            rows.append(Row(place.id, name, text, Icon(place.icon)))
            position = Position(*self.roads.points[place.at])
            markers.append(Marker(place.id, position, icon=Icon(place.icon), title=name))
        return MapTemplate(self.strings["title"], markers, rows)

    def preview(self, goal: Place) -> RoutePreviewTemplate:
        """The ways to choose from."""
        battery = self.battery
        routes = []
        for number, (key, way) in enumerate(self.choice):
            words = (self.strings["by"].format(road=way.stop.charger.name if way.stop else way.name), self.strings[key])
            routes.append(way.preview(key, words, battery, selected=number == self.chosen))
        actions = [Action(GO, self.strings["go"], ActionStyle.PRIMARY)] if routes else []
        error = "" if routes else self.strings["outside" if self.here else "searching"]
        return RoutePreviewTemplate(goal.name, routes, actions=actions, back=True, error=error)

    def guidance(self, way: Way) -> NavigationTemplate:
        """What to do next, and the rest of the way."""
        arrived = way.left <= ARRIVED
        turn, then = way.turns()
        return NavigationTemplate(
            turn,
            then,
            destination=way.goal.name,
            arrival=round(self.clock.time() + way.seconds, -1),
            remaining_distance=way.left,
            remaining_time=way.seconds,
            arrival_charge=way.arrival(self.battery),
            note=self.note(way),
            actions=[Action(END, self.strings["done" if arrived else "end"])],
            route="" if arrived else way.line,
            stops=way.stops(),
        )

    def note(self, way: Way) -> str:
        """What the driver should know, in one sentence."""
        if self.here is None:
            return self.strings["lost"]
        stop = way.stop
        if stop is not None and abs(stop.at - way.driven) <= AT_CHARGER and (self.battery.charge or 0.0) < stop.target:
            return self.strings["charge_here"].format(percent=stop.target)
        if not self.battery.known:
            return self.strings["silent"]
        if (stop is None or way.driven > stop.at) and self.low(way):
            return self.strings["short"]
        return ""
