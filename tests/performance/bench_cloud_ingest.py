# SPDX-License-Identifier: Apache-2.0
"""Rows that one copy of the ingest stores a second, deduplicated, in a real PostgreSQL server of its own.

The way is the ingest's own: frames as they came from the broker are decoded and given to the store, which copies them
into a temporary table, inserts what is new, advances every stream and commits (fsync on, synchronous_commit on). The
peer does the same row by row: one insert with ON CONFLICT DO NOTHING, and a commit, for each.
"""

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from postgres_server import PostgresServer, find_programs

from ivi.cloud.wire import Frame, Kind, decode_frames
from ivi.fleet.store.recording import Item, Store

BATCH = 2000  # rows of one transaction
BATCHES = 20  # of a round
ROUNDS = 3
AGAIN = 0.02  # share of rows that come twice, as after a reconnect
BODY = 200  # bytes; a batch of some seconds
SLOW_ROWS = 2000  # of a round of the peer


type Message = tuple[str, str, bytes]
"""Vehicle, channel, payload."""


def traffic(cars: int, rows: int, seed: int) -> list[Message]:
    """Messages as they come: cars take turns, each counts for itself, some come twice."""
    chance = random.Random(seed)
    streams = [chance.randbytes(8) for _ in range(cars)]
    seqs = [0] * cars
    made: list[Message] = []
    while len(made) < rows:
        if made and chance.random() < AGAIN:
            made.append(made[-chance.randint(1, min(len(made), 500))])
            continue
        car = len(made) % cars
        seqs[car] += 1
        frame = Frame(Kind.RECORD, streams[car], seqs[car], chance.randbytes(BODY))
        made.append((f"car{seed}-{car}", "telemetry", frame.encode()))
    return made


def decoded(messages: Sequence[Message]) -> list[Item]:
    """As the ingest does it."""
    return [(vehicle, channel, frame) for vehicle, channel, payload in messages for frame in decode_frames(payload)]


def copied(store: Store, messages: list[Message], earlier: Sequence[Message] = ()) -> float:
    """Distinct rows a second by the store; some of them may be among the earlier ones."""
    before, started = store.rows, time.perf_counter()
    for start in range(0, len(messages), BATCH):
        store.add(decoded(messages[start : start + BATCH]))
    seconds = time.perf_counter() - started
    distinct = len(set(messages).difference(earlier))
    if store.rows - before != distinct:
        raise SystemExit(f"{store.rows - before} rows stored, {distinct} sent")
    return distinct / seconds


def one_by_one(store: Store, messages: Sequence[Message]) -> float:
    """Distinct rows a second by plain inserts into a table of the same shape."""
    database = store.database
    database.run("create table if not exists plain(stream bytea, seq bigint, body bytea, primary key(stream, seq))")
    started = time.perf_counter()
    for _, _, frame in decoded(messages):
        database.run("insert into plain values(?, ?, ?) on conflict do nothing", (frame.stream, frame.seq, frame.body))
    return len({payload[:20] for _, _, payload in messages}) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print the figures."""
    programs = find_programs()
    if programs is None:
        sys.stderr.write("postgresql is not installed\n")
        print("{}")
        return
    folder = Path(tempfile.mkdtemp(prefix="ivi-pg-"))
    server = PostgresServer(programs, folder)
    few: list[float] = []
    many: list[float] = []
    new: list[float] = []
    slow: list[float] = []
    try:
        server.start()
        store = Store(server.database())
        store.add(decoded(traffic(10, BATCH, 99)))
        for number in range(ROUNDS):
            few.append(copied(store, traffic(200, BATCH * BATCHES, number)))
            slow.append(one_by_one(store, traffic(200, SLOW_ROWS, 10 + number)))
            cars = BATCH * 5
            spread = traffic(cars, cars + BATCH * BATCHES, 20 + number)
            new.append(copied(store, spread[:cars]))
            many.append(copied(store, spread[cars:], spread[:cars]))
        store.close()
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    method = (
        f"batches of {BATCH} rows of {BODY} bytes, {AGAIN:.0%} of them twice, commit with fsync, one connection, "
        f"server and client on the same two cores, median of {ROUNDS} rounds of {BATCHES} batches; "
    )
    figures = {
        "cloud_ingest_rows_per_s": (few, method + "200 cars, as after an outage"),
        "cloud_ingest_spread_rows_per_s": (
            many,
            method + f"{BATCH * 5} known cars, so that every row of a batch is another car's",
        ),
        "cloud_ingest_new_cars_per_s": (new, f"batches of {BATCH} rows, each the first of a car that was never seen"),
        "cloud_ingest_row_by_row_per_s": (slow, f"the peer: {SLOW_ROWS} single inserts and commits, same server"),
    }
    print(
        json.dumps(
            {
                name: {"value": round(statistics.median(values)), "unit": "rows/s", "method": how}
                for name, (values, how) in figures.items()
            }
        )
    )


if __name__ == "__main__":
    main()
