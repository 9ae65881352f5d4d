# SPDX-License-Identifier: Apache-2.0
"""Packing: an app's folder becomes an .ivp, the same bytes each time and on each machine."""

import ast
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ivi.apphost import manifest as manifests
from ivi.apphost.manifest import Manifest
from ivi.apphost.package import archive, canonical, metadata, signing, wheels
from ivi.apphost.package.archive import Archive
from ivi.apphost.package.keys import PrivateKey
from ivi.apphost.package.metadata import FILES, MANIFEST, META, SIGNATURE, FileFact, PackageMeta, PackageSignature
from ivi.apphost.package.names import check_name
from ivi.apphost.package.signing import Envelope
from ivi.model.errors import ConfigurationError, InvalidArgumentError

LEFT_OUT_FOLDERS = {"__pycache__", "tests", "build", "dist", wheels.WHEELS}
LEFT_OUT_ENDINGS = {".pyc", ".pyo", ".ivp", ".whl", ".key", ".pem"}
"""Keys too: a private key in a package would be everybody's."""


@dataclass(frozen=True)
class Built:
    """What goes into a package."""

    manifest: Manifest
    meta: PackageMeta
    contents: Mapping[str, bytes]
    libraries: list[str]
    left_out: list[str] = field(default_factory=list)
    """Files of the folder that do not go along."""


def build(folder: Path, *, arch: str = "", wheels_folder: Path | None = None) -> Built:
    """Read an app's folder and its wheels (default: its `wheels/`).

    Raises ConfigurationError or InvalidArgumentError that names the file, for everything that a reader would refuse.
    """
    manifest = manifests.load(folder)
    metadata.check_id(manifest.app.id, str(folder / MANIFEST))
    metadata.version_of(manifest.app.version, str(folder / MANIFEST))
    left_out: list[str] = []
    contents = dict(_sources(folder, folder, left_out))
    vendored = wheels.vendor(folder, wheels_folder or folder / wheels.WHEELS, arch)
    contents |= vendored.contents
    _check_entry(folder, manifest, contents)
    meta = PackageMeta(
        format=metadata.FORMAT,
        id=manifest.app.id,
        version=manifest.app.version,
        sdk=manifest.app.sdk,
        manifest_sha256=hashlib.sha256(contents[MANIFEST]).hexdigest(),
        wheels=sorted(vendored.tags),
        files={name: FileFact(hashlib.sha256(data).hexdigest(), len(data)) for name, data in sorted(contents.items())},
    )
    return Built(manifest, meta, contents, vendored.libraries, left_out)


def write(built: Built, out: Path, key: PrivateKey | None = None, endorsement: Envelope | None = None) -> None:
    """Write a package, signed when there is a key; whole or not at all."""
    meta = canonical.encode(built.meta)
    if len(meta) > metadata.MAX_META:
        raise InvalidArgumentError(f"{META} would have {len(meta)} bytes", hint="put fewer files into the app")
    _write(out, meta, _signature(meta, key, endorsement) if key else None, built.contents)


def sign(path: Path, out: Path, key: PrivateKey, endorsement: Envelope | None) -> PackageMeta:
    """Sign a package, in place of the signature that it may have. Raises InvalidArgumentError for a bad package."""
    with Archive(path) as package:
        raw = package.read(META, metadata.MAX_META)
        meta = canonical.decode(raw, PackageMeta, f"{path.name}: {META}")
        contents = {name: package.read(FILES + name, fact.size) for name, fact in meta.files.items()}
        for name, fact in meta.files.items():
            if FileFact(hashlib.sha256(contents[name]).hexdigest(), len(contents[name])) != fact:
                raise package.refusal(FILES + name, f"is not what {META} says", hint="pack the app again")
    _write(out, raw, _signature(raw, key, endorsement), contents)
    return meta


def _signature(meta: bytes, key: PrivateKey, endorsement: Envelope | None) -> bytes:
    signature = signing.sign(metadata.PACKAGE_TYPE, meta, key)
    return canonical.encode(PackageSignature(endorsement=endorsement, signature=signature))


def _write(out: Path, meta: bytes, signature: bytes | None, contents: Mapping[str, bytes]) -> None:
    entries = [(META, meta)]
    if signature is not None:
        entries.append((SIGNATURE, signature))
    entries += [(FILES + name, contents[name]) for name in sorted(contents)]
    try:
        descriptor, making = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    except OSError as error:
        raise ConfigurationError(f"cannot write {out}: {error.strerror}", hint="check the folder") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            archive.write(file, entries)
        Path(making).chmod(0o644)
        Path(making).replace(out)
    except OSError as error:
        raise ConfigurationError(f"cannot write {out}: {error.strerror}", hint="check the disk") from error
    finally:
        Path(making).unlink(missing_ok=True)


def _sources(root: Path, folder: Path, left_out: list[str]) -> Iterator[tuple[str, bytes]]:
    """The app's own files with their names in the package."""
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        raise ConfigurationError(f"cannot read {folder}: {error.strerror}", hint="check its mode") from error
    for path in children:
        name = path.relative_to(root).as_posix()
        mode = path.lstat().st_mode
        if path.name.startswith(".") or path.name in LEFT_OUT_FOLDERS or path.suffix in LEFT_OUT_ENDINGS:
            left_out.append(name)
        elif name == wheels.VENDOR:
            raise InvalidArgumentError(
                f"{path}: packing makes this folder", hint=f"list libraries in {wheels.REQUIREMENTS} with their hashes"
            )
        elif stat.S_ISDIR(mode):
            yield from _sources(root, path, left_out)
        elif stat.S_ISREG(mode):
            yield check_name(os.fsencode(name)), _content(path)
        else:
            raise InvalidArgumentError(f"{path}: is a link or no plain file", hint="put the file itself there")


def _content(path: Path) -> bytes:
    """A file; Python has to be Python, which is told here and not in the car."""
    try:
        data = path.read_bytes()
        if path.suffix == ".py":
            ast.parse(data, str(path))
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}", hint="check its mode") from error
    except (SyntaxError, ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        said = error.msg if isinstance(error, SyntaxError) else error
        raise InvalidArgumentError(f"{path}{line}: {said}", hint="correct the line") from error
    return data


def _check_entry(folder: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    """Raise InvalidArgumentError unless the manifest's entry names a module that is there."""
    module = manifest.app.entry.partition(":")[0]
    inside = "/".join(module.split(".")[1:]) or "__init__"
    if not {f"{inside}.py", f"{inside}/__init__.py"} & contents.keys():
        raise InvalidArgumentError(
            f"{folder / MANIFEST}: `app.entry` = {manifest.app.entry!r}, but there is no {inside}.py",
            hint=f"the folder itself is the package {manifest.package!r}",
        )
