# SPDX-License-Identifier: Apache-2.0
"""An app's manifest.toml: read strictly, so that what it says is what the sandbox and the permission checks do."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ivi.apphost.permissions import is_pattern, never_actuated
from ivi.model.errors import ConfigurationError

SDK_MAJOR = 1  # what ivi.sdk offers; an app names the majors that it runs with
MAX_MANIFEST = 64 << 10  # bytes

_APP_ID = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z][a-z0-9-]*){1,7}", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}", re.ASCII)
_ENTRY = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_COMPARISON = re.compile(r"(>=|<=|==|<|>)([0-9]{1,6})", re.ASCII)

type Plain = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
type Paths = Annotated[list[str], msgspec.Meta(min_length=1, max_length=64)]


# Unknown keys are errors throughout: a mistyped permission must not silently be none.


class AppSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who the app is."""

    id: Annotated[str, msgspec.Meta(max_length=64)]
    """Reverse domain name, e.g. `dev.ivi.media`."""
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    version: str
    sdk: str
    """Majors of the SDK it runs with, e.g. `>=1,<2`."""
    entry: str
    """`package.module:Class`; the manifest's folder is the package."""


class VehicleRead(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="vehicle.read", tag_field="use"
):
    """Reading signals."""

    paths: Paths
    reason: Plain
    max_hz: Annotated[float, msgspec.Meta(gt=0, le=50)] = 1.0
    optional: bool = False


class VehicleActuate(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="vehicle.actuate", tag_field="use"
):
    """Changing actuators."""

    paths: Paths
    reason: Plain
    when: Literal["parked", "always"] = "parked"
    optional: bool = False


class Ui(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="ui", tag_field="use"):
    """Showing templates on surfaces of the screen."""

    templates: Annotated[list[Literal["list"]], msgspec.Meta(min_length=1)]
    surfaces: Annotated[list[Literal["main", "card"]], msgspec.Meta(min_length=1)]


type Permission = VehicleRead | VehicleActuate | Ui


class Resources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the app may use up."""

    memory_mb: Annotated[int, msgspec.Meta(ge=16, le=512)] = 64
    processes: Annotated[int, msgspec.Meta(ge=1, le=32)] = 1
    """Processes of the app, itself included; with 1 the system call filter has no fork."""
    tmp_mb: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole manifest.toml."""

    app: AppSection
    permission: Annotated[list[Permission], msgspec.Meta(max_length=32)] = []
    resources: Resources = Resources()

    @property
    def package(self) -> str:
        """Name under which the app's folder is imported."""
        return self.app.entry.partition(":")[0].partition(".")[0]

    @property
    def reads(self) -> list[VehicleRead]:
        """Grants to read signals."""
        return [grant for grant in self.permission if isinstance(grant, VehicleRead)]

    @property
    def actuations(self) -> list[VehicleActuate]:
        """Grants to change actuators."""
        return [grant for grant in self.permission if isinstance(grant, VehicleActuate)]

    @property
    def templates(self) -> set[str]:
        """Kinds of templates that the app may show."""
        return {kind for grant in self.permission if isinstance(grant, Ui) for kind in grant.templates}


def load(folder: Path) -> Manifest:
    """Read `folder`/manifest.toml. Raises ConfigurationError that names the file, the key and what is wrong."""
    path = folder / "manifest.toml"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"cannot read {path}: {error.strerror}", hint="each app folder has a manifest.toml"
        ) from error
    if len(data) > MAX_MANIFEST:
        raise ConfigurationError(f"{path} is larger than {MAX_MANIFEST} bytes", hint="a manifest is a page, not a book")
    try:
        manifest = msgspec.convert(tomllib.loads(data.decode()), Manifest)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}", hint="correct the line") from error
    except (msgspec.ValidationError, RecursionError) as error:
        text = str(error).replace("`$.", "`")
        raise ConfigurationError(f"{path}: {text}", hint="plugins/media/manifest.toml shows every key") from error
    _check(path, manifest)
    return manifest


def _check(path: Path, manifest: Manifest) -> None:
    """What types alone cannot say. Raises ConfigurationError."""
    app = manifest.app
    for key, text, form, example in (
        ("app.id", app.id, _APP_ID, "com.partner.weather"),
        ("app.version", app.version, _VERSION, "1.4.0"),
        ("app.entry", app.entry, _ENTRY, "weather.app:Weather"),
    ):
        if form.fullmatch(text) is None:
            raise ConfigurationError(f"{path}: `{key}` = {text!r} has the wrong form", hint=f"write it like {example}")
    if not _runs_with(path, app.sdk):
        raise ConfigurationError(
            f"{path}: `app.sdk` = {app.sdk!r} does not take this runtime's SDK {SDK_MAJOR}",
            hint="ask the partner for a newer app",
        )
    texts = [("app.name", app.name)]
    for number, grant in enumerate(manifest.permission):
        if isinstance(grant, Ui):
            continue
        texts.append((f"permission[{number}].reason", grant.reason))
        _check_paths(path, f"permission[{number}].paths", grant)
    for key, text in texts:
        if not text.isprintable():
            raise ConfigurationError(f"{path}: `{key}` has characters that cannot be printed", hint="write plain text")


def _check_paths(path: Path, key: str, grant: VehicleRead | VehicleActuate) -> None:
    for pattern in grant.paths:
        if not is_pattern(pattern):
            raise ConfigurationError(
                f"{path}: `{key}`: {pattern!r} is not a VSS path or pattern",
                hint="like Vehicle.Speed, Vehicle.Cabin.*.Temperature or Vehicle.Cabin.HVAC.**, the first branch named",
            )
        if isinstance(grant, VehicleActuate) and (entry := never_actuated(pattern)) is not None:
            raise ConfigurationError(
                f"{path}: `{key}`: {pattern} reaches {entry}, which no app may change",
                hint="name the actuators that the app really needs",
            )


def _runs_with(path: Path, requirement: str) -> bool:
    """Whether `>=1,<2` and the like take SDK_MAJOR. Raises ConfigurationError on anything else."""
    fits = True
    for part in requirement.replace(" ", "").split(","):
        match = _COMPARISON.fullmatch(part)
        if match is None:
            raise ConfigurationError(f"{path}: `app.sdk` = {requirement!r} cannot be read", hint='write sdk = ">=1,<2"')
        sign, bound = match[1], int(match[2])
        fits = fits and {
            ">=": bound <= SDK_MAJOR, "<=": bound >= SDK_MAJOR, "==": bound == SDK_MAJOR,
            "<": bound > SDK_MAJOR, ">": bound < SDK_MAJOR,
        }[sign]  # fmt: skip
    return fits
