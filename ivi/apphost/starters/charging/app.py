# SPDX-License-Identifier: Apache-2.0
"""Chargers on the map, the nearest first; choosing one shows its charging session."""

import math
import tomllib
from pathlib import Path
from typing import NamedTuple

from ivi.sdk import (
    Action,
    App,
    ChargeSessionTemplate,
    ChargeState,
    Datapoint,
    Icon,
    IviError,
    MapTemplate,
    Marker,
    Position,
    Row,
)

HERE = Path(__file__).parent
CHARGE = "Vehicle.Powertrain.TractionBattery.StateOfCharge.Current"
CHARGING = "Vehicle.Powertrain.TractionBattery.Charging.IsCharging"
LIMIT = "Vehicle.Powertrain.TractionBattery.Charging.ChargeLimit"
LATITUDE, LONGITUDE = "Vehicle.CurrentLocation.Latitude", "Vehicle.CurrentLocation.Longitude"
DEGREE = 111.2  # km of a degree of latitude
FULL = 100.0  # percent


class Station(NamedTuple):
    """A charger."""

    id: str
    name: str
    latitude: float
    longitude: float
    power: int
    tariff: str

    def distance(self, latitude: float, longitude: float) -> float:
        """Kilometres as the crow flies, good enough to sort by."""
        east = (self.longitude - longitude) * math.cos(math.radians(latitude))
        return DEGREE * math.hypot(self.latitude - latitude, east)


class Starter(App):
    """A map with chargers, and the session at the one that was chosen."""

    def __init__(self) -> None:
        self.strings: dict[str, str] = tomllib.loads((HERE / "strings" / "en.toml").read_text(encoding="utf-8"))
        found = tomllib.loads((HERE / "stations.toml").read_text(encoding="utf-8"))
        self.stations = [Station(**one) for one in found["station"]]
        self.values: dict[str, float] = {}
        self.chosen: Station | None = None

    def on_start(self) -> None:
        """Show the map, then follow the battery and, if the driver agreed, the position."""
        self.refresh()
        self.subscribe([CHARGE, CHARGING, LIMIT])
        self.follow_position()

    def on_granted(self, paths: list[str], uses: list[str]) -> None:
        """The driver agreed later."""
        if "location" in uses:
            self.follow_position()

    def follow_position(self) -> None:
        """Without it the chargers come in the order of the file."""
        try:
            self.subscribe([LATITUDE, LONGITUDE])
        except IviError as error:
            print("the position is not known:", error)

    def on_revoked(self, paths: list[str], uses: list[str]) -> None:
        """What was taken back is forgotten here, too."""
        if "location" in uses:
            self.values.pop(LATITUDE, None)
            self.values.pop(LONGITUDE, None)
            self.refresh()

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        """Take new values. A value that the car does not know any more is None."""
        for path, point in values.items():
            if isinstance(point.value, int | float) and math.isfinite(point.value):
                self.values[path] = float(point.value)
            else:
                self.values.pop(path, None)
        self.refresh()

    def on_tap(self, target: str) -> None:
        """A row or marker shows its session; the button leads back."""
        self.chosen = next((one for one in self.stations if one.id == target), None)
        self.refresh()

    def on_back(self) -> None:
        """To the map."""
        self.on_home()

    def on_home(self) -> None:
        """To the map."""
        self.chosen = None
        self.refresh()

    def refresh(self) -> None:
        """Show the page as it is now."""
        self.show(self.map() if self.chosen is None else self.session(self.chosen))

    def map(self) -> MapTemplate:
        """All chargers, numbered, the nearest first where the position is known."""
        here = self.values.get(LATITUDE), self.values.get(LONGITUDE)
        stations = self.stations
        if here[0] is not None and here[1] is not None:
            at = here[0], here[1]
            stations = sorted(stations, key=lambda one: one.distance(*at))
            texts = [self.strings["text_far"].format(distance=one.distance(*at), power=one.power) for one in stations]
        else:
            texts = [self.strings["text"].format(power=one.power, tariff=one.tariff) for one in stations]
        markers = [
            Marker(one.id, Position(one.latitude, one.longitude), str(number), Icon.STATION, one.name)
            for number, one in enumerate(stations, 1)
        ]
        rows = [Row(one.id, one.name, text, Icon.PLUG) for one, text in zip(stations, texts, strict=True)]
        return MapTemplate(self.strings["title"], markers, rows, empty=self.strings["empty"])

    def session(self, station: Station) -> ChargeSessionTemplate:
        """What the car says about charging; what it does not say is left out."""
        charging = bool(self.values.get(CHARGING))
        charge = self.values.get(CHARGE)
        return ChargeSessionTemplate(
            station.name,
            ChargeState.CHARGING if charging else ChargeState.PLUG_IN,
            charge=_percent(charge),
            target=_percent(self.values.get(LIMIT)),
            tariff=station.tariff,
            note="" if charging else self.strings["plug_in"],
            actions=[Action("back", self.strings["back"], icon=Icon.MAP)],
        )


def _percent(value: float | None) -> float | None:
    """A part of a hundred; a sensor that is out of its range tells nothing."""
    return value if value is not None and 0 <= value <= FULL else None
