# SPDX-License-Identifier: Apache-2.0
"""ISO-TP in the kernel (``CAN_ISOTP``) to one ECU, for SocketCAN buses: exact separation times on a busy machine.

The kernel tells nothing before a message is complete, so the tester's own bus listens to the ECU's frames too: they say
that an answer has begun, and they are paid from the budget. The kernel cannot ask the budget before each flow control;
the separation time that it demands is long enough for some ECUs that answer at once.
"""

import math
import socket
import time

import isotp
from udsoncan.connections import BaseConnection
from udsoncan.exceptions import TimeoutException

from ivi.model.errors import ConfigurationError, LinkError, UnavailableError
from ivi.providers.uds.budget import Budget, frame_bits
from ivi.providers.uds.link import MESSAGE_MAX, PACED_FRAME, PADDING, WAITS_MAX, quiet_logger
from ivi.providers.uds.port import MAX_11, Port

STREAMS = 4  # ECUs that may send a long answer at once
STMIN_MAX = 127  # ms; the longest separation time that ISO 15765-2 has
SINGLE_MAX = 7  # bytes of a single frame
FIRST_DATA = 6  # bytes of message in a first frame
TURN = 0.02  # seconds


def available() -> bool:
    """Whether this kernel has ISO-TP sockets."""
    try:
        with socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_ISOTP):
            return True
    except (OSError, AttributeError):
        return False


def separation(budget: Budget) -> int:
    """Milliseconds between two frames that keep the budget. Raises ConfigurationError when ISO-TP has none so long."""
    stmin = math.ceil(1000 * frame_bits(extended=True) * STREAMS / budget.rate)
    if stmin > STMIN_MAX:
        raise ConfigurationError(
            "the budget is too small for ISO-TP in the kernel", hint="--transport python keeps any budget"
        )
    return stmin


def open_socket(channel: str, request: int, response: int, budget: Budget) -> socket.socket:
    """A kernel socket to one ECU. Raises UnavailableError when the kernel has none, or not on this interface."""
    stmin = separation(budget)
    mode = isotp.AddressingMode.Normal_29bits if request > MAX_11 else isotp.AddressingMode.Normal_11bits
    wrapped = None
    try:
        wrapped = isotp.socket()
        wrapped.set_opts(txpad=PADDING, tx_stmin=stmin * 1_000_000)
        wrapped.set_fc_opts(bs=0, stmin=stmin, wftmax=WAITS_MAX)
        wrapped.bind(channel, isotp.Address(mode, rxid=response, txid=request))
    # NotImplementedError is isotp's own word for a Python whose socket module was built without ISO-TP
    except (OSError, NotImplementedError) as error:
        if wrapped is not None:
            wrapped.close()
        raise UnavailableError(
            f"no ISO-TP socket on {channel}: {error}", hint="modprobe can_isotp, or --transport python"
        ) from error
    opened: socket.socket = wrapped._socket  # the wrapper's recv has no way to wait until a deadline
    return opened


def frames_of(length: int) -> int:
    """Frames of a message, flow control aside."""
    return 1 if length <= SINGLE_MAX else 1 + math.ceil((length - FIRST_DATA) / SINGLE_MAX)


class KernelLink(BaseConnection):  # type: ignore[misc]  # the library is not there for every check
    """A udsoncan connection over a socket that carries whole messages. As EcuLink otherwise."""

    def __init__(self, port: Port, budget: Budget, name: str, response: int, sock: socket.socket) -> None:
        super().__init__(name)
        self.logger = quiet_logger()
        self.ecu = name
        self.deadline = 0.0
        self._budget = budget
        self._inbox = port.inbox(response)
        self._sock = sock
        self._bits = frame_bits(extended=response > MAX_11)
        self._paid = 0
        self._heard_at = -math.inf  # when a frame of the ECU passed last

    def open(self) -> "KernelLink":
        """Nothing to do: the socket is bound."""
        return self

    def close(self) -> None:
        """Give the socket back."""
        self._sock.close()

    def is_open(self) -> bool:
        """Whether the link can be used."""
        return self._sock.fileno() >= 0

    def empty_rxqueue(self) -> None:
        """Forget late answers to earlier requests."""
        self._inbox.wait(0)
        while self._receive(0.0) is not None:
            pass
        self._heard_at = -math.inf
        self._paid = 0

    def specific_send(self, payload: bytes, timeout: float | None = None) -> None:  # udsoncan's face
        """Send a request. Raises LinkError, or ResourceExhaustedError for the budget."""
        self._budget.take((frames_of(len(payload)) + 1) * self._bits, self.deadline)
        self._paid += self._bits
        self._sock.settimeout(max(self.deadline - time.monotonic(), 0.001))
        try:
            self._sock.send(payload)
        except OSError as error:
            raise LinkError(f"{self.ecu} takes no request: {error}", hint="is the bus up?") from error

    def specific_wait_frame(self, timeout: float | None = None) -> bytes:
        """The next message; ``timeout`` is for its begin, as in EcuLink."""
        begin = self.deadline if timeout is None else min(self.deadline, time.monotonic() + timeout)
        while (now := time.monotonic()) < (self.deadline if self.receiving else begin):
            self._listen(now)
            if (message := self._receive(TURN)) is not None:
                self._listen(now)
                self._heard_at = -math.inf
                return message
        if self._heard_at > -math.inf:
            raise LinkError(f"{self.ecu} stopped in the middle of its answer", hint="is it still powered? Try again")
        raise TimeoutException(f"no answer within {timeout or 0:g} s")

    def poll(self) -> list[bytes]:
        """Messages that are complete now."""
        self._listen(time.monotonic())
        message = self._receive(0.0)
        if message is not None:
            self._heard_at = -math.inf
        return [] if message is None else [message]

    def expect(self, frames: int) -> None:
        """Frames of answers that somebody else has paid for."""
        self._paid += frames * self._bits

    @property
    def receiving(self) -> bool:
        """Whether an answer is arriving; a pause of more than N_Cr ends it."""
        return time.monotonic() - self._heard_at < PACED_FRAME / 1000

    def _listen(self, now: float) -> None:
        for _ in self._inbox.wait(0):
            self._heard_at = now
            if self._paid >= self._bits:
                self._paid -= self._bits
            else:
                self._budget.charge(self._bits)

    def _receive(self, wait: float) -> bytes | None:
        self._sock.settimeout(wait)
        try:
            return self._sock.recv(MESSAGE_MAX) or None
        except (BlockingIOError, TimeoutError):
            return None
        except OSError as error:
            raise LinkError(f"the transfer with {self.ecu} broke off: {error}", hint="try again") from error
