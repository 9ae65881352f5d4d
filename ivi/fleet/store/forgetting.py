# SPDX-License-Identifier: Apache-2.0
"""Streams whose driver has taken the consent back: their rows are deleted, and none of them is stored again."""

import secrets

from ivi.cloud.wire import MAX_SEQ
from ivi.fleet.store.database import Database

TO_DELETE = -1
"""Value of `copied` until the sink has deleted its samples, too."""
_ID_BITS = 62


def forget(database: Database, channel: str, stream: bytes) -> int:
    """Delete the rows of a stream without a vehicle and close it; returns how many. Inside of a transaction.

    The stream's own row stays, or rows that are still on their way would begin it anew. The car has begun another one.
    """
    identity = ("", channel, stream)
    database.run(
        "insert into stream(id, vehicle, channel, stream) values(?, ?, ?, ?) on conflict do nothing",
        (secrets.randbits(_ID_BITS), *identity),
    )
    ((stream_id,),) = database.rows(
        f"select id from stream s where vehicle = ? and channel = ? and stream = ?{database.for_update}",  # noqa: S608
        identity,
    )
    gone = database.run("delete from record where stream_id = ?", (stream_id,))
    database.run("delete from gap where stream_id = ?", (stream_id,))
    database.run("delete from event where stream_id = ?", (stream_id,))
    database.run("delete from app_rating where stream_id = ?", (stream_id,))
    database.run(
        "update stream set pruned = ?, copied = ? where id = ? and pruned <> ?",
        (MAX_SEQ, TO_DELETE, stream_id, MAX_SEQ),
    )
    return gone
