# SPDX-License-Identifier: Apache-2.0
"""What telemetry costs on the air and in the processor: columns against FleetWise's encoding, Sparkplug B and JSON.

Every size is that of whole rows, with everything a fleet end needs to read them (ours: the header with the hash of the
table of signals; not counted on any side: topic and MQTT's own bytes). Before anything is counted, each row is decoded
again and compared number by number.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import zstandard
from payload_traffic import JITTER, NOISE, Trace, cut, drive, scattered

from ivi.cloud.column_reader import decode_columns, readings
from ivi.cloud.columns import Batch, Column, Dictionary, encode_columns, make_column, plain_body
from ivi.cloud.signal_table import Signal, SignalTable
from ivi.model.signal import DataType

ROUNDS = 15
LEAST = 0.05  # seconds of processor time in one round
T0 = 1_790_000_000_000  # ms

type Figures = dict[str, dict[str, object]]
type Rows = list[list[Trace]]


def table_of(traces: list[Trace]) -> SignalTable:
    """The catalogue of this drive; paths as long as VSS paths are."""
    return SignalTable(
        Signal(f"Vehicle.Powertrain.{trace.name}.Value", DataType.FLOAT, trace.scale, trace.offset) for trace in traces
    )


def batches(rows: Rows, table: SignalTable, seconds: int) -> list[Batch]:
    """Rows as a collector would make them."""
    return [
        Batch(
            "drive",
            T0 + place * seconds * 1000,
            table.hash,
            [
                Column(table.ids[f"Vehicle.Powertrain.{trace.name}.Value"], trace.times, trace.raw)
                for trace in sorted(row, key=lambda trace: trace.name)
            ],
        )
        for place, row in enumerate(rows)
    ]


def samples_of(rows: Rows) -> int:
    """How many there are."""
    return sum(len(trace.times) for row in rows for trace in row)


def check(made: list[Batch], table: SignalTable) -> None:
    """Each row says the same again, in raw numbers and in VSS units."""
    for batch in made:
        again = decode_columns(encode_columns(batch))
        sent = {column.signal: (list(column.times), list(column.values)) for column in batch.columns}
        if {column.signal: (list(column.times), list(column.values)) for column in again.columns} != sent:
            raise SystemExit("a row does not come back as it went")
        for one in readings(again, table):
            number = table.ids[one.path]
            signal, raw = table.signals[number], sent[number][1]
            if one.values != [whole * signal.scale + signal.offset for whole in raw]:  # type: ignore[operator]  # raw numbers
                raise SystemExit(f"{one.path} does not come back as it went")
            if list(make_column(number, signal, sent[number][0], one.values).values) != raw:
                raise SystemExit(f"{one.path}: the values do not become the bus's numbers again")


def per_sample(run: Callable[[], object], samples: int) -> float:
    """Microseconds of processor time, median of the rounds."""
    rounds = []
    for _ in range(ROUNDS):
        passes, started = 0, time.process_time()
        while (spent := time.process_time() - started) < LEAST:
            run()
            passes += 1
        rounds.append(spent / passes / samples * 1e6)
    return statistics.median(rounds)


def figure(value: float, unit: str, method: str) -> dict[str, object]:
    """One figure in the form of run.py."""
    return {"value": round(value, 3), "unit": unit, "method": method}


def ours(rows: Rows, table: SignalTable, seconds: int, how: str) -> Figures:
    """Bytes of our rows, without and (for 1 s) with a dictionary."""
    made = batches(rows, table, seconds)
    check(made, table)
    count = samples_of(rows)
    size = sum(len(encode_columns(batch)) for batch in made) / count
    text = f"CBOR columns, integer deltas, zstd 3, rows of {seconds} s, header of 10 bytes included: {how}"
    figures = {f"cloud_bytes_per_sample_{seconds}s": figure(size, "bytes", text)}
    if seconds == 1:
        half = len(made) // 2
        bodies: list[bytes | bytearray | memoryview[int]] = [plain_body(batch) for batch in made[:half]]
        dictionary = Dictionary(1, zstandard.train_dictionary(8192, bodies).as_bytes())
        known = sum(len(encode_columns(batch, dictionary)) for batch in made[half:]) / samples_of(rows[half:])
        text = f"the same with a dictionary of 8 KiB trained on the first half of the drive, second half counted: {how}"
        figures["cloud_bytes_per_sample_1s_dictionary"] = figure(known, "bytes", text)
    return figures


def encoding(rows: Rows, table: SignalTable, how: str) -> Figures:
    """Processor time of our encoder, and of all that lies between VSS values and a row."""
    made, count = batches(rows, table, 10), samples_of(rows)
    encode = per_sample(lambda: [encode_columns(batch) for batch in made], count)
    values = [
        [(table.ids[one.path], [at - batch.t0_ms for at in one.times_ms], one.values) for one in readings(batch, table)]
        for batch in made
    ]

    def whole() -> None:
        for batch, columns in zip(made, values, strict=True):
            columns_made = [
                make_column(number, table.signals[number], times, floats) for number, times, floats in columns
            ]
            encode_columns(Batch(batch.campaign, batch.t0_ms, batch.table, columns_made))

    bodies = [encode_columns(batch) for batch in made]
    decode = per_sample(lambda: [decode_columns(body) for body in bodies], count)
    how = f"rows of 10 s, processor time, median of {ROUNDS} rounds, one core: {how}"
    return {
        "cloud_encode_us": figure(encode, "us/sample", f"deltas, CBOR, zstd 3 of raw numbers in columns; {how}"),
        "cloud_encode_values_us": figure(
            per_sample(whole, count), "us/sample", f"the same from VSS floats, back to the bus's whole numbers; {how}"
        ),
        "cloud_decode_us": figure(decode, "us/sample", f"zstd, CBOR and all checks, to raw numbers; {how}"),
    }


def peers(rows: Rows, seconds: int, how: str) -> Figures:
    """The others' bytes and, for 10 s, their processor time in Python."""
    try:
        import snappy  # type: ignore[import-untyped]  # noqa: PLC0415  # a peer's package, which has no types
        from payload_peers import fleetwise, in_order, json_messages, sparkplug  # noqa: PLC0415  # needs protobuf
    except ImportError as error:
        print(f"peers are left out: {error}", file=sys.stderr)
        return {}
    samples, count = [in_order(row) for row in rows], samples_of(rows)
    paths = [f"Vehicle.Powertrain.{trace.name}.Value" for trace in rows[0]]

    def squeezed(rows: list[Any]) -> list[bytes]:
        return [snappy.compress(fleetwise(row)) for row in rows]

    own = f"Python's protobuf and python-snappy, not its C++ agent; rows of {seconds} s: {how}"
    figures = {
        f"cloud_bytes_fleetwise_{seconds}s": figure(
            sum(map(len, squeezed(samples))) / count, "bytes", f"AWS IoT FleetWise's VehicleData with snappy, {own}"
        )
    }
    if seconds == 10:
        expander = zstandard.ZstdCompressor(level=3)
        plain = [sparkplug(row) for row in samples]
        figures["cloud_bytes_sparkplug_10s"] = figure(
            sum(map(len, plain)) / count,
            "bytes",
            f"Sparkplug B with aliases; with zstd 3 "
            f"{sum(len(expander.compress(row)) for row in plain) / count:.2f}; rows of 10 s: {how}",
        )
        size = sum(len(one) for row in samples for one in json_messages(row, paths)) / count
        figures["cloud_bytes_json"] = figure(size, "bytes", f"JSON, one message for each sample, as VISS has it: {how}")
        figures["cloud_encode_fleetwise_us"] = figure(
            per_sample(lambda: squeezed(samples), count), "us/sample", f"processor time; {own}"
        )
    return figures


def main() -> None:
    """Measure and print the figures."""
    traces = drive()
    table = table_of(traces)
    seconds = 120
    rate = sum(len(trace.times) for trace in traces) / seconds
    how = (
        f"{seconds} s of the simulated car's frames, {len(traces)} signals, {rate:.0f} samples/s, "
        f"±{NOISE} steps of noise on sensors, 0-{JITTER} ms of jitter on stamps"
    )
    figures: Figures = {}
    tens, ones = cut(traces, 10), cut(traces, 1)
    figures |= ours(tens, table, 10, how) | ours(ones, table, 1, how)
    figures |= encoding(tens, table, how)
    worst = scattered(traces)
    for length in (10, 1):
        rows = cut(worst, length)
        made = batches(rows, table, length)
        check(made, table)
        size = sum(len(encode_columns(batch)) for batch in made) / samples_of(rows)
        text = f"as above, with a stamp and ±{NOISE} steps of its own for every sample of every signal: {how}"
        figures[f"cloud_bytes_per_sample_{length}s_scattered"] = figure(size, "bytes", text)
    figures |= peers(tens, 10, how) | peers(ones, 1, how)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
