# SPDX-License-Identifier: Apache-2.0
"""ISO-TP to one ECU: can-isotp's state machine, driven by whoever waits, paid from the budget, bounded everywhere.

can-isotp brings threads of its own that poll; here the caller of a request drives it instead, so an idle tester costs
nothing and an error surfaces where somebody waits for the answer.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import isotp
from udsoncan.connections import BaseConnection
from udsoncan.exceptions import TimeoutException

from ivi.model.errors import DeadlineError, InvalidArgumentError, LinkError
from ivi.providers.uds.budget import Budget, frame_bits
from ivi.providers.uds.port import MAX_11, Port

log = logging.getLogger(__name__)
QUIET = "ivi.providers.uds.library"  # the libraries log each fault that our errors say once
logging.getLogger(QUIET).setLevel(logging.CRITICAL + 1)

PADDING = 0xAA
MESSAGE_MAX = 4095  # bytes; an ECU that announces more is refused
NEXT_FRAME = 1000  # ms; N_Cr and N_Bs
PACED_FRAME = 2000  # ms; the same, with the time that our flow control may wait for the budget
WAITS_MAX = 32  # "wait" answers of an ECU in a row
TURN_SENDING = 0.002  # seconds; an ECU's separation time is kept this exactly
TURN = 0.1  # seconds
SINGLE, FIRST, FLOW = 0, 1, 3  # kinds of frames, high half of the first byte

ENDS_TRANSFER = (
    isotp.errors.WrongSequenceNumberError,
    isotp.errors.ConsecutiveFrameTimeoutError,
    isotp.errors.FlowControlTimeoutError,
    isotp.errors.OverflowError,
    isotp.errors.FrameTooLongError,
    isotp.errors.MaximumWaitFrameReachedError,
)
"""The others are frames out of place, which are counted and change nothing."""


def quiet_logger() -> logging.Logger:
    """The logger that the libraries get."""
    return logging.getLogger(QUIET)


class EcuLink(BaseConnection):  # type: ignore[misc]  # the library is not there for every check
    """A udsoncan connection to one ECU. Not for two threads at once: the tester's turn sees to that."""

    def __init__(self, port: Port, budget: Budget, name: str, request: int, response: int) -> None:
        super().__init__(name)
        self.logger = quiet_logger()
        self.ecu = name
        self.faults = 0
        self.deadline = 0.0  # monotonic; the end of the request that is made
        self._port = port
        self._budget = budget
        self._request = request
        self._inbox = port.inbox(response)
        self._batch: deque[bytes] = deque()
        self._paid = 0  # bits of answers that are paid already
        self._ended: Exception | None = None
        self._extended = request > MAX_11
        self._bits = frame_bits(extended=self._extended)
        mode = isotp.AddressingMode.Normal_29bits if self._extended else isotp.AddressingMode.Normal_11bits
        self._response = response
        self._layer: Any = isotp.TransportLayerLogic(
            rxfn=self._next_frame,
            txfn=self._transmit,
            address=isotp.Address(mode, rxid=response, txid=request),
            error_handler=self._on_error,
            params={
                "stmin": 0,
                "blocksize": budget.block,
                "tx_padding": PADDING,
                "max_frame_size": MESSAGE_MAX,
                "rx_flowcontrol_timeout": NEXT_FRAME,
                "rx_consecutive_frame_timeout": PACED_FRAME,
                "wftmax": WAITS_MAX,
                "logger_name": QUIET,
            },
        )

    def open(self) -> "EcuLink":
        """Nothing to do: the bus is open."""
        return self

    def close(self) -> None:
        """Nothing to do: the bus belongs to the tester."""

    def is_open(self) -> bool:
        """Whether the link can be used."""
        return True

    def empty_rxqueue(self) -> None:
        """Forget late answers to earlier requests, and any transfer that was cut off."""
        self._inbox.wait(0)
        self._batch.clear()
        self._layer.reset()
        self._ended = None
        self._paid = 0

    def specific_send(self, payload: bytes, timeout: float | None = None) -> None:
        """Send a request. Raises LinkError, DeadlineError, or ResourceExhaustedError for the budget."""
        if not 0 < len(payload) <= MESSAGE_MAX:
            raise InvalidArgumentError(f"a request has 1 to {MESSAGE_MAX} bytes, this one {len(payload)}")
        end = self.deadline if timeout is None else min(self.deadline, time.monotonic() + timeout)
        self._layer.send(payload)
        self._pump(lambda: not self._layer.transmitting(), lambda: end, "takes no request of several frames")

    def specific_wait_frame(self, timeout: float | None = None) -> bytes:
        """The next message. ``timeout`` is for its begin (P2); its end may take until the request's deadline.

        Raises LinkError when a transfer breaks off, udsoncan's TimeoutException when none begins.
        """
        begin = self.deadline if timeout is None else min(self.deadline, time.monotonic() + timeout)
        try:
            self._pump(self._layer.available, lambda: self.deadline if self.receiving else begin, "")
        except DeadlineError as error:
            if self.receiving:
                self._layer.reset()
                raise LinkError(
                    f"{self.ecu} stopped in the middle of its answer", hint="is it still powered? Try again"
                ) from error
            raise TimeoutException(f"no answer within {timeout or 0:g} s") from error
        return bytes(self._layer.recv())

    def poll(self) -> list[bytes]:
        """Messages that are complete now, without waiting; for answers to a functional request."""
        self._turn(0.0)
        found: list[bytes] = []
        while (message := self._layer.recv()) is not None:
            found.append(bytes(message))
        return found

    def expect(self, frames: int) -> None:
        """Frames of answers that somebody else has paid for."""
        self._paid += frames * self._bits

    @property
    def receiving(self) -> bool:
        """Whether an answer of several frames is arriving."""
        return bool(self._layer.rx_state != isotp.TransportLayerLogic.RxState.IDLE)

    def _pump(self, done: Callable[[], bool], end: Callable[[], float], why: str) -> None:
        self._turn(0.0)
        while not done():
            left = end() - time.monotonic()
            if left <= 0:
                raise DeadlineError(f"{self.ecu} {why}" if why else f"{self.ecu} does not answer")
            self._turn(min(left, TURN_SENDING if self._layer.transmitting() else TURN))

    def _turn(self, wait: float) -> None:
        """One look at the inbox. can-isotp loops while frames come, so it gets a batch, never the open tap."""
        frames = self._inbox.wait(wait)
        for _ in frames:
            self._pay_for_answer()
        self._batch.extend(frames)
        self._layer.process()
        if self._ended is not None:
            ended, self._ended = self._ended, None
            self._layer.reset()
            raise LinkError(
                f"the transfer with {self.ecu} broke off: {ended}", hint="try again; if it stays, look at the bus"
            ) from ended

    def _next_frame(self, _timeout: float) -> Any:  # noqa: ANN401  # can-isotp's own type, or None
        if not self._batch:
            return None
        data = self._batch.popleft()
        return isotp.CanMessage(
            arbitration_id=self._response, dlc=len(data), data=data, extended_id=self._response > MAX_11
        )

    def _transmit(self, message: Any) -> None:  # noqa: ANN401  # can-isotp's own type
        data = bytes(message.data)
        kind = data[0] >> 4
        answers = 1 if kind in {SINGLE, FIRST} else self._budget.block if kind == FLOW else 0
        self._budget.take((1 + answers) * self._bits, self.deadline)
        self._paid += answers * self._bits
        self._port.send(message.arbitration_id, data)

    def _pay_for_answer(self) -> None:
        if self._paid >= self._bits:
            self._paid -= self._bits
        else:
            self._budget.charge(self._bits)

    def _on_error(self, error: Exception) -> None:
        self.faults += 1
        if isinstance(error, ENDS_TRANSFER):
            self._ended = error
        else:
            log.debug("%s: %s", self.ecu, error)
