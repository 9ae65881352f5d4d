# SPDX-License-Identifier: Apache-2.0
"""Whose signatures the car believes, and for what: one file that comes with the car and later by signed updates.

{"keys": [{"id": "6f776e65722d31", "role": "owner", "public": "<64 hex digits>", "name": "Owner's phone"}, ...]}
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from ivi.model.errors import ConfigurationError

MAX_KEYS = 256
_HINT = "see docs/cloud.md for the form of trust.json"


class Role(StrEnum):
    """Who issues; what each role may do is decided where it is used."""

    OWNER = "owner"
    FLEET = "fleet"
    SERVICE = "service"
    ENTITLEMENTS = "entitlements"
    """Signs entitlement snapshots."""
    CAMPAIGNS = "campaigns"
    """Signs what data the fleet asks for."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """One key."""

    kid: bytes
    role: Role
    public: Ed25519PublicKey
    name: str


class Trust:
    """The known issuers."""

    def __init__(self, issuers: Iterable[Issuer] = ()) -> None:
        self._issuers = {issuer.kid: issuer for issuer in issuers}

    def issuer(self, kid: bytes) -> Issuer | None:
        """Whose key that is."""
        return self._issuers.get(kid)

    def keys(self, *roles: Role) -> dict[bytes, Ed25519PublicKey]:
        """Keys of these roles, by id, as ivi.cloud.cose wants them."""
        return {kid: issuer.public for kid, issuer in self._issuers.items() if issuer.role in roles}

    @classmethod
    def load(cls, path: Path) -> "Trust":
        """Read the file; a file that is not there means that nobody is trusted. Raises ConfigurationError."""
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"cannot read {path}: {error}", hint=_HINT) from error
        try:
            content = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ConfigurationError(f"{path} is no JSON: {error}", hint=_HINT) from error
        entries = content.get("keys") if isinstance(content, dict) else None
        if not isinstance(entries, list) or len(entries) > MAX_KEYS:
            raise ConfigurationError(f"{path} has no list of up to {MAX_KEYS} `keys`", hint=_HINT)
        return cls(_issuer(entry, f"{path}, key {number}") for number, entry in enumerate(entries, 1))


def _issuer(entry: object, where: str) -> Issuer:
    match entry:
        case {"id": str(kid), "role": str(role), "public": str(public), **rest}:
            pass
        case _:
            raise ConfigurationError(f"{where}: `id`, `role` and `public` belong there", hint=_HINT)
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        return Issuer(bytes.fromhex(kid), Role(role), key, str(rest.get("name", "")))
    except ValueError as error:
        raise ConfigurationError(f"{where}: {error}", hint=_HINT) from error
