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
type TemplateKind = Literal[
    "list", "grid", "pane", "message", "sign_in", "media", "map_with_content", "route_preview", "navigation",
    "charge_session", "notification", "alert",
]  # fmt: skip


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
    when: Literal["always", "parked"] = "always"
    """Whether it runs only while the car is parked, like a game or a film."""


class Grant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="use"):
    """What every kind of permission says besides its own terms."""

    reason: Plain
    """Why the app wants it, in words for the driver."""
    optional: bool = False
    """Whether the app still starts when the driver refuses."""


class VehicleRead(Grant, frozen=True, kw_only=True, tag="vehicle.read"):
    """Reading signals."""

    paths: Paths
    max_hz: Annotated[float, msgspec.Meta(gt=0, le=50)] = 1.0
    precision: Annotated[float, msgspec.Meta(gt=0)] | None = None
    """Values are rounded to multiples of this, in the signal's unit; None leaves them as they are."""


class VehicleActuate(Grant, frozen=True, kw_only=True, tag="vehicle.actuate"):
    """Changing actuators."""

    paths: Paths
    when: Literal["parked", "always"] = "parked"
    confirm: Literal["never", "first", "each"] = "never"
    """When the driver is asked on the screen before it is done."""


class Ui(Grant, frozen=True, kw_only=True, tag="ui"):
    """Showing templates on surfaces of the screen."""

    templates: Annotated[list[TemplateKind], msgspec.Meta(min_length=1, max_length=16)]
    surfaces: Annotated[list[Literal["main", "card"]], msgspec.Meta(min_length=1, max_length=2)]
    reason: Plain = "shows you its pages"


class Net(Grant, frozen=True, kw_only=True, tag="net"):
    """Reaching hosts through the egress proxy."""

    hosts: Annotated[list[str], msgspec.Meta(min_length=1, max_length=32)]
    """`name:port`, each exact."""
    mb_per_day: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 10


class VoiceIntents(Grant, frozen=True, kw_only=True, tag="voice"):
    """Being spoken to: intents of the app's own, declared in its manifest folder's sentences."""

    intents: Annotated[list[str], msgspec.Meta(min_length=1, max_length=16)]


class AudioFocus(Grant, frozen=True, kw_only=True, tag="audio.focus"):
    """Being heard."""

    kinds: Annotated[list[Literal["media", "navigation", "alert"]], msgspec.Meta(min_length=1, max_length=3)]


class Payment(Grant, frozen=True, kw_only=True, tag="payment"):
    """Asking the driver to pay, on the host's own sheet, each time."""

    max_amount: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,6}(\.[0-9]{1,2})?$")]
    """Largest amount of one payment, a decimal number as text."""
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    """ISO 4217."""


class Storage(Grant, frozen=True, kw_only=True, tag="storage"):
    """Keeping data over restarts."""

    mb: Annotated[int, msgspec.Meta(ge=1, le=256)]
    reason: Plain = "remembers your settings"


class Notify(Grant, frozen=True, kw_only=True, tag="notify"):
    """Notifications on the screen."""

    per_hour: Annotated[int, msgspec.Meta(ge=1, le=60)]


class Background(Grant, frozen=True, kw_only=True, tag="background"):
    """Running on while it is not on the screen."""


class Location(Grant, frozen=True, kw_only=True, tag="location"):
    """Where the car is."""

    precision: Literal["coarse", "fine"]
    """`coarse` rounds to about 1 km."""


class DataShare(Grant, frozen=True, kw_only=True, tag="data.share"):
    """Passing data of the car on to somebody: what for, to whom, and for how long it is kept."""

    purpose: Plain
    recipient: Plain
    retention_days: Annotated[int, msgspec.Meta(ge=0, le=3650)]


type Permission = (
    VehicleRead
    | VehicleActuate
    | Ui
    | Net
    | VoiceIntents
    | AudioFocus
    | Payment
    | Storage
    | Notify
    | Background
    | Location
    | DataShare
)


class Resources(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the app may use up."""

    memory_mb: Annotated[int, msgspec.Meta(ge=16, le=512)] = 64
    processes: Annotated[int, msgspec.Meta(ge=1, le=32)] = 1
    """Processes of the app, itself included; with 1 the system call filter has no fork."""
    tmp_mb: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    cpu_percent: Annotated[int, msgspec.Meta(ge=1, le=100)] = 25
    """Share of one core, on average over some seconds."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole manifest.toml."""

    app: AppSection
    permission: Annotated[list[Permission], msgspec.Meta(max_length=32)] = []
    resources: Resources = Resources()

    @property
    def package(self) -> str:
        """Name under which the app's folder is imported."""
        return self.app.entry.partition(":")[0].partition(".")[0]


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
        texts.append((f"permission[{number}].reason", grant.reason))
        if isinstance(grant, VehicleRead | VehicleActuate):
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
