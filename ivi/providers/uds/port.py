# SPDX-License-Identifier: Apache-2.0
"""The tester's side of the bus: one thread reads, frames wait in a bounded box for each identifier."""

import threading
from collections import deque
from collections.abc import Iterable

import can
from can.typechecking import CanFilter

from ivi.model.errors import ConfigurationError, LinkError, UnavailableError

BOX = 512  # frames that wait for one reader; more are dropped and counted (the longest answer has 586)
STRANGERS_MAX = 64
WAKE = 0.25  # seconds between two looks at close()
SEND_TIMEOUT = 1.0  # seconds
JOIN_TIMEOUT = 5.0  # seconds
DIAGNOSTIC_IDS: CanFilter = {"can_id": 0x700, "can_mask": 0x700, "extended": False}  # where all standard addresses lie
MAX_11 = 0x7FF


class Inbox:
    """Frames of one identifier."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque(maxlen=BOX)
        self._ready = threading.Condition()
        self._failure = ""
        self.dropped = 0

    def put(self, data: bytes) -> None:
        """Called by the reader."""
        with self._ready:
            self.dropped += len(self._frames) == BOX
            self._frames.append(data)
            self._ready.notify()

    def fail(self, reason: str) -> None:
        """The bus is gone: whoever waits hears why."""
        with self._ready:
            self._failure = reason
            self._ready.notify_all()

    def wait(self, timeout: float) -> list[bytes]:
        """What has arrived after at most ``timeout`` seconds. Raises LinkError when the bus is gone."""
        with self._ready:
            if not self._frames and not self._failure:
                self._ready.wait(max(timeout, 0.0))
            if self._failure and not self._frames:
                raise LinkError(self._failure, hint="is the bus up and its server running?")
            frames = list(self._frames)
            self._frames.clear()
            return frames


class Port:
    """One open bus. Close it when done."""

    def __init__(self, address: str) -> None:
        """Open ``interface:channel`` by python-can's names. Raises ConfigurationError or UnavailableError."""
        self.interface, _, self.channel = address.partition(":")
        if not self.interface or not self.channel:
            raise ConfigurationError(
                f"{address!r} names no CAN bus", hint="interface:channel, e.g. ivi:can0 or socketcan:vcan0"
            )
        self._boxes: dict[int, Inbox] = {}
        self._strangers: set[int] = set()
        self._stopping = False
        self._failure = ""
        self._lock = threading.Lock()
        self._bus = _open(self.interface, self.channel)
        self._thread = threading.Thread(target=self._read, name=f"diag {address}", daemon=True)
        self._thread.start()

    def inbox(self, identifier: int) -> Inbox:
        """The box for frames of an ECU; made on first use."""
        with self._lock:
            box = self._boxes.get(identifier)
            if box is None:
                box = self._boxes[identifier] = Inbox()
                if identifier > MAX_11:
                    self._bus.set_filters(_filters(self._boxes))
                if self._failure:
                    box.fail(self._failure)
            return box

    def strangers(self) -> set[int]:
        """Identifiers 0x700..0x7FF that sent since the last call and have no box."""
        with self._lock:
            found, self._strangers = self._strangers, set()
            return found

    def send(self, identifier: int, data: bytes) -> None:
        """Send a classic frame. Raises LinkError when the bus does not take it."""
        message = can.Message(arbitration_id=identifier, is_extended_id=identifier > MAX_11, data=data)
        try:
            with self._lock:
                self._bus.send(message, timeout=SEND_TIMEOUT)
        except (can.CanError, OSError) as error:
            raise LinkError(f"the CAN bus {self.interface}:{self.channel} takes no frame: {error}") from error

    def close(self) -> None:
        """Leave the bus."""
        self._stopping = True
        self._thread.join(JOIN_TIMEOUT)
        self._bus.shutdown()

    def _read(self) -> None:
        try:
            while not self._stopping:
                if (message := self._bus.recv(WAKE)) is not None:
                    self._sort(message)
        except (can.CanError, OSError, ValueError) as error:
            if self._stopping:
                return
            with self._lock:
                self._failure = f"the CAN bus {self.interface}:{self.channel} is gone: {error}"
                boxes = list(self._boxes.values())
            for box in boxes:
                box.fail(self._failure)

    def _sort(self, message: can.Message) -> None:
        if message.is_error_frame or message.is_remote_frame or message.is_fd:
            return
        with self._lock:
            box = self._boxes.get(message.arbitration_id)
            if box is None and len(self._strangers) < STRANGERS_MAX:
                self._strangers.add(message.arbitration_id)
        if box is not None:
            box.put(bytes(message.data))


def _filters(identifiers: Iterable[int]) -> list[CanFilter]:
    own: list[CanFilter] = [
        {"can_id": identifier, "can_mask": 0x1FFFFFFF, "extended": True}
        for identifier in identifiers
        if identifier > MAX_11
    ]
    return [DIAGNOSTIC_IDS, *own]


def _open(interface: str, channel: str) -> can.BusABC:
    try:
        return can.Bus(interface=interface, channel=channel, can_filters=[DIAGNOSTIC_IDS])
    except (can.CanError, OSError, ValueError, ImportError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise UnavailableError(
            f"cannot open the CAN bus {interface}:{channel}: {reason}", hint="start `ivi run --demo`, or name another"
        ) from error
