# SPDX-License-Identifier: Apache-2.0
"""The fleet's database, in a file or on a PostgreSQL server.

`recording.Store` takes rows and applies what they mean, `reading.Reader` answers what the operator's end asks, and both
stand on `database.Database`, of which there are two: `sqlite` and `postgres`.
"""

from ivi.fleet.store.recording import Store, StreamKey

__all__ = ["Store", "StreamKey"]
