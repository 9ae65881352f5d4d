# SPDX-License-Identifier: Apache-2.0
"""Divides by what a sensor says, trusts the disk, reads without asking, and writes a novel into one line."""

import contextlib

from ivi.sdk import App, Datapoint, ListTemplate, PermissionDeniedError, Row

RANGE = "Vehicle.Powertrain.TractionBattery.Range"
NOVEL = "Once upon a time there was a row with far more words than anybody should read who also drives a car"


class Clumsy(App):
    """Shows the range and counts how often it was touched."""

    def on_start(self) -> None:
        self.range = ""
        self.refresh()
        with contextlib.suppress(PermissionDeniedError):
            self.get(["Vehicle.Speed"])
        self.subscribe([RANGE])

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        self.range = f"{float(values[RANGE].value):.3g}"  # type: ignore[arg-type]  # the mistake
        self.refresh()

    def on_tap(self, target: str) -> None:
        self.storage["touched"] = target  # and nothing for a full disk
        self.refresh()

    def refresh(self) -> None:
        self.show(ListTemplate("Clumsy", [Row("range", NOVEL, self.range)]))
