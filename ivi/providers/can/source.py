# SPDX-License-Identifier: Apache-2.0
"""Where frames come from: one face over our own bus, over interfaces with a descriptor and over those without.

A source is opened by `open_source` (which may block) and then read from the event loop: its descriptor is readable
while something waits, and `read` takes a bounded batch without waiting. SocketCAN has its own module.
"""

import contextlib
import logging
import os
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Collection, Iterable
from typing import Any

import can

from ivi.providers.can.batch import RECORD, RECORD_SIZE, FrameBatch, FrameList, RecordBatch, is_plain
from ivi.providers.can.bus_spec import BusSpec
from ivi.providers.can.frame import ODD, Frame, from_message
from ivi.providers.can.socketcan import SocketcanReceiver, filter_ids, prepare

# python-can logs each attempt to open a bus, and as an error each that fails. What fails is raised as well and reported
# once; a bus that stays away would otherwise fill the journal with a line or two a second.
logging.getLogger("can").setLevel(logging.CRITICAL)

BATCH = 256  # frames taken in one turn of the loop, so that a flood starves neither the link nor the other buses
THREAD_QUEUE = 20_000  # frames that a reading thread keeps for the loop before the oldest is dropped and counted
THREAD_WAIT = 0.2  # seconds after which a reading thread looks whether it shall end
JOIN = 2.0  # seconds that closing waits for a reading thread

_FD = 0x01  # flag of a record of our own bus

BUS_ERRORS = (can.CanError, OSError, ValueError)
"""What python-can's interfaces raise when a bus fails; ValueError: a descriptor that was closed under it."""


class FrameSource(ABC):
    """An open bus."""

    filtered = False
    """Whether frames that nobody wants are kept back below us, so that they cannot be counted."""
    warning = ""
    """What is not as it should be though the bus works."""
    warning_hint = ""

    def __init__(self, bus: can.BusABC) -> None:
        self._bus = bus
        self.more = False
        """Whether the last read stopped at its bound, so that frames may wait where the descriptor does not show."""
        self.odd: list[Frame] = []
        """Remote and error frames of the last read; they are not among the frames it returned."""
        self.fd_keys: list[int] = []
        """Ids of the last read's frames that came in the FD format."""

    @property
    def descriptor(self) -> int:
        """Readable while frames wait."""
        return self._bus.fileno()

    @property
    def dropped(self) -> int:
        """Frames lost since the bus was opened because we were slow; as far as the bus can tell."""
        lost = getattr(self._bus, "dropped", 0)
        return lost if isinstance(lost, int) else 0

    @abstractmethod
    def read(self) -> FrameBatch:
        """At most BATCH data frames that have arrived. Raises one of BUS_ERRORS when the bus has failed."""

    def send(self, messages: Iterable[can.Message], timeout: float) -> None:
        """Send frames; may block for `timeout` seconds each. Raises one of BUS_ERRORS."""
        for message in messages:
            self._bus.send(message, timeout=timeout)

    def close(self) -> None:
        """Leave the bus."""
        self._bus.shutdown()


class RecordSource(FrameSource):
    """Our own bus: `recv_bytes` gives whole records."""

    def __init__(self, bus: can.BusABC) -> None:
        super().__init__(bus)
        self._receive: Callable[[int], bytes] = bus.recv_bytes  # type: ignore[attr-defined]  # see wrap()

    def read(self) -> FrameBatch:
        """See FrameSource."""
        data = self._receive(BATCH)
        self.more = len(data) == BATCH * RECORD_SIZE
        if self.odd or self.fd_keys:
            self.odd, self.fd_keys = [], []
        return RecordBatch(data) if is_plain(data) else self._sort(data)

    def _sort(self, data: bytes) -> FrameList:
        """The same with remote, error and FD frames among them."""
        records = list(RECORD.iter_unpack(data))
        everything = [Frame(ns, key, payload[:length]) for ns, key, length, _flags, payload in records]
        self.odd = [frame for frame in everything if frame.key & ODD]
        self.fd_keys = [key for _ns, key, _length, flags, _payload in records if flags & _FD]
        return FrameList(frame for frame in everything if not frame.key & ODD)


class MessageSource(FrameSource):
    """Any interface that python-can can poll by a descriptor: `bus.recv`, message by message."""

    def read(self) -> FrameBatch:
        """See FrameSource."""
        messages: list[can.Message] = []
        while len(messages) < BATCH and (message := self._bus.recv(0)) is not None:
            messages.append(message)
        self.more = len(messages) == BATCH
        return self._take(messages)

    def _take(self, messages: list[can.Message]) -> FrameList:
        frames = [from_message(message) for message in messages]
        self.odd = [frame for frame in frames if frame.key & ODD]
        self.fd_keys = [frame.key for frame, message in zip(frames, messages, strict=True) if message.is_fd]
        return FrameList(frame for frame in frames if not frame.key & ODD)


class ThreadSource(MessageSource):
    """An interface without a descriptor: a thread waits in `bus.recv` and wakes the loop through an eventfd."""

    def __init__(self, bus: can.BusABC) -> None:
        super().__init__(bus)
        self._queue: deque[can.Message] = deque()
        self._lost = 0
        self._error: Exception | None = None
        self._stopping = threading.Event()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._thread = threading.Thread(target=self._pump, name=f"can {bus.channel_info}", daemon=True)
        self._thread.start()

    @property
    def descriptor(self) -> int:
        """See FrameSource."""
        return self._wake

    @property
    def dropped(self) -> int:
        """See FrameSource."""
        return self._lost + super().dropped

    def read(self) -> FrameBatch:
        """See FrameSource."""
        with contextlib.suppress(BlockingIOError):
            os.eventfd_read(self._wake)
        messages = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
        self.more = bool(self._queue) or (self._error is not None and bool(messages))
        if not messages and self._error is not None:
            raise self._error
        return self._take(messages)

    def close(self) -> None:
        """See FrameSource."""
        self._stopping.set()
        self._thread.join(JOIN)
        super().close()
        if not self._thread.is_alive():  # otherwise it may still write to it; one descriptor is the lesser evil
            os.close(self._wake)

    def _pump(self) -> None:
        while not self._stopping.is_set():
            try:
                message = self._bus.recv(THREAD_WAIT)
            except BUS_ERRORS as error:
                self._error = error
                os.eventfd_write(self._wake, 1)
                return
            if message is None:
                continue
            if len(self._queue) >= THREAD_QUEUE:
                with contextlib.suppress(IndexError):  # the loop emptied it just now
                    self._queue.popleft()
                    self._lost += 1
            self._queue.append(message)
            os.eventfd_write(self._wake, 1)


class SocketcanSource(FrameSource):
    """SocketCAN: python-can opens the bus, recvmmsg reads it (see ivi.providers.can.socketcan)."""

    def __init__(self, bus: can.BusABC, wanted: Collection[tuple[int, int]] | None) -> None:
        super().__init__(bus)
        sock = bus.socket  # type: ignore[attr-defined]  # SocketcanBus has it
        report = prepare(sock)
        self.warning, self.warning_hint = report.warning, report.hint
        self.filtered = wanted is not None and filter_ids(sock, wanted)
        self._receiver = SocketcanReceiver(sock)

    @property
    def dropped(self) -> int:
        """See FrameSource."""
        return self._receiver.dropped

    def read(self) -> FrameBatch:
        """See FrameSource."""
        frames = self._receiver.read()
        self.odd, self.fd_keys = self._receiver.odd, self._receiver.fd_keys
        return frames


def open_source(spec: BusSpec, wanted: Collection[tuple[int, int]]) -> FrameSource:
    """Open a bus; blocks as long as its interface does. `wanted`: ids that mean something, with masks.

    Raises one of BUS_ERRORS or ImportError (python-can has no such interface, or its driver is not installed).
    """
    # python-can's own configuration files may hold anything; what was asked for on the command line wins
    options: dict[str, Any] = {"fd": True} if spec.interface == "socketcan" else {}
    with contextlib.ExitStack() as undo:
        bus = can.Bus(interface=spec.interface, channel=spec.channel, **options)
        undo.callback(bus.shutdown)
        source = wrap(bus, spec.interface, wanted if spec.filtered else None)
        undo.pop_all()
    return source


def wrap(bus: can.BusABC, interface: str, wanted: Collection[tuple[int, int]] | None) -> FrameSource:
    """The fastest source for an open python-can bus."""
    if interface == "socketcan":
        return SocketcanSource(bus, wanted)
    if hasattr(bus, "recv_bytes"):
        return RecordSource(bus)
    try:
        bus.fileno()
    except NotImplementedError:  # python-can's own word for an interface that has no descriptor to wait on
        return ThreadSource(bus)
    return MessageSource(bus)
