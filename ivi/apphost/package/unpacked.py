# SPDX-License-Identifier: Apache-2.0
"""A version's folder on the disk: written whole, compiled, flushed; and checked whole before each start."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from ivi.apphost.package import compiling, metadata
from ivi.apphost.package.metadata import META, SIGNATURE, PackageMeta
from ivi.apphost.package.reader import Origin, Package, authenticate
from ivi.apphost.package.registry import sync_folder
from ivi.apphost.package.trust import Trust
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

CODE = "files"  # the folder that the sandbox mounts
COMPILE_TIMEOUT = 120.0  # seconds
_CHUNK = 1 << 18  # bytes
_HINT = "install the app again"


def fill(folder: Path, package: Package, prefix: str) -> str:
    """Write a package into an empty folder, compile it and flush everything; returns the digest of what was compiled.

    Raises InvalidArgumentError for a bad package, OSError when it cannot be written.
    """
    code = folder / CODE
    code.mkdir()
    package.unpack(code)
    for name, data in ((META, package.raw_meta), (SIGNATURE, package.raw_signature)):
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o444)
    _compile(code, prefix)
    _flush(folder)
    return compiled_digest(code, package.meta)


def check(folder: Path, app_id: str, version: str, compiled: str, trust: Trust) -> Origin:
    """Everything that the signature and the registry say of a folder, read anew; nothing is remembered between starts.

    Raises PermissionDeniedError or InvalidArgumentError naming the file.
    """
    where = folder.name
    try:
        meta, origin = authenticate(
            _small(folder / META, metadata.MAX_META), _small(folder / SIGNATURE, metadata.MAX_SIGNATURE),
            trust, where, None,
        )  # fmt: skip
        if (meta.id, meta.version) != (app_id, version):
            raise InvalidArgumentError(f"{where}: holds {meta.id} {meta.version}", hint=_HINT)
        found = set()
        for name, path in _walk(folder / CODE):
            if _is_compiled(name):
                continue
            fact = meta.files.get(name)
            if fact is None:
                raise InvalidArgumentError(f"{where}: {name} does not belong to the app", hint=_HINT)
            if _digest(path, fact.size) != fact.sha256:
                raise InvalidArgumentError(f"{where}: {name} was altered", hint=_HINT)
            found.add(name)
        if missing := meta.files.keys() - found:
            raise InvalidArgumentError(f"{where}: {min(missing)} is missing", hint=_HINT)
        if compiled_digest(folder / CODE, meta) != compiled:
            raise InvalidArgumentError(f"{where}: a compiled file was altered", hint=_HINT)
    except OSError as error:
        raise InvalidArgumentError(f"{where}: {error.filename}: {error.strerror}", hint=_HINT) from error
    return origin


def compiled_digest(code: Path, meta: PackageMeta) -> str:
    """One digest over the names and contents of all .pyc files. Raises InvalidArgumentError for one without source."""
    digest = hashlib.sha256()
    for name, path in _walk(code):
        if not _is_compiled(name):
            continue
        source = f"{name.rpartition('__pycache__/')[0]}{path.name.partition('.')[0]}.py"
        if source not in meta.files:
            raise InvalidArgumentError(f"{code.parent.name}: {name} has no source", hint=_HINT)
        digest.update(f"{name}\0{_digest(path, path.lstat().st_size)}\n".encode())
    return digest.hexdigest()


def delete(folder: Path) -> None:
    """Take a folder off the disk; what cannot be deleted now is deleted by the next sweep."""
    shutil.rmtree(folder, ignore_errors=True)


def _compile(code: Path, prefix: str) -> None:
    command = [sys.executable, "-I", "-S", "-B", compiling.__file__, str(code), prefix]
    try:
        result = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=COMPILE_TIMEOUT, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired as error:
        raise InvalidArgumentError("compiling the app took too long", hint="a file is made to harm") from error
    if result.returncode < 0:
        raise InvalidArgumentError(
            f"compiling the app ended with signal {-result.returncode}", hint="a file is made to harm"
        )
    if result.returncode > 0:
        raise OSError(result.returncode, result.stderr.strip() or "cannot compile", str(code))


def _is_compiled(name: str) -> bool:
    return name.endswith(".pyc") and name.split("/")[-2:-1] == ["__pycache__"]


def _walk(root: Path) -> Iterator[tuple[str, Path]]:
    """All files below a folder by name. Raises InvalidArgumentError for anything that is neither file nor folder."""
    for folder, folders, files in root.walk(on_error=_raise, follow_symlinks=False):
        folders.sort()
        for name in sorted([*files, *(one for one in folders if (folder / one).is_symlink())]):
            path = folder / name
            if not stat.S_ISREG(path.lstat().st_mode):
                raise InvalidArgumentError(f"{path}: is no plain file", hint=_HINT)
            yield path.relative_to(root).as_posix(), path


def _raise(error: OSError) -> None:
    raise error


def _small(path: Path, limit: int) -> bytes:
    """A small file that is really one."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise PermissionDeniedError(f"{path.parent.name}: {path.name} is too large", hint=_HINT)
    return data


def _digest(path: Path, size: int) -> str:
    """SHA-256 of a file of this size; of another size none fits, and it is not read to its end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        if os.fstat(descriptor).st_size != size:
            return ""
        digest = hashlib.sha256()
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _flush(folder: Path) -> None:
    """Everything below a folder survives a power cut; made readable for the app's own user."""
    for path, _, files in folder.walk(top_down=False):
        for name in files:
            descriptor = os.open(path / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.fchmod(descriptor, 0o444)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        path.chmod(0o755)
        sync_folder(path)
