# SPDX-License-Identifier: Apache-2.0
"""Has the grammars of all contexts made by a process of its own, `python -m ivi.voice.grammar_maker`.

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
from ivi.model.errors import ConfigurationError, DeadlineError, InternalError, UnavailableError, from_wire
from ivi.voice.grammar_maker import Answer, Made, Wish

TIMEOUT = 60.0  # seconds; one or two are usual, ten on a busy machine
RECORD = "made"  # beginning of the names of files that say what was made
KEPT = 4  # of these files
_SOURCES = ("grammar", "lexicon", "nlu")  # packages that decide what comes out


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
        ended = await program.run((sys.executable, "-m", "ivi.voice.grammar_maker"), TIMEOUT, request)
    except TimeoutError as error:
        raise DeadlineError(f"the voice grammar was not made within {TIMEOUT:g} s") from error
    except OSError as error:
        raise UnavailableError(f"the voice grammar cannot be made: {error.strerror}") from error
    try:
        answer = msgspec.json.decode(ended.output, type=Answer)
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
