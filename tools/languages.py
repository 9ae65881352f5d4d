#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Brings the screen's catalogues up to date with the texts in QML and Python, and says what is not translated.

`python tools/languages.py` adds new texts to each `ivi/hmi/languages/ivi_<language>.ts` and drops those that are gone;
`--check` changes nothing. Exit status 1 when a text has no translation.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from ivi.hmi.catalogues import FOLDER, NAMES, SOURCE

ROOT = Path(__file__).parent.parent
TIMEOUT = 120.0  # seconds for one run of lupdate


def update(catalogue: Path) -> None:
    """Bring one catalogue up to date in place. Raises CalledProcessError with what lupdate said."""
    program = Path(PySide6.__file__).parent / "lupdate"
    language = catalogue.stem.removeprefix("ivi_")
    command: list[str | Path] = [
        program,
        "-silent",
        "-no-obsolete",
        "-locations",
        "none",
        "-extensions",
        "qml,py",
        "-recursive",
        "qml",
        "ivi/hmi",
    ]
    command += ["-tr-function-alias", "QT_TRANSLATE_NOOP+=later", "-source-language", SOURCE]
    command += ["-pluralonly"] if language == SOURCE else []
    command += ["-target-language", language, "-ts", catalogue]
    subprocess.run(command, cwd=ROOT, check=True, timeout=TIMEOUT, capture_output=True, text=True)


def untranslated(catalogue: Path) -> list[str]:
    """Texts of a catalogue without a finished translation, as `context: text`."""
    found = []
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                found.append(f"{context.findtext('name')}: {message.findtext('source')}")
    return found


def main() -> int:
    """Update or check all catalogues."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args().check
    missing = 0
    for language in NAMES:
        kept = FOLDER / f"ivi_{language}.ts"
        with tempfile.TemporaryDirectory() as folder:
            catalogue = Path(folder) / kept.name if check else kept
            if check and kept.is_file():
                catalogue.write_bytes(kept.read_bytes())
            update(catalogue)
            found = untranslated(catalogue)
            if check and kept.is_file() and catalogue.read_bytes() != kept.read_bytes() and not found:
                found = ["the catalogue as a whole: it has texts that are gone"]
        for text in found:
            sys.stdout.write(f"{language}: no translation of {text}\n")
        missing += len(found)
    sys.stdout.write(f"{missing} texts are not translated\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
