# SPDX-License-Identifier: Apache-2.0
"""The keys that sign for the fleet: one Ed25519 key for each role, as PEM files of their owner alone.

The folder has `<role>.pem` (private) and `trust.json` (public, for cars; see ivi.cloud.trust).
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ivi.cloud.trust import Role
from ivi.model.errors import ConfigurationError, PermissionDeniedError

KID_BYTES = 8  # of the hash of the public key; it tells keys apart, the signature does the rest
TRUST = "trust.json"
_OTHERS = 0o077  # rights of group and others
_HINT = "make keys with `ivi fleet keygen`"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One private key and what it is for."""

    role: Role
    kid: bytes
    private: Ed25519PrivateKey


class Keyring:
    """The keys that this fleet's end has, by role."""

    def __init__(self, keys: Mapping[Role, SigningKey]) -> None:
        self._keys = dict(keys)

    @property
    def roles(self) -> list[Role]:
        """Roles that can be signed for."""
        return [role for role in Role if role in self._keys]

    def key(self, role: Role) -> SigningKey:
        """The key of a role. Raises PermissionDeniedError when there is none here."""
        if (found := self._keys.get(role)) is None:
            raise PermissionDeniedError(f"there is no key for the role {role} here", hint=_HINT)
        return found

    @classmethod
    def load(cls, folder: Path) -> "Keyring":
        """Read every key in a folder. Raises ConfigurationError for one that cannot be read, or that others can."""
        if not folder.is_dir():
            raise ConfigurationError(f"there is no folder of keys at {folder}", hint=_HINT)
        return cls({role: _read(path, role) for role in Role if (path := folder / f"{role}.pem").exists()})


def generate(folder: Path, role: Role, name: str) -> SigningKey:
    """Make a key and add its public part to the folder's trust.json under a name for people.

    Raises ConfigurationError when the folder cannot be written, or has a key of this role already.
    """
    path = folder / f"{role}.pem"
    private = Ed25519PrivateKey.generate()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(
                private.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise ConfigurationError(
            f"{path} is there already", hint="move it away first; cars go on believing it until their trust changes"
        ) from error
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="choose another folder") from error
    made = SigningKey(role, _kid(private), private)
    entry = {
        "id": made.kid.hex(),
        "role": role.value,
        "public": private.public_key().public_bytes_raw().hex(),
        "name": name or f"fleet ({role})",
    }
    add_trust(folder / TRUST, [entry])
    return made


def trust_entries(path: Path) -> list[dict[str, Any]]:
    """Entries of a trust file; none when it is not there. Raises ConfigurationError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"cannot read {path}: {error}", hint="it is JSON; see docs/cloud-fleet.md") from error
    entries = content.get("keys") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigurationError(f"{path} has no list of `keys`", hint="see docs/cloud-fleet.md")
    return entries


def add_trust(path: Path, entries: list[dict[str, Any]]) -> None:
    """Add public keys to a trust file, replacing it by one rename. Raises ConfigurationError."""
    known = trust_entries(path)
    ids = {entry.get("id") for entry in entries}
    merged = [entry for entry in known if entry.get("id") not in ids] + entries
    if merged == known:
        return
    new = path.with_suffix(".new")
    try:
        new.write_text(json.dumps({"keys": merged}, indent=2) + "\n", encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="check the folder's rights") from error


def _read(path: Path, role: Role) -> SigningKey:
    try:
        if path.stat().st_mode & _OTHERS:
            raise ConfigurationError(f"{path} can be read by others", hint=f"chmod 600 {path}")
        private = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(f"cannot read the key {path}: {error}", hint=_HINT) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise ConfigurationError(f"{path} is no Ed25519 key", hint=_HINT)
    return SigningKey(role, _kid(private), private)


def _kid(private: Ed25519PrivateKey) -> bytes:
    return hashlib.sha256(private.public_key().public_bytes_raw()).digest()[:KID_BYTES]
