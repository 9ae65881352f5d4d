# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.voice.grammar_maker`: the process that makes grammars. A wish on stdin, the answer on stdout.

It is kept small, because it comes while everything starts: no event loop, and what it does not need is not imported.
"""

import os
import sys
from pathlib import Path

import msgspec

from ivi.model.errors import IviError

NICENESS = 10  # speech, the screen and the car go first


class Wish(msgspec.Struct, frozen=True):
    """What grammars are made from. Paths as text."""

    language: str
    """The folder of a language."""
    model: str
    cache: str
    """The folder that keeps what was made."""
    names: dict[str, tuple[str, ...]] = {}
    """Names by list, see ivi.voice.nlu.language.NAMES."""
    sentences: tuple[str, ...] = ()
    """Whole sentences besides, of apps."""


class Made(msgspec.Struct, frozen=True):
    """The grammar of one context."""

    path: str
    """A model folder that is ready to load."""
    sentences: int
    dropped: tuple[str, ...]
    """What cannot be said, see ivi.voice.grammar.overlay.Overlay."""


class Answer(msgspec.Struct, omit_defaults=True):
    """What was made by context, or why nothing was."""

    made: dict[str, Made] = {}
    code: str = ""
    message: str = ""
    hint: str = ""


def _make(wish: Wish) -> dict[str, Made]:
    from ivi.voice.grammar.contexts import build, with_anything  # noqa: PLC0415  # who only wishes does not need it
    from ivi.voice.nlu.language import Language  # noqa: PLC0415

    contexts = Language(Path(wish.language)).contexts(wish.names, wish.sentences)
    made = build(Path(wish.model), with_anything(contexts), Path(wish.cache))
    return {name: Made(str(one.path), one.sentences, one.dropped) for name, one in made.items()}


def main() -> int:
    """Make what is wished; returns the exit status."""
    os.nice(NICENESS)
    try:
        answer = Answer(_make(msgspec.json.decode(sys.stdin.buffer.read(), type=Wish)))
    except IviError as error:
        answer = Answer({}, error.code, error.message, error.hint)
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
