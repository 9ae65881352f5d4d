# SPDX-License-Identifier: Apache-2.0
"""Reads a package from a stranger: nothing of it is believed, or even parsed, before the signature has been checked."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from ivi.apphost import manifest as manifests
from ivi.apphost.manifest import Manifest
from ivi.apphost.output import plain
from ivi.apphost.package import canonical, metadata, signing
from ivi.apphost.package.archive import Archive
from ivi.apphost.package.keys import PublicKey
from ivi.apphost.package.metadata import (
    FILES,
    MANIFEST,
    META,
    SIGNATURE,
    Endorsement,
    PackageMeta,
    PackageSignature,
)
from ivi.apphost.package.names import check_name
from ivi.apphost.package.trust import Trust
from ivi.apphost.package.wheels import runs_here
from ivi.daemon.durable_file import writing
from ivi.model.errors import InvalidArgumentError, IviError, PermissionDeniedError


@dataclass(frozen=True)
class Origin:
    """Who vouches for a package."""

    publisher: str
    """Id of the publisher; for a developer's own key `developer:` and the key's id."""
    name: str
    key: str
    """Id of the key that signed the package."""
    store: str = ""
    """Id of the store key that endorsed it; empty for a developer's own."""

    @property
    def developer(self) -> bool:
        """Whether no store stands behind it."""
        return not self.store

    def in_words(self) -> str:
        """For people."""
        if self.developer:
            return f"signed by {self.name}, a developer's key of this device; no store stands behind it"
        return f"from {self.name} ({self.publisher})"


def authenticate(
    raw: bytes, raw_signature: bytes, trust: Trust, where: str, now: datetime | None
) -> tuple[PackageMeta, Origin]:
    """Check who signed META.json, then read it.

    `now` None leaves the endorsement's expiry out, as for a package that is installed. Raises PermissionDeniedError
    for a key that nobody vouches for, a foreign namespace, an expired endorsement; InvalidArgumentError for bad forms.
    """
    document = canonical.decode(raw_signature, PackageSignature, f"{where}: {SIGNATURE}")
    what = f"{where}: {META}"
    key, origin, namespaces = vouched_for(document, trust, where, now)
    signing.verify(metadata.PACKAGE_TYPE, raw, document.signature, key, what)
    meta = canonical.decode(raw, PackageMeta, what)
    _check_meta(meta, what)
    if namespaces is not None and not covers(namespaces, meta.id):
        raise PermissionDeniedError(
            f"{what}: {origin.publisher} may not publish {meta.id}, only below {', '.join(namespaces)}",
            hint="the publisher has to ask the store",
        )
    return meta, origin


def vouched_for(
    document: PackageSignature, trust: Trust, where: str, now: datetime | None
) -> tuple[PublicKey, Origin, list[str] | None]:
    """Whose key signed, who vouches for it, and below which names it publishes (None: any).

    `now` as for `authenticate`. Raises PermissionDeniedError when nobody vouches for it, InvalidArgumentError.
    """
    if document.endorsement is None:
        key = trust.developers.get(document.signature.keyid)
        if key is None:
            raise PermissionDeniedError(
                f"{where}: {SIGNATURE}: no store stands behind key {document.signature.keyid[:16]!r}",
                hint="ask the publisher for an endorsed package; for your own: `ivi app keygen NAME --trust`"
                if trust.developer_mode
                else "ask the publisher for an endorsed package; developer mode is off on this device",
            )
        return key, Origin(f"developer:{key.id}", trust.names[key.id], key.id), None
    endorsement, store = read_endorsement(document.endorsement, trust, where)
    if now is not None and metadata.time_of(endorsement.expires, where) <= now:
        raise PermissionDeniedError(
            f"{where}: the endorsement of {endorsement.publisher} expired on {endorsement.expires}",
            hint="ask the publisher for a newer package; check this device's clock",
        )
    key = PublicKey.from_hex(endorsement.key)
    return key, Origin(endorsement.publisher, endorsement.name, key.id, store), endorsement.namespaces


def read_endorsement(envelope: signing.Envelope, trust: Trust, where: str) -> tuple[Endorsement, str]:
    """A store's word and the id of the store key. Raises PermissionDeniedError or InvalidArgumentError."""
    what = f"{where}: endorsement"
    endorsement, store = signing.open_envelope(
        envelope, metadata.ENDORSEMENT_TYPE, Endorsement, trust.stores, what
    )  # fmt: skip
    metadata.check_format(endorsement.format, what)
    metadata.check_id(endorsement.publisher, what)
    metadata.check_printable(endorsement.name, what)
    for namespace in endorsement.namespaces:
        metadata.check_id(namespace, what)
    return endorsement, store.id


def covers(namespaces: list[str], app_id: str) -> bool:
    """Whether an id is one of the namespaces or lies below one."""
    return any(app_id == one or app_id.startswith(f"{one}.") for one in namespaces)


class Package:
    """An open package whose signature, layout and list of files are checked; contents are checked as they are read."""

    def __init__(self, path: Path, trust: Trust, now: datetime) -> None:
        """Open. Raises PermissionDeniedError or InvalidArgumentError saying what is wrong and where in the file."""
        self.name = path.name
        with contextlib.ExitStack() as undo:
            self._archive = undo.enter_context(Archive(path))
            self.raw_meta = self._archive.read(META, metadata.MAX_META)
            self.raw_signature = self._read_signature()
            self.meta, self.origin = authenticate(self.raw_meta, self.raw_signature, trust, path.name, now)
            self._check_list()
            _check_machine(self.meta, path.name)
            undo.pop_all()

    def __enter__(self) -> Self:
        """Nothing more to open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._archive.__exit__(None, None, None)

    def manifest(self) -> Manifest:
        """The manifest, checked against META.json. Raises InvalidArgumentError."""
        data = self.file(MANIFEST, manifests.MAX_MANIFEST)
        with writing("a copy of the manifest"), tempfile.TemporaryDirectory(prefix="ivi-manifest-") as folder:
            (Path(folder) / MANIFEST).write_bytes(data)
            return check_manifest(Path(folder), self.meta, self._archive.path.name)

    def file(self, name: str, most: int) -> bytes:
        """One file of at most `most` bytes, checked against META.json. Raises InvalidArgumentError."""
        data = self._archive.read(FILES + name, most)
        self._check_digest(name, hashlib.sha256(data).hexdigest())
        return data

    def check_contents(self) -> None:
        """Read every file and compare it with META.json. Raises InvalidArgumentError."""
        for name in self.meta.files:
            self._copy(name, len)

    def unpack(self, folder: Path) -> None:
        """Write every file below an empty folder, read-only and flushed to the disk.

        Raises InvalidArgumentError for a file that is not what META.json says, OSError when it cannot be written.
        """
        for name in self.meta.files:
            target = folder / name
            target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with os.fdopen(os.open(target, flags, 0o444), "wb") as file:
                self._copy(name, file.write)
                file.flush()
                os.fchmod(file.fileno(), 0o444)
                os.fsync(file.fileno())

    def _read_signature(self) -> bytes:
        if SIGNATURE not in self._archive.entries:
            raise PermissionDeniedError(
                f"{self._archive.path.name}: {SIGNATURE}: the package is not signed", hint="sign it with `ivi app sign`"
            )
        return self._archive.read(SIGNATURE, metadata.MAX_SIGNATURE)

    def _copy(self, name: str, write: Callable[[bytes], object]) -> None:
        """Hand over a file piece by piece; the pieces are good when this returns."""
        digest = hashlib.sha256()
        for piece in self._archive.chunks(self._archive.entries[FILES + name]):
            digest.update(piece)
            write(piece)
        self._check_digest(name, digest.hexdigest())

    def _check_digest(self, name: str, digest: str) -> None:
        if digest != self.meta.files[name].sha256:
            raise self._archive.refusal(FILES + name, f"is not the file that {META} names: it was altered")

    def _check_list(self) -> None:
        """Raise InvalidArgumentError unless the archive holds exactly the files that META.json lists, in order."""
        entries = self._archive.entries
        listed = {FILES + name: fact for name, fact in self.meta.files.items()}
        for name in listed:
            if name not in entries:
                raise self._archive.refusal(name, f"is missing, although {META} lists it")
        for name in list(entries)[2:]:
            if name not in listed:
                raise self._archive.refusal(name, f"is not listed in {META}")
        for name, fact in listed.items():
            if entries[name].size != fact.size:
                raise self._archive.refusal(name, f"has {entries[name].size} bytes, {META} says {fact.size}")
        if list(entries) != [META, SIGNATURE, *sorted(listed)]:
            raise self._archive.refusal("order", "the files are not in the order of their names")


def check_manifest(folder: Path, meta: PackageMeta, where: str) -> Manifest:
    """Load manifest.toml from a folder; it has to say what META.json says. Raises InvalidArgumentError."""
    try:
        manifest = manifests.load(folder)
    except IviError as error:
        text = error.message.replace(f"{folder}{os.sep}", f"{where}: {FILES}")
        raise InvalidArgumentError(plain(text), hint=error.hint) from error
    for key, inside, said in (
        ("id", manifest.app.id, meta.id),
        ("version", manifest.app.version, meta.version),
        ("sdk", manifest.app.sdk, meta.sdk),
    ):
        if inside != said:
            raise InvalidArgumentError(
                f"{where}: {FILES}{MANIFEST} says {key} {inside!r}, {META} says {said!r}", hint="pack the app again"
            )
    return manifest


def _check_meta(meta: PackageMeta, where: str) -> None:
    metadata.check_format(meta.format, where)
    metadata.check_id(meta.id, where)
    metadata.version_of(meta.version, where)
    for name in meta.files:
        check_name((FILES + name).encode())
        if "__pycache__" in name.split("/"):
            raise InvalidArgumentError(
                f"{where}: {name} is compiled code, which is made in the car", hint="pack the app again"
            )
    manifest = meta.files.get(MANIFEST)
    if manifest is None or manifest.sha256 != meta.manifest_sha256:
        raise InvalidArgumentError(
            f"{where}: manifest_sha256 is not that of {FILES}{MANIFEST}", hint="pack the app again"
        )


def _check_machine(meta: PackageMeta, where: str) -> None:
    for tag in meta.wheels:
        if tag.count("-") != 2 or not runs_here(tag):  # noqa: PLR2004  # python-abi-platform
            raise InvalidArgumentError(
                f"{where}: {META}: a library is for {tag!a}, which this machine's Python is not",
                hint="ask the publisher for a package for this machine",
            )
