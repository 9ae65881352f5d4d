# SPDX-License-Identifier: Apache-2.0
"""Qt Linguist's catalogues of the screen's texts: which there are, and their compiled form.

A catalogue is `ivi_<language>.ts` (XML, what translators edit). Qt loads its compiled form (`.qm`), which `lrelease`
of the Qt that is installed makes once a change; it is kept in the user's cache, so that a read-only installation works.
"""

import logging
import os
import zlib
from pathlib import Path

import PySide6

from ivi.model.errors import ConfigurationError

log = logging.getLogger(__name__)

SOURCE = "en"
"""The language of the texts in the code; its catalogue has the plurals only."""
NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "ja": "日本語", "ar": "العربية"}
"""Languages of the screen, each by its own name."""
RIGHT_TO_LEFT = frozenset({"ar"})
COMPILE_TIMEOUT = 20.0  # seconds; it takes some hundredths of one
FOLDER = Path(__file__).parent / "languages"


def later(context: str, text: str) -> str:  # lupdate reads the context
    """A text that QCoreApplication.translate is given later, with the same context. Returns it unchanged."""
    return text


def catalogue(language: str) -> Path:
    """The file that translators edit. Raises ConfigurationError when there is none for this language."""
    path = FOLDER / f"ivi_{language}.ts"
    if language not in NAMES or not path.is_file():
        known = ", ".join(NAMES)
        raise ConfigurationError(f"the screen has no texts in {language!r}", hint=f"choose one of {known}")
    return path


def compiled(language: str) -> Path:
    """The compiled catalogue, made now if this text was never compiled here.

    Raises ConfigurationError when there is no such catalogue, or it cannot be compiled.
    """
    source = catalogue(language)
    try:
        text = source.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"cannot read {source}: {error.strerror}", hint="install ivi again") from error
    target = _cache() / f"ivi_{language}-{len(text):x}-{zlib.crc32(text):08x}.qm"
    if not target.is_file():
        _compile(source, target)
    return target


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "ivi" / "languages"


def _compile(source: Path, target: Path) -> None:
    import subprocess  # noqa: PLC0415  # once a catalogue, not at each start

    program = Path(PySide6.__file__).parent / "lrelease"
    # Under a name of this process until it is whole: another screen may start at the same time.
    unfinished = target.with_suffix(f".{os.getpid()}")
    command: list[str | Path] = [program, "-silent", "-nounfinished", source, "-qm", unfinished]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMPILE_TIMEOUT, check=False)
        if done.returncode != 0 or not unfinished.is_file():
            said = (done.stderr or done.stdout).strip().partition("\n")[0]
            raise ConfigurationError(f"{source.name} cannot be compiled: {said}", hint="look at the line it names")
        unfinished.replace(target)
    except subprocess.TimeoutExpired as error:
        raise ConfigurationError(f"{source.name} was not compiled in {COMPILE_TIMEOUT:.0f} s") from error
    except OSError as error:
        hint = "the folder ~/.cache/ivi must be yours"
        raise ConfigurationError(f"{source.name} cannot be compiled: {error.strerror}", hint=hint) from error
