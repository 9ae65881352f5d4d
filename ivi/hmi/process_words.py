# SPDX-License-Identifier: Apache-2.0
"""Sentences of other processes in the driver's language.

Processes write English, for their logs and for people's tools. The screen knows their sentences as patterns with gaps,
whose translations lie in its catalogues; what fills a gap is translated if it is known, too, and stays as it is if it
is a name, a number or a file. A sentence that nobody knows stays English.
"""

import re
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

from ivi.hmi.process_problems import PROBLEMS
from ivi.hmi.process_sentences import SENTENCES

translate = QCoreApplication.translate

_GAP = re.compile(r"\{([a-z]+)\}")
_KEPT = 512  # sentences whose pattern is remembered
_DEPTH = 2  # gaps within gaps that are looked into
_ENDS = ".\N{IDEOGRAPHIC FULL STOP}"
_JOINT = "; "  # between two reasons


def known(text: str) -> bool:
    """Whether the catalogue has the sentence."""
    return _match(text.strip().removesuffix(".")) is not None


def in_language(text: str, depth: int = _DEPTH) -> str:
    """The sentence in the language of the screen; unchanged when it is not known."""
    found = _match(text.strip().removesuffix("."))
    if found is None:
        parts = text.split(_JOINT)
        said_parts = [in_language(part, depth) for part in parts] if all(known(part) for part in parts) else parts
        return text if said_parts == parts else " ".join(said_parts)
    pattern, filled = found
    said = translate("Processes", pattern)
    if said == pattern and not filled:
        return text
    for name, value in filled:
        said = said.replace(f"{{{name}}}", in_language(value, depth - 1).rstrip(_ENDS) if depth else value)
    return said


def _plain(text: str) -> str:
    """Without what only makes it a sentence: the capital and the full stop."""
    text = text.strip().removesuffix(".")
    return text[:1].lower() + text[1:]


@lru_cache(_KEPT)
def _match(text: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    whole, patterns = _catalogue()
    plain = _plain(text)
    if (exact := whole.get(plain)) is not None:
        return exact, ()
    for pattern, source in patterns:
        # A gap at the beginning keeps the capital of the name that fills it.
        if (match := pattern.fullmatch(text if source.startswith("{") else plain)) is not None:
            return source, tuple(match.groupdict().items())
    return None


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Sentences without gaps, and patterns of the others: those that say the most come first."""
    sources = (*SENTENCES, *PROBLEMS)
    whole = {_plain(source): source for source in sources if not _GAP.search(source)}
    gapped = sorted((source for source in sources if _GAP.search(source)), key=lambda one: -len(_GAP.sub("", one)))
    return whole, [(re.compile(_expression(source), re.DOTALL), source) for source in gapped]


def _expression(source: str) -> str:
    parts = _GAP.split(_plain(source))
    return "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
