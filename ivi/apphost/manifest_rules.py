# SPDX-License-Identifier: Apache-2.0
"""What a manifest must keep beyond its types, without knowing the car: forms of names, hosts, currencies, patterns."""

import ipaddress
import re
from collections.abc import Iterator

from ivi.apphost.currencies import ACTIVE
from ivi.apphost.manifest import (
    ENGLISH,
    AudioFocus,
    Background,
    Location,
    Manifest,
    Net,
    Notify,
    Payment,
    Permission,
    Storage,
    Ui,
    VehicleActuate,
    VehicleRead,
    VoiceIntents,
    use_of,
)
from ivi.apphost.manifest_source import Source, Where
from ivi.apphost.permissions import is_pattern
from ivi.model.app_package import is_taken
from ivi.model.protected import is_unnamed, never_actuated, parked_only, tells_location, too_wide

SDK_MAJOR = 1  # what ivi.sdk offers; an app names the majors that it runs with
ONCE = (Ui, Net, VoiceIntents, AudioFocus, Payment, Storage, Notify, Background, Location)
"""Kinds of which an app has one permission; two would leave open which of them counts."""

_APP_ID = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z][a-z0-9-]*){1,7}", re.ASCII)
_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}", re.ASCII)
_ENTRY = re.compile(
    r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*"  # module:Class
    r"|exec:[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*",  # no segment begins with a dot
    re.ASCII,
)
_COMPARISON = re.compile(r"(>=|<=|==|<|>)([0-9]{1,6})", re.ASCII)
_INTENT = re.compile(r"[a-z][a-z0-9_]{0,30}(?:\.[a-z][a-z0-9_]{0,30}){1,3}", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
MAX_ID = 64  # characters, as the manifest's type says
MAX_HOST = 253  # characters of a name, RFC 1035
MAX_PORT = 65535


def is_app_id(text: str) -> bool:
    """Whether an app may have this id: a reverse domain name, e.g. `com.partner.weather`."""
    return len(text) <= MAX_ID and _APP_ID.fullmatch(text) is not None


def check(source: Source, manifest: Manifest) -> None:
    """Raises ConfigurationError that names line and fix at the first thing that is wrong."""
    app = manifest.app
    for key, text, form, example in (
        ("id", app.id, _APP_ID, "com.partner.weather"),
        ("version", app.version, _VERSION, "1.4.0"),
        ("entry", app.entry, _ENTRY, "weather.app:Weather"),
    ):
        if form.fullmatch(text) is None:
            raise source.refusal(("app", key), f"= {text!r} has the wrong form", f"write it like {example}")
    if is_taken(manifest.package):
        raise source.refusal(
            ("app", "entry"), f"= {app.entry!r}: Python or the SDK has a module {manifest.package!r} itself",
            f"name the package otherwise, like my_{manifest.package}",
        )  # fmt: skip
    _check_sdk(source, app.sdk)
    _check_texts(source, manifest)
    seen: dict[type, int] = {}
    for number, permission in enumerate(manifest.permission):
        where = ("permission", number)
        if (first := seen.setdefault(type(permission), number)) != number and isinstance(permission, ONCE):
            raise source.refusal(
                (*where, "use"), f"= {use_of(permission)!r} is there twice",
                f"put it into the one of line {source.line(('permission', first, 'use'))}",
            )  # fmt: skip
        _check_lists(source, where, permission)
        _check_terms(source, where, permission)
    _check_same_paths(source, manifest)


def _check_texts(source: Source, manifest: Manifest) -> None:
    texts: list[tuple[Where, str]] = [(("app", "name"), manifest.app.name)]
    for number, permission in enumerate(manifest.permission):
        found = ((key, getattr(permission, key, "")) for key in ("purpose", "recipient"))
        texts.extend((("permission", number, key), text) for key, text in found if text)
        reasons = permission.reason if isinstance(permission.reason, dict) else {"": permission.reason}
        if ENGLISH not in reasons and "" not in reasons:
            text = f"has no text in English, only {', '.join(sorted(reasons))}"
            raise source.refusal(("permission", number, "reason"), text, f'add {ENGLISH} = "…"')
        texts.extend((("permission", number, "reason", *([key] if key else [])), text) for key, text in reasons.items())
    for where, text in texts:
        if not text.isprintable() or not text.strip():
            raise source.refusal(where, "has characters that cannot be printed", "write plain text of one line")


def _check_terms(source: Source, where: Where, permission: Permission) -> None:
    match permission:
        case VehicleRead() | VehicleActuate():
            for number, pattern in enumerate(permission.paths):
                _check_pattern(source, (*where, "paths", number), permission, pattern)
        case Net():
            for number, host in enumerate(permission.hosts):
                _check_host(source, (*where, "hosts", number), host)
        case VoiceIntents():
            for number, intent in enumerate(permission.intents):
                if _INTENT.fullmatch(intent) is None:
                    text = f"{intent!r} is not a name of an intent"
                    raise source.refusal((*where, "intents", number), text, "write it like charging.find")
        case Payment():
            if permission.currency not in ACTIVE:
                raise source.refusal(
                    (*where, "currency"), f"= {permission.currency!r} is no currency of ISO 4217", "like EUR or USD"
                )
            if not float(permission.max_amount):
                raise source.refusal(
                    (*where, "max_amount"), "is nothing", "leave the permission out, or name an amount"
                )
        case _:
            pass


def _check_lists(source: Source, where: Where, permission: Permission) -> None:
    """Nothing is named twice in one list."""
    for key, values in _lists(permission):
        for number, value in enumerate(values):
            if value in values[:number]:
                raise source.refusal((*where, key, number), f"names {value!r} twice", "leave one of them out")


def _lists(permission: Permission) -> Iterator[tuple[str, list[str]]]:
    for key in permission.__struct_fields__:
        value = getattr(permission, key)
        if isinstance(value, list):
            yield key, value


def _check_same_paths(source: Source, manifest: Manifest) -> None:
    """One path has one set of terms, so that nobody has to guess which of two rates counts."""
    seen: dict[tuple[str, str], int] = {}
    for number, permission in enumerate(manifest.permission):
        if isinstance(permission, VehicleRead | VehicleActuate):
            for element, pattern in enumerate(permission.paths):
                first = seen.setdefault((use_of(permission), pattern), number)
                if first != number:
                    line = source.line(("permission", first, "paths"))
                    raise source.refusal(
                        ("permission", number, "paths", element), f"{pattern} is asked for twice",
                        f"line {line} has it already",
                    )  # fmt: skip


def _check_pattern(source: Source, where: Where, permission: VehicleRead | VehicleActuate, pattern: str) -> None:
    if not is_pattern(pattern):
        raise source.refusal(
            where, f"{pattern!r} is not a VSS path or pattern",
            "like Vehicle.Speed, Vehicle.Cabin.*.Temperature or Vehicle.Cabin.HVAC.**, the first branch named",
        )  # fmt: skip
    if (branch := too_wide(pattern)) is not None:
        raise source.refusal(where, f"{pattern} asks for all of {branch}", "name the signals that the app really needs")
    if isinstance(permission, VehicleRead):
        if tells_location(pattern):
            raise source.refusal(
                where, f"{pattern} tells where the car is",
                'ask for that with use = "location" precision = "coarse" (or "fine")',
            )  # fmt: skip
        if is_unnamed(pattern):
            raise source.refusal(
                where, f"{pattern} has no names a driver could understand", "give them names first: ivi dbc"
            )
        return
    if (closed := never_actuated(pattern)) is not None:
        raise source.refusal(
            where,
            f"{pattern} reaches {closed}, which no app may change",
            "name the actuators that the app really needs",
        )
    if permission.when == "always" and parked_only(pattern):
        raise source.refusal(
            (*where[:2], "when"), f'= "always": {pattern} changes only while the car is parked', 'write when = "parked"'
        )


def _check_host(source: Source, where: Where, host: str) -> None:
    name, colon, port = host.rpartition(":")
    fix = "write it like api.partner.example:443"
    if not colon or not port.isascii() or not port.isdigit() or not 1 <= int(port) <= MAX_PORT or port[0] == "0":
        raise source.refusal(where, f"{host!r} names no port", fix)
    if "*" in name:
        raise source.refusal(where, f"{host!r} has a wildcard", f"name each host; {fix}")
    if _is_address(name):
        raise source.refusal(
            where, f"{host!r} is an address", f"name the host, so that the driver sees whose it is; {fix}"
        )
    if not name.isascii():
        punycode = ".".join(_idna(label) for label in name.split("."))
        raise source.refusal(where, f"{host!r} is not ASCII", f"write it as {punycode}:{port}" if punycode else fix)
    labels = name.split(".")
    if len(name) > MAX_HOST or len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004  # a name and its domain
        raise source.refusal(where, f"{host!r} is not the full name of a host, in small letters", fix)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        # 127.1, 0x7f.1 and 2130706433 are addresses, too, for most resolvers.
        return name.replace(".", "").isdigit() or name.startswith("0x") or name.rpartition(".")[2].isdigit()
    return True


def _idna(label: str) -> str:
    try:
        return label.encode("idna").decode()
    except UnicodeError:
        return ""


def _check_sdk(source: Source, requirement: str) -> None:
    """Whether `>=1,<2` and the like take SDK_MAJOR."""
    fits = True
    for part in requirement.replace(" ", "").split(","):
        match = _COMPARISON.fullmatch(part)
        if match is None:
            raise source.refusal(("app", "sdk"), f"= {requirement!r} cannot be read", 'write sdk = ">=1,<2"')
        sign, bound = match[1], int(match[2])
        fits = fits and {
            ">=": bound <= SDK_MAJOR, "<=": bound >= SDK_MAJOR, "==": bound == SDK_MAJOR,
            "<": bound > SDK_MAJOR, ">": bound < SDK_MAJOR,
        }[sign]  # fmt: skip
    if not fits:
        text = f"= {requirement!r} does not take this runtime's SDK {SDK_MAJOR}"
        raise source.refusal(("app", "sdk"), text, "ask the partner for a newer app")
