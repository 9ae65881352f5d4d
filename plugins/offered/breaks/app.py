# SPDX-License-Identifier: Apache-2.0
"""How long one has driven without a break, and a word when it is time for one."""

import time
import tomllib
from pathlib import Path

from ivi.sdk import App, Datapoint, Fact, Icon, IviError, PaneTemplate

HERE = Path(__file__).parent
SPEED = "Vehicle.Speed"
MOVING = 3.0  # km/h; less is a queue or a sensor that trembles
BREAK = 15 * 60.0  # seconds at rest that count as a break
LIMIT = 2 * 3600.0  # seconds of driving after which drivers tire (road safety councils advise two hours)
AGAIN = 30 * 60.0  # seconds between two words about it
TICK = 5.0  # seconds


class Breaks(App):
    """One page with two times."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.driven = self.rested = 0.0
        """Seconds: driven since the last break, and at rest now."""
        self.speed: float | None = None
        self.at = time.monotonic()
        self.told = -AGAIN
        """Seconds driven when the driver was told last."""

    def on_start(self) -> None:
        """Show the page, then follow the speed."""
        self.refresh()
        self.subscribe([SPEED])
        self.every(TICK, self.tick)

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Time counts at the speed that there was until now."""
        self.count(time.monotonic())
        value = values[SPEED].value if SPEED in values else None
        self.speed = float(value) if isinstance(value, int | float) else None

    def on_home(self) -> None:
        """There is one page only."""
        self.refresh()

    def tick(self) -> None:
        """Count, say when it is enough, and show it."""
        self.count(time.monotonic())
        if self.driven >= LIMIT and self.driven - self.told >= AGAIN:
            self.told = self.driven
            try:
                self.notify(self.strings["enough"], self.strings["enough_text"])
            except IviError as error:  # the driver did not want to be told
                print("not told:", error)
        self.refresh()

    def count(self, now: float) -> None:
        """Put the time since the last look where it belongs; a speed that nobody knows is neither."""
        passed, self.at = now - self.at, now
        if self.speed is None:
            return
        if self.speed >= MOVING:
            self.driven, self.rested = self.driven + passed, 0.0
            return
        self.rested += passed
        if self.rested >= BREAK:
            self.driven, self.told = 0.0, -AGAIN

    def refresh(self) -> None:
        """Show the page as it is now."""
        self.show(self.page())

    def page(self) -> PaneTemplate:
        """The two times."""
        left = max(0.0, LIMIT - self.driven)
        facts = [
            Fact(self.strings["driven"], self.words(self.driven), Icon.CLOCK),
            Fact(self.strings["left"], self.words(left) if left else self.strings["now"], Icon.COFFEE),
        ]
        note = self.strings["unknown"] if self.speed is None else self.strings["note"]
        return PaneTemplate(self.strings["title"], facts, [], note)

    def words(self, seconds: float) -> str:
        """Hours and minutes."""
        minutes = int(seconds // 60)
        return self.strings["time"].format(hours=minutes // 60, minutes=minutes % 60)
