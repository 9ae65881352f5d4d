# SPDX-License-Identifier: Apache-2.0
"""A version's folder on the disk: written whole, compiled, flushed; and checked whole before each start."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ivi.apphost.manifest import Manifest
from ivi.apphost.package import compiling, metadata
from ivi.apphost.package.metadata import META, SIGNATURE, PackageMeta
from ivi.apphost.package.reader import Origin, Package, authenticate, check_manifest
from ivi.apphost.package.trust import Trust
from ivi.daemon.durable_file import sync_folder
from ivi.model.errors import InvalidArgumentError, PermissionDeniedError

CODE = "files"  # the folder that the sandbox mounts
COMPILE_TIMEOUT = 120.0  # seconds
_CHUNK = 1 << 18  # bytes
_HINT = "install the app again"


def fill(folder: Path, package: Package) -> tuple[Manifest, str]:
    """Write a package into an empty folder, compile it and flush everything.

    Returns its manifest, checked, and the digest of what was compiled.

    Raises InvalidArgumentError for a bad package, OSError when it cannot be written.
    """
    code = folder / CODE
    code.mkdir()
    package.unpack(code)
    for name, data in ((META, package.raw_meta), (SIGNATURE, package.raw_signature)):
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o444)
    manifest = check_manifest(code, package.meta, package.name)
    if manifest.program and manifest.program not in package.meta.files:
        hint = "put the program that entry names into the app's folder"
        raise InvalidArgumentError(f"{package.name}: {manifest.program} is not in the package", hint=hint)
    _compile(code, f"/app/{manifest.package}")
    _flush(folder, code / manifest.program if manifest.program else None)
    return manifest, _compiled_digest(folder.name, _files(code), package.meta)


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
        files = _files(folder / CODE)
        for name, path in files.items():
            fact = meta.files.get(name)
            if fact is None and not _is_compiled(name):
                raise InvalidArgumentError(f"{where}: {name} does not belong to the app", hint=_HINT)
            if fact is not None and _digest(path, fact.size) != fact.sha256:
                raise InvalidArgumentError(f"{where}: {name} was altered", hint=_HINT)
        if missing := meta.files.keys() - files.keys():
            raise InvalidArgumentError(f"{where}: {min(missing)} is missing", hint=_HINT)
        if _compiled_digest(where, files, meta) != compiled:
            raise InvalidArgumentError(f"{where}: a compiled file was altered", hint=_HINT)
    except OSError as error:
        raise InvalidArgumentError(f"{where}: {error.filename}: {error.strerror}", hint=_HINT) from error
    return origin


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


def _compiled_digest(where: str, files: Mapping[str, str], meta: PackageMeta) -> str:
    """One digest over the names and contents of all .pyc files. Raises InvalidArgumentError for one without source."""
    digest = hashlib.sha256()
    for name, path in files.items():
        if name in meta.files:
            continue
        source = f"{name.rpartition('__pycache__/')[0]}{name.rpartition('/')[2].partition('.')[0]}.py"
        if source not in meta.files:
            raise InvalidArgumentError(f"{where}: {name} has no source", hint=_HINT)
        digest.update(f"{name}\0{_digest(path)}\n".encode())
    return digest.hexdigest()


def _is_compiled(name: str) -> bool:
    return name.endswith(".pyc") and name.split("/")[-2:-1] == ["__pycache__"]


def _files(root: Path) -> dict[str, str]:
    """Names and paths of all files below a folder. Raises InvalidArgumentError for what is neither file nor folder."""
    found: dict[str, str] = {}

    def look(folder: str, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir(follow_symlinks=False):
                    look(entry.path, f"{prefix}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    found[prefix + entry.name] = entry.path
                else:
                    raise InvalidArgumentError(f"{entry.path}: is no plain file", hint=_HINT)

    look(str(root), "")  # no Path for each: this runs before each start of an app
    return found


def _small(path: Path, limit: int) -> bytes:
    """A small file that is really one."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise PermissionDeniedError(f"{path.parent.name}: {path.name} is too large", hint=_HINT)
    return data


def _digest(path: str, size: int | None = None) -> str:
    """SHA-256 of a file of this size; a file of another size has none, and is not read."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        if size is not None and os.fstat(descriptor).st_size != size:
            return ""
        digest = hashlib.sha256()
        while piece := os.read(descriptor, _CHUNK):
            digest.update(piece)
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def _flush(folder: Path, program: Path | None) -> None:
    """Everything below a folder survives a power cut; made readable for the app's own user, and the program to run."""
    for path, _, files in folder.walk(top_down=False):
        for name in files:
            descriptor = os.open(path / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.fchmod(descriptor, 0o555 if path / name == program else 0o444)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        path.chmod(0o755)
        sync_folder(path)
