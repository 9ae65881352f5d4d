# SPDX-License-Identifier: Apache-2.0
"""Tables of the fleet's database, for SQLite and PostgreSQL. Times are nanoseconds or milliseconds since 1970."""

from ivi.fleet.store.database import Column

VERSION = 2

SCHEMA: tuple[str | Column, ...] = (
    # A stream is (vehicle, channel, stream); its id is drawn by chance, so that the order of ids tells nothing about
    # which streams came together. Of a channel with a purpose of its own the vehicle is '' (docs/fleet-store.md).
    (
        "create table if not exists stream("
        "id {int} primary key, vehicle text not null, channel text not null, stream {bytes} not null, "
        "upto {int} not null default 0, "  # complete up to here: every row is stored or known not to come
        "highest {int} not null default 0, "  # the last that is known of; above upto when one is missing
        "copied {int} not null default 0, "  # the telemetry sink has everything up to here
        "pruned {int} not null default 0, "  # rows up to here are gone again, and one that comes once more is no news
        "records {int} not null default 0, "  # the plainest effect: grows once for each row
        "seen_ns {int} not null default 0, unique(vehicle, channel, stream)){busy}"
    ),
    (
        "create table if not exists record("
        "stream_id {int} not null, seq {int} not null, received_ns {int} not null, body {bytes} not null, "
        "primary key(stream_id, seq)){keyed}"
    ),
    (
        "create table if not exists gap("
        "stream_id {int} not null, first {int} not null, last {int} not null, dropped {int} not null, "
        "primary key(stream_id, first, last)){keyed}"
    ),
    (
        "create table if not exists vehicle("
        "vehicle text primary key, state text not null default '', epoch {int} not null default 0, "
        "state_ns {int} not null default 0){keyed}"
    ),
    # Orders the words `online` and `offline` of one epoch.
    Column("vehicle", "connection", "{int} not null default 0"),
    # Every record of the classes control and events, as it came; `data` is CBOR.
    (
        "create table if not exists event("
        "stream_id {int} not null, seq {int} not null, vehicle text not null, kind text not null, "
        "at_ms {int} not null, received_ns {int} not null, subject {bytes}, data {bytes} not null, "
        "primary key(stream_id, seq)){keyed}"
    ),
    "create index if not exists event_of on event(vehicle, kind, at_ms)",
    # `subject` is the command that a record is about: its states, and an answer such as a position.
    "create index if not exists event_about on event(subject) where subject is not null",
    # The newest state that a car has reported of each command; the way there is in `event`.
    (
        "create table if not exists command_state("
        "vehicle text not null, command {bytes} not null, state text not null, reason text not null, "
        "result {bytes} not null, at_ms {int} not null, seq {int} not null, primary key(vehicle, command)){keyed}"
    ),
    ("create table if not exists reported_twin(vehicle text primary key, keys {bytes} not null){keyed}"),
    "create table if not exists signal_table(hash {bytes} primary key, data {bytes} not null){keyed}",
    (
        "create table if not exists usage_receipt("
        "vehicle text not null, feature text not null, counter {int} not null, at_ms {int} not null, "
        "data {bytes} not null, primary key(vehicle, feature, counter)){keyed}"
    ),
    # The newest rating that a stream without a vehicle gave an app; 0 stars stand for one that was taken back.
    (
        "create table if not exists app_rating("
        "stream_id {int} not null, app text not null, version text not null, stars {int} not null, "
        "seq {int} not null, received_ns {int} not null, primary key(stream_id, app)){keyed}"
    ),
    "create index if not exists app_rating_of on app_rating(app)",
)

TEMPORARY = (
    "wanted(id {int}, vehicle_text text, channel_text text, stream_bytes {bytes})",
    "incoming(stream_id {int}, seq {int}, received_ns {int}, body_bytes {bytes})",
    "touched(id {int}, upto {int}, highest {int}, copied {int}, fresh {int}, seen_ns {int}, broken {int})",
)
