# SPDX-License-Identifier: Apache-2.0
"""The way to any python-can interface, shown on its in-process virtual bus: the same code drives SocketCAN."""

from pathlib import Path

import can
import pytest

from simulator.bus.address import split_address
from simulator.bus.record import BRS, EFF, FD
from simulator.errors import ChannelError
from simulator.vehicle.car import Car
from simulator.vehicle.drive import Drive
from simulator.vehicle.port import open_port


def test_frames_go_out_with_identifier_kind_and_flags_and_only_commands_come_in() -> None:
    port = open_port("virtual:port-test", [0x500])
    try:
        with can.Bus(interface="virtual", channel="port-test") as other:
            port.send(
                [(0, 0x10, 2, 0, b"ab"), (0, EFF | 0x18FF5021, 8, 0, bytes(8)), (0, 0x20, 64, FD | BRS, bytes(64))]
            )
            seen = [other.recv(1), other.recv(1), other.recv(1)]
            assert [
                (m.arbitration_id, m.is_extended_id, m.is_fd, m.bitrate_switch, m.dlc) for m in seen if m is not None
            ] == [
                (0x10, False, False, False, 2),
                (0x18FF5021, True, False, False, 8),
                (0x20, False, True, True, 64),
            ]
            for identifier in (0x500, 0x501):
                other.send(can.Message(arbitration_id=identifier, is_extended_id=False, data=b"\x2a"))
            assert list(port.receive()) == [(0x500, b"\x2a")]
    finally:
        port.close()


def test_the_whole_car_drives_on_another_interface(dbc_file: Path) -> None:
    lines: list[str] = []
    drive = Drive(Car(dbc_file), "virtual:car-test", speedup=20, log=lines.append)
    with can.Bus(interface="virtual", channel="car-test") as other:
        drive.open()
        try:
            totals = drive.run(duration=1.0)
        finally:
            drive.close()
        received = 0
        while other.recv(0) is not None:
            received += 1
    assert received == totals.frames >= 1223
    assert (totals.unsent, lines) == (0, [])


@pytest.mark.parametrize(
    ("address", "parts"),
    [("can0", ("ivi", "can0")), ("ivi:/a:b", ("ivi", "/a:b")), ("socketcan:vcan0", ("socketcan", "vcan0"))],
)
def test_addresses(address: str, parts: tuple[str, str]) -> None:
    assert split_address(address) == parts


@pytest.mark.parametrize("address", [":", "ivi:", ":can0", ""])
def test_half_an_address_is_refused(address: str) -> None:
    with pytest.raises(ChannelError):
        split_address(address)
