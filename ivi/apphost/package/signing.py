# SPDX-License-Identifier: Apache-2.0
"""Signatures over documents: Ed25519 over the pre-authentication encoding of DSSE v1."""

import base64
import binascii

import msgspec

from ivi.apphost.package import canonical
from ivi.apphost.package.keys import PrivateKey, PublicKey
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

_NOT_BASE64 = "the file was edited or is none of ours"


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One signature; `keyid` is a PublicKey.id, `sig` is base64."""

    keyid: str
    sig: str


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"payload_type": "payloadType"}):
    """A signed document with its text inside, as DSSE's JSON form has it."""

    payload: str
    """The document, base64."""
    payload_type: str
    signatures: list[Signature]


def pae(payload_type: str, payload: bytes) -> bytes:
    """The bytes that are signed: DSSE's PAE, `DSSEv1 <length> <type> <length> <payload>`."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def sign(payload_type: str, payload: bytes, key: PrivateKey) -> Signature:
    """Sign a document."""
    return Signature(key.public.id, base64.b64encode(key.sign(pae(payload_type, payload))).decode())


def verify(payload_type: str, payload: bytes, signature: Signature, key: PublicKey, what: str) -> None:
    """Raise PermissionDeniedError unless this key signed this document of this type."""
    if signature.keyid != key.id:
        raise PermissionDeniedError(
            f"{what}: signed by key {signature.keyid[:16]!r}, not by {key.id[:16]}",
            hint="it needs the other's signature",
        )
    key.verify(_from_base64(signature.sig, what), pae(payload_type, payload), what)


def seal(document: msgspec.Struct, payload_type: str, key: PrivateKey) -> Envelope:
    """Sign a document and put both in an envelope."""
    payload = canonical.encode(document)
    return Envelope(base64.b64encode(payload).decode(), payload_type, [sign(payload_type, payload, key)])


def open_envelope[T: msgspec.Struct](
    envelope: Envelope, payload_type: str, kind: type[T], trusted: dict[str, PublicKey], what: str
) -> tuple[T, PublicKey]:
    """The document in an envelope and the trusted key that signed it; nothing is read of it before it is verified.

    Raises PermissionDeniedError when no key of `trusted` (by id) signed it, InvalidArgumentError for a wrong form.
    """
    if envelope.payload_type != payload_type or len(envelope.signatures) != 1:
        raise InvalidArgumentError(
            f"{what}: is {envelope.payload_type[:80]!r} with {len(envelope.signatures)} signatures",
            hint=f"it has to be {payload_type} with one signature",
        )
    signature = envelope.signatures[0]
    key = trusted.get(signature.keyid)
    if key is None:
        raise PermissionDeniedError(
            f"{what}: signed by key {signature.keyid[:16]!r}, which is no store key of this device",
            hint="get it from a store that this device trusts",
        )
    payload = content(envelope, what)
    verify(payload_type, payload, signature, key, what)
    return canonical.decode(payload, kind, what), key


def content(envelope: Envelope, what: str) -> bytes:
    """The text in an envelope, not verified. Raises InvalidArgumentError when it is no base64."""
    return _from_base64(envelope.payload, what)


def _from_base64(text: str, what: str) -> bytes:
    """Strict base64: one spelling for each content."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidArgumentError(f"{what}: holds no base64", hint=_NOT_BASE64) from error
    if base64.b64encode(data).decode() != text:
        raise InvalidArgumentError(f"{what}: holds base64 in another spelling", hint=_NOT_BASE64)
    return data
