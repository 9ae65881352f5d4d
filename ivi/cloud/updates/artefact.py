# SPDX-License-Identifier: Apache-2.0
"""What can be updated, and how a target of the repository says what it is. Car and fleet share this.

A target's path is `<folder>/<publisher>/<file>`; the folder gives the kind, and a publisher's key is limited to paths
of its own by the repository's delegations. Its `custom` object holds {"name", "version", "form", "unpacked", "needs"}.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from ivi.model.errors import InvalidArgumentError

MAX_LENGTH = 8 << 30  # bytes of one artefact; a map of a continent
MAX_UNPACKED = 32 << 30  # bytes
MAX_NEEDS = 32  # other targets that one may need
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*")
_VERSION = re.compile(r"[0-9A-Za-z]+([.+_-][0-9A-Za-z]+)*")
_PATH = re.compile(r"[a-z]+/[A-Za-z0-9_-][A-Za-z0-9._-]*/[A-Za-z0-9_-][A-Za-z0-9._+-]*")
_MAX_NAME, _MAX_VERSION, _MAX_PATH = 64, 32, 200  # characters


class Kind(StrEnum):
    """Kinds of artefacts; the value is the first folder of the target's path."""

    APP = "apps"
    """A package of a partner's app, installed by the app host."""
    MODEL = "models"
    """A speech or language model."""
    MAP = "maps"
    DBC = "dbc"
    RUNTIME = "runtime"
    """The runtime's own packages: a folder of wheels."""
    STORE = "store"
    """The catalogue of apps that drivers choose from (ivi.cloud.store)."""


class Form(StrEnum):
    """How an artefact is packed."""

    FILE = "file"
    TAR = "tar"
    TAR_ZSTD = "tar.zst"


@dataclass(frozen=True, slots=True)
class Artefact:
    """One version of something that can be installed."""

    path: str
    """The target's path in the repository."""
    kind: Kind
    name: str
    version: str
    length: int
    """Bytes of the file that is fetched."""
    sha256: str
    form: Form = Form.FILE
    unpacked: int = 0
    """Bytes on the disk after unpacking; 0 for a plain file."""
    needs: tuple[str, ...] = ()
    """Paths of targets without which it must not be installed."""

    @property
    def key(self) -> str:
        """What it takes the place of: kind and name."""
        return f"{self.kind}/{self.name}"

    @property
    def on_disk(self) -> int:
        """Bytes that it needs once installed."""
        return self.unpacked or self.length

    def custom(self) -> dict[str, object]:
        """The `custom` object of its target."""
        return {
            "name": self.name,
            "version": self.version,
            "form": self.form.value,
            "unpacked": self.unpacked,
            "needs": list(self.needs),
        }


def artefact(path: str, length: int, hashes: Mapping[str, str], custom: object) -> Artefact:
    """Read what a target says of itself. Raises InvalidArgumentError."""
    where = f"target {path[:_MAX_PATH]!r}"
    if len(path) > _MAX_PATH or not _PATH.fullmatch(path):
        raise InvalidArgumentError(f"{where}: the path is not <kind>/<publisher>/<file>")
    try:
        kind = Kind(path.partition("/")[0])
    except ValueError as error:
        raise InvalidArgumentError(f"{where}: nothing here is called {path.partition('/')[0]!r}") from error
    sha256 = hashes.get("sha256", "")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise InvalidArgumentError(f"{where} has no SHA-256")
    match custom:
        case {"name": str(name), "version": str(version), **rest}:
            pass
        case _:
            raise InvalidArgumentError(f"{where} does not say its name and version")
    if len(name) > _MAX_NAME or not _NAME.fullmatch(name):
        raise InvalidArgumentError(f"{where}: {name[:_MAX_NAME]!r} cannot be a name")
    if len(version) > _MAX_VERSION or not _VERSION.fullmatch(version):
        raise InvalidArgumentError(f"{where}: {version[:_MAX_VERSION]!r} cannot be a version")
    form, unpacked, needs = rest.get("form", "file"), rest.get("unpacked", 0), rest.get("needs", [])
    if (
        not isinstance(form, str)
        or form not in set(Form)
        or not _is_size(unpacked, MAX_UNPACKED)
        or not _is_size(length, MAX_LENGTH)
    ):
        raise InvalidArgumentError(f"{where}: its form or its size cannot be")
    if not isinstance(needs, list) or len(needs) > MAX_NEEDS or not all(isinstance(one, str) for one in needs):
        raise InvalidArgumentError(f"{where}: `needs` is no list of up to {MAX_NEEDS} paths")
    if (kind is Kind.RUNTIME) and form == Form.FILE:
        raise InvalidArgumentError(f"{where}: a runtime is an archive of wheels")
    return Artefact(path, kind, name, version, length, sha256, Form(form), unpacked, tuple(needs))


def _is_size(value: object, most: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
