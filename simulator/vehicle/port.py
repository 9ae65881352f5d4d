# SPDX-License-Identifier: Apache-2.0
"""The car's side of the bus: our own bus in batches, any other python-can interface frame by frame."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

import can
from can.typechecking import CanFilter

from simulator.bus.address import IVI, split_address
from simulator.bus.interface import IviBus
from simulator.bus.record import BRS, EFF, FD, ID_MASK, Record
from simulator.errors import ChannelError

READS = 64  # reads in one tick at most, so that a flood of foreign frames cannot hold the car up
SEND_TIMEOUT = 1.0  # s


class Port(ABC):
    """An open channel."""

    @abstractmethod
    def send(self, records: list[Record]) -> None:
        """Send a tick's frames; raises can.CanError."""

    @abstractmethod
    def receive(self) -> Iterator[tuple[int, bytes]]:
        """Commands that wait: identifier (with EFF) and payload. Never waits; raises can.CanError."""

    @abstractmethod
    def close(self) -> None:
        """Leave the bus."""


class BatchPort(Port):
    """Our own bus."""

    def __init__(self, channel: str, filters: list[CanFilter]) -> None:
        """Join; raises can.CanInitializationError."""
        self._bus = IviBus(channel, can_filters=filters)

    def send(self, records: list[Record]) -> None:
        """Send a tick's frames in one write."""
        self._bus.send_batch(records, SEND_TIMEOUT)

    def receive(self) -> Iterator[tuple[int, bytes]]:
        """Commands that wait."""
        for _ in range(READS):
            before = self._bus.frames_read
            for _, identifier, length, _, payload in self._bus.recv_batch(0):
                yield identifier, payload[:length]
            if self._bus.frames_read == before:
                return

    def close(self) -> None:
        """Leave the bus."""
        self._bus.shutdown()


class MessagePort(Port):
    """SocketCAN or any other interface of python-can."""

    def __init__(self, interface: str, channel: str, filters: list[CanFilter]) -> None:
        """Open the channel with CAN FD; raises can.CanError, or ChannelError for an interface that does not exist."""
        try:
            self._bus = can.Bus(interface=interface, channel=channel, fd=True, can_filters=filters)
        # python-can's own word for an interface that it does not have, or whose driver is not installed here
        except can.CanInterfaceNotImplementedError as error:
            raise ChannelError(f"CAN interface {interface!r} cannot be used: {error}", "try ivi:can0") from error
        except (OSError, ValueError, TypeError, ImportError) as error:
            raise can.CanInitializationError(
                f"cannot open {interface}:{channel}: {error}; is it there and up?"
            ) from error

    def send(self, records: list[Record]) -> None:
        """Send frame by frame."""
        for _, identifier, length, flags, payload in records:
            self._bus.send(
                can.Message(
                    arbitration_id=identifier & ID_MASK,
                    is_extended_id=bool(identifier & EFF),
                    is_fd=bool(flags & FD),
                    bitrate_switch=bool(flags & BRS),
                    data=payload[:length],
                ),
                SEND_TIMEOUT,
            )

    def receive(self) -> Iterator[tuple[int, bytes]]:
        """Commands that wait."""
        for _ in range(READS):
            message = self._bus.recv(0)
            if message is None:
                return
            identifier = message.arbitration_id | (EFF if message.is_extended_id else 0)
            yield identifier, bytes(message.data)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.shutdown()


def open_port(address: str, identifiers: Iterable[int]) -> Port:
    """Open ``interface:channel`` for the command ``identifiers`` (with EFF); raises ChannelError or can.CanError."""
    interface, channel = split_address(address)
    filters: list[CanFilter] = [
        {"can_id": identifier & ID_MASK, "can_mask": ID_MASK, "extended": bool(identifier & EFF)}
        for identifier in identifiers
    ]
    return BatchPort(channel, filters) if interface == IVI else MessagePort(interface, channel, filters)
