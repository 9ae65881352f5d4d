# SPDX-License-Identifier: Apache-2.0
"""Three lines about the car; touching one shows it alone and offers to make it the favourite."""

import tomllib
from pathlib import Path

from ivi.sdk import (
    Action,
    ActionStyle,
    App,
    Datapoint,
    Fact,
    Icon,
    IviError,
    Limits,
    ListTemplate,
    PaneTemplate,
    Row,
)

HERE = Path(__file__).parent
MOST = 1e9  # a sensor that says more is broken
FAVOURITE = "favourite"  # the key under which the favourite is kept

# id of the line: its signal, its icon, and how many of the signal's units make one of ours
LINES = {
    "range": ("Vehicle.Powertrain.TractionBattery.Range", Icon.BATTERY, 1000),  # m to km
    "cabin": ("Vehicle.Cabin.HVAC.AmbientAirTemperature", Icon.TEMPERATURE, 1),  # °C
    "trip": ("Vehicle.TripDuration", Icon.CLOCK, 60),  # s to min
}


class Starter(App):
    """One list, and a page for each of its lines."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.values: dict[str, float] = {}
        self.favourite = ""
        self.open = ""
        """The line that is shown alone; empty for the list."""
        self.problem = ""

    def on_start(self) -> None:
        """Show something at once; values follow."""
        try:
            self.favourite = self.storage.get(FAVOURITE, "")
        except IviError as error:  # not allowed, or the car's disk has a problem: the app works without
            print("the favourite is not known:", error)
        self.refresh()
        self.subscribe([path for path, _, _ in LINES.values()])

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Take new values. A value that the car does not know any more is None."""
        for path, point in values.items():
            if isinstance(point.value, int | float) and abs(point.value) < MOST:
                self.values[path] = point.value
            else:
                self.values.pop(path, None)
        self.refresh()

    def on_tap(self, target: str) -> None:
        """A line opens; the button keeps the favourite."""
        self.problem = ""
        if target in LINES:
            self.open = target
        elif target == FAVOURITE and self.open:
            try:
                self.storage[FAVOURITE] = self.open
                self.favourite = self.open
            except IviError as error:
                print("the favourite could not be kept:", error)
                self.problem = self.strings["not_kept"]
        self.refresh()

    def on_back(self) -> None:
        """From a line to the list."""
        self.on_home()

    def on_home(self) -> None:
        """To the list."""
        self.open, self.problem = "", ""
        self.refresh()

    def on_limits(self, limits: Limits) -> None:
        """Another driving state may show less."""
        self.refresh()

    def refresh(self) -> None:
        """Show the page as it is now; the car's screen takes care that it is not too often."""
        self.show(self.line(self.open) if self.open else self.list())

    def list(self) -> ListTemplate:
        """All lines, the favourite first."""
        ids = sorted(LINES, key=lambda one: one != self.favourite)
        badge = self.strings["favourite"]
        rows = [
            Row(one, self.strings[one], self.text(one), LINES[one][1], badge if one == self.favourite else "")
            for one in ids
        ]
        return ListTemplate(self.strings["title"], rows)

    def line(self, one: str) -> PaneTemplate:
        """One line alone."""
        actions = [Action(FAVOURITE, self.strings["make_favourite"], ActionStyle.PRIMARY, Icon.STAR)]
        facts = [Fact(self.strings["now"], self.text(one), LINES[one][1])]
        if one == self.favourite:
            actions = []
        return PaneTemplate(self.strings[one], facts, actions, self.problem)

    def text(self, one: str) -> str:
        """The line's value in words."""
        path, _, per = LINES[one]
        if path not in self.values:
            return self.strings["unknown"]
        return self.strings[f"{one}_text"].format(value=self.values[path] / per)
