# SPDX-License-Identifier: Apache-2.0
"""The ECUs on a bus without the car around them: one loop that sleeps until a frame or an answer is due."""

import time

import can
from can.typechecking import CanFilter

from simulator.bus.address import split_address
from simulator.diagnostics.network import Frame, Network
from simulator.errors import ChannelError

IDLE = 1.0  # s between two looks at stop() while nothing happens
STARTING = 3.0  # s that the bus may need to appear
RETRY = 0.2  # s
SEND_TIMEOUT = 1.0  # s

PARKED = {
    "ESC_Speed": 0.0,
    "IBS_Voltage": 12.7,
    "BMS_SocDisplayed": 71.5,
    "BMS_PackVoltage": 355.2,
    "BMS_SoH": 98.4,
    "BMS_TemperatureMax": 24.0,
    "BMS_IsolationResistance": 4800.0,
    "VCU_Odometer": 18_432_100.0,
    "INV_CoolantTemperature": 27.0,
    "BCM_OutsideTemperature": 14.5,
    "HVAC_CabinTemperature": 19.0,
}
"""Signals of a parked car; what is not here is 0."""


def parked(signal: str) -> float:
    """Reads a signal of a car that stands."""
    return PARKED.get(signal, 0.0)


def open_bus(address: str, identifiers: list[int]) -> can.BusABC:
    """Join a bus for some 11-bit identifiers, waiting a little for it. Raises ChannelError."""
    interface, channel = split_address(address)
    filters: list[CanFilter] = [
        {"can_id": identifier, "can_mask": 0x7FF, "extended": False} for identifier in identifiers
    ]
    give_up = time.monotonic() + STARTING
    while True:
        try:
            return can.Bus(interface=interface, channel=channel, can_filters=filters)
        # python-can's own word for an interface that it does not have, or whose driver is not installed here
        except can.CanInterfaceNotImplementedError as error:
            raise ChannelError(f"CAN interface {interface!r} cannot be used: {error}", "try ivi:can0") from error
        except (can.CanError, OSError, ValueError) as error:
            if time.monotonic() >= give_up:
                raise ChannelError(f"cannot open {address}: {error}") from error
        time.sleep(RETRY)


class Station:
    """Serves a network on a bus until stop()."""

    def __init__(self, network: Network, bus: can.BusABC) -> None:
        self._network = network
        self._bus = bus
        self._stopping = False

    def stop(self) -> None:
        """Make run() return; safe from a signal handler."""
        self._stopping = True

    def run(self) -> None:
        """Answer until stop(). Raises ChannelError when the bus goes away."""
        try:
            while not self._stopping:
                self._turn()
        except can.CanError as error:
            if not self._stopping:
                raise ChannelError(f"the ECUs lost the bus: {error}") from error

    def _turn(self) -> None:
        due_at = self._network.due_at()
        wait = IDLE if due_at is None else min(max(due_at - time.monotonic(), 0.0), IDLE)
        message = self._bus.recv(wait)
        now = time.monotonic()
        if message is not None and not (message.is_remote_frame or message.is_error_frame or message.is_extended_id):
            self._network.take(message.arbitration_id, bytes(message.data), now)
        for frame in self._network.due(now):
            self._bus.send(to_message(frame), SEND_TIMEOUT)


def to_message(frame: Frame) -> can.Message:
    """A classic frame with an 11-bit identifier."""
    return can.Message(arbitration_id=frame[0], is_extended_id=False, data=frame[1])
