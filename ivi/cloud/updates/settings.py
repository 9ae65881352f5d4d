# SPDX-License-Identifier: Apache-2.0
"""Where this car's updates come from: updates.toml and the two roots beside it, which come with the image."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from ivi.model.errors import ConfigurationError

SYSTEM_FILE = Path("/etc/ivi/updates.toml")
_MAX_ROOT = 64 << 10  # bytes
_MAX_FILE = 64 << 10  # bytes
_HINT = "docs/cloud-updates.md shows every key"

type Positive = Annotated[float, msgspec.Meta(gt=0)]


class DdiSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[hawkbit]: an Eclipse hawkBit server that says when to look."""

    url: str
    tenant: str = "DEFAULT"
    token: str
    """The target's security token."""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    image_url: str
    director_url: str = ""
    image_root: str = "image-root.json"
    director_root: str = "director-root.json"
    check_hours: Positive = 6.0
    health_minutes: Positive = 5.0
    bytes_per_day: Annotated[int, msgspec.Meta(ge=0)] = 0
    hawkbit: DdiSettings | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What the update service has to know."""

    image_url: str
    director_url: str
    """Empty for a car that only has a store of apps."""
    image_root: bytes
    """Root metadata of the image repository that came with the car."""
    director_root: bytes
    check_s: float = 6 * 3600.0
    """Seconds between looks."""
    health_s: float = 300.0
    """Seconds for which all has to be well after an install."""
    bytes_per_day: int = 0
    """Bytes that may be fetched on one day (UTC); 0 for no limit."""
    hawkbit: DdiSettings | None = None


def load() -> Settings | None:
    """Read $IVI_UPDATES_FILE, else /etc/ivi/updates.toml; None when there is none. Raises ConfigurationError."""
    given = os.environ.get("IVI_UPDATES_FILE")
    path = Path(given) if given else SYSTEM_FILE
    return read(path) if given or path.exists() else None


def read(path: Path) -> Settings:
    """Read one file; the roots' paths are relative to it. Raises ConfigurationError."""
    try:
        told = msgspec.convert(tomllib.loads(_content(path, _MAX_FILE).decode()), _File)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}", hint=_HINT) from error
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"{path}: {str(error).replace('`$.', '`')}", hint=_HINT) from error
    for url in (
        told.image_url,
        *([told.director_url] if told.director_url else []),
        *([told.hawkbit.url] if told.hawkbit else []),
    ):
        if not url.startswith(("https://", "http://")):
            raise ConfigurationError(f"{path}: {url!r} is no address of a web server", hint=_HINT)
    return Settings(
        told.image_url,
        told.director_url,
        _content(path.parent / told.image_root, _MAX_ROOT),
        _content(path.parent / told.director_root, _MAX_ROOT) if told.director_url else b"",
        told.check_hours * 3600,
        told.health_minutes * 60,
        told.bytes_per_day,
        told.hawkbit,
    )


def _content(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint=_HINT) from error
    if len(data) > most:
        raise ConfigurationError(f"{path} has more than {most} bytes", hint=_HINT)
    return data
