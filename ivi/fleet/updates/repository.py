# SPDX-License-Identifier: Apache-2.0
"""The image repository (TUF 1.0.34, consistent snapshots): which targets there are, and whose word counts for which.

    <folder>/metadata/N.root.json, N.targets.json, N.<role>.json, N.snapshot.json, timestamp.json
    <folder>/targets/<folder>/<publisher>/<sha256>.<file>
    <folder>/staged/<role>.json       lacks signatures; `sign` adds them, and the last one publishes it

Every role is signed with the keys of the keyring that belong to it. When those are fewer than its threshold, the new
version waits in `staged/` until somebody signs it elsewhere.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from securesystemslib.signer import CryptoSigner, Key
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    SuccinctRoles,
    TargetFile,
    Targets,
    Timestamp,
)

from ivi.cloud.updates.artefact import Artefact, artefact
from ivi.cloud.updates.trusted import MADE
from ivi.fleet.updates.keyring import Keyring
from ivi.model.errors import ConfigurationError, InvalidArgumentError, NotFoundError

LIFETIME = {"root": timedelta(days=365), "snapshot": timedelta(days=14), "timestamp": timedelta(days=2)}
TARGETS_LIFETIME = timedelta(days=180)
RENEW = timedelta(days=30)
TOP = ("root", "timestamp", "snapshot", "targets")

type Now = Callable[[], float]


class Repository:
    """An image repository in a folder."""

    def __init__(self, folder: Path, keyring: Keyring, now: Now = time.time) -> None:
        """Nothing is read before it is used."""
        self.folder = folder
        self.keyring = keyring
        self._now = now

    # -- making -------------------------------------------------------------------------------------------------------
    def create(self, root_keys: Sequence[Key], role_keys: dict[str, Key], threshold: int = 2) -> bytes:
        """Begin: root signed by `threshold` of its keys, and the empty roles. Returns root 1, which goes into cars."""
        if (self._metadata / "1.root.json").exists():
            raise ConfigurationError(f"there is a repository in {self.folder} already", hint="choose another folder")
        root = Root(consistent_snapshot=True)
        for key in root_keys:
            root.add_key(key, "root")
        root.roles["root"].threshold = threshold
        for role in TOP[1:]:
            root.add_key(role_keys[role], role)
        self._close("root", Metadata(root))
        self._close("targets", Metadata(Targets()))
        self._close("snapshot", Metadata(Snapshot()))
        self.publish()
        return (self._metadata / "1.root.json").read_bytes()

    @property
    def _metadata(self) -> Path:
        return self.folder / "metadata"

    # -- reading ------------------------------------------------------------------------------------------------------
    def newest(self, role: str) -> Metadata[Any]:
        """The published version of a role. Raises NotFoundError."""
        path = self._metadata / "timestamp.json" if role == "timestamp" else self._newest_path(role)
        if path is None or not path.exists():
            raise NotFoundError(
                f"the repository has no role {role}", hint="`python -m ivi.fleet.updates list` shows it"
            )
        return Metadata.from_file(str(path))

    def _newest_path(self, role: str) -> Path | None:
        found = [(int(path.name.partition(".")[0]), path) for path in self._metadata.glob(f"*.{role}.json")]
        return max(found)[1] if found else None

    def roles(self) -> list[str]:
        """All roles that sign targets: `targets`, the publishers, and their bins."""
        names = {path.name.split(".", 1)[1].removesuffix(".json") for path in self._metadata.glob("*.*.json")}
        return sorted(names - {"root", "snapshot", "timestamp"})

    def targets(self) -> dict[str, TargetFile]:
        """Every target there is, by path."""
        return {path: target for role in self.roles() for path, target in self.newest(role).signed.targets.items()}

    # -- targets ------------------------------------------------------------------------------------------------------
    def add(self, items: Iterable[tuple[Artefact, Path]], role: str = "targets") -> None:
        """Copy files in and list them under a role, or in its bins. Lengths and hashes are taken from the files.

        Raises InvalidArgumentError for a path that the role may not sign.
        """
        by_role: dict[str, dict[str, TargetFile]] = {}
        for wanted, file in items:
            target = self._store(wanted, file)
            by_role.setdefault(self._signing_role(role, wanted.path), {})[wanted.path] = target
        for name, targets in by_role.items():
            with self.edit(name) as signed:
                signed.targets.update(targets)

    def _store(self, wanted: Artefact, file: Path) -> TargetFile:
        target = TargetFile.from_file(wanted.path, str(file), ["sha256"])
        target.unrecognized_fields["custom"] = wanted.custom()
        artefact(target.path, target.length, target.hashes, target.custom)  # what no car would take is refused here
        place = self.folder / "targets" / target.get_prefixed_paths()[0]
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
        return target

    def _signing_role(self, role: str, path: str) -> str:
        if role != "targets":
            delegated = self._delegation(role)
            if not delegated.is_delegated_path(path):
                raise InvalidArgumentError(
                    f"{role} may not sign {path}", hint=f"its paths are {', '.join(delegated.paths or ())}"
                )
        delegations = self.newest(role).signed.delegations
        if delegations is not None and delegations.succinct_roles is not None:
            return str(delegations.succinct_roles.get_role_for_target(path))
        return role

    def _delegation(self, role: str) -> DelegatedRole:
        delegations = self.newest("targets").signed.delegations
        found = delegations.roles.get(role) if delegations is not None and delegations.roles else None
        if found is None:
            raise NotFoundError(f"the repository has no publisher {role}", hint="delegate to it first")
        return found  # type: ignore[no-any-return]  # Metadata[Any]

    def delegate(
        self, name: str, paths: Sequence[str], keys: Sequence[Key], *, threshold: int = 1, bins_bits: int = 0
    ) -> None:
        """Let a publisher sign targets below `paths` and nothing else; with `bins_bits` in 2**bits hashed bins.

        For a publisher that is there already paths and keys are replaced; its bins stay as many as they are.
        """
        with self.edit("targets") as signed:
            if signed.delegations is None:
                signed.delegations = Delegations({}, {})
            role = DelegatedRole(name, [key.keyid for key in keys], threshold, terminating=True, paths=list(paths))
            for key in keys:
                signed.delegations.keys[key.keyid] = key
            signed.delegations.roles[name] = role
        if name in self.roles():
            self._sign_again(name)
        else:
            self._begin(name, keys, threshold, bins_bits)

    def _begin(self, name: str, keys: Sequence[Key], threshold: int, bins_bits: int) -> None:
        """A publisher's first, empty metadata."""
        own = Targets()
        if bins_bits:
            bins = SuccinctRoles([key.keyid for key in keys], threshold, bins_bits, f"{name}-bin")
            own.delegations = Delegations({key.keyid: key for key in keys}, succinct_roles=bins)
        self._close(name, Metadata(own))
        for one in self._bins(own):
            self._close(one, Metadata(Targets()))

    def _sign_again(self, name: str) -> None:
        """Other keys or paths of a publisher: what it has signed stays, with the keys that count now."""
        with self.edit(name) as signed:
            bins = self._bins(signed)
            if bins:
                role = self._delegation(name)
                keys = self.newest("targets").signed.delegations.keys
                signed.delegations.keys = {keyid: keys[keyid] for keyid in role.keyids}
                signed.delegations.succinct_roles.keyids = list(role.keyids)
                signed.delegations.succinct_roles.threshold = role.threshold
        for one in bins:
            with self.edit(one):
                pass

    @staticmethod
    def _bins(signed: Targets) -> list[str]:
        delegations = signed.delegations
        return list(delegations.succinct_roles.get_roles()) if delegations and delegations.succinct_roles else []

    # -- signing ------------------------------------------------------------------------------------------------------
    @contextmanager
    def edit(self, role: str) -> Iterator[Any]:
        """Change what a role says; its next version is signed and written, or staged when signatures are missing."""
        staged = self._staged(role)
        metadata = Metadata.from_file(str(staged)) if staged.exists() else self.newest(role)
        if not staged.exists():
            metadata.signed.version += 1
        yield metadata.signed
        self._close(role, metadata)

    def rotate(self, role: str, add: Sequence[Key], remove: Sequence[str] = (), threshold: int | None = None) -> None:
        """Other keys for a top-level role, by a new root; the keys of the root before sign it, too.

        Roles whose keys changed are signed anew, so that cars which follow the new root find what they can check.
        """
        with self.edit("root") as root:
            for key in add:
                root.add_key(key, role)
            for keyid in remove:
                root.revoke_key(keyid, role)
            if threshold is not None:
                root.roles[role].threshold = threshold
        if role in {"targets", "snapshot"} and not self._staged("root").exists():
            with self.edit(role):
                pass
        if role != "root" and not self._staged("root").exists():
            self.publish(again=True)

    def sign(self, role: str, signer: CryptoSigner) -> bool:
        """Add a signature to what waits in `staged/`; whether it is published now."""
        staged = self._staged(role)
        if not staged.exists():
            raise NotFoundError(f"nothing of {role} waits for a signature")
        metadata = Metadata[Any].from_file(str(staged))
        metadata.sign(signer, append=True)
        done = self._place(role, metadata)
        if done and role == "root":  # the keys of other roles may have changed with it
            with self.edit("targets"):
                pass
            self.publish(again=True)
        return done

    def waiting(self) -> list[str]:
        """Roles that lack signatures."""
        return sorted(path.stem for path in (self.folder / "staged").glob("*.json"))

    def _staged(self, role: str) -> Path:
        return self.folder / "staged" / f"{role}.json"

    def _close(self, role: str, metadata: Metadata[Any]) -> None:
        signed = metadata.signed
        signed.expires = self._time() + LIFETIME.get(role, TARGETS_LIFETIME)
        if role == "timestamp":
            signed.unrecognized_fields[MADE] = int(self._now())
        signers = self.keyring.signers()
        metadata.signatures.clear()
        for keyid in self._keyids(role, signed):
            if (signer := signers.get(keyid)) is not None:
                metadata.sign(signer, append=True)
        self._place(role, metadata)

    def _keyids(self, role: str, signed: Any) -> list[str]:  # noqa: ANN401  # TUF's Signed of any role
        if role == "root":
            before = [] if signed.version == 1 else self.newest("root").signed.roles["root"].keyids
            return list(dict.fromkeys([*before, *signed.roles["root"].keyids]))
        return list(self._delegator(role).get_delegated_role(role).keyids)

    def _delegator(self, role: str) -> Any:  # noqa: ANN401  # Root or Targets
        if role in TOP:
            return self.newest("root").signed
        targets = self.newest("targets").signed
        if targets.delegations is not None and role in (targets.delegations.roles or {}):
            return targets
        owner = self.newest(role.rpartition("-bin-")[0]).signed
        if owner.delegations is None or not owner.delegations.succinct_roles.is_delegated_role(role):
            raise NotFoundError(f"nobody delegates to {role}")
        return owner

    def _place(self, role: str, metadata: Metadata[Any]) -> bool:
        """Publish a version when its signatures suffice, else keep it in `staged/`."""
        signed, staged = metadata.signed, self._staged(role)
        try:
            if role == "root":
                if signed.version > 1:
                    self.newest("root").verify_delegate("root", metadata)
                metadata.verify_delegate("root", metadata)
            else:
                self._delegator(role).verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        except UnsignedMetadataError:
            write(staged, metadata.to_bytes())
            return False
        name = "timestamp.json" if role == "timestamp" else f"{signed.version}.{role}.json"
        write(self._metadata / name, metadata.to_bytes())
        staged.unlink(missing_ok=True)
        return True

    def publish(self, *, again: bool = False) -> None:
        """Have cars see what was changed: a snapshot of all roles, and the timestamp. Do it daily: both expire soon.

        Roles that would expire within a month are signed again, if their keys are here.
        """
        for role in self.roles():
            if self.newest(role).signed.expires - self._time() < RENEW and self._can_sign(role):
                with self.edit(role):
                    pass
        snapshot = self.newest("snapshot")
        meta = {f"{role}.json": self._meta(role) for role in self.roles()}
        if again or meta != snapshot.signed.meta:
            snapshot.signed.meta = meta
            snapshot.signed.version += 1
            self._close("snapshot", snapshot)
        try:
            timestamp = self.newest("timestamp")
            timestamp.signed.version += 1
        except NotFoundError:
            timestamp = Metadata(Timestamp())
        timestamp.signed.snapshot_meta = self._meta("snapshot")
        self._close("timestamp", timestamp)

    def _can_sign(self, role: str) -> bool:
        wanted = self._delegator(role).get_delegated_role(role)
        held = self.keyring.signers().keys() & set(wanted.keyids)
        return bool(len(held) >= wanted.threshold)

    def _time(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC).replace(microsecond=0)

    def _meta(self, role: str) -> MetaFile:
        path = self._newest_path(role)
        if path is None:
            raise NotFoundError(f"the repository has no role {role}")
        data = path.read_bytes()
        return MetaFile(int(path.name.partition(".")[0]), len(data), {"sha256": hashlib.sha256(data).hexdigest()})


def write(path: Path, data: bytes) -> None:
    """Replace a file whole, so that a web server never serves half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, making = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        os.fchmod(descriptor, 0o644)
    Path(making).replace(path)
