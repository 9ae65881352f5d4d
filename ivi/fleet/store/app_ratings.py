# SPDX-License-Identifier: Apache-2.0
"""What drivers think of apps: one rating for each car and app, the newest, and none whose stream was taken back.

A car is known by the stream that its consent has begun, and by nothing else (docs/privacy.md). What a newer rating has
replaced is erased, in the rows as they came, too.
"""

import re
from typing import Any

from ivi.cloud.consent.purposes import RATINGS, channel_of
from ivi.cloud.delivery import DeliveryClass
from ivi.cloud.store.catalogue import LEAST_CARS, Rating
from ivi.fleet.store.database import Database
from ivi.model.errors import InvalidArgumentError
from ivi.model.ratings import LEAST, MOST

KIND = "rating"
CHANNEL = channel_of(RATINGS, DeliveryClass.EVENTS)
_APP = re.compile(r"[A-Za-z0-9._-]{3,64}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")


def subject_of(data: dict[str, Any]) -> bytes | None:
    """The app that a record of this kind is about, so that its records are found; None for one that is none."""
    app = data.get("app")
    return app.encode() if isinstance(app, str) and _APP.fullmatch(app) else None


def rate(database: Database, stream_id: int, seq: int, received_ns: int, data: dict[str, Any]) -> None:
    """Take a rating, or a withdrawal (no stars). Rows may come in any order: the highest sequence counts.

    Raises InvalidArgumentError for a record that is neither.
    """
    match data:
        case {"app": str(app), "version": str(version), "stars": int(stars), **rest} if not rest:
            if not LEAST <= stars <= MOST or isinstance(stars, bool) or not _VERSION.fullmatch(version):
                raise InvalidArgumentError(f"no rating: {version[:40]!a} with {stars!r:.20} stars")
        case {"app": str(app), **rest} if not rest:
            version, stars = "", 0
        case _:
            raise InvalidArgumentError(f"no rating: {sorted(map(str, data))[:5]}")
    if not _APP.fullmatch(app):
        raise InvalidArgumentError(f"{app[:64]!a} is no id of an app")
    database.run(
        "insert into app_rating(stream_id, app, version, stars, seq, received_ns) values(?, ?, ?, ?, ?, ?) "
        "on conflict(stream_id, app) do update set version = excluded.version, stars = excluded.stars, "
        "seq = excluded.seq, received_ns = excluded.received_ns where excluded.seq > app_rating.seq",
        (stream_id, app, version, stars, seq, received_ns),
    )
    _erase_older(database, stream_id, app)


def _erase_older(database: Database, stream_id: int, app: str) -> None:
    """Of the records about an app only the newest stays. Rows keep their number, or they would be missed."""
    older = (
        "stream_id = ? and seq in (select e.seq from event e join app_rating r on r.stream_id = e.stream_id "
        "where e.stream_id = ? and r.app = ? and e.kind = ? and e.subject = ? and e.seq < r.seq)"
    )
    values = (stream_id, stream_id, app, KIND, app.encode())
    database.run(f"update record set body = ? where {older}", (b"", *values))  # noqa: S608  # own words
    database.run(f"delete from event where {older}", values)  # noqa: S608  # own words


def aggregate(database: Database) -> dict[str, Rating]:
    """Mean and number of the ratings of each app that enough cars have rated. Raises UnavailableError."""
    found = database.attempt(
        lambda: database.rows(
            "select app, count(*), sum(stars) from app_rating where stars between ? and ? "
            "group by app having count(*) >= ? order by app",
            (LEAST, MOST, LEAST_CARS),
        )
    )
    return {app: Rating(mean=round(int(total) / cars, 1), count=cars) for app, cars, total in found}
