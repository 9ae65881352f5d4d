# SPDX-License-Identifier: Apache-2.0
"""Names of people from a vCard file (RFC 6350) that the driver's phone exported. Only names are read."""

import re
import unicodedata
from pathlib import Path

from ivi.model.status import Problem

MAX_FILE = 4 << 20  # bytes
MAX_CONTACTS = 1000
MAX_NAME = 60  # characters
_NAME = re.compile(r"^FN(?:;[^:]*)?:(.*)$", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([,;\\nN])")


def read_contacts(path: Path) -> tuple[tuple[str, ...], Problem | None]:
    """Names in the order of the file, each once, and what is wrong with it. Without a file there are none."""
    if not path.exists():
        return (), None
    try:
        if path.stat().st_size > MAX_FILE:
            return (), Problem("The contacts are not read", f"{path} is larger than {MAX_FILE} bytes", "export fewer")
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return (), Problem("The contacts are not read", f"{path}: {error}", "check the file")
    found: dict[str, None] = {}
    odd = 0
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        if (match := _NAME.match(line)) is None:
            continue
        if name := speakable(_ESCAPE.sub(lambda one: " " if one[1] in "nN" else one[1], match[1])):
            found.setdefault(name)
        else:
            odd += 1
    names = tuple(found)[:MAX_CONTACTS]
    left = odd + len(found) - len(names)
    if left:
        return names, Problem(f"{left} contacts cannot be said", str(path), "give them names with letters")
    return names, None


def speakable(name: str) -> str:
    """A name without what nobody says: emoji, brackets, digits, marks; empty when no letter is left."""
    kept = (
        one if unicodedata.category(one)[0] == "L" or unicodedata.category(one) == "Mn" or one in "'-" else " "
        for one in unicodedata.normalize("NFC", name)
    )
    words = " ".join("".join(kept).replace("\ufffd", " ").split())
    return words[:MAX_NAME].strip(" '-") if any(one.isalpha() for one in words) else ""
