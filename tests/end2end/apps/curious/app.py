# SPDX-License-Identifier: Apache-2.0
"""Asks for a position that its manifest does not name, and shows what it was told."""

from ivi.sdk import App, IviError, ListTemplate, Row


class Curious(App):
    def on_start(self) -> None:
        try:
            self.get(["Vehicle.CurrentLocation.Latitude"])
        except IviError as error:
            said = error.code
        else:
            said = "got it"
        self.show(ListTemplate("Curious", [Row("position", f"Position: {said}")]))
