# SPDX-License-Identifier: Apache-2.0
"""What apps may do, and what the host asks the driver about it, in the driver's language.

The app host writes English (ivi.apphost.words), for its ledger and for people's tools. What apps say of themselves
comes in the languages of their manifests. Branches that have no phrase of ours keep their names in the catalogue.
"""

import re
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale

from ivi.hmi.catalogues import SOURCE
from ivi.hmi.permission_sentences import PHRASES, SENTENCES

translate = QCoreApplication.translate

_GAP = re.compile(r"\{([a-z]+)\}")
_MORE = re.compile(r"(\d+) more things")
_WANTED = re.compile(r"it wants to (?P<what>.+?)(?: and (?P<more>\d+) more)?", re.DOTALL)
_HIGHEST = 50  # phrases of one list; longer texts are no list of ours


def said(text: str) -> str:
    """A sentence of the host about permissions in the screen's language; unchanged when it is not one of ours."""
    for pattern, source in _patterns():
        if (match := pattern.fullmatch(text)) is None:
            continue
        told = translate("PermissionWords", source)
        for gap, value in match.groupdict().items():
            told = told.replace(f"{{{gap}}}", _filled(gap, value))
        return told
    return text


def told(text: str) -> str:
    """A text of one or more sentences of the host, each in the screen's language."""
    whole = said(text)
    return whole if whole != text else " ".join(said(one) for one in re.split(r"(?<=[.?]) (?=[A-Z])", text))


def wanted(text: str) -> str:
    """Why an app waits ("it wants to … and to …") in the screen's language; unchanged when it is something else."""
    if (match := _WANTED.fullmatch(text)) is None:
        return text
    written = [part[:1].upper() + part[1:] for part in match["what"].split(" and to ")]
    parts = [said(part) for part in written]
    if parts == written:  # English
        return text
    if match["more"]:
        parts.append(translate("PermissionWords", "{number} more things").format(number=match["more"]))
    return translate("PermissionWords", "It wants to: {what}").format(what="; ".join(parts))


def reason(plain: str, reasons: Mapping[str, str]) -> str:
    """An app's own reason in the screen's language, else in English. What the host says in its place is ours."""
    return reasons.get(QLocale().name().partition("_")[0]) or reasons.get(SOURCE) or said(plain)


def quoted(plain: str, reasons: Mapping[str, str]) -> str:
    """The app's reason, marked as its words."""
    words = reason(plain, reasons).removesuffix(".").removesuffix("\N{IDEOGRAPHIC FULL STOP}")
    return translate("Permissions", "It says: “{reason}”").format(reason=words)


def _filled(gap: str, value: str) -> str:
    match gap:
        case "what":
            return _listed(value)
        case "kinds":
            return ", ".join(_thing(kind) for kind in value.split(", "))
        case _:
            return _thing(value)


def _thing(value: str) -> str:
    return translate("PermissionWords", value) if value in _phrases() else value


def _listed(text: str) -> str:
    parts = _parts(text, _HIGHEST) or [text]
    shown = [_phrase(part) for part in parts]
    line = shown[0]
    for number, part in enumerate(shown[1:], 2):
        joint = "{first} and {last}" if number == len(shown) else "{first}, {last}"
        line = _joint(joint).format(first=line, last=part)
    return line


def _joint(source: str) -> str:
    return (
        translate("PermissionWords", "{first} and {last}")
        if source == "{first} and {last}"
        else translate("PermissionWords", "{first}, {last}")
    )


def _phrase(part: str) -> str:
    if (more := _MORE.fullmatch(part)) is not None:
        return translate("PermissionWords", "{number} more things").format(number=more[1])
    return _thing(part)


def _parts(text: str, left: int) -> list[str] | None:
    """The phrases of a list. Some contain commas and "and" themselves, so those that are known are tried first."""
    if text in _phrases() or not left:
        return [text]
    cuts = list(re.finditer(", | and ", text))
    for known in (True, False):
        for cut in reversed(cuts) if known else cuts:
            first = text[: cut.start()]
            if (first in _phrases()) is not known:
                continue
            if (rest := _parts(text[cut.end() :], left - 1)) is not None:
                return [first, *rest]
    return [text]


@cache
def _phrases() -> frozenset[str]:
    return frozenset(PHRASES)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences as patterns, those that say the most first."""
    ordered = sorted(SENTENCES, key=lambda one: -len(_GAP.sub("", one)))
    return [(re.compile(_expression(source), re.DOTALL), source) for source in ordered]


def _expression(source: str) -> str:
    parts = _GAP.split(source)
    return "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
