# SPDX-License-Identifier: Apache-2.0
"""An app's manifest.toml: what may stand in it. Unknown keys and wrong types are refused with line and fix.

What types alone cannot say is in manifest_rules.py; what depends on the car is in resolution.py.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from ivi.apphost.manifest_source import Source, nearest, parsed
from ivi.model.app_package import package_of
from ivi.model.errors import ConfigurationError

MAX_MANIFEST = 64 << 10  # bytes
ENGLISH = "en"

_AT = re.compile(r" - at `\$\.?(.*)`$")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")
_MISSING = re.compile(r"missing required field `(.*?)`")

type Plain = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
type Reasons = Annotated[
    dict[Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")], Plain], msgspec.Meta(min_length=1, max_length=8)
]
"""One sentence by language (ISO 639). English has to be there: it is what who speaks another language is shown."""
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
    """`package.module:Class`; the manifest's folder is the package. Or `exec:PATH`, a program in the folder."""
    when: Literal["always", "parked"] = "always"
    """Whether it runs only while the car is parked, like a game or a film."""


class Grant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="use"):
    """What every kind of permission says besides its own terms."""

    reason: Plain | Reasons
    """Why the app wants it, in words for the driver: one text, or one for each language."""
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
    reason: Plain | Reasons = "shows you its pages"


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
    reason: Plain | Reasons = "remembers your settings"


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


KINDS: dict[str, type[Grant]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (
        VehicleRead, VehicleActuate, Ui, Net, VoiceIntents, AudioFocus, Payment, Storage, Notify, Background, Location,
        DataShare,
    )
}  # fmt: skip
"""Which class is which `use`."""


def reason_of(permission: Permission) -> str:
    """The reason in English, or in the one language that it has."""
    reason = permission.reason
    return reason if isinstance(reason, str) else reason.get(ENGLISH, "")


def reasons_of(permission: Permission) -> dict[str, str]:
    """The reason by language; empty when it is one text, whose language nobody knows."""
    return {} if isinstance(permission.reason, str) else dict(permission.reason)


def use_of(permission: Permission) -> str:
    """The permission's kind as manifests spell it, e.g. `vehicle.read`."""
    return str(permission.__struct_config__.tag)


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
        return package_of(self.app.entry)

    @property
    def program(self) -> str:
        """The program in the app's folder that is the app; empty for one in Python."""
        package, _, path = self.app.entry.partition(":")
        return path if package == "exec" else ""


def load(folder: Path) -> Manifest:
    """Read `folder`/manifest.toml. Raises ConfigurationError that names the file, the line, the key and the fix."""
    return read(folder)[0]


def read(folder: Path) -> tuple[Manifest, Source]:
    """The manifest, and where its keys stand for later refusals. Raises ConfigurationError as `load` does."""
    from ivi.apphost import manifest_rules  # noqa: PLC0415  # the rules are about the types of this module

    source, values = _parse(folder / "manifest.toml")
    try:
        manifest = msgspec.convert(values, Manifest)
    except RecursionError as error:
        raise ConfigurationError(f"{source.path}: it is nested too deeply", hint="write it flat") from error
    except msgspec.ValidationError as error:
        raise _explained(source, str(error)) from error
    manifest_rules.check(source, manifest)
    return manifest, source


def _parse(path: Path) -> tuple[Source, dict[str, object]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"cannot read {path}: {error.strerror}", hint="each app folder has a manifest.toml"
        ) from error
    if len(data) > MAX_MANIFEST:
        raise ConfigurationError(f"{path} is larger than {MAX_MANIFEST} bytes", hint="a manifest is a page, not a book")
    try:
        text = data.decode()
        return Source(path, text), tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path} is not TOML: {error}", hint="correct the line") from error


def _explained(source: Source, text: str) -> ConfigurationError:
    """A type error of msgspec in our words, with line and fix."""
    found = _AT.search(text)
    where = parsed(found[1]) if found else ()
    said = _AT.sub("", text)
    if unknown := _UNKNOWN.search(said):
        return source.refusal((*where, unknown[1]), "is not known here", nearest(unknown[1], _keys(source, where)))
    if missing := _MISSING.search(said):
        return source.refusal((*where, missing[1]), "is missing", f"add a line {missing[1]} = … here")
    said = said[:1].lower() + said[1:]
    if where[-1:] == ("use",):
        return source.refusal(where, f"names no permission: {said}", nearest("", KINDS))
    return source.refusal(
        where, f"is not right: {said}", "write a value of that kind; docs/permissions.md shows every key"
    )


def _keys(source: Source, where: tuple[str | int, ...]) -> set[str]:
    """Keys that may stand at a place."""
    if not where:
        return {"app", "permission", "resources"}
    if where[0] == "app":
        return set(AppSection.__struct_fields__)
    if where[0] == "resources":
        return set(Resources.__struct_fields__)
    kind = KINDS.get(source.use_at(where))
    return {"use", *(kind.__struct_fields__ if kind else Grant.__struct_fields__)}
