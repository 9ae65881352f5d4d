# SPDX-License-Identifier: Apache-2.0
"""The one tree of errors that cross a module, a process or the screen.

IviError
├── NotFoundError            the named thing does not exist (VSS path, app, file)
├── PermissionDeniedError    it exists, but this caller may not
├── InvalidArgumentError     wrong type, out of range, not allowed now
├── UnavailableError         nobody can do it at the moment (no provider, process away)
├── DeadlineError            it was tried and did not happen in time
├── ResourceExhaustedError   a bound was reached (queue, rate, quota)
├── ConfigurationError       a file or switch cannot be used
├── LinkError                the peer broke the protocol or the connection ended
└── InternalError            a defect of ours

The message says what and where; `hint` says what to do. Codes are the wire names (those of gRPC, as Kuksa uses them).
"""

from typing import ClassVar


class IviError(Exception):
    """Root of the tree. `message` says what went wrong and where, `hint` what to do about it."""

    code: ClassVar[str] = "internal"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """One line for people: the message, then the hint."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class NotFoundError(IviError):
    """The named thing does not exist."""

    code = "not_found"
    exit_code = 3


class PermissionDeniedError(IviError):
    """The caller may not do this; the audit has it when the caller is an app."""

    code = "permission_denied"
    exit_code = 4


class InvalidArgumentError(IviError):
    """A value has the wrong type, is out of range or not allowed."""

    code = "invalid_argument"
    exit_code = 5


class UnavailableError(IviError):
    """Nobody can do it now; trying again later may work."""

    code = "unavailable"
    exit_code = 6


class DeadlineError(IviError):
    """It was tried and did not happen in time."""

    code = "deadline_exceeded"
    exit_code = 7


class ResourceExhaustedError(IviError):
    """A bound was reached: a queue, a rate, a quota."""

    code = "resource_exhausted"
    exit_code = 8


class ConfigurationError(IviError):
    """A file, a switch or this machine's set-up cannot be used."""

    code = "configuration"
    exit_code = 2


class LinkError(IviError):
    """The peer broke the protocol, or the connection ended."""

    code = "link"
    exit_code = 6


class InternalError(IviError):
    """A defect of ours; the log of the process has the details."""

    code = "internal"
    exit_code = 1


BY_CODE: dict[str, type[IviError]] = {
    kind.code: kind
    for kind in (
        NotFoundError,
        PermissionDeniedError,
        InvalidArgumentError,
        UnavailableError,
        DeadlineError,
        ResourceExhaustedError,
        ConfigurationError,
        LinkError,
        InternalError,
    )
}


def from_wire(code: str, message: str, hint: str) -> IviError:
    """The error that a peer reported; an unknown code (a newer peer) becomes InternalError that names it."""
    kind = BY_CODE.get(code)
    if kind is None:
        return InternalError(f"{code}: {message}", hint=hint)
    return kind(message, hint=hint)
