# SPDX-License-Identifier: Apache-2.0
"""Makes the grammars of all contexts in a process of its own. `python -m ivi.voice.grammar_making` is that process.

Making them takes tens of megabytes and a second of processor time, a few times in a drive: the process gives all of it
back when it ends, and the voice goes on meanwhile. What was made from the same parts is found again without one.
"""

import asyncio
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from ivi.daemon import program
from ivi.daemon.durable_file import write_whole
from ivi.model.errors import ConfigurationError, DeadlineError, InternalError, IviError, UnavailableError, from_wire

TIMEOUT = 60.0  # seconds; one or two are usual, ten on a busy machine
NICENESS = 10  # speech, the screen and the car go first
RECORD = "made"  # beginning of the names of files that say what was made
KEPT = 4  # of these files
_SOURCES = ("grammar", "lexicon", "nlu")  # packages that decide what comes out


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


class _Answer(msgspec.Struct, omit_defaults=True):
    made: dict[str, Made] = {}
    code: str = ""
    message: str = ""
    hint: str = ""


async def make(wish: Wish) -> dict[str, Made]:
    """The grammars by context, made now or found from last time.

    Raises ConfigurationError when the model, the sentences or the folder cannot be used, DeadlineError or InternalError
    when the process hangs or dies.
    """
    record = await asyncio.to_thread(_record, wish)
    found = await asyncio.to_thread(_found, record)
    if found is not None:
        return found
    request = msgspec.json.encode(wish)
    try:
        ended = await program.run((sys.executable, "-m", "ivi.voice.grammar_making"), TIMEOUT, request)
    except TimeoutError as error:
        raise DeadlineError(f"the voice grammar was not made within {TIMEOUT:g} s") from error
    except OSError as error:
        raise UnavailableError(f"the voice grammar cannot be made: {error.strerror}") from error
    try:
        answer = msgspec.json.decode(ended.output, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InternalError(f"making the voice grammar ended with {ended.status}") from error
    if answer.code:
        raise from_wire(answer.code, answer.message, answer.hint)
    await asyncio.to_thread(_remember, record, answer.made)
    return answer.made


def _record(wish: Wish) -> Path:
    """Where it says what was made from this wish, with this code and these files."""
    digest = hashlib.sha256(msgspec.json.encode(wish, order="deterministic"))
    for file in _parts(wish):
        try:
            with file.open("rb") as content:
                digest.update(f"{file}\n".encode() + hashlib.file_digest(content, "sha256").digest())
        except OSError as error:
            raise ConfigurationError(f"cannot read {file}: {error.strerror}", hint="check the file") from error
    return Path(wish.cache) / f"{RECORD}-{digest.hexdigest()[:16]}.json"


def _parts(wish: Wish) -> Iterator[Path]:
    package = Path(__file__).parent
    for folder in (*(package / name for name in _SOURCES), Path(wish.language), Path(wish.model)):
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _found(record: Path) -> dict[str, Made] | None:
    """What was made before, if all of it is still there."""
    try:
        made = msgspec.json.decode(record.read_bytes(), type=dict[str, Made])
        for file in (record, *(Path(one.path) for one in made.values())):
            os.utime(file)  # the oldest are removed
    except (OSError, msgspec.DecodeError):
        return None
    return made


def _remember(record: Path, made: Mapping[str, Made]) -> None:
    try:
        write_whole(record, msgspec.json.encode(made))
        records = sorted(record.parent.glob(f"{RECORD}-*.json"), key=lambda path: path.stat().st_mtime_ns)
        for old in records[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"cannot write {record}: {error.strerror}", hint="set IVI_STATE_DIR to a folder that can be written"
        ) from error


def _make(wish: Wish) -> dict[str, Made]:
    """In the process of its own."""
    from ivi.voice.grammar.contexts import build, with_anything  # noqa: PLC0415  # only here: it is large
    from ivi.voice.nlu.language import Language  # noqa: PLC0415

    contexts = Language(Path(wish.language)).contexts(wish.names, wish.sentences)
    made = build(Path(wish.model), with_anything(contexts), Path(wish.cache))
    return {name: Made(str(one.path), one.sentences, one.dropped) for name, one in made.items()}


def main() -> int:
    """A wish on stdin, the answer on stdout."""
    os.nice(NICENESS)
    try:
        answer = _Answer(_make(msgspec.json.decode(sys.stdin.buffer.read(), type=Wish)))
    except IviError as error:
        answer = _Answer({}, error.code, error.message, error.hint)
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
