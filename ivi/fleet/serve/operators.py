# SPDX-License-Identifier: Apache-2.0
"""Who may use the interface: a file of operators, each with a scope and the hash of a token.

{"operators": [{"name": "anna", "scope": "issue", "sha256": "<64 hex digits>"}, ...]}

A token is 32 random bytes, so that one SHA-256 is enough: nobody can guess what no dictionary has.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ivi.model.errors import ConfigurationError, PermissionDeniedError

TOKEN_BYTES = 32
MAX_TOKEN = 200  # characters that are looked at
_OTHERS = 0o077  # rights of group and others
_NAME = re.compile(r"[\w .@-]{1,64}")
_HINT = "add operators with `ivi fleet operator`"


class Scope(StrEnum):
    """What an operator may do; each includes those before it."""

    READ = "read"
    ISSUE = "issue"
    """Send commands, and change settings, campaigns and entitlements."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who uses the interface."""

    name: str
    scope: Scope
    sha256: bytes = b""

    @property
    def may_issue(self) -> bool:
        """Whether he may change something."""
        return self.scope is Scope.ISSUE


THIS_MACHINE = Operator("this machine", Scope.ISSUE)
"""Whoever comes over the loopback interface while there is no file of operators."""


class Operators:
    """The known operators."""

    def __init__(self, operators: Iterable[Operator]) -> None:
        self._operators = list(operators)

    def with_token(self, token: str) -> Operator:
        """Whose token that is. Raises PermissionDeniedError."""
        digest = _hash(token[:MAX_TOKEN])
        found = None
        for operator in self._operators:  # all of them, so that the time tells nothing
            if hmac.compare_digest(operator.sha256, digest):
                found = operator
        if found is None:
            raise PermissionDeniedError("this token is not known", hint=_HINT)
        return found

    @classmethod
    def load(cls, path: Path) -> "Operators":
        """Read the file. Raises ConfigurationError for one that cannot be used or that others can read."""
        return cls(_operator(entry, f"{path}, operator {number}") for number, entry in enumerate(_entries(path), 1))


def add(path: Path, name: str, scope: Scope) -> str:
    """Add an operator, or give one a new token and scope; returns the token, which is stored nowhere.

    Raises ConfigurationError.
    """
    if not _NAME.fullmatch(name):
        raise ConfigurationError(f"{name!r} cannot be an operator's name", hint="letters, digits, space and .@-_")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    entries = [entry for entry in _entries(path) if entry.get("name") != name] if path.exists() else []
    entries.append({"name": name, "scope": scope.value, "sha256": _hash(token).hex()})
    new = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump({"operators": entries}, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="choose another file") from error
    return token


def _entries(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_mode & _OTHERS:
            raise ConfigurationError(f"{path} can be read by others", hint=f"chmod 600 {path}")
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"cannot read the operators in {path}: {error}", hint=_HINT) from error
    entries = content.get("operators") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigurationError(f"{path} has no list of `operators`", hint=_HINT)
    return entries


def _operator(entry: dict[str, Any], where: str) -> Operator:
    try:
        name, digest = entry["name"], bytes.fromhex(entry["sha256"])
        scope = Scope(entry["scope"])
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{where}: `name`, `scope` and `sha256` belong there ({error})", hint=_HINT) from error
    if not isinstance(name, str) or len(digest) != hashlib.sha256().digest_size:
        raise ConfigurationError(f"{where}: its name or hash cannot be used", hint=_HINT)
    return Operator(name, scope, digest)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()  # a header may have any bytes
