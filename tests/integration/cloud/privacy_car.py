# SPDX-License-Identifier: Apache-2.0
"""A car in one process for tests: databroker, driving state, and cloud with consents and campaigns.

All of it is the real thing but the sensors: they say what comes in on stdin, one JSON object of values a line.
"""

import argparse
import asyncio
import json
import sys
import threading
from collections.abc import Mapping

from ivi.cloud import telemetry
from ivi.cloud.campaigns.part import CampaignsPart
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.consent.part import ConsentPart
from ivi.cloud.trust import Trust
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.cloud import CloudRequest
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest
from ivi.model.privacy import PrivacyRequest
from ivi.model.protected import LATITUDE, LONGITUDE
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.services.ux_restrictions.service import UxRestrictionsService
from ivi.vss.catalogue import Catalogue

TICK = 0.1  # seconds between two reports of the car
SENSORS: dict[str, tuple[DataType, Value]] = {
    "Vehicle.Speed": (DataType.FLOAT, 30.0),
    "Vehicle.Powertrain.Transmission.SelectedGear": (DataType.INT8, 127),
    "Vehicle.Chassis.ParkingBrake.IsEngaged": (DataType.BOOLEAN, False),
    LATITUDE: (DataType.DOUBLE, 48.13712),
    LONGITUDE: (DataType.DOUBLE, 11.57539),
    "Vehicle.CurrentLocation.Altitude": (DataType.DOUBLE, 519.0),
}


class Car:
    """The provider."""

    name = "car"

    def __init__(self) -> None:
        self.values: dict[str, Value] = {path: value for path, (_, value) in SENSORS.items()}
        entries = [Metadata(path, kind, EntryType.SENSOR) for path, (kind, _) in SENSORS.items()]
        self.broker = Broker(Catalogue(entries))
        self.broker.register(self, list(SENSORS))

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """It has nothing that moves."""
        return values

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take values from stdin until its end, in a thread."""

        def read() -> None:
            for line in sys.stdin:
                loop.call_soon_threadsafe(self.values.update, json.loads(line))

        threading.Thread(target=read, daemon=True).start()

    async def report(self) -> None:
        """Say what the sensors say, until cancelled."""
        while True:
            self.broker.publish(self, self.values)
            await asyncio.sleep(TICK)


def main() -> int:
    """Run until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--broker", required=True)
    parser.add_argument("--vehicle", required=True)
    options = parser.parse_args()

    async def start(process: Process) -> None:
        make_private(runtime_dir())
        state = make_private(state_dir())
        car = Car()
        car.listen(asyncio.get_running_loop())
        server = LinkServer(socket_path("databroker"), (DatabrokerRequest,), process.status)
        data = BrokerServer(car.broker, server)
        await server.start()
        process.on_stop("databroker", server.stop)
        databroker = LinkClient(socket_path("databroker"), DatabrokerAnswer)
        process.on_stop("client", databroker.close)
        link = LinkServer(socket_path("services"), (ServicesRequest,), process.status)
        driving = UxRestrictionsService(process, databroker)
        driving.serve(link)
        await link.start()
        process.on_stop("services", link.stop)
        await driving.start()
        process.on_stop("driving", driving.stop)
        services = LinkClient(socket_path("services"), ServicesAnswer)
        process.on_stop("services client", services.close)
        tasks = [asyncio.ensure_future(data.keep_alive()), asyncio.ensure_future(car.report())]

        async def end() -> None:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        process.on_stop("car", end)
        consents = ConsentPart(process, Vehicle(databroker, services), state)
        trust = Trust.load(state / "trust.json")
        uplink = UplinkService(
            process,
            databroker,
            broker=options.broker,
            vehicle_id=options.vehicle,
            state=state,
            parts=[consents, CampaignsPart(process, databroker, trust=trust, state=state, gate=consents.gate)],
            gate=consents.gate,
            paths=["Vehicle.Speed", LATITUDE, LONGITUDE],
            use=telemetry.USE,
            keep=consents.keep,
        )
        consents.attach(lambda: uplink.rows)
        process.on_stop("copies", consents.close)
        cloud = LinkServer(socket_path("cloud"), (CloudRequest, PrivacyRequest), process.status)
        uplink.serve(cloud)
        await cloud.start()
        process.on_stop("cloud", cloud.stop)
        await uplink.start()
        process.on_stop("uplink", uplink.stop)

    return run("cloud", start)


if __name__ == "__main__":
    sys.exit(main())
