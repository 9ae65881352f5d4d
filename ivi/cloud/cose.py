# SPDX-License-Identifier: Apache-2.0
"""COSE_Sign1 with Ed25519 (RFC 9052, 4.2; RFC 9053, 2.2): the form of everything signed between fleet and car.

The algorithm is a constant of ours and never taken from the message. `context` is the external data of the signature
(RFC 9052, 4.3): what is signed as a command can never be used as an entitlement.
"""

from collections.abc import Mapping

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ivi.cloud.cbor import MAX_BYTES, decode, encode
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

SIGN1 = 18  # CBOR tag
_ALG, _KID, _EDDSA = 1, 4, -8  # header labels and the algorithm
_PARTS = 4


def _to_sign(protected: bytes, payload: bytes, context: bytes) -> bytes:
    return encode(["Signature1", protected, context, payload])


def sign(payload: object, kid: bytes, key: Ed25519PrivateKey, context: bytes) -> bytes:
    """The signed form of a CBOR value."""
    protected, body = encode({_ALG: _EDDSA, _KID: kid}), encode(payload)
    return encode(cbor2.CBORTag(SIGN1, [protected, {}, body, key.sign(_to_sign(protected, body, context))]))


def verify(
    message: bytes, keys: Mapping[bytes, Ed25519PublicKey], context: bytes, *, most: int = MAX_BYTES
) -> tuple[object, bytes]:
    """The value and the id of the key that signed it.

    Raises InvalidArgumentError for a malformed message, PermissionDeniedError for an unknown key or a wrong signature.
    """
    parts = decode(message, "the signed message", most=most, tag=SIGN1)
    if not isinstance(parts, list | tuple) or len(parts) != _PARTS or not isinstance(parts[1], Mapping) or parts[1]:
        raise InvalidArgumentError("the signed message is no COSE_Sign1 of ours")
    protected, _, body, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, body, signature)):
        raise InvalidArgumentError("the signed message is no COSE_Sign1 of ours")
    head = decode(protected, "the signature's header")
    kid = head.get(_KID) if isinstance(head, dict) and head.get(_ALG) == _EDDSA and len(head) == 2 else None  # noqa: PLR2004  # just these two
    if not isinstance(kid, bytes) or kid not in keys:
        raise PermissionDeniedError("signed by a key that is not known here", hint="check the issuer's key")
    try:
        keys[kid].verify(signature, _to_sign(protected, body, context))
    except InvalidSignature as error:
        raise PermissionDeniedError(
            "the signature does not match", hint="it was altered, or signed for something else"
        ) from error
    return decode(body, "the signed content", most=most), kid
