# SPDX-License-Identifier: Apache-2.0
"""A car for commands: the real databroker and driving state on real sockets, a fleet that signs, and a post."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.commands.command import Command, sign_command
from ivi.cloud.commands.part import Commands
from ivi.cloud.commands.vehicle import Vehicle
from ivi.cloud.consent.coarsening import EXACT
from ivi.cloud.delivery import DataUse, DeliveryClass, Outgoing
from ivi.cloud.record import Record, decode_record, encode_record
from ivi.cloud.trust import Issuer, Role, Trust
from ivi.cloud.twin.part import Twin
from ivi.daemon.link_client import LinkClient
from ivi.daemon.link_server import LinkServer
from ivi.daemon.process import Process
from ivi.databroker.broker import Broker
from ivi.databroker.server import BrokerServer
from ivi.model.commands import CommandState
from ivi.model.commands import Request as CommandsRequest
from ivi.model.databroker import DatabrokerAnswer, DatabrokerRequest
from ivi.model.errors import UnavailableError
from ivi.model.services import DrivingState, ServicesAnswer, ServicesRequest
from ivi.model.signal import DataType, EntryType, Metadata, Value
from ivi.services.ux_restrictions.service import UxRestrictionsService
from ivi.vss.catalogue import Catalogue

VEHICLE = "car-1"
NOW = 1_900_000_000.0  # where the car's clock stands
DOORS = [f"Vehicle.Cabin.Door.Row{row}.{side}.IsLocked" for row in (1, 2) for side in ("DriverSide", "PassengerSide")]
_BATTERY = "Vehicle.Powertrain.TractionBattery"
_SENSORS = {
    "Vehicle.Speed": DataType.FLOAT,
    "Vehicle.Powertrain.Transmission.SelectedGear": DataType.INT8,
    "Vehicle.Chassis.ParkingBrake.IsEngaged": DataType.BOOLEAN,
    f"{_BATTERY}.StateOfCharge.Displayed": DataType.FLOAT,
    "Vehicle.LowVoltageBattery.CurrentVoltage": DataType.FLOAT,
    f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected": DataType.BOOLEAN,
    "Vehicle.CurrentLocation.Latitude": DataType.DOUBLE,
    "Vehicle.CurrentLocation.Longitude": DataType.DOUBLE,
}
_ACTUATORS = {
    **dict.fromkeys(DOORS, DataType.BOOLEAN),
    "Vehicle.Cabin.HVAC.IsAirConditioningActive": DataType.BOOLEAN,
    "Vehicle.Cabin.HVAC.IsRecirculationActive": DataType.BOOLEAN,
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature": DataType.FLOAT,
    "Vehicle.Cabin.HVAC.Station.Row1.Passenger.Temperature": DataType.FLOAT,
    f"{_BATTERY}.Charging.ChargeLimit": DataType.UINT8,
    f"{_BATTERY}.Charging.StartStopCharging": DataType.STRING,
    "Vehicle.Body.Horn.IsActive": DataType.BOOLEAN,
}
PARKED: dict[str, Value] = {
    "Vehicle.Speed": 0.0,
    "Vehicle.Powertrain.Transmission.SelectedGear": 126,
    "Vehicle.Chassis.ParkingBrake.IsEngaged": True,
    f"{_BATTERY}.StateOfCharge.Displayed": 64.0,
    "Vehicle.LowVoltageBattery.CurrentVoltage": 12.6,
    f"{_BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected": False,
    "Vehicle.CurrentLocation.Latitude": 48.1,
    "Vehicle.CurrentLocation.Longitude": 11.5,
    f"{_BATTERY}.Charging.ChargeLimit": 80,
    "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature": 20.0,
    **dict.fromkeys(DOORS, False),
}
_KEYS = {role: Ed25519PrivateKey.generate() for role in Role}


def trust() -> Trust:
    """One key of each role, whose id is the role's name."""
    return Trust(Issuer(role.value.encode(), role, key.public_key(), f"the {role}") for role, key in _KEYS.items())


class HandClock:
    """A trusted clock that a test sets."""

    def __init__(self) -> None:
        self.time, self.rolled_back = NOW, False
        self.learned: list[float] = []

    def now(self) -> float:
        return self.time

    def learn(self, signed: float) -> None:
        self.learned.append(signed)
        self.time = max(self.time, signed)


class Post:
    """Takes what the parts send; may be full, and asks a consent gate of one rule."""

    def __init__(self) -> None:
        self.vehicle_id = VEHICLE
        self.clock = HandClock()
        self.is_online = True
        self.full, self.turned_away = False, 0
        self.purposes = {"operation"}
        self.precision = EXACT
        self.records: list[tuple[DataUse, DeliveryClass, Record]] = []
        self.news = asyncio.Event()

    def may_leave(self, use: DataUse, _delivery: DeliveryClass) -> bool:
        return use.purpose in self.purposes

    def put(self, outgoing: Outgoing) -> bool:
        return self.put_now(outgoing)

    def put_now(self, outgoing: Outgoing) -> bool:
        if self.full:
            self.turned_away += 1
            raise UnavailableError("the disk is full")
        if not self.may_leave(outgoing.use, outgoing.delivery):
            return False
        self.records.append((outgoing.use, outgoing.delivery, decode_record(outgoing.body)))
        self.news.set()
        return True

    def waiting(self, delivery: DeliveryClass) -> Iterable[bytes]:
        return [encode_record(record) for _, of, record in self.records if of is delivery]

    def before_forgetting(self, _delivery: DeliveryClass, _settle: Callable[[], None]) -> None:
        """Nothing is forgotten here."""

    def kind(self, kind: str) -> list[dict[str, Any]]:
        """Contents of all records of a kind."""
        return [record.data for _, _, record in self.records if record.kind == kind]

    def states(self, id_: bytes) -> list[str]:
        """All states that were told of a command."""
        return [data["state"] for data in self.kind("command") if data["id"] == id_]


class Car:
    """What runs, and what a test may do with it."""

    name = "car"

    def __init__(self, folder: Path, run_dir: Path) -> None:
        self.folder, self.run_dir = folder, run_dir
        entries = [Metadata(path, kind, EntryType.SENSOR) for path, kind in _SENSORS.items()]
        entries += [Metadata(path, kind, EntryType.ACTUATOR) for path, kind in _ACTUATORS.items()]
        self.broker = Broker(Catalogue(entries))
        self.asked: list[dict[str, Value]] = []
        self.obeys = True
        self.hold: asyncio.Event | None = None
        """When set, the car takes its time until the event is."""
        self.process = Process("cloud")
        self.post = Post()
        self.counter = 0

    async def actuate(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The provider: asked, it does, and reports it."""
        self.asked.append(dict(values))
        if self.hold is not None:
            await self.hold.wait()
        if self.obeys:
            asyncio.get_running_loop().call_soon(self.broker.publish, self, values)
        return values

    def is_like(self, **values: Value) -> None:
        """Change sensors, by the last segment of their paths."""
        for last, value in values.items():
            (path,) = [path for path in (*_SENSORS, *_ACTUATORS) if path.rpartition(".")[2] == last]
            self.broker.publish(self, {path: value})

    def value(self, path: str) -> object:
        """What the car reports."""
        return self.broker.get([path])[path].value

    # -- the fleet ----------------------------------------------------------------------------------------------------
    def order(self, name: str, /, seconds: float = 60.0, **args: Any) -> Command:  # noqa: ANN401  # arguments of any command
        """A command with the next counter."""
        self.counter += 1
        return Command(VEHICLE, name, self.counter, int(self.post.clock.time + seconds), self.commands.epoch, args)

    def send(self, command: Command, role: Role = Role.OWNER) -> bytes:
        """Sign it and hand it to the part, as the session does."""
        message = sign_command(command, role.value.encode(), _KEYS[role])
        self.commands.received("cmd", message)
        return message

    def signing(self, role: Role) -> tuple[bytes, Ed25519PrivateKey]:
        """Key id and key of a role."""
        return role.value.encode(), _KEYS[role]

    async def ends(self, command: Command) -> tuple[str, str]:
        """Wait for a final state; it and its reason."""
        return await self.reaches(command, *(state for state in CommandState if state.final))

    async def reaches(self, command: Command, *states: CommandState) -> tuple[str, str]:
        """Wait until one of these states is told."""
        async with asyncio.timeout(20):
            while True:
                self.post.news.clear()
                for data in self.post.kind("command"):
                    if data["id"] == command.id and data["state"] in states:
                        return data["state"], data["reason"]
                await self.post.news.wait()

    async def do(self, name: str, role: Role = Role.OWNER, /, **args: Any) -> tuple[str, str]:  # noqa: ANN401  # arguments of any command
        """Issue a command and wait for its end."""
        command = self.order(name, **args)
        self.send(command, role)
        return await self.ends(command)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something outside of the part holds."""
        async with asyncio.timeout(20):
            while not condition():
                await asyncio.sleep(0.01)

    # -- running ------------------------------------------------------------------------------------------------------
    @contextlib.asynccontextmanager
    async def drive(self) -> AsyncIterator["Car"]:
        """Databroker and services on their sockets, and the car parked."""
        server = LinkServer(self.run_dir / "databroker.sock", (DatabrokerRequest,), Process("databroker").status)
        service = BrokerServer(self.broker, server)
        self.broker.register(self, [*_SENSORS, *_ACTUATORS])
        self.broker.publish(self, PARKED)
        link = LinkServer(self.run_dir / "services.sock", (ServicesRequest,), Process("services").status)
        own = LinkClient(self.run_dir / "databroker.sock", DatabrokerAnswer)
        driving = UxRestrictionsService(Process("services"), own)
        driving.serve(link)
        await server.start()
        await link.start()
        await driving.start()
        alive = asyncio.get_running_loop().create_task(service.keep_alive())
        try:
            yield self
        finally:
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)
            await driving.stop()
            await own.close()
            await link.stop()
            await server.stop()

    @contextlib.asynccontextmanager
    async def part(self, parked: bool = True) -> AsyncIterator["Car"]:
        """The part between start and stop, with its calls on cloud.sock."""
        databroker = LinkClient(self.run_dir / "databroker.sock", DatabrokerAnswer)
        services = LinkClient(self.run_dir / "services.sock", ServicesAnswer)
        self.vehicle = Vehicle(databroker, services)
        path = self.folder / "commands.db"
        self.commands = Commands(
            self.process, self.vehicle, trust(), path, self.post.may_leave, precision=lambda _use: self.post.precision
        )
        server = LinkServer(self.run_dir / "cloud.sock", (CommandsRequest,), self.process.status)
        self.commands.serve(server.router)
        await self.commands.start(self.post)
        await server.start()
        if parked:
            await self.until(lambda: self.vehicle.driving is DrivingState.PARKED)
        try:
            yield self
        finally:
            await server.stop()
            await self.commands.stop()
            await databroker.close()
            await services.close()

    @contextlib.asynccontextmanager
    async def twin(self) -> AsyncIterator[Twin]:
        """A twin beside it, between start and stop."""
        databroker = LinkClient(self.run_dir / "databroker.sock", DatabrokerAnswer)
        services = LinkClient(self.run_dir / "services.sock", ServicesAnswer)
        twin = Twin(self.process, Vehicle(databroker, services), trust(), self.folder / "twin.db")
        await twin.start(self.post)
        try:
            yield twin
        finally:
            await twin.stop()
            await databroker.close()
            await services.close()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Car"]:
        """All of it."""
        async with self.drive(), self.part():
            yield self


@pytest.fixture
def make_car(tmp_path: Path, run_dir: Path) -> Callable[[], Car]:
    """Cars of this test's folders: made inside the loop, and another one after a restart."""
    return lambda: Car(tmp_path, run_dir)
