# SPDX-License-Identifier: Apache-2.0
"""The least manifest: what an app was seen to use in all trials, next to what it asks for."""

from collections.abc import Iterable, Iterator

from ivi.apphost.check.findings import Finding, Severity
from ivi.apphost.manifest import (
    AudioFocus,
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
    use_of,
)
from ivi.apphost.manifest_source import Source
from ivi.apphost.permissions import matches
from ivi.model.protected import tells_location

type Used = set[tuple[str, str]]
NOTICES = {"notification", "alert"}  # kinds that come at moments of their own; a trial may not meet them


def unused(manifest: Manifest, source: Source, used: Used) -> Iterator[Finding]:
    """What is asked for and was never used."""
    for number, permission in enumerate(manifest.permission):
        line = source.line(("permission", number))
        needed = needs(permission, used)
        if needed is None:
            continue
        if not needed:
            what = f"it asks for {use_of(permission)} and never used it"
            yield Finding(Severity.WARNING, what, "leave it out, or make it optional = true", source.path.name, line)
            continue
        for key, names in _lists(permission):
            for element, name in enumerate(names):
                if key in needed and name not in needed[key] and not _any_match(name, needed[key]):
                    at = source.line(("permission", number, key, element))
                    what = f"it asks for {name} and never used it"
                    yield Finding(Severity.WARNING, what, "leave it out", source.path.name, at)


def needs(permission: Permission, used: Used) -> dict[str, list[str]] | None:
    """The lists of a permission as far as they were used; empty: not at all, None: trials cannot tell."""
    match permission:
        case VehicleRead():
            return _of_paths(permission.paths, _targets(used, "vehicle.read"))
        case VehicleActuate():
            return _of_paths(permission.paths, _targets(used, "vehicle.actuate"))
        case Location():
            return {"": []} if any(tells_location(path) for path in _targets(used, "vehicle.read")) else {}
        case Ui():
            kinds: list[str] = [
                kind for kind in permission.templates if kind in _targets(used, "ui") or kind in NOTICES
            ]
            return {"templates": kinds} if kinds else {}
        case Net():
            hosts = [host for host in permission.hosts if host in _targets(used, "net")]
            return {"hosts": hosts} if hosts else {}
        case AudioFocus():
            heard: list[str] = [kind for kind in permission.kinds if kind in _targets(used, "audio.focus")]
            return {"kinds": heard} if heard else {}
        case Storage() | Payment() | Notify():
            return {"": []} if _targets(used, use_of(permission)) else {}
        case _:  # background, voice and data.share leave no trace of their own
            return None


def least(manifest: Manifest, used: Used) -> str:
    """The permissions that the app was seen to need, as they stand in a manifest."""
    parts = []
    for permission in manifest.permission:
        needed = needs(permission, used)
        if needed is not None and not needed:
            continue
        lines = ["[[permission]]", f'use = "{use_of(permission)}"']
        for key in permission.__struct_fields__:
            value = (needed or {}).get(key, getattr(permission, key))
            if value is not None and (key != "optional" or value):
                lines.append(f"{key} = {_toml(value)}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _of_paths(patterns: Iterable[str], touched: set[str]) -> dict[str, list[str]]:
    found = sorted(path for path in touched if any(matches(path, pattern) for pattern in patterns))
    return {"paths": found} if found else {}


def _any_match(pattern: str, names: Iterable[str]) -> bool:
    return "*" in pattern and any(matches(name, pattern) for name in names)


def _targets(used: Used, kind: str) -> set[str]:
    return {target for use, target in used if use == kind}


def _lists(permission: Permission) -> Iterator[tuple[str, list[str]]]:
    for key in permission.__struct_fields__:
        if isinstance(value := getattr(permission, key), list):
            yield key, value


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"{value:g}" if isinstance(value, float) else str(value)
