# SPDX-License-Identifier: Apache-2.0
"""The director (Uptane 2.1.0, 5.3): one small signed file per vehicle that says what this vehicle is to have.

<folder>/N.root.json               whose word counts here; keys of its own, not the image repository's
<folder>/vehicles/<vehicle>.json   targets with length and hash; the car compares them with the image repository's
"""

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from securesystemslib.signer import Key
from tuf.api.exceptions import UnsignedMetadataError
from tuf.api.metadata import Metadata, Root, TargetFile, Targets

from ivi.cloud.cbor import encode
from ivi.cloud.updates.trusted import JOB, MADE, VEHICLE
from ivi.cloud.wire import check_vehicle_id
from ivi.fleet.updates.keyring import Keyring
from ivi.fleet.updates.repository import TOP, Now, write
from ivi.model.errors import ConfigurationError, NotFoundError

ROOT_LIFETIME = timedelta(days=365)
FILE_LIFETIME = timedelta(days=30)
RENEW = timedelta(days=10)


def hint(job: str) -> bytes:
    """Payload of a vehicle's retained topic `job`: something is there. The car believes nothing of it and looks."""
    return encode({"job": job})


class Director:
    """Signs what each vehicle is to have."""

    def __init__(self, folder: Path, keyring: Keyring, now: Now = time.time) -> None:
        """Nothing is read before it is used."""
        self.folder = folder
        self.keyring = keyring
        self._now = now

    def create(self, root_keys: Sequence[Key], key: Key, threshold: int = 2) -> bytes:
        """Begin. Returns root 1, which goes into cars."""
        if (self.folder / "1.root.json").exists():
            raise ConfigurationError(f"there is a director in {self.folder} already", hint="choose another folder")
        root = Root(consistent_snapshot=True)
        for one in root_keys:
            root.add_key(one, "root")
        root.roles["root"].threshold = threshold
        for role in TOP[1:]:  # only `targets` is used; the format wants all four
            root.add_key(key, role)
        self._close_root(Metadata(root), None)
        return (self.folder / "1.root.json").read_bytes()

    def root(self) -> Metadata[Root]:
        """The newest root. Raises NotFoundError."""
        found = [(int(path.name.partition(".")[0]), path) for path in self.folder.glob("*.root.json")]
        if not found:
            raise NotFoundError(f"there is no director in {self.folder}", hint="create one first")
        return Metadata[Root].from_file(str(max(found)[1]))

    def rotate(self, add: Sequence[Key], remove: Sequence[str] = (), role: str = "targets") -> None:
        """Other keys, by a new root. The vehicles' files have to be assigned again afterwards."""
        before, after = self.root(), self.root()
        for key in add:
            after.signed.add_key(key, role)
        for keyid in remove:
            after.signed.revoke_key(keyid, role)
        after.signed.version += 1
        self._close_root(after, before)

    def _close_root(self, root: Metadata[Root], before: Metadata[Root] | None) -> None:
        root.signed.expires = self._time() + ROOT_LIFETIME
        root.signatures.clear()
        keyids = [*(before.signed.roles["root"].keyids if before else ()), *root.signed.roles["root"].keyids]
        self._sign(root, keyids)
        try:
            if before is not None:
                before.verify_delegate("root", root)
            root.verify_delegate("root", root)
        except UnsignedMetadataError as error:
            raise ConfigurationError(
                f"the director's root lacks signatures: {error}", hint="bring its root keys into the keyring"
            ) from error
        write(self.folder / f"{root.signed.version}.root.json", root.to_bytes())

    def _sign(self, metadata: Metadata[Root] | Metadata[Targets], keyids: Iterable[str]) -> None:
        signers = self.keyring.signers()
        for keyid in dict.fromkeys(keyids):
            if keyid in signers:
                metadata.sign(signers[keyid], append=True)

    def _time(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC).replace(microsecond=0)

    def renew(self) -> int:
        """Sign again what would expire within RENEW, unchanged; returns how many files. Do it daily."""
        count = 0
        for path in sorted((self.folder / "vehicles").glob("*.json")):
            signed = Metadata[Targets].from_file(str(path)).signed
            if signed.expires - self._time() < RENEW:
                self.assign(path.stem, signed.targets.values(), str(signed.unrecognized_fields.get(JOB, "")))
                count += 1
        return count

    def assign(self, vehicle: str, targets: Iterable[TargetFile], job: str) -> int:
        """Say what a vehicle is to have from now on; returns the version of its file.

        `renew` gives it again before it expires. `job` names it in what the car reports.
        """
        path = self.folder / "vehicles" / f"{check_vehicle_id(vehicle)}.json"
        version = Metadata[Targets].from_file(str(path)).signed.version + 1 if path.exists() else 1
        signed = Targets(version, expires=self._time() + FILE_LIFETIME, targets={one.path: one for one in targets})
        signed.unrecognized_fields |= {VEHICLE: vehicle, JOB: job, MADE: int(self._now())}
        metadata = Metadata(signed)
        root = self.root().signed
        self._sign(metadata, root.roles["targets"].keyids)
        try:
            root.verify_delegate("targets", metadata.signed_bytes, metadata.signatures)
        except UnsignedMetadataError as error:
            raise ConfigurationError(
                f"the file of {vehicle} lacks signatures: {error}", hint="bring the director's keys into the keyring"
            ) from error
        write(path, metadata.to_bytes())
        return version
