# SPDX-License-Identifier: Apache-2.0
"""From a refusal in an app's log to the lines that its manifest lacks, as they would stand there."""

import re
import tomllib
from typing import NamedTuple

from ivi.apphost.facility import REFUSED
from ivi.apphost.manifest import Manifest, use_of
from ivi.apphost.manifest_rules import ONCE
from ivi.apphost.manifest_source import Source

_LACKING = re.compile(r"(?P<what>.*?) \((?:its )?manifest\.toml would need \[\[permission\]\] (?P<terms>.*)\)")
_TERM = re.compile(r'([a-z_]+) = (\[[^\]]*\]|"[^"]*"|[0-9.]+)')
_OWN_WORDS = {"ui", "storage"}  # their reason has a default


class Refusal(NamedTuple):
    """What was refused, and the lines that would allow it; none when no manifest would."""

    what: str
    where: str
    """Where the lines belong."""
    lines: list[str]


def refusal(text: str, manifest: Manifest, source: Source) -> Refusal | None:
    """What a line of the host says was refused; None when it says something else."""
    if not text.startswith(REFUSED):
        return None
    said = text.removeprefix(REFUSED)
    found = _LACKING.fullmatch(said)
    if found is None:
        return Refusal(said, "", [])
    terms = dict(_TERM.findall(found["terms"]))
    use = terms.get("use", "").strip('"')
    for number, permission in enumerate(manifest.permission):
        if use_of(permission) == use and isinstance(permission, ONCE):
            lines = list(_widened(permission, terms))
            if lines:
                return Refusal(found["what"], f"{source.path.name}, line {source.line(('permission', number))}", lines)
    lines = ["[[permission]]", *(f"{key} = {value}" for key, value in terms.items())]
    if use not in _OWN_WORDS:
        lines.append('reason = "why, in words for the driver"')
    return Refusal(found["what"], source.path.name, lines)


def _widened(permission: object, terms: dict[str, str]) -> list[str]:
    """The keys of a permission that is there, with what they lack."""
    lines = []
    for key, text in terms.items():
        has = getattr(permission, key, None)
        if isinstance(has, list) and text.startswith("["):
            lacking = [value for value in tomllib.loads(f"x = {text}")["x"] if value not in has]
            # Of surfaces the refusal names an example; one that is there already does.
            if lacking and key != "surfaces":
                lines.append(f"{key} = [{', '.join(f'"{value}"' for value in [*has, *lacking])}]")
    return lines
