# SPDX-License-Identifier: Apache-2.0
"""Names of files in a package: plain ASCII that means one and the same file on every file system."""

import re
from collections.abc import Iterable

from ivi.model.errors import InvalidArgumentError

MAX_NAME = 200  # bytes
MAX_DEPTH = 16  # folders, so that no path gets longer than a sandbox can hold

_SHOWN = 60  # bytes of a bad name that an error repeats
_PART = re.compile(r"[A-Za-z0-9._+@=,!#$%&'()\[\]{}~^ -]+", re.ASCII)
_HINT = "rename the file: letters, digits, . _ + - and spaces inside a name"


def check_name(raw: bytes) -> str:
    """The name as text. Raises InvalidArgumentError that quotes it and says what is wrong."""
    shown = raw[:_SHOWN].decode("ascii", "backslashreplace")
    if (finding := _finding(raw)) is not None:
        raise InvalidArgumentError(f"the name {shown!a} {finding}", hint=_HINT)
    return raw.decode("ascii")


def _finding(raw: bytes) -> str | None:
    if not raw or len(raw) > MAX_NAME:
        return f"has {len(raw)} bytes, 1 to {MAX_NAME} are allowed"
    if not raw.isascii():
        return "is not plain ASCII"
    text = raw.decode("ascii")
    parts = text.split("/")
    findings = (
        (not text.isprintable(), "has control characters"),
        ("\\" in text or ":" in text, "has a backslash or a drive"),
        (text.startswith("/"), "is absolute"),
        (".." in parts or "." in parts, "leads out of the package"),
        ("" in parts, "is a folder or has an empty part"),
        (len(parts) > MAX_DEPTH, f"is {len(parts)} folders deep, at most {MAX_DEPTH} are allowed"),
        (any(part != part.strip(" ") for part in parts), "has a part that begins or ends with a space"),
        (any(part.endswith(".") for part in parts), "has a part that ends with a dot"),
        (not all(_PART.fullmatch(part) for part in parts), "has characters that some file systems forbid"),
    )
    return next((finding for found, finding in findings if found), None)


def check_together(names: Iterable[str]) -> None:
    """Check a set of good names against each other.

    Raises InvalidArgumentError unless all differ, also where case does not count, and none is both file and folder.
    """
    files: set[str] = set()
    folders: set[str] = set()
    spelled: dict[str, str] = {}
    for name in names:
        if name in files:
            raise InvalidArgumentError(f"{name!r} is there twice", hint=_HINT)
        files.add(name)
        parts = name.split("/")
        paths = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
        folders.update(paths[:-1])
        for path in paths:
            if (known := spelled.setdefault(path.lower(), path)) != path:
                raise InvalidArgumentError(f"{known!r} and {path!r} differ in case only", hint=_HINT)
    if clash := files & folders:
        raise InvalidArgumentError(f"{min(clash)!r} is a file and a folder", hint=_HINT)
