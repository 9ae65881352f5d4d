# SPDX-License-Identifier: Apache-2.0
"""How long one test of an app takes with the fake host: made, started over its link, tapped, advanced, ended."""

import json
import statistics
import time

from ivi.sdk import App, Datapoint, ListTemplate, Row
from ivi.sdk.harness.host import FakeHost
from ivi.sdk.harness.manifest import Grants

TESTS = 400
MANIFEST = """
[app]
id = "dev.bench.tested"
name = "Tested"
version = "1.0.0"
sdk = ">=1"
entry = "tested.app:Tested"
[[permission]]
use = "ui"
templates = ["list"]
surfaces = ["card"]
[[permission]]
use = "vehicle.read"
paths = ["Vehicle.Speed"]
reason = "shows the speed"
"""


class Tested(App):
    """Shows the speed, and how often it was tapped."""

    taps = 0
    speed = 0.0

    def on_start(self) -> None:
        self.subscribe(["Vehicle.Speed"])
        self.draw()

    def on_signals(self, values: dict[str, Datapoint]) -> None:
        value = values["Vehicle.Speed"].value
        self.speed = value if isinstance(value, float) else 0.0

    def on_tap(self, target: str) -> None:
        self.taps += 1
        self.draw()

    def draw(self) -> None:
        """Show both."""
        self.show(ListTemplate("Tested", [Row("tap", f"{self.taps} taps at {self.speed:.0f} km/h")]))


def one_test() -> None:
    """What an author's test does."""
    with FakeHost() as host:
        host.start(Tested(), Grants.read(MANIFEST))
        host.vehicle.set("Vehicle.Speed", 43.0)
        host.tap("tap")
        shown = host.shown
        if not isinstance(shown, ListTemplate) or shown.rows[0].title != "1 taps at 43 km/h":
            raise SystemExit(f"the app showed {shown}")


def main() -> None:
    """Measure and print."""
    for _ in range(20):
        one_test()
    took = []
    for _ in range(TESTS):
        began = time.perf_counter()
        one_test()
        took.append((time.perf_counter() - began) * 1000)
    method = f"median of {TESTS}: manifest read, app started over its socketpair, a signal, a tap, both pages checked"
    print(
        json.dumps(
            {"apps_fake_host_test_ms": {"value": round(statistics.median(took), 3), "unit": "ms", "method": method}}
        )
    )


if __name__ == "__main__":
    main()
