# SPDX-License-Identifier: Apache-2.0
"""Makes the folder of a new app from one of the starters beside this module.

A starter is an app like any other, called Starter, and is run and checked as one; here it only gets another name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ivi.apphost.manifest_rules import is_app_id
from ivi.model.app_package import is_taken
from ivi.model.errors import ConfigurationError, InvalidArgumentError

STARTERS = Path(__file__).parent / "starters"
DEFAULT_DOMAIN = "com.example"
MAX_NAME = 32  # characters
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*", re.ASCII)
_REMARK = re.compile(r"^([a-z_]+ = .*?) +(# .*)$", re.MULTILINE)
REMARKS_AT = 34  # column at which the remarks of a manifest begin
_LEFT_OUT = {"__pycache__", ".pytest_cache"}
_LICENCE_LINE = "# SPDX-License-Identifier"  # ours; the new app's licence is its author's business


@dataclass(frozen=True)
class Naming:
    """What an app is called where."""

    id: str
    """E.g. `com.example.tyre-check`."""
    package: str
    """E.g. `tyre_check`."""
    title: str
    """E.g. `Tyre check`."""
    class_name: str
    """E.g. `TyreCheck`."""

    @classmethod
    def of(cls, name: str, app_id: str = "") -> "Naming":
        """From a folder's name. Raises InvalidArgumentError when no app can be called so."""
        if len(name) > MAX_NAME or _NAME.fullmatch(name) is None:
            raise InvalidArgumentError(
                f"{name!r} is no name for an app",
                hint=f"small letters, digits and single hyphens, at most {MAX_NAME}, e.g. tyre-check",
            )
        words = re.split("[-_]", name)
        if is_taken("_".join(words)):
            raise InvalidArgumentError(
                f"{name!r} is no name for an app: Python or the SDK has a module of that name",
                hint=f"add a word, e.g. my-{name}",
            )
        found = cls(
            app_id or f"{DEFAULT_DOMAIN}.{'-'.join(words)}",
            "_".join(words),
            " ".join(words).capitalize(),
            "".join(word.capitalize() for word in words),
        )
        if not is_app_id(found.id):
            raise InvalidArgumentError(
                f"{found.id!r} is no id", hint="a domain of yours, backwards, and a name: com.partner.weather"
            )
        return found

    def put_into(self, text: str) -> str:
        """A starter's text with this app's names."""
        for old, new in (
            ('"com.example.starter"', f'"{self.id}"'),
            ("starter.app", f"{self.package}.app"),
            (".app:Starter", f".app:{self.class_name}"),
            ("class Starter(", f"class {self.class_name}("),
            ("Starter", self.title),
        ):
            text = text.replace(old, new)
        return _REMARK.sub(lambda found: f"{found[1] + '  ':<{REMARKS_AT}}{found[2]}", text)


def kinds() -> list[str]:
    """Names of the starters."""
    return sorted(path.parent.name for path in STARTERS.glob("*/manifest.toml"))


def create(folder: Path, kind: str, app_id: str = "") -> tuple[Naming, list[Path]]:
    """Write the app `folder` of a kind; returns its names and its files, below `folder`.

    Raises InvalidArgumentError for a name that no app can have, ConfigurationError when the folder is there already or
    cannot be written.
    """
    naming = Naming.of(folder.name, app_id)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder} is there already", hint="choose another name, or an empty folder")
    made = []
    try:
        for inside, text in _files(STARTERS / kind):
            path = folder / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(naming.put_into(text), encoding="utf-8")
            made.append(inside)
    except OSError as error:
        raise ConfigurationError(f"cannot write {folder}: {error.strerror}", hint="check the path") from error
    return naming, made


def _files(starter: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(starter.rglob("*")):
        inside = path.relative_to(starter)
        if path.is_file() and not _LEFT_OUT & set(inside.parts):
            text = path.read_text(encoding="utf-8")
            if text.startswith(_LICENCE_LINE):
                text = text.partition("\n")[2]
            yield inside, text
