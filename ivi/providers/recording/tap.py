# SPDX-License-Identifier: Apache-2.0
"""A thread that reads one bus into a FrameQueue, so that nothing slow stands between the bus and memory."""

import threading
from typing import Any

import can
from can.typechecking import CanFilter

from ivi.model.errors import ConfigurationError, UnavailableError
from ivi.providers.can.frame import EXTENDED, ID_MASK
from ivi.providers.recording.frame_queue import FrameQueue
from ivi.providers.replay.entry import LogEntry, from_message, parse_id

WAIT = 0.1  # seconds between two looks whether to stop
BATCH = 256  # frames taken at once from an interface that gives them one by one
JOIN = 2.0  # seconds that a tap may take to end


def open_bus(address: str, filters: list[CanFilter] | None = None) -> can.BusABC:
    """Open INTERFACE:CHANNEL. Raises ConfigurationError for a wrong address, UnavailableError when it is away."""
    interface, _, channel = address.partition(":")
    if not interface or not channel:
        raise ConfigurationError(
            f"--can {address} names no CAN bus", hint="INTERFACE:CHANNEL, e.g. ivi:can0 or socketcan:vcan0"
        )
    extra: dict[str, Any] = {"fd": True} if interface == "socketcan" else {}
    try:
        return can.Bus(interface=interface, channel=channel, can_filters=filters, **extra)
    except (can.CanError, OSError, ValueError, ImportError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnavailableError(f"the CAN bus {address} cannot be opened: {reason}") from error


def parse_filters(words: list[str]) -> list[CanFilter]:
    """Filters from ID or ID:MASK in hexadecimal. Raises ConfigurationError."""
    filters: list[CanFilter] = []
    for word in words:
        number, _, mask_text = word.partition(":")
        key = parse_id(number)
        try:
            mask = int(mask_text, 16) if mask_text else ID_MASK
        except ValueError:
            key = None
        if key is None:
            raise ConfigurationError(
                f"--filter {word} is no id", hint="ID or ID:MASK in hexadecimal; eight digits for an extended id"
            )
        filters.append({"can_id": key & ID_MASK, "can_mask": mask & ID_MASK, "extended": bool(key & EXTENDED)})
    return filters


class Tap:
    """Reads one bus until stop(). `failure` says why it ended by itself."""

    def __init__(self, address: str, queue: FrameQueue, filters: list[CanFilter] | None = None) -> None:
        """Opens the bus. Raises ConfigurationError or UnavailableError."""
        self.channel = address.partition(":")[2].rpartition("/")[2].removesuffix(".sock") or address
        self.received = 0
        self.failure = ""
        self._queue = queue
        self._bus = open_bus(address, filters)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=f"tap-{self.channel}", daemon=True)

    @property
    def dropped(self) -> int:
        """Frames that the bus says we lost because we were slow."""
        now = getattr(self._bus, "dropped", 0)
        return now if isinstance(now, int) else 0

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Leave the bus; what was read stays in the queue."""
        self._stopping = True
        if self._thread.is_alive():
            self._thread.join(JOIN)
        self._bus.shutdown()

    def _run(self) -> None:
        try:
            while not self._stopping:
                if batch := self._take():
                    self.received += len(batch)
                    self._queue.put(batch)
        except (can.CanError, OSError) as error:
            self.failure = " ".join(str(error).split()) or type(error).__name__

    def _take(self) -> list[LogEntry]:
        receive: Any = getattr(self._bus, "recv_batch", None)
        channel = self.channel
        if receive is not None:
            return [
                LogEntry(ns, key, length, flags & 0x17, b"" if key & 0x40000000 else data[:length], channel)
                for ns, key, length, flags, data in receive(WAIT)
            ]
        batch: list[LogEntry] = []
        message = self._bus.recv(WAIT)
        while message is not None:
            batch.append(from_message(message, channel))
            message = self._bus.recv(0) if len(batch) < BATCH else None
        return batch
