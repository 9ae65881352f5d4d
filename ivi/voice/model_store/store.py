# SPDX-License-Identifier: Apache-2.0
"""The folder of fetched models, and the choice of the one that the voice process loads."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from ivi.model.errors import ConfigurationError, NotFoundError
from ivi.voice.grammar.model_files import NEEDED, read_words
from ivi.voice.model_store import archive, choice, download
from ivi.voice.model_store.catalogue import Entry
from ivi.voice.model_store.choice import SUMS

UNPACKED = 2  # bytes on the disk for each of the archive, when it is unpacked
_SUM_LINE = re.compile(r"^([0-9a-f]{64})  (\S+)$", re.MULTILINE)


class Store:
    """Models below one folder, one folder each."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: default the state folder's voice-models."""
        self.folder = folder if folder is not None else choice.store_folder()

    def installed(self) -> list[str]:
        """Names of the models that are here, with the shipped one."""
        return choice.installed(self.folder)

    def path(self, name: str) -> Path:
        """A model's folder. Raises NotFoundError when it is not installed."""
        return choice.path(self.folder, name)

    def used(self) -> str:
        """The name of the model that is used; the shipped one when the chosen one is gone."""
        return choice.used(self.folder)

    def fetch(self, entry: Entry, source: Path | None, progress: download.Progress) -> Path:
        """Install a model from its address, or from a folder that holds its archive.

        A break, a wrong sum or a full disk leaves the model that was there before.
        Raises UnavailableError, InvalidArgumentError, NotFoundError or ResourceExhaustedError.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if source is not None:
                return self._from_folder(entry, source)
            if not entry.address:
                raise NotFoundError(f"{entry.name} has no address", hint="fetch --from FOLDER")
            part = self.folder / f".{entry.file}.part"
            there = part.stat().st_size if part.exists() else 0
            download.room(self.folder, (1 + UNPACKED) * entry.size - there)
            download.fetch(entry.address, entry.size, entry.sha256, part, progress)
            installed = self._install(entry, part)
            part.unlink()
        except OSError as error:
            raise download.full(error, self.folder) from error
        return installed

    def check(self, name: str) -> list[str]:
        """What is wrong with an installed model, file by file; empty when nothing is.

        Raises NotFoundError when it is not installed.
        """
        folder = self.path(name)
        wrong = []
        sums = _sums(folder)
        for file, expected in sorted(sums.items()):
            path = folder / file
            if not path.is_file():
                wrong.append(f"{file} is missing")
            elif _sum(path) != expected:
                wrong.append(f"{file} has changed")
        if not sums:
            wrong.append("no sums to compare with")
        wrong += [f"{file} is missing" for file in NEEDED if file not in sums and not (folder / file).is_file()]
        if not wrong:
            try:
                read_words(folder)
            except ConfigurationError as error:
                wrong.append(error.message)
        return wrong

    def use(self, name: str) -> None:
        """Load this model from the next start of the voice process on.

        Raises NotFoundError when it is not installed, ConfigurationError when it is not whole.
        """
        wrong = self.check(name)
        if wrong:
            raise ConfigurationError(f"model {name}: {'; '.join(wrong)}", hint=f"ivi voice models fetch {name}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".used", delete=False) as file:
                file.write(name)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).rename(self.folder / choice.USED)
        except OSError as error:
            raise download.full(error, self.folder) from error

    def _from_folder(self, entry: Entry, source: Path) -> Path:
        found = source / entry.file if source.is_dir() else source
        if not found.is_file():
            raise NotFoundError(f"no {entry.file} in {source}", hint=f"put it there: {entry.address or entry.about}")
        download.room(self.folder, UNPACKED * entry.size)
        download.verify(found, entry.size, entry.sha256, remove=False)
        return self._install(entry, found)

    def _install(self, entry: Entry, packed: Path) -> Path:
        """Unpack beside its place, then move it there: a crash leaves the old model or the new one."""
        target = self.folder / entry.name
        with archive.beside(target) as new:
            archive.unpack(packed, new)
            files = sorted(path for path in new.rglob("*") if path.is_file())
            sums = {path.relative_to(new).as_posix(): _sum(path) for path in files}
            (new / SUMS).write_text(json.dumps(sums, indent=1), encoding="utf-8")
            for path in (*files, new / SUMS):
                with path.open("rb") as file:
                    os.fsync(file.fileno())
            old = self.folder / f".{entry.name}.old"
            shutil.rmtree(old, ignore_errors=True)
            if target.exists():
                target.rename(old)
            new.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        return target


def _sums(folder: Path) -> dict[str, str]:
    """Expected sums of a model's files; the shipped one has them in its README."""
    try:
        if (folder / SUMS).is_file():
            sums = json.loads((folder / SUMS).read_bytes())
            return {str(file): str(value) for file, value in sums.items()} if isinstance(sums, dict) else {}
        text = (folder / "README.md").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    return {file: value for value, file in _SUM_LINE.findall(text)}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
