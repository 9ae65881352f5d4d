# SPDX-License-Identifier: Apache-2.0
"""The models that can be fetched, each with the size and the sum that its file must have."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ivi.model.errors import ConfigurationError, NotFoundError

CATALOGUE = Path(__file__).parents[1] / "models" / "catalogue.toml"
MAX_SIZE = 4_000_000_000  # bytes of an archive
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_SUM = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """A model that can be fetched."""

    name: str
    language: str
    about: str
    address: str
    """Of the file; empty when it can only come from a folder."""
    file: str
    """The archive's name in a folder."""
    size: int
    """Bytes of the archive."""
    sha256: str
    licence: str
    sum_from: str
    """Who says that this is the right sum."""


def read(source: Path = CATALOGUE) -> dict[str, Entry]:
    """The models by name. Raises ConfigurationError with the line or the model that is wrong."""
    try:
        tables = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"cannot read {source}: {error.strerror}", hint="give another --catalogue") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{source}: {error}", hint="correct the file") from error
    return {name: _entry(source, name, table) for name, table in tables.items()}


def find(catalogue: dict[str, Entry], name: str) -> Entry:
    """One model. Raises NotFoundError."""
    if name not in catalogue:
        raise NotFoundError(f"no model {name}", hint=f"there are {', '.join(catalogue) or 'none'}")
    return catalogue[name]


def _entry(source: Path, name: str, table: Any) -> Entry:  # noqa: ANN401  # whatever the file holds
    def wrong(what: str) -> ConfigurationError:
        return ConfigurationError(f"{source}: model {name}: {what}", hint="correct the file")

    if not isinstance(table, dict):
        raise wrong("is no table")
    texts = {key: table.get(key, "") for key in ("language", "about", "address", "file", "licence", "sum_from")}
    for key, text in texts.items():
        if not isinstance(text, str):
            raise wrong(f"{key} is no text")
    size, sha256 = table.get("size"), table.get("sha256")
    texts["file"] = texts["file"] or Path(urlsplit(texts["address"]).path).name
    if not _NAME.fullmatch(name):
        raise wrong("a name has small letters, digits, dots and hyphens")
    if not isinstance(size, int) or not 0 < size <= MAX_SIZE:
        raise wrong(f"size is no number of bytes up to {MAX_SIZE}")
    if not isinstance(sha256, str) or not _SUM.fullmatch(sha256):
        raise wrong("sha256 is not 64 hexadecimal digits")
    if not _NAME.fullmatch(texts["file"].lower()):
        raise wrong("neither file nor address names an archive")
    if texts["address"] and urlsplit(texts["address"]).scheme not in {"https", "http"}:
        raise wrong("the address is not one of the web")
    return Entry(name=name, size=size, sha256=sha256, **texts)
