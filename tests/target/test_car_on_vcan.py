# SPDX-License-Identifier: Apache-2.0
"""The databroker on two buses of the kernel: the simulated car on one, other people's tools on the other."""

import asyncio
import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ivi.daemon.link_client import LinkClient
from ivi.model.databroker import DatabrokerAnswer, GetValues, Values
from ivi.model.errors import IviError
from ivi.model.health import BusHealth, HealthReport, ListHealth
from ivi.model.signal import Value
from ivi.providers.can.frame import ERROR
from tests.target.machine import DEADLINE, cansend, command, ip, python, until

pytestmark = pytest.mark.target

DBC = """VERSION ""
BU_: ECU IVI
BO_ 256 Motion: 4 ECU
 SG_ Load : 0|16@1+ (0.5,0) [0|32767.5] "kg" ECU
 SG_ Door : 16|1@1+ (1,0) [0|1] "" ECU
BO_ 512 Command: 2 IVI
 SG_ LampReq : 0|1@1+ (1,0) [0|1] "" ECU
"""
OVERLAY = """
Vehicle.Trailer.Load: {type: sensor, datatype: float, dbc2vss: {signal: Load, interval_ms: 0, on_change: true}}
Vehicle.Trailer.Door: {type: sensor, datatype: boolean, dbc2vss: {signal: Door, interval_ms: 0, on_change: true}}
Vehicle.Trailer.Lamp: {type: actuator, datatype: boolean, vss2dbc: {signal: LampReq}}
"""
TEMPERATURE = "Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature"


class Car:
    """The running databroker, asked over its socket where a check polls: `ivi` takes seconds to start in the guest."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._socket = Path(environment["IVI_RUNTIME_DIR"]) / "databroker.sock"

    def ivi(self, *words: str) -> str:
        """Run `ivi ARGS`."""
        prefix = (f"{name}={value}" for name, value in self._environment.items())
        return command("env", *prefix, *python("ivi", *words))

    def value(self, path: str) -> Value | None:
        """The current value; None when there is none, or nobody to ask."""

        async def ask() -> Value | None:
            async with LinkClient(self._socket, DatabrokerAnswer) as client:
                found: Values = await client.call(GetValues([path]))
                return found.entries[path].value if path in found.entries else None

        try:
            return asyncio.run(ask())
        except IviError:
            return None

    def bus(self, name: str) -> BusHealth:
        """How a bus does."""

        async def ask() -> HealthReport:
            async with LinkClient(self._socket, HealthReport) as client:
                found: HealthReport = await client.call(ListHealth())
                return found

        return next(bus for bus in asyncio.run(ask()).buses if bus.name == name)


@pytest.fixture(scope="module")
def car(
    vcan: Callable[..., str],
    start: Callable[..., subprocess.Popen[str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Car:
    """A simulated car on one bus, a trailer that nobody simulates on another, and the databroker on both."""
    folder = tmp_path_factory.mktemp("rt")
    (folder / "trailer.dbc").write_text(DBC)
    (folder / "trailer.vspec").write_text(OVERLAY)
    environment = {"IVI_RUNTIME_DIR": str(folder / "run"), "IVI_STATE_DIR": str(folder / "state")}
    bus = f"socketcan:{vcan('car0')}"
    trailer = f"trailer=socketcan:{vcan('trailer0')},dbc={folder}/trailer.dbc,overlay={folder}/trailer.vspec"
    start(*python("simulator.vehicle", "--can", bus), environment=environment)
    start(*python("ivi.manager.entry.databroker", "--can", bus, "--bus", trailer), environment=environment)
    running = Car(environment)
    until(lambda: running.value("Vehicle.Speed") is not None)
    return running


def test_the_cars_values_arrive(car: Car) -> None:
    assert "km/h" in car.ivi("signals", "get", "Vehicle.Speed")
    bus = car.bus("car0")
    assert (bus.state, bus.reason) == ("ok", "")
    assert bus.counters["received"] > 0
    assert [bus.counters[name] for name in ("dropped", "undecodable", "error_frames", "checksum_faults")] == [0] * 4
    assert "unknown" not in bus.counters, "the kernel filters"


def test_a_request_reaches_the_car_and_candump(car: Car, tmp_path: Path) -> None:
    """The command frame is seen on the bus by somebody else, and the car reports what was asked."""
    log = tmp_path / "dump"
    with log.open("w") as file, subprocess.Popen(["candump", "-L", "car0"], stdout=file) as dump:
        try:
            until(lambda: log.stat().st_size > 0)
            assert "confirmed after" in car.ivi("signals", "set", TEMPERATURE, "24.5")
        finally:
            dump.terminate()
    assert car.value(TEMPERATURE) == 24.5
    identifiers = {line.split()[2].partition("#")[0] for line in log.read_text().splitlines() if "#" in line}
    assert len(identifiers) > 10, "the car's own frames"
    assert "500" in identifiers, "HVAC_Command"


def test_somebody_elses_frames_become_values(car: Car) -> None:
    cansend("trailer0", "100#A00F0100")
    until(lambda: car.value("Vehicle.Trailer.Load") == 2000.0)
    assert car.value("Vehicle.Trailer.Door") is True


def test_somebody_else_sees_our_request(car: Car) -> None:
    with subprocess.Popen(
        ["timeout", str(DEADLINE), "candump", "-L", "-n", "1", "trailer0,200:7FF"], stdout=subprocess.PIPE, text=True
    ) as dump:
        until(lambda: " 200 " in Path("/proc/net/can/rcvlist_sff").read_text())
        car.ivi("signals", "set", "--no-wait", "Vehicle.Trailer.Lamp", "true")
        assert dump.stdout is not None
        assert dump.stdout.read().split()[2] == "200#0100"


def test_bus_off_is_shown_until_frames_come_again(car: Car) -> None:
    with socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW) as raw:
        raw.bind(("trailer0",))
        raw.send(struct.pack("=IBxxx8s", ERROR | 0x40, 8, bytes(8)))
    until(lambda: car.bus("trailer").state == "bus-off")

    def recovered() -> bool:
        cansend("trailer0", "100#00000000")
        return car.bus("trailer").state == "ok"

    until(recovered)


def test_a_bus_that_goes_down_is_shown_and_the_car_drives_on(car: Car) -> None:
    ip("link", "set", "trailer0", "down")
    until(lambda: car.bus("trailer").state == "away")
    assert "down" in car.bus("trailer").reason
    assert car.bus("car0").state == "ok"
    ip("link", "set", "trailer0", "up")
    until(lambda: car.bus("trailer").state != "away")
    cansend("trailer0", "100#02000000")
    until(lambda: car.value("Vehicle.Trailer.Load") == 1.0)


def test_both_ends_come_back_when_their_bus_does(car: Car) -> None:
    """The databroker and the simulated car lose it at the same time."""
    ip("link", "set", "car0", "down")
    until(lambda: car.bus("car0").state == "away")
    ip("link", "set", "car0", "up")
    until(lambda: car.bus("car0").state == "ok")
    assert "confirmed after" in car.ivi("signals", "set", TEMPERATURE, "21")
