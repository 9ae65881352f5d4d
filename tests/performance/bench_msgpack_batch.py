# SPDX-License-Identifier: Apache-2.0
"""How much cheaper the link's msgpack is than JSON text for what it carries most: a batch of 100 changed signals.

Both sides end with the same Python values from the same batch. JSON is the standard library's and does not check types;
ours validates every field while decoding, as the link does. The rounds alternate, so that both see the same machine.
"""

import json
import statistics
import time
from collections.abc import Callable

import msgspec

from ivi.model.databroker import DatabrokerAnswer, ValuesUpdate
from ivi.model.link import BodyDecoder, pack
from ivi.model.signal import Datapoint

SIGNALS = 100
ROUNDS = 15
REPEATS = 500  # per round; tens of milliseconds, long against the clock and short against what else the machine does


def make_batch() -> dict[str, Datapoint]:
    """Values as a car sends them: mostly floats with few digits, some integers, some booleans."""
    values = [20.5 + i / 8 if i % 3 else bool(i % 2) if i % 2 else i * 7 for i in range(SIGNALS)]
    return {
        f"Vehicle.Powertrain.TractionBattery.Cell{i}.Value": Datapoint(
            value, 1_766_000_000_250_000_000 + i, 123_456_789_000 + i, "can:can0"
        )
        for i, value in enumerate(values)
    }


def seconds_each(work: Callable[[], object]) -> float:
    """Mean time of one call over a round."""
    started = time.perf_counter()
    for _ in range(REPEATS):
        work()
    return (time.perf_counter() - started) / REPEATS


def main() -> None:
    """Measure and print the figures."""
    batch = make_batch()
    update = ValuesUpdate(batch)
    decoder = BodyDecoder[DatabrokerAnswer](DatabrokerAnswer)
    plain = {path: msgspec.structs.asdict(point) for path, point in batch.items()}

    def ours() -> object:
        return decoder.decode(pack(update))

    def theirs() -> object:
        return json.loads(json.dumps(plain))

    if ours() != update or theirs() != plain:
        raise SystemExit("a round trip changed the batch")
    pairs = [(seconds_each(ours), seconds_each(theirs)) for _ in range(ROUNDS)]
    ratio = statistics.median(json_s / link_s for link_s, json_s in pairs)
    method = (
        f"{SIGNALS} signals, encode and decode, {REPEATS} repeats, median of {ROUNDS} alternating rounds in one process"
    )
    figures = {
        "link_batch_ratio": {
            "value": round(ratio, 2),
            "unit": "x",
            "method": f"time of json (objects with field names, unchecked) / time of the link (checked): {method}",
        },
        "link_batch_us": {
            "value": round(statistics.median(link_s for link_s, _ in pairs) * 1e6, 1),
            "unit": "us",
            "method": f"the link's msgpack, fields validated: {method}",
        },
        "link_batch_bytes": {
            "value": len(pack(update)),
            "unit": "bytes",
            "method": f"{SIGNALS} signals in the link; json needs {len(json.dumps(plain))}",
        },
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
