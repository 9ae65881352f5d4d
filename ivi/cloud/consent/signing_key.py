# SPDX-License-Identifier: Apache-2.0
"""The key with which this car signs what was agreed to. It is made at the first start and never leaves the car."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from ivi.model.errors import ConfigurationError

KID_BYTES = 8


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key with its id, the first bytes of the public half's SHA-256."""

    private: Ed25519PrivateKey
    kid: bytes

    @property
    def public(self) -> Ed25519PublicKey:
        """The half that others may have."""
        return self.private.public_key()

    @property
    def public_bytes(self) -> bytes:
        """The public half, 32 bytes."""
        raw: bytes = self.public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return raw


def load_or_make(path: Path) -> SigningKey:
    """The car's key; one is made where there is none. Raises ConfigurationError when the file cannot be used."""
    try:
        if not path.exists():
            _make(path)
        path.chmod(0o600)  # one that a restore left open to others
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"cannot use the key of consents {path}: {error}",
            hint="put it back from a copy, or move it away: then all is asked anew",
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigurationError(f"{path} is no Ed25519 key", hint="move it away: then all is asked anew")
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(key, hashlib.sha256(raw).digest()[:KID_BYTES])


def _make(path: Path) -> None:
    """Write a new key, whole or not at all."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(path.name + ".new")
    made.unlink(missing_ok=True)
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, pem)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    made.rename(path)
