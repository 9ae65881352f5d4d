# SPDX-License-Identifier: Apache-2.0
"""What an ECU's negative response means for people: the name of its code, and what to do about it."""

from udsoncan import Response
from udsoncan.exceptions import NegativeResponseException

from ivi.model.errors import (
    InvalidArgumentError,
    IviError,
    NotFoundError,
    PermissionDeniedError,
    UnavailableError,
)

MEANINGS: dict[int, tuple[type[IviError], str]] = {
    0x10: (UnavailableError, "it says no more; try again, or in another session"),
    0x11: (UnavailableError, "this ECU does not have the service"),
    0x12: (UnavailableError, "this ECU does not have this kind of the service"),
    0x13: (InvalidArgumentError, "the ECU expects another length; check the description"),
    0x14: (UnavailableError, "ask for less at once"),
    0x21: (UnavailableError, "it is busy; try again in a moment"),
    0x22: (UnavailableError, "the conditions are not right: let the car stand, ignition on"),
    0x24: (UnavailableError, "something else has to be asked for first"),
    0x26: (UnavailableError, "a fault in the ECU prevents it; read its trouble codes"),
    0x31: (NotFoundError, "this ECU does not know that identifier or value"),
    0x33: (PermissionDeniedError, "it needs security access; configure a key hook and unlock first"),
    0x34: (PermissionDeniedError, "it needs authentication, which this tester does not offer"),
    0x35: (PermissionDeniedError, "the key is wrong; is the key hook the one for this ECU?"),
    0x36: (PermissionDeniedError, "too many wrong keys; the ECU is locked for some time"),
    0x37: (PermissionDeniedError, "the ECU is still locked after wrong keys; wait, then try again"),
    0x72: (UnavailableError, "writing failed in the ECU"),
    0x7E: (UnavailableError, "not in this session; try --session extended"),
    0x7F: (UnavailableError, "not in this session; try --session extended"),
    0x88: (UnavailableError, "the car is too fast; stop it"),
    0x93: (UnavailableError, "the 12 V supply is too low; connect a charger"),
}


def to_error(ecu: str, refused: NegativeResponseException) -> IviError:
    """The error of ours for a negative response."""
    response = refused.response
    code = int(response.code)
    kind, advice = MEANINGS.get(code, (UnavailableError, "see ISO 14229-1, annex A"))
    service = response.service.get_name() if response.service is not None else "the request"
    return kind(f"{ecu} refuses {service}: {Response.Code.get_name(code)} (0x{code:02X})", hint=advice)
