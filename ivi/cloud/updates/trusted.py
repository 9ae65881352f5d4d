# SPDX-License-Identifier: Apache-2.0
"""Which artefacts this car is to have: python-tuf's client for the image repository, and the director's file.

Both ends are named in the module because fleet and car have to agree on three fields of the signed metadata.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tuf.api import exceptions
from tuf.api.metadata import MetaFile, Signed, TargetFile
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from ivi.cloud.updates.artefact import Artefact, artefact
from ivi.cloud.updates.durable import sync_tree
from ivi.cloud.updates.refusal import UpdateRefusedError, Why
from ivi.cloud.updates.transfer import Transfer
from ivi.daemon.durable_file import writing
from ivi.model.errors import InvalidArgumentError, IviError, UnavailableError

log = logging.getLogger(__name__)

MADE, VEHICLE, JOB = "x-ivi-made", "x-ivi-vehicle", "x-ivi-job"
_NO_TIME = 253_402_300_800  # seconds since 1970: the year 10000, which no clock of ours can say
"""Fields of ours in signed metadata: seconds since 1970 when it was made; whose file it is; the fleet's job."""

_LIMITS = UpdaterConfig(
    max_root_rotations=64, max_delegations=16, snapshot_max_length=1 << 20, targets_max_length=4 << 20
)
_WORDS: tuple[tuple[type[Exception], Why, str], ...] = (
    (exceptions.ExpiredMetadataError, Why.EXPIRED, "what the repository says has expired"),
    (exceptions.BadVersionNumberError, Why.ROLLED_BACK, "the repository shows something older than it did before"),
    (exceptions.UnsignedMetadataError, Why.UNSIGNED, "the repository's metadata lacks the signatures that count"),
    (exceptions.LengthOrHashMismatchError, Why.ALTERED, "a file of the repository is not the one that was signed for"),
    (exceptions.RepositoryError, Why.MALFORMED, "the repository's metadata cannot be used"),
    (exceptions.DownloadLengthMismatchError, Why.ENDLESS, "a file of the repository is longer than it may be"),
)

_LONG_AGO, _FOREVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the car is to have, verified by both."""

    version: int
    """Of the director's file."""
    job: str
    artefacts: tuple[Artefact, ...]
    made: float
    """The newest signed time, seconds since 1970; 0 when none was said."""


class _Fetcher(FetcherInterface):
    """Our transfer in python-tuf's clothes."""

    def __init__(self, transfer: Transfer) -> None:
        self._transfer = transfer
        self.failure: IviError | None = None

    def _fetch(self, url: str) -> Iterator[bytes]:
        return self._chunks(url)

    def _chunks(self, url: str) -> Iterator[bytes]:
        self.failure = None
        try:
            with self._transfer.request(url) as answer:
                if answer.status != 200:  # noqa: PLR2004  # OK
                    for _ in answer.chunks():
                        pass
                    raise exceptions.DownloadHTTPError(f"{url} answers {answer.status}", answer.status)
                yield from answer.chunks()
        except IviError as error:
            self.failure = error
            raise exceptions.DownloadError(str(error)) from error


class ImageRepository:
    """The image repository as this car sees it; what it has seen is kept in `folder`."""

    def __init__(self, url: str, folder: Path, root: bytes, transfer: Transfer) -> None:
        """`root` is the root metadata that came with the car: the trust anchor."""
        self.url = url.rstrip("/")
        self._folder = folder
        self._root = root
        self._fetcher = _Fetcher(transfer)
        self._updater: Updater | None = None
        self._found: dict[str, TargetFile | None] = {}
        self._found_in: tuple[object, ...] = ()
        self._found_until = _LONG_AGO

    def refresh(self, now: float) -> float:
        """Learn the newest metadata; returns when its timestamp was made (0: it does not say).

        Raises UpdateRefusedError, UnavailableError, ResourceExhaustedError.
        """
        self._updater = None
        with self._ours(), writing("the repository's metadata"):
            self._folder.mkdir(parents=True, exist_ok=True)
            before = self._seen()
            updater = Updater(
                str(self._folder),
                f"{self.url}/metadata/",
                fetcher=self._fetcher,
                config=_LIMITS,
                bootstrap=self._root,
            )
            trusted = updater._trusted_set  # python-tuf takes the wall clock and offers no other way
            trusted.reference_time = datetime.fromtimestamp(now, UTC)
            updater.refresh()
            if self._seen() != before:
                sync_tree(self._folder)
        self._updater = updater
        self._remember(trusted.timestamp.snapshot_meta, trusted.reference_time)
        return made_at(trusted.timestamp)

    def _remember(self, snapshot: MetaFile, now: datetime) -> None:
        """Keep what was looked up while it cannot be different.

        The snapshot's hash covers the version of every role, and ours the hashes, too. Only a role that has expired in
        the meantime has to be looked at again.
        """
        mark = (snapshot.version, *sorted((snapshot.hashes or {}).items()))
        if mark != self._found_in or not snapshot.hashes or now >= self._found_until:
            self._found, self._found_in, self._found_until = {}, mark, _FOREVER

    def find(self, path: str) -> TargetFile | None:
        """The target of this path as the first role that may speak of it signs it. After `refresh`."""
        if self._updater is None:
            raise UnavailableError("the repository was not read yet")
        if path not in self._found:
            with self._ours(), writing("the repository's metadata"):
                found = self._updater.get_targetinfo(path)
            known = self._updater._trusted_set  # as above
            self._found_until = min([self._found_until, *(role.expires for role in known)])
            self._found[path] = found
        return self._found[path]

    def target_url(self, one: Artefact) -> str:
        """Where the file lies (consistent snapshots: the hash is part of its name)."""
        folder, _, name = one.path.rpartition("/")
        return f"{self.url}/targets/{folder}/{one.sha256}.{name}"

    def _seen(self) -> tuple[object, ...]:
        """Changes when there is something new on the disk; python-tuf writes the roots again each time."""
        files = {path.name: path.stat().st_mtime_ns for path in self._folder.glob("*.json") if not path.is_symlink()}
        return files, sorted(path.name for path in self._folder.glob("root_history/*"))

    def _ours(self) -> "_Translated":
        return _Translated(self._fetcher)


class _Translated:
    """Turns python-tuf's errors into ours."""

    def __init__(self, fetcher: _Fetcher) -> None:
        self._fetcher = fetcher

    def __enter__(self) -> None:
        """Nothing happens before an error."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, exceptions.DownloadError | exceptions.RepositoryError):
            raise _translated(error, self._fetcher.failure) from error


def _translated(error: Exception, failure: IviError | None) -> IviError:
    for kind, why, words in _WORDS:
        if isinstance(error, kind):
            return refused(why, words, error)
    if isinstance(failure, UpdateRefusedError):
        return failure
    return UnavailableError(f"the repository does not answer: {error}", hint="it is tried again later")


def refused(why: Why, words: str, error: object) -> UpdateRefusedError:
    """A refusal with the cause in brackets and what to do."""
    hint = "the fleet has to look at its repository; the car stays as it is"
    if why is Why.EXPIRED:
        hint = "check the car's clock; else the fleet has to publish again"
    return UpdateRefusedError(why, f"{words}: {error}", hint=hint)


def made_at(signed: Signed) -> float:
    """When it was made, in seconds since 1970; 0 when it does not say, or says no time."""
    value = signed.unrecognized_fields.get(MADE, 0)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < _NO_TIME:
        return 0.0
    return float(value)


def verified(directed: TargetFile, image: ImageRepository) -> Artefact:
    """The artefact, when both repositories say the same of it. Raises UpdateRefusedError."""
    found = image.find(directed.path)
    if found is None:
        raise UpdateRefusedError(
            Why.NOT_THERE,
            f"nobody who may has signed {directed.path!r}",
            hint="a publisher signs below its own paths only",
        )
    if found.length != directed.length or found.hashes.get("sha256") != directed.hashes.get("sha256"):
        raise UpdateRefusedError(Why.MISMATCH, f"director and image repository differ about {directed.path!r}")
    try:
        return artefact(found.path, found.length, found.hashes, found.custom)
    except InvalidArgumentError as error:
        raise UpdateRefusedError(Why.MALFORMED, error.message) from error
