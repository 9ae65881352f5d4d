# SPDX-License-Identifier: Apache-2.0
"""A parked car that charges, in one process: databroker, driving state and cloud with its parts.

All of it is the real thing but the car itself, a provider that does what it is asked and reports it.
"""

import argparse
import asyncio
import math
import sys
import time
from collections.abc import Mapping

from ivi.cloud.campaigns.part import CampaignsPart
from ivi.cloud.commands.part import Commands
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.entitlements.part import Entitlements
from ivi.cloud.trust import Trust
from ivi.cloud.twin.part import Twin
from ivi.cloud.uplink import UplinkService
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.paths import make_private, runtime_dir, socket_path, state_dir
from ivi.daemon.process import Process, run
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.cloud import CloudRequest
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest
from ivi.model.services import ServicesAnswer, ServicesRequest
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.services.ux_restrictions.service import UxRestrictionsService
from ivi.vss.catalogue import Catalogue

TICK = 0.2  # seconds between two reports of the car
_BATTERY = "Vehicle.Powertrain.TractionBattery"
_DOORS = [f"Vehicle.Cabin.Door.Row{row}.{side}Side.IsLocked" for row in (1, 2) for side in ("Driver", "Passenger")]
_SENSORS: dict[str, tuple[DataType, Value]] = {
    "Vehicle.Speed": (DataType.FLOAT, 0.0),
    "Vehicle.Powertrain.Transmission.SelectedGear": (DataType.INT8, 126),
    "Vehicle.Chassis.ParkingBrake.IsEngaged": (DataType.BOOLEAN, True),
    f"{_BATTERY}.StateOfCharge.Displayed": (DataType.FLOAT, 64.0),
    f"{_BATTERY}.CurrentPower": (DataType.FLOAT, 7000.0),
    "Vehicle.Powertrain.Range": (DataType.UINT32, 241000),
    "Vehicle.Exterior.AirTemperature": (DataType.FLOAT, 11.5),
    "Vehicle.LowVoltageBattery.CurrentVoltage": (DataType.FLOAT, 12.6),
    f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected": (DataType.BOOLEAN, True),
}
_ACTUATORS: dict[str, tuple[DataType, Value]] = {
    **dict.fromkeys(_DOORS, (DataType.BOOLEAN, False)),
    "Vehicle.Cabin.HVAC.IsAirConditioningActive": (DataType.BOOLEAN, False),
    "Vehicle.Cabin.HVAC.IsRecirculationActive": (DataType.BOOLEAN, False),
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature": (DataType.FLOAT, 19.0),
    "Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature": (DataType.FLOAT, 19.0),
    f"{_BATTERY}.Charging.ChargeLimit": (DataType.UINT8, 90),
}


class ParkedCar:
    """The provider."""

    name = "car"

    def __init__(self) -> None:
        entries = [Metadata(path, kind, EntryType.SENSOR) for path, (kind, _) in _SENSORS.items()]
        entries += [Metadata(path, kind, EntryType.ACTUATOR) for path, (kind, _) in _ACTUATORS.items()]
        self.broker = Broker(Catalogue(entries))
        self.broker.register(self, [*_SENSORS, *_ACTUATORS])
        self.broker.publish(self, {path: value for path, (_, value) in (_SENSORS | _ACTUATORS).items()})

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """It does as it is asked, and reports it."""
        asyncio.get_running_loop().call_soon(self.broker.publish, self, values)
        return values

    async def charge(self) -> None:
        """The battery fills, until cancelled."""
        began = time.monotonic()
        while True:
            since = time.monotonic() - began
            self.broker.publish(
                self,
                {
                    "Vehicle.Speed": 0.0,
                    f"{_BATTERY}.StateOfCharge.Displayed": round(64 + since / 60, 2),
                    f"{_BATTERY}.CurrentPower": round(7000 + 400 * math.sin(since / 3)),
                },
            )
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
        car = ParkedCar()
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
        tasks = [asyncio.ensure_future(data.keep_alive()), asyncio.ensure_future(car.charge())]

        async def end() -> None:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        process.on_stop("car", end)
        trust, vehicle = Trust.load(state / "trust.json"), Vehicle(databroker, services)
        uplink = UplinkService(
            process,
            databroker,
            broker=options.broker,
            vehicle_id=options.vehicle,
            state=state,
            parts=[
                Commands(process, vehicle, trust, state / "commands.db"),
                Twin(process, vehicle, trust, state / "twin.db"),
                CampaignsPart(process, databroker, trust=trust, state=state),
                Entitlements(process, vehicle, trust, state / "entitlements.db"),
            ],
        )
        cloud = LinkServer(socket_path("cloud"), (CloudRequest,), process.status)
        uplink.serve(cloud)
        await cloud.start()
        process.on_stop("cloud", cloud.stop)
        await uplink.start()
        process.on_stop("uplink", uplink.stop)

    return run("car", start)


if __name__ == "__main__":
    sys.exit(main())
