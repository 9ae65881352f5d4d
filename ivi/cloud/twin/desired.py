# SPDX-License-Identifier: Apache-2.0
"""The desired state as it travels: COSE_Sign1 over a CBOR map, retained on the topic `v1/<vid>/down/twin`.

1 vehicle (text)   2 version (int, from 1 up)   3 desired (map, the whole document)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ivi.cloud import cose
from ivi.model.errors import InvalidArgumentError

CONTEXT = b"ivi-twin-1"
MAX_DESIRED = 4096  # bytes of a signed document
MAX_VERSION = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Desired:
    """What the fleet wants one car's settings to be."""

    vehicle: str
    version: int
    """A higher one replaces the document; the same one again changes nothing."""
    document: Mapping[str, Any]


def sign_desired(desired: Desired, kid: bytes, key: Ed25519PrivateKey) -> bytes:
    """The message. Raises InvalidArgumentError for what no car would take."""
    payload = {1: desired.vehicle, 2: desired.version, 3: dict(desired.document)}
    _read(payload)
    message = cose.sign(payload, kid, key, CONTEXT)
    if len(message) > MAX_DESIRED:
        raise InvalidArgumentError(f"a desired state of {len(message)} bytes; {MAX_DESIRED} are the limit")
    return message


def open_desired(message: bytes, keys: Mapping[bytes, Ed25519PublicKey]) -> Desired:
    """The desired state in a message. Raises InvalidArgumentError, PermissionDeniedError."""
    payload, _ = cose.verify(message, keys, CONTEXT, most=MAX_DESIRED)
    return _read(payload)


def _read(payload: object) -> Desired:
    match payload:
        case {1: str(vehicle), 2: int(version), 3: dict(document), **rest} if not rest and not isinstance(
            version, bool
        ):
            pass
        case _:
            raise InvalidArgumentError("the desired state has not the fields of one, or has others")
    if not vehicle or not 1 <= version <= MAX_VERSION:
        raise InvalidArgumentError("the desired state's vehicle is empty, or its version out of range")
    return Desired(vehicle, version, document)
