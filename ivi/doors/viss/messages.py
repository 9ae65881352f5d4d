# SPDX-License-Identifier: Apache-2.0
"""The JSON of VISS v3: requests checked, answers and errors built. Values are strings, times are ISO 8601 in UTC.

Sources: VISS v3.0 Core (payload, filters, JSON schema) and Transport (status codes, WebSocket).
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from ivi.doors.leaves import Leaf
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
from ivi.model.signal import Datapoint, DataType, Scalar, Value
from ivi.vss.catalogue import check_value

NOT_AVAILABLE = "viss-inline:Data-not-available"
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,19})", re.ASCII)
_MAX_NUMBER = 64  # characters
_NUMBERS: tuple[tuple[type[IviError], tuple[str, str]], ...] = (
    (UnauthenticatedError, ("401", "invalid_token")),
    (PermissionDeniedError, ("403", "forbidden_request")),
    (NotFoundError, ("404", "unavailable_data")),
    (InvalidArgumentError, ("400", "invalid_data")),
    (UnavailableError, ("503", "service_unavailable")),
    (LinkError, ("503", "service_unavailable")),
    (DeadlineError, ("504", "gateway_timeout")),
    (ResourceExhaustedError, ("429", "too_many_requests")),
)


class VissError(Exception):
    """A request that VISS answers with an error object."""

    def __init__(self, number: str, reason: str, description: str) -> None:
        super().__init__(description)
        self.number, self.reason, self.description = number, reason, description

    def body(self) -> dict[str, str]:
        """The error object."""
        return {"number": self.number, "reason": self.reason, "description": self.description}


class UnreadableError(VissError):
    """A message that is no request; `echo` is what its answer can repeat."""

    def __init__(self, echo: dict[str, str], description: str) -> None:
        super().__init__("400", "bad_request", description)
        self.echo = echo


def bad_request(description: str) -> VissError:
    """400: the message does not keep to the JSON schema."""
    return VissError("400", "bad_request", description)


def unavailable(description: str) -> VissError:
    """404: there is no such data, or none now."""
    return VissError("404", "unavailable_data", description)


def from_ivi(error: IviError) -> VissError:
    """One of our errors in VISS's words."""
    number, reason = next((found for kind, found in _NUMBERS if isinstance(error, kind)), ("502", "bad_gateway"))
    return VissError(number, reason, str(error))


class Request(msgspec.Struct, rename="camel"):
    """Any request; which fields it needs depends on the action."""

    action: str
    request_id: str
    path: str = ""
    value: str | list[str] | dict[str, Any] | None = None
    filter: Any = None
    authorization: str = ""
    subscription_id: str = ""
    dc: str = ""


def read(text: str | bytes) -> Request:
    """The request. Raises UnreadableError."""
    echo: dict[str, str] = {}
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(echo, "The message is no JSON") from error
    if not isinstance(document, dict):
        raise UnreadableError(echo, "The message is no JSON object")
    echo = {key: document[key] for key in ("action", "requestId") if isinstance(document.get(key), str)}
    for key, words in (("action", "Missing or invalid action"), ("requestId", "Missing or invalid requestId")):
        if key not in echo:
            raise UnreadableError(echo, words)
    try:
        return msgspec.convert(document, Request)
    except msgspec.ValidationError as error:
        raise UnreadableError(echo, str(error)) from error


def now() -> str:
    """The time of an answer."""
    return _iso(datetime.now(UTC))


def write(message: dict[str, object]) -> str:
    """The text of a message."""
    return msgspec.json.encode(message).decode()


def data_of(points: Iterable[tuple[Leaf, Datapoint | None]]) -> object:
    """`data`: an object for one signal, a list for several; what is not available says so in line."""
    found = [{"path": leaf.path, "dp": _point(datapoint)} for leaf, datapoint in points]
    return found[0] if len(found) == 1 else found


def _point(datapoint: Datapoint | None) -> dict[str, object]:
    if datapoint is None or datapoint.value is None:
        return {"value": NOT_AVAILABLE, "ts": now()}
    return {"value": _text(datapoint.value), "ts": _iso(datetime.fromtimestamp(datapoint.time_ns / 1e9, UTC))}


def _text(value: Value) -> str | list[str]:
    if isinstance(value, list):
        return [_scalar_text(item) for item in value]
    return _scalar_text(value)


def _scalar_text(value: Scalar | dict[str, Any]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return write(value) if isinstance(value, dict) else str(value)


def parse(leaf: Leaf, value: object) -> Value:
    """The value of a set request. Raises VissError when it does not fit the leaf."""
    if leaf.is_array:
        if not isinstance(value, list):
            raise VissError("400", "invalid_data", "Incorrect data type")
        parsed: Value = [_parse_scalar(leaf, item) for item in value]
    elif isinstance(value, str):
        parsed = _parse_scalar(leaf, value)
    else:
        raise VissError("400", "invalid_data", "Incorrect data type")
    try:
        return check_value(leaf.entry, parsed)
    except InvalidArgumentError as error:
        raise VissError("400", "invalid_data", f"Data value outside limit: {error}") from error


def _parse_scalar(leaf: Leaf, text: str) -> Scalar:
    element = leaf.entry.data_type.element
    if element is DataType.STRING:
        return text
    if element is DataType.BOOLEAN:
        if text in ("true", "false"):
            return text == "true"
    elif element in (DataType.FLOAT, DataType.DOUBLE):
        if len(text) <= _MAX_NUMBER and _NUMBER.fullmatch(text):
            return float(text)
    elif _WHOLE.fullmatch(text):
        return int(text)
    raise VissError("400", "invalid_data", "Incorrect data type")


def number(text: object) -> float:
    """A number of a filter, which is a string too. Raises VissError."""
    if isinstance(text, str) and len(text) <= _MAX_NUMBER and _NUMBER.fullmatch(text):
        return float(text)
    raise bad_request("Missing or invalid filter")


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
