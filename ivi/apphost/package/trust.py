# SPDX-License-Identifier: Apache-2.0
"""Whom this device believes: the keys of its stores, and in developer mode the keys of its developer."""

import os
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from ivi.apphost.package.keys import PublicKey
from ivi.daemon.paths import make_private, state_dir
from ivi.model.errors import ConfigurationError, InvalidArgumentError

SYSTEM_FILE = Path("/etc/ivi/trust.toml")
DEVELOPER_FILE = "developer-keys.toml"  # in <state>/apps
_MAX_FILE = 64 << 10  # bytes

type Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class NamedKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public key (64 hexadecimal digits) and whose it is."""

    name: Name
    key: str


class TrustFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """trust.toml."""

    developer_mode: bool = False
    """Whether apps that the developer of this device signed may be installed."""
    store: Annotated[list[NamedKey], msgspec.Meta(max_length=32)] = []


class DeveloperFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """developer-keys.toml, written by `ivi app keygen --trust`."""

    developer: Annotated[list[NamedKey], msgspec.Meta(max_length=100)] = []


@dataclass(frozen=True)
class Trust:
    """Keys by their id."""

    stores: dict[str, PublicKey] = field(default_factory=dict)
    developers: dict[str, PublicKey] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    developer_mode: bool = False


def trust_file() -> Path:
    """Where the store keys are: $IVI_TRUST_FILE, else /etc/ivi/trust.toml."""
    given = os.environ.get("IVI_TRUST_FILE")
    return Path(given) if given else SYSTEM_FILE


def developer_file() -> Path:
    """Where this user's developer keys are."""
    return state_dir() / "apps" / DEVELOPER_FILE


def load(given: Path | None = None) -> Trust:
    """Read both files, `given` in the place of the device's own.

    Without a trust file the device is a developer's own: developer mode is on, there is no store.

    Raises ConfigurationError naming file and key.
    """
    path = given or trust_file()
    system = _read(path, TrustFile) if path.exists() else TrustFile(developer_mode=True)
    own = developer_file()
    developers = _read(own, DeveloperFile).developer if system.developer_mode and own.exists() else []
    stores, names = _keys(path, system.store)
    own_keys, own_names = _keys(own, developers)
    return Trust(stores, own_keys, names | own_names, system.developer_mode)


def add_developer(name: str, key: PublicKey) -> Path:
    """Believe a key of this device's developer from now on; returns the file. Raises ConfigurationError."""
    path = developer_file()
    known = _read(path, DeveloperFile).developer if path.exists() else []
    if any(one.key == key.hex for one in known):
        return path
    make_private(path.parent)
    lines = ["# Developers whose apps this device takes without a store; written by `ivi app keygen --trust`."]
    for one in [*known, NamedKey(name, key.hex)]:
        quoted = msgspec.json.encode(one.name).decode()  # a JSON text is a TOML text
        lines.append(f'\n[[developer]]\nname = {quoted}\nkey = "{one.key}"')
    try:
        descriptor, making = tempfile.mkstemp(prefix=".keys-", dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        Path(making).replace(path)
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror}", hint="check the disk") from error
    return path


def _keys(path: Path, entries: list[NamedKey]) -> tuple[dict[str, PublicKey], dict[str, str]]:
    keys: dict[str, PublicKey] = {}
    names: dict[str, str] = {}
    for entry in entries:
        try:
            key = PublicKey.from_hex(entry.key)
        except InvalidArgumentError as error:
            raise ConfigurationError(f"{path}: the key of {entry.name!r}: {error.message}", hint=error.hint) from error
        keys[key.id], names[key.id] = key, entry.name
    return keys, names


def _read[T: msgspec.Struct](path: Path, kind: type[T]) -> T:
    try:
        data = path.read_bytes()
        if len(data) > _MAX_FILE:
            raise ConfigurationError(f"{path} is larger than {_MAX_FILE} bytes", hint="it lists a few keys")
        return msgspec.convert(tomllib.loads(data.decode()), kind)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint="check its mode") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}", hint="correct the line") from error
    except msgspec.ValidationError as error:
        text = str(error).replace("`$.", "`")
        raise ConfigurationError(f"{path}: {text}", hint="docs/packages.md shows every key") from error
