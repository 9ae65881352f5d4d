# SPDX-License-Identifier: Apache-2.0
"""Puts what apps may import in one folder of its own, compiled: ivi.sdk, ivi.model and msgspec, and nothing else.

One folder instead of the installation's, so that no other package comes along and the installation's path stays
unknown inside; compiled, because an app that compiles its SDK at each start starts twice as slowly.
"""

import compileall
import hashlib
import os
import py_compile
import shutil
import tempfile
from functools import cache
from pathlib import Path

import msgspec

import ivi
from ivi.model.errors import ConfigurationError

_ENDINGS = {".py", ".so"}


@cache
def staged_sdk(folder: Path) -> Path:
    """The folder to mount as /sdk, made below `folder` unless a current one is there.

    Raises ConfigurationError when it cannot be written.
    """
    sources = _sources()
    digest = hashlib.sha256()
    for inside, path in sources:
        digest.update(f"{inside}\0".encode() + path.read_bytes())
    target = folder / f"sdk-{digest.hexdigest()[:16]}"
    try:
        if not target.is_dir():
            _build(target, sources)
        for old in folder.glob("sdk-*"):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise ConfigurationError(
            f"cannot write {target}: {error.strerror}", hint="check the disk and IVI_STATE_DIR"
        ) from error
    return target


def _sources() -> list[tuple[str, Path]]:
    """Files of the SDK: their path inside, and where they are."""
    package, messages = Path(ivi.__file__).parent, Path(msgspec.__file__).parent
    found = [("ivi/__init__.py", package / "__init__.py")]
    for prefix, folder in (("ivi/sdk", package / "sdk"), ("ivi/model", package / "model"), ("msgspec", messages)):
        found += [
            (f"{prefix}/{path.relative_to(folder).as_posix()}", path)
            for path in sorted(folder.rglob("*"))
            if path.suffix in _ENDINGS
        ]
    return found


def _build(target: Path, sources: list[tuple[str, Path]]) -> None:
    """Copy and compile beside the target, then rename, so that a half-made folder is never used."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".sdk-", dir=target.parent))
    try:
        for inside, path in sources:
            copy = making / inside
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        making.chmod(0o755)  # an app's user may be another than ours
        # The folder's name is the hash of the sources, so nobody has to compare times.
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        compileall.compile_dir(making, quiet=2, invalidation_mode=mode, stripdir=str(making), prependdir="/sdk")
        making.rename(target)
    except OSError:
        shutil.rmtree(making, ignore_errors=True)
        if not target.is_dir():  # another host of this user may have been quicker
            raise
    os.utime(target)
