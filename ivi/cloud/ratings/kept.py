# SPDX-License-Identifier: Apache-2.0
"""The ratings that are kept on board: one for each app, in a file that is there whole or as it was before."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from ivi.daemon.durable_file import write_whole, writing
from ivi.model.errors import InvalidArgumentError, ResourceExhaustedError
from ivi.model.ratings import LEAST, MOST

FORMAT = 1
MAX_RATINGS = 1000  # apps; more than the store lists, and far below what a message may have
MAX_FILE = 1 << 20  # bytes


class Rating(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One app's."""

    version: str
    stars: int
    """0: withdrawn, and the fleet has not been told yet."""
    told: str = ""
    """The stream, in hexadecimal digits, in which the fleet was told of this or an earlier rating; empty for none."""
    owed: bool = False
    """Whether the fleet may lack this one."""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    ratings: dict[str, Rating]


def checked(stars: int) -> int:
    """The stars themselves. Raises InvalidArgumentError when nobody can give so many."""
    if not LEAST <= stars <= MOST:
        raise InvalidArgumentError(f"an app cannot have {stars!r:.40} stars", hint=f"{LEAST} to {MOST} are possible")
    return stars


@dataclass(slots=True)
class KeptRatings:
    """What the file has. A change is in the file first, so that a full disk leaves what was."""

    path: Path
    ratings: dict[str, Rating]

    def get(self, app_id: str) -> Rating | None:
        """An app's rating; None for none, or a withdrawn one."""
        found = self.ratings.get(app_id)
        return found if found is not None and found.stars else None

    def put(self, app_id: str, rating: Rating | None) -> None:
        """Keep a rating, or none any more. Raises ResourceExhaustedError, UnavailableError; then nothing changed."""
        ratings = {key: value for key, value in self.ratings.items() if key != app_id}
        if rating is not None:
            if len(ratings) >= MAX_RATINGS:
                raise ResourceExhaustedError(
                    f"{MAX_RATINGS} apps are rated, and no more are kept", hint="take one of the ratings back"
                )
            ratings[app_id] = rating
        with writing("the rating"):
            write_whole(self.path, msgspec.json.encode(_File(format=FORMAT, ratings=ratings)))
        self.ratings = ratings


def load(path: Path) -> KeptRatings:
    """What is kept; nothing when there is no file yet.

    Raises InvalidArgumentError for a file that is not as it was written, OSError when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        return KeptRatings(path, {})
    if len(data) > MAX_FILE:
        raise InvalidArgumentError(f"{path.name} has more than {MAX_FILE} bytes")
    try:
        found = msgspec.json.decode(data, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidArgumentError(f"{path.name} is not as it was written: {error}") from error
    if found.format != FORMAT:
        raise InvalidArgumentError(f"{path.name} has format {found.format}, known is {FORMAT}", hint="update ivi")
    for app_id, rating in found.ratings.items():
        if rating.stars and not LEAST <= rating.stars <= MOST:
            raise InvalidArgumentError(f"{path.name}: {app_id[:64]!a} has {rating.stars} stars")
    return KeptRatings(path, found.ratings)
