# SPDX-License-Identifier: Apache-2.0
"""The valley guide in its sandbox: positions come by its permissions, and its route arrives on the screen's socket."""

import asyncio
from typing import TYPE_CHECKING

from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import resource, socket_path
from ivi.model.apphost import ApphostAnswer, ApphostRequest, AppState, AppsUpdate, AppView, SubscribeApps, Tap
from ivi.model.services import DrivingState, UxRestrictions
from ivi.model.templates import MapTemplate, NavigationTemplate, RoutePreviewTemplate, polyline

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench

GUIDE = "dev.ivi.guide"
MOVING = UxRestrictions(DrivingState.MOVING, [], "moving at 80 km/h", max_rows=6, max_chars=120)
BATTERY = "Vehicle.Powertrain.TractionBattery"
CAR = {
    "Vehicle.CurrentLocation.Latitude": 47.1500,
    "Vehicle.CurrentLocation.Longitude": 9.5154,
    "Vehicle.CurrentLocation.Heading": 150.0,
    "Vehicle.Speed": 0.0,
    "Vehicle.Powertrain.Range": 20_000,
    f"{BATTERY}.NetCapacity": 60,
    f"{BATTERY}.StateOfCharge.Displayed": 8.0,
}


def test_a_driver_is_guided_by_a_charger(new_bench: "type[Bench]", sandbox: list[str]) -> None:
    async def drive() -> None:
        bench = new_bench([resource("plugins") / "offered" / "guide"])
        bench.car.values |= CAR
        server = LinkServer(socket_path("apphost"), (ApphostRequest,), bench.process.status)
        bench.host.serve(server)
        screen = LinkClient(socket_path("apphost"), ApphostAnswer)
        async with bench.running():
            await server.start()
            seen: list[AppView] = []

            def take(update: AppsUpdate) -> None:
                seen.extend(update.apps)

            async def tap(target: str) -> None:
                for _ in range(10):  # the page may be refreshed in the very moment
                    if (await screen.call(Tap(GUIDE, seen[-1].revision, target))).delivered:
                        return
                raise AssertionError(f"{target} cannot be tapped")

            following = asyncio.create_task(screen.follow(SubscribeApps(), take))
            await bench.until(lambda: seen and isinstance(seen[-1].template, MapTemplate) and seen[-1].template.rows)
            assert (seen[-1].state, seen[-1].icon) == (AppState.RUNNING, "route")
            await tap("triesenberg")
            await bench.until(lambda: isinstance(seen[-1].template, RoutePreviewTemplate) and seen[-1].template.routes)
            preview = seen[-1].template
            assert isinstance(preview, RoutePreviewTemplate)
            assert preview.routes[0].badge == "1 charge"
            await tap("go")
            await bench.until(lambda: isinstance(seen[-1].template, NavigationTemplate))
            page = seen[-1].template
            assert isinstance(page, NavigationTemplate)
            assert [stop.title for stop in page.stops] == ["Charging park"]
            assert len(polyline.decode(page.route)) >= 4

            await bench.car.drive(MOVING)
            await bench.car.set("Vehicle.CurrentLocation.Latitude", 47.1465)
            await bench.car.set("Vehicle.CurrentLocation.Longitude", 9.5175)
            left = page.remaining_distance
            assert left is not None

            def nearer() -> bool:
                now = seen[-1].template
                return isinstance(now, NavigationTemplate) and (now.remaining_distance or left) < left - 300

            await bench.until(nearer)
            assert bench.host.apps[GUIDE].restarts == 0
            following.cancel()
            await screen.close()
            await server.stop()

    asyncio.run(drive())
