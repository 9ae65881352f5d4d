# SPDX-License-Identifier: Apache-2.0
"""Ed25519 keys in PEM files. The only module that imports `cryptography`, and only when a key is used: a car without
installed apps does not pay for it."""

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from ivi.model.errors import ConfigurationError, InvalidArgumentError, PermissionDeniedError

RAW_SIZE = 32  # bytes of an Ed25519 public key (RFC 8032)
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PEM_MAX = 10_000  # bytes


class PublicKey:
    """A key that checks signatures."""

    def __init__(self, raw: bytes) -> None:
        """Take 32 raw bytes. Raises InvalidArgumentError for anything else."""
        if len(raw) != RAW_SIZE:
            raise InvalidArgumentError(f"a public key has {RAW_SIZE} bytes, not {len(raw)}", hint="Ed25519 is used")
        self.raw = raw

    @classmethod
    def from_hex(cls, text: str) -> "PublicKey":
        """Read 64 hexadecimal digits. Raises InvalidArgumentError."""
        if _HEX.fullmatch(text) is None:
            raise InvalidArgumentError(
                f"{text[:80]!a} is no public key", hint="64 digits 0-9 and a-f, as `ivi app keygen` prints them"
            )
        return cls(bytes.fromhex(text))

    @property
    def hex(self) -> str:
        """The raw key as 64 hexadecimal digits."""
        return self.raw.hex()

    @property
    def id(self) -> str:
        """Name of the key: SHA-256 of its raw bytes, hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()

    def verify(self, signature: bytes, message: bytes, what: str) -> None:
        """Raise PermissionDeniedError unless this key signed the message."""
        crypto = _crypto()
        try:
            crypto.ed25519.Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (crypto.InvalidSignature, ValueError) as error:
            raise PermissionDeniedError(
                f"{what}: the signature is not that of key {self.id[:16]}", hint="the file was changed after signing"
            ) from error

    def pem(self) -> bytes:
        """SubjectPublicKeyInfo as PEM (RFC 8410)."""
        crypto = _crypto()
        serialization = crypto.serialization
        key = crypto.ed25519.Ed25519PublicKey.from_public_bytes(self.raw)
        return bytes(
            key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        )  # fmt: skip


class PrivateKey:
    """A key that signs."""

    def __init__(self, key: Any) -> None:  # noqa: ANN401  # an Ed25519PrivateKey of cryptography
        self._key = key

    @classmethod
    def generate(cls) -> "PrivateKey":
        """A new key from the system's random numbers."""
        return cls(_crypto().ed25519.Ed25519PrivateKey.generate())

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        serialization = _crypto().serialization
        raw = self._key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return PublicKey(bytes(raw))

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature (RFC 8032, deterministic)."""
        return bytes(self._key.sign(message))

    def pem(self) -> bytes:
        """PKCS #8 as PEM, not encrypted (RFC 8410)."""
        serialization = _crypto().serialization
        return bytes(
            self._key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


def load_private(path: Path) -> PrivateKey:
    """Read a private key. Raises ConfigurationError when the file is no Ed25519 key, or others may read it."""
    data = _read_pem(path)
    if path.stat().st_mode & 0o077:
        raise ConfigurationError(f"{path} can be read by others", hint=f"chmod 600 {path}")
    crypto = _crypto()
    try:
        key = crypto.serialization.load_pem_private_key(data, password=None)
    except (ValueError, TypeError, crypto.UnsupportedAlgorithm) as error:
        raise ConfigurationError(
            f"{path} holds no private key", hint="name the .key file of `ivi app keygen`"
        ) from error
    if not isinstance(key, crypto.ed25519.Ed25519PrivateKey):
        raise ConfigurationError(f"{path} is no Ed25519 key", hint="make one with `ivi app keygen`")
    return PrivateKey(key)


def load_public(path: Path) -> PublicKey:
    """Read a public key. Raises ConfigurationError when the file is no Ed25519 key."""
    data = _read_pem(path)
    crypto = _crypto()
    try:
        key = crypto.serialization.load_pem_public_key(data)
    except (ValueError, crypto.UnsupportedAlgorithm) as error:
        raise ConfigurationError(
            f"{path} holds no public key", hint="name the .pub file of `ivi app keygen`"
        ) from error
    if not isinstance(key, crypto.ed25519.Ed25519PublicKey):
        raise ConfigurationError(f"{path} is no Ed25519 key", hint="make one with `ivi app keygen`")
    raw = key.public_bytes(crypto.serialization.Encoding.Raw, crypto.serialization.PublicFormat.Raw)
    return PublicKey(bytes(raw))


def write_pair(key: PrivateKey, private: Path, public: Path) -> None:
    """Write both halves into new files, the private one for this user alone. Raises ConfigurationError."""
    for path, data, mode in ((private, key.pem(), 0o600), (public, key.public.pem(), 0o644)):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        except FileExistsError as error:
            raise ConfigurationError(
                f"{path} is there already", hint="choose another name; a key that is overwritten is lost"
            ) from error
        except OSError as error:
            raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="check the folder") from error
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _read_pem(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_PEM_MAX)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint="check the path") from error


class _Crypto:
    """What is used of the library."""

    def __init__(self) -> None:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415  # see the module
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

        self.InvalidSignature = InvalidSignature
        self.UnsupportedAlgorithm = UnsupportedAlgorithm
        self.serialization = serialization
        self.ed25519 = ed25519


def _crypto() -> Any:  # noqa: ANN401  # the library's types are not seen by every check (pyproject.toml)
    try:
        return _Crypto()
    except ImportError as error:
        raise ConfigurationError(
            "the Python package cryptography is not installed: apps cannot be checked", hint="pip install cryptography"
        ) from error
