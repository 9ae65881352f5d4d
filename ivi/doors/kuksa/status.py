# SPDX-License-Identifier: Apache-2.0
"""Our errors as gRPC status codes, Kuksa's error codes in a stream, and the HTTP-like numbers of kuksa.val.v1."""

import grpc
from kuksa.val.v2 import types_pb2 as v2

from ivi.doors.claims import AlreadyProvidedError
from ivi.doors.scopes import UnauthenticatedError
from ivi.model.errors import (
    DeadlineError,
    InvalidArgumentError,
    IviError,
    LinkError,
    NotFoundError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnavailableError,
)

# The first class that fits counts, so that the special ones stand before their parents.
_CODES: tuple[tuple[type[IviError], grpc.StatusCode], ...] = (
    (UnauthenticatedError, grpc.StatusCode.UNAUTHENTICATED),
    (AlreadyProvidedError, grpc.StatusCode.ALREADY_EXISTS),
    (NotFoundError, grpc.StatusCode.NOT_FOUND),
    (PermissionDeniedError, grpc.StatusCode.PERMISSION_DENIED),
    (InvalidArgumentError, grpc.StatusCode.INVALID_ARGUMENT),
    (UnavailableError, grpc.StatusCode.UNAVAILABLE),
    (LinkError, grpc.StatusCode.UNAVAILABLE),
    (DeadlineError, grpc.StatusCode.DEADLINE_EXCEEDED),
    (ResourceExhaustedError, grpc.StatusCode.RESOURCE_EXHAUSTED),
)
_NUMBERS = {
    grpc.StatusCode.NOT_FOUND: (404, "not_found"),
    grpc.StatusCode.PERMISSION_DENIED: (403, "forbidden"),
    grpc.StatusCode.ALREADY_EXISTS: (403, "forbidden"),
    grpc.StatusCode.UNAUTHENTICATED: (401, "unauthorized"),
    grpc.StatusCode.INVALID_ARGUMENT: (400, "invalid_data"),
    grpc.StatusCode.UNAVAILABLE: (503, "unavailable"),
}


def code_of(error: IviError) -> grpc.StatusCode:
    """The gRPC status of an error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), grpc.StatusCode.INTERNAL)


def stream_error(error: IviError) -> v2.Error:
    """The error of one signal inside a provider stream, which knows three codes."""
    match code_of(error):
        case grpc.StatusCode.NOT_FOUND:
            code = v2.ERROR_CODE_NOT_FOUND
        case grpc.StatusCode.PERMISSION_DENIED | grpc.StatusCode.ALREADY_EXISTS:
            code = v2.ERROR_CODE_PERMISSION_DENIED
        case _:
            code = v2.ERROR_CODE_INVALID_ARGUMENT
    return v2.Error(code=code, message=str(error))


def v1_error(error: IviError) -> dict[str, object]:
    """The fields of kuksa.val.v1.Error."""
    number, reason = _NUMBERS.get(code_of(error), (500, "internal"))
    return {"code": number, "reason": reason, "message": str(error)}
