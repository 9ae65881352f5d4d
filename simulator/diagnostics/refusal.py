# SPDX-License-Identifier: Apache-2.0
"""Negative responses of an ECU: the codes it uses (ISO 14229-1 annex A), and which it keeps to itself."""

from enum import IntEnum


class Nrc(IntEnum):
    """Negative response codes."""

    SERVICE_NOT_SUPPORTED = 0x11
    SUBFUNCTION_NOT_SUPPORTED = 0x12
    WRONG_LENGTH = 0x13
    BUSY = 0x21
    CONDITIONS_NOT_CORRECT = 0x22
    SEQUENCE_ERROR = 0x24
    OUT_OF_RANGE = 0x31
    ACCESS_DENIED = 0x33
    INVALID_KEY = 0x35
    TOO_MANY_ATTEMPTS = 0x36
    DELAY_NOT_EXPIRED = 0x37
    PENDING = 0x78
    SUBFUNCTION_NOT_IN_SESSION = 0x7E
    SERVICE_NOT_IN_SESSION = 0x7F


SILENT_WHEN_FUNCTIONAL = frozenset(
    {
        Nrc.SERVICE_NOT_SUPPORTED,
        Nrc.SUBFUNCTION_NOT_SUPPORTED,
        Nrc.OUT_OF_RANGE,
        Nrc.SUBFUNCTION_NOT_IN_SESSION,
        Nrc.SERVICE_NOT_IN_SESSION,
    }
)
"""On the functional address an ECU that is not meant says nothing."""


class Refusal(Exception):  # noqa: N818  # it is an answer, not a fault of the program
    """A request that the ECU refuses."""

    def __init__(self, code: Nrc) -> None:
        super().__init__(code.name)
        self.code = code


def negative(service: int, code: Nrc) -> bytes:
    """The response that says no."""
    return bytes([0x7F, service, code])
