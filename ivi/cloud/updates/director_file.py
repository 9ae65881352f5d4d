# SPDX-License-Identifier: Apache-2.0
"""The director's file of this vehicle: its chain of roots, its signatures, its version, its end.

Uptane calls this partial verification: one file, signed for one vehicle. Against an old file stands its version, which
never goes down (unless a new root brings other keys: then what was seen under the old ones counts no more), and
against one that is kept back its end.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tuf.api import exceptions
from tuf.api.metadata import Metadata, Root, Signed, TargetFile, Targets

from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.cloud.updates.transfer import Transfer
from ivi.cloud.updates.trusted import JOB, VEHICLE, made_at, refused
from ivi.daemon.durable_file import write_whole, writing
from ivi.model.errors import NotFoundError, UnavailableError

MAX_ROOT = 64 << 10  # bytes
MAX_FILE = 256 << 10  # bytes
MAX_ROOTS = 64  # rotations in one go
MAX_TARGETS = 256  # of one vehicle
MAX_JOB = 64  # characters
_KEPT = "vehicle.json"


class DirectorFile:
    """What the director says of this vehicle; what was seen is kept in `folder`."""

    def __init__(self, url: str, folder: Path, root: bytes, transfer: Transfer, vehicle: str) -> None:
        """`root` came with the car: the trust anchor."""
        self.url = url.rstrip("/")
        self._folder = folder
        self._anchor = root
        self._transfer = transfer
        self._vehicle = vehicle
        self.version = 0
        self.job = ""
        self.made = 0.0

    def read(self, now: float) -> list[TargetFile]:
        """Fetch and check. Raises UpdateRefusedError, UnavailableError, ResourceExhaustedError."""
        time = datetime.fromtimestamp(now, UTC)
        with writing("the director's file"):
            self._folder.mkdir(parents=True, exist_ok=True)
            root = self._root()
            if root.is_expired(time):
                raise refused(Why.EXPIRED, "the director's root has expired", root.expires)
            before = self._kept(root)
            data = self._fetch(before)
            signed = _checked(data, Targets, root, "the director's file")
            self._judge(signed, before, data, time)
            if before is None or signed.version != before[0]:
                write_whole(self._folder / _KEPT, data)
        self.version = signed.version
        self.job = str(signed.unrecognized_fields.get(JOB, ""))[:MAX_JOB]
        self.made = made_at(signed)
        return list(signed.targets.values())

    def _root(self) -> Root:
        root = _checked(self._anchor, Root, None, "the director's root in this car")
        for version in range(root.version + 1, root.version + 1 + MAX_ROOTS):
            path = self._folder / f"{version}.root.json"
            data, kept = self._newer(path, version)
            if data is None:
                return root
            try:
                root = self._next(data, root, version)
            except UpdateRefusedError:
                if not kept:
                    raise
                path.unlink()  # damaged on our disk; the server is asked again
                fetched, _ = self._newer(path, version)
                if fetched is None:
                    return root
                data, root, kept = fetched, self._next(fetched, root, version), False
            if not kept:
                write_whole(path, data)
        raise UpdateRefusedError(Why.ENDLESS, f"the director has more than {MAX_ROOTS} newer roots")

    def _newer(self, path: Path, version: int) -> tuple[bytes | None, bool]:
        """The next root, and whether it was on our disk."""
        if path.exists():
            return path.read_bytes(), True
        try:
            return self._transfer.get(f"{self.url}/{version}.root.json", MAX_ROOT), False
        except NotFoundError:
            return None, False

    def _next(self, data: bytes, root: Root, version: int) -> Root:
        following = _checked(data, Root, root, "the director's next root", role="root")
        _checked(data, Root, following, "the director's next root", role="root")
        if following.version != version:
            raise refused(Why.ROLLED_BACK, "the director's roots are not in order", following.version)
        return following

    def _kept(self, root: Root) -> tuple[int, bytes] | None:
        """Version and text that were seen before, if they count under this root."""
        try:
            data = (self._folder / _KEPT).read_bytes()
            return _checked(data, Targets, root, "the director's file on this disk").version, data
        except (FileNotFoundError, UpdateRefusedError):
            return None

    def _fetch(self, before: tuple[int, bytes] | None) -> bytes:
        try:
            return self._transfer.get(f"{self.url}/vehicles/{self._vehicle}.json", MAX_FILE)
        except NotFoundError as error:
            hint = "it is tried again later" if before else "the fleet has not assigned anything to this vehicle"
            raise UnavailableError(f"the director has no file for {self._vehicle}", hint=hint) from error

    def _judge(self, signed: Targets, before: tuple[int, bytes] | None, data: bytes, time: datetime) -> None:
        if signed.unrecognized_fields.get(VEHICLE) != self._vehicle:
            raise UpdateRefusedError(
                Why.NOT_OURS, f"the director's file is for {signed.unrecognized_fields.get(VEHICLE)!r:.80}"
            )
        if signed.is_expired(time):
            raise refused(Why.EXPIRED, "the director's file has expired", signed.expires)
        if before is not None and signed.version < before[0]:
            raise refused(Why.ROLLED_BACK, f"the director's file is older than {before[0]}", signed.version)
        if before is not None and signed.version == before[0] and data != before[1]:
            raise refused(Why.ALTERED, "the director says something else under the same version", signed.version)
        if len(signed.targets) > MAX_TARGETS:
            raise UpdateRefusedError(Why.MALFORMED, f"the director names more than {MAX_TARGETS} targets")


def _checked[T: Signed](data: bytes, kind: type[T], root: Root | None, what: str, role: str = "targets") -> T:
    """Signed metadata of this kind, signed with `root`'s keys for `role`; without a root: with its own."""
    try:
        metadata = Metadata[Any].from_bytes(data)
        if not isinstance(metadata.signed, kind):
            raise refused(Why.MALFORMED, f"{what} is something else", metadata.signed.type)
        if root is None:
            metadata.verify_delegate("root", metadata)
        else:
            root.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except exceptions.UnsignedMetadataError as error:
        raise refused(Why.UNSIGNED, f"{what} lacks the signatures that count", error) from error
    except (exceptions.RepositoryError, ValueError) as error:
        raise refused(Why.MALFORMED, f"{what} cannot be read", error) from error
    return metadata.signed
