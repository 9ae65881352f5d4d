# SPDX-License-Identifier: Apache-2.0
"""What to look at before one leaves. Where the car says nothing, it says just that."""

import tomllib
from pathlib import Path

from ivi.sdk import App, Datapoint, Icon, Limits, ListTemplate, Row

HERE = Path(__file__).parent
DOORS = tuple(
    f"Vehicle.Cabin.Door.{row}.{side}.IsOpen" for row in ("Row1", "Row2") for side in ("DriverSide", "PassengerSide")
)
BOOT = "Vehicle.Body.Trunk.Rear.IsOpen"
CABLE = "Vehicle.Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected"
CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Displayed"
LITTLE = 20.0  # percent


class Departure(App):
    """One list."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        self.values: dict[str, bool | float] = {}

    def on_start(self) -> None:
        """Show the list, then follow the car."""
        self.refresh()
        self.subscribe([*DOORS, BOOT, CABLE, CHARGE])

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Take new values. A value that the car does not know any more is None."""
        for path, point in values.items():
            if isinstance(point.value, bool | int | float):
                self.values[path] = point.value
            else:
                self.values.pop(path, None)
        self.refresh()

    def on_limits(self, limits: Limits) -> None:
        """Another driving state may show less."""
        self.refresh()

    def on_home(self) -> None:
        """There is one page only."""
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it is now."""
        self.show(self.page())

    def page(self) -> ListTemplate:
        """What is not ready comes first."""
        said = [
            ("doors", Icon.KEY, self.open(DOORS)),
            ("boot", Icon.CAR, self.open((BOOT,))),
            ("cable", Icon.PLUG, self.open((CABLE,))),
            ("charge", Icon.BATTERY, self.low()),
        ]
        rows = []
        for name, icon, bad in sorted(said, key=lambda one: one[2] is not True):
            text = self.strings["unknown" if bad is None else f"{name}_bad" if bad else f"{name}_good"]
            rows.append(Row(name, self.strings[name], text, icon))
        return ListTemplate(self.strings["title"], rows)

    def open(self, paths: tuple[str, ...]) -> bool | None:
        """Whether one of them is; None when none is and the car does not say all."""
        known = [bool(self.values[path]) for path in paths if path in self.values]
        return True if any(known) else False if len(known) == len(paths) else None

    def low(self) -> bool | None:
        """Whether there is little charge."""
        charge = self.values.get(CHARGE)
        return None if charge is None else charge < LITTLE
