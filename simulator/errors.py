# SPDX-License-Identifier: Apache-2.0
"""Errors of the simulator.

SimulatorError
 +- BusAddressError     a channel that cannot be a socket path
 +- BusServerError      a bus server that cannot start here
 +- CarDataError        a DBC that is missing, broken or not the one the car needs
 +- ChannelError        a --can argument or a CAN interface that cannot be opened
 +- EcuAnswerError      a simulated ECU that is not there or refuses (simulator.diagnostics.fault)

The messages say what and where; ``hint`` says what to do.
"""


class SimulatorError(Exception):
    """Root of the simulator's errors."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def line(self) -> str:
        """The one line that a person reads: what, where, what to do."""
        message = str(self)
        return f"{message}; {self.hint}" if self.hint else message


class BusAddressError(SimulatorError):
    """The channel names no usable socket path."""


class BusServerError(SimulatorError):
    """The bus server cannot listen on its socket."""


class CarDataError(SimulatorError):
    """The car's DBC cannot be used."""


class ChannelError(SimulatorError):
    """The CAN channel cannot be opened."""
