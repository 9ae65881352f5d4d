# SPDX-License-Identifier: Apache-2.0
"""The trips of this car: when, how far, and how much of the battery each took. Nothing leaves the car."""

import time
import tomllib
from pathlib import Path

from ivi.sdk import App, Datapoint, Icon, IviError, Limits, ListTemplate, Row

HERE = Path(__file__).parent
SPEED = "Vehicle.Speed"
DISTANCE = "Vehicle.TraveledDistance"
CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
MOVING = 3.0  # km/h
OVER = 5 * 60.0  # seconds at rest after which a trip is over
LEAST = 0.2  # km; less is moving the car in the yard
KEPT = 20  # trips
TICK = 5.0  # seconds

type Trip = dict[str, float]
"""`at` (seconds since 1970), `km`, `percent`."""


class Trips(App):
    """A list, the newest trip first."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.values: dict[str, float] = {}
        self.begun: Trip | None = None
        """Where the present trip began: `at`, `km` and `percent` as they stood then."""
        self.rest_since = time.monotonic()
        self.trips: list[Trip] = []

    def on_start(self) -> None:
        """Read the book, show it, follow the car."""
        try:
            self.trips = list(self.storage.get("trips", []))
        except IviError as error:
            print("the book cannot be read:", error)
        self.refresh()
        self.subscribe([SPEED, DISTANCE, CHARGE])
        self.every(TICK, self.tick)

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Take new values. A value that the car does not know any more is None."""
        for path, point in values.items():
            if isinstance(point.value, int | float):
                self.values[path] = float(point.value)
            else:
                self.values.pop(path, None)
        self.follow(time.monotonic())

    def on_limits(self, limits: Limits) -> None:
        """Another driving state may show less."""
        self.refresh()

    def on_home(self) -> None:
        """There is one page only."""
        self.refresh()

    def tick(self) -> None:
        """A trip may be over."""
        self.follow(time.monotonic())
        self.refresh()

    def follow(self, now: float) -> None:
        """Begin a trip when the car moves; end it when it has rested for a while."""
        if self.values.get(SPEED, 0.0) >= MOVING:
            self.rest_since = now
            if self.begun is None and (here := self.here()) is not None:
                self.begun = here
        elif self.begun is not None and now - self.rest_since >= OVER:
            self.end(self.begun)

    def here(self) -> Trip | None:
        """How the car stands; None while it does not say."""
        if DISTANCE not in self.values or CHARGE not in self.values:
            return None
        return {"at": time.time(), "km": self.values[DISTANCE], "percent": self.values[CHARGE]}

    def end(self, begun: Trip) -> None:
        """Write the trip down."""
        self.begun = None
        if (trip := self.since(begun)) is None or trip["km"] < LEAST:
            return
        self.trips = [trip, *self.trips][:KEPT]
        try:
            self.storage["trips"] = self.trips
        except IviError as error:
            print("the trip could not be kept:", error)

    def since(self, begun: Trip) -> Trip | None:
        """What has been driven since then."""
        here = self.here()
        if here is None:
            return None
        km, percent = here["km"] - begun["km"], begun["percent"] - here["percent"]
        return {"at": begun["at"], "km": max(0.0, km), "percent": percent}

    def refresh(self) -> None:
        """Show the page as it is now."""
        self.show(self.page())

    def page(self) -> ListTemplate:
        """The present trip and those before."""
        rows = []
        if self.begun is not None and (now := self.since(self.begun)) is not None:
            rows.append(Row("now", self.strings["now"], self.text(now), Icon.CAR))
        for number, trip in enumerate(self.trips):
            at = time.strftime("%Y-%m-%d %H:%M", time.localtime(trip["at"]))
            rows.append(Row(f"trip{number}", at, self.text(trip), Icon.FLAG))
        return ListTemplate(self.strings["title"], rows, empty=self.strings["empty"])

    def text(self, trip: Trip) -> str:
        """Distance and charge."""
        return self.strings["text"].format(km=trip["km"], percent=max(0.0, trip["percent"]))
